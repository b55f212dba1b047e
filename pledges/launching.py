"""Verbs on launches: plan one, open its door to phones, close it, hide a note from the wall."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.doors import close_door, extend_door, is_open, open_door, tell_screens
from partnerships.models import Manifesto
from partnerships.permissions import check, refusal_for
from pledges.models import Launch, LaunchNote
from rpcportal.kit.roles import Permission

KIND = "launch"  # under which partnerships/joining.py knows our events
NO_MANIFESTO = (
    "There is nothing to sign yet: the manifesto says what the partnership stands for, and which "
    "words its organisations sign. Publish it, then open the launch."
)


def launch_refusal(user, partnership):
    """Why ``user`` may not hold launches here, or an empty sentence."""
    return refusal_for(user, Permission.LAUNCH, partnership.pk)


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
    tell_screens(standing)
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
    open_door(standing, kind=KIND, hours=hours, by=by, also=["manifesto"])
    return standing


@transaction.atomic
def extend_launch(*, launch, hours, by):
    """Keep it open for so many hours from now. Raises ValidationError when it is closed."""
    standing = locked(launch)
    check(launch_refusal, by, standing.partnership)
    extend_door(standing, hours=hours, by=by, called="launch")
    return standing


@transaction.atomic
def close_launch(*, launch, by):
    """Let no more phones in, and take no more notes. Twice is once."""
    standing = locked(launch)
    check(launch_refusal, by, standing.partnership)
    close_door(standing, by=by)
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
        tell_screens(launch)
    return standing


def locked_note(note):
    """The note as it stands, held against everyone else until the transaction ends."""
    # The launch first: a phone that corrects its note holds that alone.
    Launch.objects.select_for_update(no_key=True).get(pk=note.launch_id)
    LaunchNote.objects.select_for_update(no_key=True).get(pk=note.pk)
    return LaunchNote.objects.with_names().get(pk=note.pk)
