"""A session that ends while a plain form is filled in costs nothing."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from planning.models import Entry
from rpcportal.demo import PASSWORD
from tests.factories.assessments import make_scored
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area

pytestmark = pytest.mark.django_db

WORDS = "Long words\nin two lines, “quoted” & <b>ŵ</b>"


@pytest.fixture
def area():
    area = make_area()
    area.partner.set_password(PASSWORD)
    area.partner.save()
    return area


@pytest.fixture
def path(area):
    draft = make_scored(area.partnership, load_rpc_2018())
    return reverse("domain", args=[draft.pk, 1])


def sign_in(client, area, page, password=PASSWORD):
    fields = {"username": area.partner.email, "password": password}
    fields |= {"next": page.context["next"], "kept": page.context["kept"]}
    return client.post(reverse("sign_in"), fields)


def test_what_was_typed_is_sent_after_signing_in_again(client, area, path):
    page = client.post(path, {"evidence": WORDS, "level": "3", "page": "one"})
    assert page.status_code == 401
    again = sign_in(client, area, page)
    assert again.context["action"] == path
    client.post(path, dict(again.context["pairs"]))
    entry = Entry.objects.get(domain__number=1)
    standing = {entry.evidence, *entry.unsettled.values_list("text", flat=True)}
    assert WORDS in standing


def test_a_wrong_password_keeps_what_was_typed(client, area, path):
    page = client.post(path, {"evidence": WORDS})
    refused = sign_in(client, area, page, password="not this one")
    assert json.loads(refused.context["kept"]) == [["evidence", WORDS]]
    assert WORDS in dict(sign_in(client, area, refused).context["pairs"]).values()


@pytest.mark.parametrize("kept", ["", "{", "[1]", '{"a": 1}', '[["a"]]', "[" * 100_000])
def test_nonsense_for_what_was_typed_is_no_error(client, area, kept):
    fields = {"username": area.partner.email, "password": PASSWORD, "kept": kept}
    assert client.post(reverse("sign_in"), fields).status_code == 302


def test_the_page_never_sends_words_to_another_host(client, area, path):
    fields = {"username": area.partner.email, "password": PASSWORD, "kept": '[["a", "b"]]'}
    page = client.post(reverse("sign_in"), fields | {"next": "https://elsewhere.example/"})
    assert page.context["action"] == reverse("home")


def test_another_site_cannot_bring_words_along(path):
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, {"evidence": WORDS}).status_code == 403


def test_what_an_outdated_page_of_ours_sent_is_shown_to_be_sent_again(area, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(area.partner)
    page = client.post(path, {"evidence": WORDS}, headers={"Origin": "http://testserver"})
    assert page.status_code == 403
    assert (page.context["action"], page.context["pairs"]) == (path, [["evidence", WORDS]])
    assert Entry.objects.filter(evidence=WORDS).count() == 0


def test_what_another_site_sent_is_not(area, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(area.partner)
    page = client.post(path, {"evidence": WORDS}, headers={"Origin": "https://elsewhere.example"})
    assert page.status_code == 403
    assert WORDS not in page.content.decode()
