"""The post against real mail servers: what leaves, what waits, what is given up, and what
nobody may notice of it.
"""

import logging
import time
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from partnerships import sending, smtp
from partnerships.mail import forget_old_mail
from partnerships.models import OutgoingMail
from partnerships.models.mail import MailState
from partnerships.sending import send_due
from tests.factories.mails import make_due, state_of, write
from tests.factories.people import make_user
from tests.mail_server import hanging_server

pytestmark = pytest.mark.django_db

WAITING, SENT, FAILED, STALE = (
    MailState.WAITING, MailState.SENT, MailState.FAILED, MailState.STALE
)  # fmt: skip
REFUSED = "The mail server says that this address does not exist or takes no mail."
NOT_TAKEN = "The mail server would not take it."


def minutes_until_next_try(mail):
    mail.refresh_from_db()
    return round((mail.next_try_at - timezone.now()) / timedelta(minutes=1))


# --- What leaves ---------------------------------------------------------------------------


def test_a_mail_arrives_as_it_was_written_and_its_words_are_forgotten(server):
    words = "Llanfair ŵ ŷ – “quoted” 😀\n.\nFrom here\n" + "long " * 400
    mail = write(subject="Ŵyl:\r\nBcc: all@council.example", body=words)

    assert send_due() == 1

    (message,) = server.taken
    assert message["To"] == "ada@council.example"
    assert message["From"] == "RPC Portal <portal@council.example>"
    assert message["Subject"] == "Ŵyl: Bcc: all@council.example"
    assert message["Bcc"] is None
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@council.example>")
    assert message.get_content().splitlines() == words.splitlines()
    assert state_of(mail) == (SENT, "")
    assert mail.body == ""
    assert send_due() == 0


def test_many_mails_need_one_connection(server):
    for number in range(5):
        write(f"p{number}@council.example")

    assert (send_due(), len(server.taken), server.connections) == (5, 5, 1)


def test_a_server_that_takes_a_few_mails_a_connection_is_called_again(server):
    server.after = 2
    for number in range(5):
        write(f"p{number}@council.example")

    assert (send_due(), len(set(server.recipients())), server.connections) == (5, 5, 3)


def test_what_django_sends_goes_the_same_way(server, settings):
    settings.EMAIL_BACKEND = "partnerships.mail.OutboxBackend"
    recipients = ["ada@council.example", "bo@council.example"]
    django_mail.send_mail("Hello", "Words", None, recipients)

    assert server.taken == []
    assert send_due() == 2
    assert server.recipients() == recipients


def test_in_the_demo_nothing_leaves_and_all_can_be_read(server, settings):
    settings.DEMO_POST = True
    mail, late = write(), write(lifetime=timedelta(0))

    assert send_due() == 1
    assert server.connections == 0
    assert (state_of(mail), mail.body) == ((SENT, ""), "Words")
    assert (state_of(late), late.body) == ((STALE, ""), "Words")


# --- What the server refuses ---------------------------------------------------------------


def test_not_now_is_tried_again_with_growing_pauses_until_it_is_of_no_use(server):
    server.to["ada@council.example"] = "451 4.3.0 Come back later"
    mail = write()
    pauses = []
    for _ in range(7):
        assert send_due() == 0
        assert state_of(mail) == (WAITING, NOT_TAKEN)
        pauses.append(minutes_until_next_try(mail))
        assert send_due() == 0  # not before its pause is over
        make_due(mail)

    assert pauses == [1, 2, 5, 15, 60, 60, 60]
    assert (mail.tries, mail.body) == (7, "Words")

    OutgoingMail.objects.update(useless_after=timezone.now())
    assert send_due() == 0
    assert (state_of(mail), mail.body) == ((STALE, NOT_TAKEN), "")


def test_a_pause_ends_when_the_mail_is_of_no_use(server):
    server.to["ada@council.example"] = "451 Come back later"
    mail = write(lifetime=timedelta(seconds=20))
    send_due()
    mail.refresh_from_db()

    assert mail.next_try_at == mail.useless_after


@pytest.mark.parametrize("answer", ["550 5.1.1 No such person", "553 Not here", "550 No"])
def test_never_ends_the_mail_and_is_written_down_without_the_address(server, caplog, answer):
    server.to["ada@council.example"] = answer
    mail, other = write(), write("bo@council.example")

    assert send_due() == 1
    assert (state_of(mail), mail.body) == ((FAILED, REFUSED), "")
    assert state_of(other) == (SENT, "")
    (line,) = caplog.records
    assert (line.levelno, line.event, line.status) == (
        logging.WARNING, "mail_failed", int(answer[:3])
    )  # fmt: skip
    assert "ada" not in line.getMessage()
    make_due(mail)
    assert send_due() == 0


def test_a_refusal_of_the_words_is_told_from_one_of_the_address(server):
    server.to_words["ada@council.example"] = "554 Too long"
    mail = write()
    send_due()

    assert state_of(mail) == (FAILED, NOT_TAKEN)


@pytest.mark.parametrize("answer", ["550 5.7.1 Unable to relay", "554 5.7.1 Relay access denied"])
def test_a_server_that_does_not_know_the_portal_costs_no_mail(server, answer):
    server.to["ada@council.example"] = answer
    mail = write()
    send_due()
    assert state_of(mail) == (WAITING, NOT_TAKEN)

    server.to.clear()
    make_due(mail)
    assert send_due() == 1


