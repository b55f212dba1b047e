"""The post when several send at once, when one dies, and when the database goes meanwhile."""

import time
from datetime import timedelta

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from partnerships import sending, smtp
from partnerships.models import OutgoingMail
from partnerships.models.mail import MailState
from partnerships.sending import send_due
from tests.factories.mails import make_due, state_of, write
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process dies here."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("claim", "is_safe"), [(sending.CLAIM, True), (timedelta(0), False)])
def test_several_posts_at_once_send_each_mail_once(server, monkeypatch, claim, is_safe):
    """Without claims the same mails do go out twice, or this would prove nothing."""
    monkeypatch.setattr(sending, "CLAIM", claim)
    server.at_words = lambda message: time.sleep(0.02)
    for number in range(30):
        write(f"p{number}@council.example")
    at_once(send_due, send_due, send_due)

    assert len(set(server.recipients())) == 30
    assert (len(server.taken) == 30) is is_safe


def test_a_post_that_dies_after_sending_sends_again_under_the_same_name(server, monkeypatch):
    def die(write):
        raise Killed

    mail = write()
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_surely", die)
        with pytest.raises(Killed):
            send_due()

    assert (send_due(), len(server.taken)) == (0, 1)  # the claim stands
    make_due(mail)
    assert send_due() == 1
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_mails_have_different_names(server):
    write(), write()
    send_due()

    assert len({message["Message-ID"] for message in server.taken}) == 2


def test_a_late_failure_does_not_undo_what_somebody_else_sent(server):
    mail = write()
    claimed = sending._claim()
    OutgoingMail.objects.update(state=MailState.SENT, ended_at=timezone.now())
    sending._note_refusal(claimed, TimeoutError())

    assert state_of(mail) == (MailState.SENT, "")


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_deleted_while_it_leaves_stays_deleted(server):
    write()
    mail = sending._claim()
    OutgoingMail.objects.all().delete()
    with smtp.Conversation() as conversation:
        sending._send(mail, conversation)

    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_restart_of_the_database_meanwhile_sends_nothing_twice(server):
    mail = write()
    dsn, process = connection.connection.dsn, connection.connection.get_backend_pid()

    def restart(message):
        with psycopg2.connect(dsn) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        other.close()

    server.at_words = restart

    assert send_due() == 1
    assert connection.connection.get_backend_pid() != process
    assert state_of(mail) == (MailState.SENT, "")
