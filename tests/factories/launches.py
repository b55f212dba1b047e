"""Launches and the notes that phones leave there, as rows. Each call makes new ones."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from partnerships.models import Manifesto, Organisation, Participant
from pledges.launching import KIND
from pledges.models import Launch, LaunchNote
from tests.factories.joining import make_occasion
from tests.factories.pledges import make_manifesto

_names = count(1)


def make_launch(partnership, by, *, is_open=True, **values):
    """A launch of today; ``is_open``: with a code for three hours, and a manifesto to sign."""
    values = {"name": "Pledge launch", "held_on": timezone.localdate(), **values}
    if is_open:
        newest = Manifesto.objects.newest(partnership)
        values.setdefault("manifesto", newest or make_manifesto(partnership))
        values["occasion"] = make_occasion(partnership, by, kind=KIND)
    return Launch.objects.create(partnership=partnership, created_by=by, **values)


def close(launch):
    """Its time is over."""
    occasion = launch.occasion
    occasion.closed_at = timezone.now()
    occasion.save()
    return launch


def make_note(launch, organisation=None, **values):
    """What one phone left; ``organisation``: one of the list, or its name in the phone's words."""
    listed = organisation if isinstance(organisation, Organisation) else None
    words = "" if listed else organisation or f"Organisation {next(_names)}"
    participant = Participant.objects.create(
        occasion=launch.occasion, organisation=listed, organisation_words=words
    )
    values = {
        "name": "Ada Marsh",
        "role": "Chief executive",
        "words": "Our doorstep is where rows are heard first.",
        "first_action": "Name a staff champion",
        **values,
    }
    Launch.objects.filter(pk=launch.pk).update(version=launch.version + 1)
    launch.refresh_from_db(fields=["version"])
    return LaunchNote.objects.create(
        launch=launch,
        participant=participant,
        organisation=listed,
        organisation_words=words,
        **values,
    )


def make_notes(launch, number, **values):
    """So many notes, a minute apart, each of an organisation of its own."""
    start = timezone.now() - timedelta(hours=1)
    return [
        make_note(launch, written_at=start + timedelta(minutes=each), **values)
        for each in range(number)
    ]