def test_a_server_that_hangs_up_on_one_mail_takes_the_others(server):
    server.to_words["ada@council.example"] = "close"
    mail, other = write(), write("bo@council.example")

    assert send_due() == 1
    assert state_of(mail) == (WAITING, "The mail server could not be reached.")
    assert state_of(other) == (SENT, "")


@pytest.mark.parametrize(
    "poison",
    [
        {"to": "no address at all"},
        {"to": "ada@council.example\nBcc: all@council.example"},
        {"to": ""},
        {"to": "a" * 70 + "@" + "b" * 70 + ".example"},
        {"to": "ada@" + "é" * 70 + ".example"},
    ],
)
def test_a_mail_that_cannot_be_one_stops_no_other(server, poison):
    bad, other = write(), write("bo@council.example")
    OutgoingMail.objects.filter(pk=bad.pk).update(**poison)
    send_due()

    assert state_of(other) == (SENT, "")
    assert server.recipients()[-1] == "bo@council.example"


def test_a_fault_of_ours_in_one_mail_stops_no_other(server, monkeypatch, caplog):
    bad, other = write(), write("bo@council.example")
    really = sending._message

    def fail(mail):
        if mail.pk == bad.pk:
            raise KeyError("ada@council.example")
        return really(mail)

    monkeypatch.setattr(sending, "_message", fail)

    assert send_due() == 1
    assert state_of(bad) == (FAILED, "No e-mail could be made of it.")
    assert state_of(other) == (SENT, "")
    assert "KeyError" in caplog.text
    assert "ada" not in caplog.text


# --- When there is no server ---------------------------------------------------------------


def test_without_a_server_mails_wait_and_say_so(settings, caplog):
    settings.DEMO_POST, settings.SMTP_URL = False, ""
    mails = [write(), write()]

    assert send_due() == 0
    assert [state_of(mail) for mail in mails] == [(WAITING, "No mail server is set up.")] * 2
    assert minutes_until_next_try(mails[0]) == 1
    OutgoingMail.objects.update(next_try_at=timezone.now())
    send_due()
    assert len(caplog.records) == 1  # and not a line a minute
    assert caplog.records[0].event == "mail_server_away"


@pytest.mark.parametrize(
    "url", ["gopher://mail", "smtp://", "smtp://mail:port", "mail.example:25", "smtp://[::1"]
)
def test_an_address_of_the_server_that_cannot_be_read_is_named(settings, url):
    settings.DEMO_POST, settings.SMTP_URL = False, url
    mail = write()
    send_due()

    assert state_of(mail) == (
        WAITING, "The mail server’s address, RPCPORTAL_SMTP, cannot be read."
    )  # fmt: skip


def test_a_server_that_is_away_costs_no_tries_and_gets_everything_when_it_is_back(server):
    server.stop()
    mails = [write(f"p{number}@council.example") for number in range(3)]

    assert send_due() == 0
    assert {state_of(mail) for mail in mails} == {
        (WAITING, "The mail server could not be reached.")
    }
    assert {(mail.tries, minutes_until_next_try(mail)) for mail in mails} == {(0, 1)}

    server.start()
    OutgoingMail.objects.update(next_try_at=timezone.now())
    assert send_due() == 3


def test_a_server_that_hangs_costs_its_timeout_once(settings, monkeypatch):
    monkeypatch.setattr(smtp, "SECONDS", 0.5)
    mails = [write(f"p{number}@council.example") for number in range(5)]
    with hanging_server() as (url, _):
        settings.DEMO_POST, settings.SMTP_URL = False, url
        began = time.monotonic()
        send_due()
        seconds = time.monotonic() - began

    assert 0.4 < seconds < 1.5
    assert {state_of(mail) for mail in mails} == {
        (WAITING, "The mail server did not answer in time.")
    }


def test_a_page_that_sends_a_mail_waits_for_no_server(client, settings):
    user = make_user("ada@council.example")
    with hanging_server() as (url, _):
        settings.DEMO_POST, settings.SMTP_URL = False, url
        began = time.monotonic()
        response = client.post("/sign-in/code/", {"email": user.email})
        seconds = time.monotonic() - began

    assert response.status_code == 302
    assert seconds < 5
    assert OutgoingMail.objects.get().state == WAITING


# --- What is kept --------------------------------------------------------------------------


def test_a_mail_with_a_key_is_made_once_for_ever(server):
    first = write(key="reminder 7 of 3 May")
    assert write(key="reminder 7 of 3 May").pk == first.pk
    other = write()
    send_due()
    month_later = timezone.now() + timedelta(days=31)
    forget_old_mail(timezone.now() + timedelta(days=29))
    assert OutgoingMail.objects.exclude(to="").count() == 2
    forget_old_mail(month_later)
    forget_old_mail(month_later)

    assert not OutgoingMail.objects.filter(pk=other.pk).exists()
    first.refresh_from_db()
    assert (first.to, first.subject, first.body) == ("", "", "")
    assert write(key="reminder 7 of 3 May").pk == first.pk
    assert send_due() == 0


def test_what_waits_is_never_forgotten(settings):
    settings.DEMO_POST, settings.SMTP_URL = False, ""
    write()
    forget_old_mail(timezone.now() + timedelta(days=900))

    assert OutgoingMail.objects.count() == 1
