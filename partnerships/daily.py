"""What is done once a day, by one machine of however many there are.

Each job is claimed by moving its row's ``due_at`` ahead, in one statement. When whoever has
the claim is killed half way, or the job fails, the claim runs out and the job is done again;
so each job may be done twice, or by two at once, without harm.
"""

import logging
from datetime import datetime, time, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from partnerships.joining import forget_unused_participants
from partnerships.limits import forget_old_counts
from partnerships.mail import forget_old_mail
from partnerships.models import DailyJob
from partnerships.retention import see_to_unused_accounts

CLAIM = timedelta(minutes=15)
HOUR = time(3)  # at night, and there is one every night: clocks change between one and two

log = logging.getLogger(__name__)


def forget_ended_sessions(now):
    """Delete sessions that have ended, and from where and with what browser they were begun."""
    call_command("clearsessions")
    long_ago = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    running = Session.objects.values("session_key")
    old = UserSession.objects.filter(created_at__lt=long_ago)
    old.exclude(session_key__in=running).delete()


JOBS = {
    "sessions": forget_ended_sessions,
    "counts": forget_old_counts,
    "unused accounts": see_to_unused_accounts,
    "old mail": forget_old_mail,
    "participants": forget_unused_participants,
}


def register(name, job):
    """Have a job of another room done every day: ``job(now)``."""
    JOBS[name] = job


def do_due_jobs():
    """Do what is due today and nobody else is doing; returns the names of what was done."""
    rows = [DailyJob(name=name, due_at=timezone.now()) for name in JOBS]
    DailyJob.objects.bulk_create(rows, ignore_conflicts=True)
    return [name for name in JOBS if _do(name)]


def _do(name):
    now = timezone.now()
    rows = DailyJob.objects.filter(name=name)
    if not rows.filter(due_at__lte=now).update(due_at=now + CLAIM):
        return False
    try:
        JOBS[name](now)
    except Exception:
        log.exception("The daily job “%s” failed.", name, extra={"event": "job_failed"})
        return False
    rows.update(due_at=next_night(now), finished_at=timezone.now())
    return True


def next_night(now):
    """Three o'clock of tomorrow: so a job is done at most once a day."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, HOUR))
