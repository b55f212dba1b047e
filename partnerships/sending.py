"""Sending the post: what is due goes out, and what became of it is noted.

A mail is *claimed* first, by moving its next try a few minutes ahead, then sent, then noted.
No transaction is open meanwhile: a slow mail server would hold a row and a connection of the
database for as long as it likes, and a restart of the database would take back the note that
a mail has left. When the process dies in between, the claim runs out and the mail is sent
again under the same Message-ID, by which mail programs show it once.

Several may send at the same time: of each mail one of them has the claim.
"""

import hashlib
import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from partnerships.models import OutgoingMail
from partnerships.models.mail import MailState
from partnerships.smtp import (
    Conversation,
    NoServer,
    problem_in_words,
    refusal_of,
    refuses_for_good,
    sender_address,
)

# Longer than a server can take that answers each step at the last moment.
CLAIM = timedelta(minutes=5)
# After each try at which the server refused a mail; the last one is repeated.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60)]
# When there is no server to speak to, which is no mail's fault.
SERVER_PAUSE = timedelta(minutes=1)

log = logging.getLogger(__name__)


def send_due(*, check_stop=lambda: None):
    """Send what is due, oldest first; returns how many left the house.

    In the demo nothing is sent: it is left for the demo's page to show. ``check_stop`` is
    called between two mails, and may raise.
    """
    now = timezone.now()
    _give_up_late_ones(now)
    if settings.DEMO_POST:
        return OutgoingMail.objects.due(now).update(state=MailState.SENT, ended_at=now)
    sent = 0
    with Conversation() as server:
        while OutgoingMail.objects.due(timezone.now()).exists():
            check_stop()
            try:
                server.open()
            except NoServer as error:
                _wait_for_server(str(error))
                break
            except (OSError, ValueError) as error:
                _wait_for_server(problem_in_words(error))
                break
            if (mail := _claim()) is None:
                break  # others have what is left
            sent += _send(mail, server)
    return sent


@transaction.atomic
def _claim():
    """The mail that has waited longest, now ours for a while; None when others have them all."""
    now = timezone.now()
    mail = OutgoingMail.objects.due(now).select_for_update(skip_locked=True).first()
    if mail:
        mail.tries += 1
        mail.next_try_at = now + CLAIM
        mail.save(update_fields=["tries", "next_try_at"])
    return mail


def _send(mail, server):
    """Send one mail and note what became of it; True when it has left."""
    try:
        server.send(mail.to, _message(mail))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one mail, the others go
        _note_refusal(mail, error)
        return False
    changes = {"state": MailState.SENT, "ended_at": timezone.now(), "body": "", "problem": ""}
    _surely(lambda: OutgoingMail.objects.filter(pk=mail.pk).update(**changes))
    return True


def _message(mail):
    headers = {"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"}
    message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers)
    return message.message().as_bytes(linesep="\r\n")


def message_id(mail):
    """A mail's name among all mails of the world: the same on every try."""
    parts = f"{settings.SECRET_KEY} {mail.pk} {mail.created_at.timestamp()}"
    digest = hashlib.sha256(parts.encode()).hexdigest()[:32]
    return f"<{digest}@{sender_address().rpartition('@')[2]}>"


def _note_refusal(mail, error):
    now = timezone.now()
    words, code = problem_in_words(error), refusal_of(error)[0]
    if refuses_for_good(error):
        changes = {"state": MailState.FAILED, "ended_at": now, "body": "", "problem": words}
        facts = {"event": "mail_failed", "status": code}
        # With the kind of error, as a fault of ours may hide behind it; it names no address.
        log.warning("Mail %s: %s (%s)", mail.pk, words, type(error).__name__, extra=facts)
    else:
        pause = PAUSES[min(mail.tries, len(PAUSES)) - 1]
        changes = {"problem": words, "next_try_at": min(now + pause, mail.useless_after)}
    # Only while the claim is ours: after it ran out, someone else may have sent the mail.
    ours = OutgoingMail.objects.filter(
        pk=mail.pk, state=MailState.WAITING, next_try_at=mail.next_try_at
    )
    _surely(lambda: ours.update(**changes))


def _surely(write):
    """Write it down, also when the database was restarted while we spoke to the mail server."""
    try:
        write()
    except (OperationalError, InterfaceError):
        connection.close()
        write()  # connecting waits for it (kit/postgres)


def _wait_for_server(words):
    """Let everything that is due wait for the server, and say why."""
    now = timezone.now()
    due = OutgoingMail.objects.due(now)
    if number := due.exclude(problem=words).count():
        facts = {"event": "mail_server_away"}
        log.warning("%s Mails that wait for it: %s more.", words, number, extra=facts)
    due.update(problem=words, next_try_at=now + SERVER_PAUSE)


def _give_up_late_ones(now):
    """End what came too late to be of use; in the demo it can still be read."""
    changes = {"state": MailState.STALE, "ended_at": now}
    if not settings.DEMO_POST:
        changes["body"] = ""
    if number := OutgoingMail.objects.due(now).filter(useless_after__lte=now).update(**changes):
        log.warning("Mails too late to be of use: %s.", number, extra={"event": "mail_failed"})
