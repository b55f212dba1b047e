"""Pages of the library as tests ask for them: what they say, and how many queries they take."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html


def address(name, *args, **query):
    """Of a page of the area that make_area makes."""
    return reverse(name, args=["rochdale", *args], query=query)


def says(client, path):
    """The words of the page without tags, spaces as one."""
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def seen_on(client, path):
    """What the form on the page remembers of what stood there."""
    return client.get(path).context["form"]["seen"].value()


def queries(client, *paths, warm=False):
    """How many queries the pages take together. ``warm``: after each was asked for once."""
    if warm:
        for path in paths:
            client.get(path)
    with CaptureQueriesContext(connection) as captured:
        for path in paths:
            assert client.get(path).status_code == 200
    return len(captured)


def file_page(audit, number=1):
    """The address of one file of an audit."""
    return address("audit_file", audit.pk, number)


def box(asked, name):
    """What a box of that page is called, for what the audit asks."""
    return f"m{asked.pk}-{name}"
