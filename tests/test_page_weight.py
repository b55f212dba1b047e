"""The first view of a page weighs less than 60 kB, everything included."""

import re
from functools import cache

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.addresses import ADDRESSES, path_of

LIMIT = 60_000
STATIC = re.compile(r'"/static/([^"]+)"')
PAGES = [name for name, each in ADDRESSES.items() if each.readers and not each.file]


@cache
def compressed(path):
    """A static file's bytes as production sends them: compressed once, at its best."""
    with open(finders.find(path), "rb") as file:  # noqa: PTH123 - found by Django as text
        content = file.read()
    return len(brotli.compress(content))


@pytest.mark.parametrize("name", PAGES)
def test_the_first_view_is_light(world, name):
    client = Client()
    if not ADDRESSES[name].guest:
        client.force_login(world.a.coordinator)
    path = path_of(name, world)
    page = client.get(path, follow=True).content
    sent = client.get(path, headers={"Accept-Encoding": "gzip"}, follow=True).content
    files = set(STATIC.findall(page.decode()))

    assert len(files) >= 5
    assert len(sent) + sum(map(compressed, files)) < LIMIT
