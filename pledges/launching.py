"""Verbs on launches: plan one, open its door to phones, close it, hide a note from the wall."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from partnerships import joining
from partnerships.models import Manifesto
from partnerships.permissions import check, refusal_for
from pledges.models import Launch, LaunchNote
from rpcportal.kit.roles import Permission

KIND = "launch"  # under which partnerships/joining.py knows our events
HOURS = (1, 3, 8)
USUAL_HOURS = 3
NO_MANIFESTO = (
    "There is nothing to sign yet: the manifesto says what the partnership stands for, and which "
    "words its organisations sign. Publish it, then open the launch."
)
NOT_OPEN = "This launch is closed. Open it again to let phones in."


def launch_refusal(user, partnership):
    """Why ``user`` may not hold launches here, or an empty sentence."""
    return refusal_for(user, Permission.LAUNCH, partnership.pk)


def is_open(launch, now=None):
    """Whether phones can join it."""
    return launch.occasion is not None and launch.occasion.is_open(now)


def manifesto_to_sign(launch):
    """The version that is signed there: fixed once a note was left, the newest until then.

    A trial that was set aside fixes nothing.
    """
    if launch.manifesto_id and launch.notes.not_set_aside().exists():
        return launch.manifesto
    return Manifesto.objects.newest(launch.partnership)


def locked(launch):
    """The launch as it stands, held against everyone else until the transaction ends."""
    # Held first and read then: what a waiting query joins is as it was before the wait.
    Launch.objects.select_for_update(no_key=True).get(pk=launch.pk)
    return Launch.objects.with_names().get(pk=launch.pk)


@transaction.atomic
def plan_launch(*, partnership, name, held_on, place, request_key, by):
    """A launch, not open yet; returns it. Asking twice gives the same one."""
    check(launch_refusal, by, partnership)
    asked = {
        "partnership": partnership,
        "created_by": by,
        "name": name,
        "held_on": held_on,
        "place": place,
    }
    made, is_new = Launch.objects.get_or_create(request_key=request_key, defaults=asked)
    if not is_new and any(getattr(made, field) != value for field, value in asked.items()):
        raise ValidationError("This page was sent before, for something else. Open it once more.")
    return made


@transaction.atomic
def change_launch(*, launch, name, held_on, place, by):
    """Give a launch another name, day or place."""
    standing = locked(launch)
    check(launch_refusal, by, standing.partnership)
    standing.name, standing.held_on, standing.place = name, held_on, place
    standing.save(update_fields=["name", "held_on", "place"])
    wall_changed(standing)
    return standing


@transaction.atomic
def open_launch(*, launch, hours, by):
    """Let phones in for so many hours; returns the launch. One that is open stays as it is.

    After it was closed, this makes a new code; the notes stay, and phones that were in stay in
    (noting.takes_notes). Raises ValidationError where there is no manifesto to sign.
    """
    standing = locked(launch)
    check(launch_refusal, by, standing.partnership)
    if is_open(standing):
        return standing
    standing.manifesto = manifesto_to_sign(standing)
    if standing.manifesto is None:
        raise ValidationError(NO_MANIFESTO)
    standing.occasion = joining.open_anew(
        standing=standing.occasion,
        partnership=standing.partnership,
        kind=KIND,
        closes_at=timezone.now() + timedelta(hours=hours),
        by=by,
    )
    standing.save(update_fields=["manifesto", "occasion"])
    wall_changed(standing)
    return standing


@transaction.atomic
def extend_launch(*, launch, hours, by):
    """Keep it open for so many hours from now. Raises ValidationError when it is closed."""
    standing = locked(launch)
    check(launch_refusal, by, standing.partnership)
    if not is_open(standing):
        raise ValidationError(NOT_OPEN)
    closes_at = timezone.now() + timedelta(hours=hours)
    joining.extend_occasion(occasion=standing.occasion, closes_at=closes_at, by=by)
    wall_changed(standing)
    return standing


@transaction.atomic
def close_launch(*, launch, by):
    """Let no more phones in, and take no more notes. Twice is once."""
    standing = locked(launch)
    check(launch_refusal, by, standing.partnership)
    if is_open(standing):
        joining.close_occasion(occasion=standing.occasion, by=by)
        wall_changed(standing)
    return standing


@transaction.atomic
def hide_note(*, note, is_hidden, by):
    """Take a note off the wall, or put it back. Twice is once."""
    launch = locked(note.launch)
    check(launch_refusal, by, launch.partnership)
    standing = locked_note(note)
    if bool(standing.hidden_at) != is_hidden:
        standing.hidden_at = timezone.now() if is_hidden else None
        standing.save(update_fields=["hidden_at"])
        wall_changed(launch)
    return standing


def locked_note(note):
    """The note as it stands, held against everyone else until the transaction ends."""
    # The launch first: a phone that corrects its note holds that alone.
    Launch.objects.select_for_update(no_key=True).get(pk=note.launch_id)
    LaunchNote.objects.select_for_update(no_key=True).get(pk=note.pk)
    return LaunchNote.objects.with_names().get(pk=note.pk)


def wall_changed(launch):
    """Tell the walls and screens of this launch that there is something new."""
    Launch.objects.filter(pk=launch.pk).update(version=F("version") + 1)
