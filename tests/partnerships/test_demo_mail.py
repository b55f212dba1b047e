"""The demo's page of e-mails, and that it is nowhere else."""

import os
import re
import subprocess
import sys
from datetime import datetime

import pytest
from django.conf import settings as portal
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.mail import post
from partnerships.models import OutgoingMail
from partnerships.sending import send_due
from rpcportal.demo.post import pieces_of
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

BANNER = "This page exists only in the demo."


def write(number=1, **values):
    words = {"to": f"p{number}@council.example", "subject": f"E-mail {number}", "body": "Words"}
    return post(**words | values)


def test_the_list_shows_every_mail_newest_first_to_everyone(client):
    for number in (1, 2):
        write(number)
    send_due()
    write(3)
    page = client.get("/demo/mail/").content.decode()

    assert BANNER in page
    assert re.findall(r"E-mail \d", page) == ["E-mail 3", "E-mail 2", "E-mail 1"]
    assert "p1@council.example" in page
    assert f'href="/demo/mail/{OutgoingMail.objects.first().pk}/"' in page


def test_without_mails_it_says_so(client):
    assert "No e-mail has been written yet." in client.get("/demo/mail/").content.decode()


def test_the_time_in_the_list_is_that_of_the_clock_on_the_wall(client):
    write()
    midnight = datetime.fromisoformat("2026-05-02T00:30+01:00")  # still the first of May in UTC
    OutgoingMail.objects.update(created_at=midnight)

    assert "2 May 2026, 00:30" in client.get("/demo/mail/").content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(client):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get("/demo/mail/")
        return len(asked)

    write()
    few = queries()
    for number in range(5):
        write(number)

    assert queries() == few


def test_a_mail_shows_its_words_and_its_links_lead_there(client):
    link = "http://127.0.0.1:8000/invitations/a_b-c/?x=1&y=2"
    mail = write(body=f"Hello <b>Ada</b>,\n\nopen {link}.\n")
    page = client.get(f"/demo/mail/{mail.pk}/").content.decode()
    escaped = link.replace("&", "&amp;")

    assert BANNER in page
    assert "Hello &lt;b&gt;Ada&lt;/b&gt;,\n\nopen " in page
    assert f'<a class="govuk-link" href="{escaped}">{escaped}</a>.' in page


def test_a_mail_that_is_not_there_is_404(client):
    assert client.get("/demo/mail/987654321/").status_code == 404


@pytest.mark.parametrize(
    ("body", "pieces"),
    [
        ("", []),
        ("No link", [("No link", False)]),
        ("https://a.example/", [("https://a.example/", True)]),
        ("See (https://a.example/x).", [("See (", False), ("https://a.example/x", True),
                                       (").", False)]),
        ("javascript:alert(1)", [("javascript:alert(1)", False)]),
        ("http://", [("http://", False)]),
    ],
)  # fmt: skip
def test_pieces_of(body, pieces):
    assert pieces_of(body) == pieces


def test_the_sign_in_pages_lead_there(client):
    user = make_user("ada@council.example")
    assert 'href="/demo/mail/"' in client.get("/sign-in/").content.decode()
    page = client.post("/sign-in/code/", {"email": user.email}, follow=True)

    assert 'href="/demo/mail/"' in page.content.decode()


def test_a_code_that_is_read_there_signs_in(client):
    user = make_user("ada@council.example")
    client.post("/sign-in/code/", {"email": user.email})
    (mail,) = OutgoingMail.objects.to_be_read()
    page = client.get(f"/demo/mail/{mail.pk}/").content.decode()
    words = page.split("rpc-prewrap")[1]
    code = next(found for found in re.findall(r"\b[A-Z0-9-]{6,}\b", words) if found in mail.body)
    response = client.post("/sign-in/code/enter/", {"code": code})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


ASK = """
import django
django.setup()
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
for path in ("/demo/mail/", "/demo/mail/1/"):
    try:
        print(resolve(path).view_name)
    except Resolver404:
        print("nothing")
print("demo" in render_to_string("components/footer.html"))
"""


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, "demo_mails demo_mail True"),
        ({"RPCPORTAL_HOSTS": "portal.example"}, "nothing nothing False"),
        ({"RPCPORTAL_SMTP": "smtp://mail.example"}, "nothing nothing False"),
    ],
)
def test_it_is_nowhere_but_in_the_demo(tmp_path, environment, found):
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=portal.BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "rpcportal.settings", "RPCPORTAL_DATA": str(tmp_path)}
        | environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert " ".join(done.stdout.split()) == found
