"""Events that phones join without an account, and launches with their notes. Each call makes new
ones.
"""

import uuid
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from partnerships import joining
from partnerships.models import Manifesto, Occasion, Participant
from pledges.models import Launch, LaunchNote
from tests.factories.pledges import make_manifesto

HOUR = timedelta(hours=1)
WAY_IN = {"organisation_words": "Harbour Café"}


def make_occasion(partnership, by, *, kind="launch", **values):
    """An event that is open for an hour."""
    values = {"closes_at": timezone.now() + HOUR, "code": joining.new_code(), **values}
    return Occasion.objects.create(partnership=partnership, kind=kind, opened_by=by, **values)


def end(occasion):
    """Its time has run out."""
    now = timezone.now()
    Occasion.objects.filter(pk=occasion.pk).update(opened_at=now - 2 * HOUR, closes_at=now - HOUR)
    occasion.refresh_from_db()
    return occasion


def make_participant(occasion, **values):
    """A phone that is in."""
    return Participant.objects.create(occasion=occasion, **{**WAY_IN, **values})


def make_launch_to_join(partnership, by, **values):
    """A launch that is open for an hour, with something to sign."""
    manifesto = Manifesto.objects.newest(partnership) or make_manifesto(partnership)
    values = {"name": "Launch", "held_on": timezone.localdate(), "created_by": by, **values}
    values.setdefault("occasion", make_occasion(partnership, by))
    return Launch.objects.create(partnership=partnership, manifesto=manifesto, **values)


def make_phone_note(participant, launch, **values):
    """What a phone left at a launch."""
    said = {
        "organisation": participant.organisation,
        "organisation_words": participant.organisation_words,
        "name": "Ada Marsh",
        "role": "Chief executive",
        "first_action": "Name a champion",
        "words": "We mean it.",
        "email": "ada@harbour.example",
    }
    return LaunchNote.objects.create(launch=launch, participant=participant, **{**said, **values})


def phone(**options):
    """Somebody's phone: nobody is signed in."""
    return Client(**options)


def join_by_qr(client, occasion, body=None, **options):
    """Scan and say where one comes from; the answer to the last click."""
    said = {**WAY_IN, "request_key": uuid.uuid4(), **(body or {})}
    return client.post(joining.join_path(occasion), said, **options)


def phone_at(occasion, body=None):
    """A phone that is in."""
    client = phone()
    assert join_by_qr(client, occasion, body).status_code == 302
    return client
