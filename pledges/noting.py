"""What a phone at a launch signs and writes: one note, which it may correct while it is open."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.doors import tell_screens
from pledges.models import Launch, LaunchNote
from pledges.models.launches import NoteStatus

CLOSED = (
    "The launch has closed meanwhile, so this is not kept. Tell the partnership’s coordinator what "
    "you wanted to sign."
)
SETTLED = (
    "The coordinator has dealt with your note already, so it stays as it was. Tell them what you "
    "want to change."
)


def note_of(participant):
    """The note that a phone left, with its launch, or None."""
    return LaunchNote.objects.of_phone(participant)


def launch_at(participant):
    """The launch that a phone is at, or None when its event is no launch's."""
    return Launch.objects.select_related("manifesto").at_event(participant.occasion_id)


def held(launch):
    """The launch, held against those who close it until the transaction ends."""
    rows = Launch.objects.filter(pk=launch.pk)
    rows.select_for_update(no_key=True).get()
    # Read afterwards: a row that is joined to one that was waited for is as it was before.
    return rows.select_related("occasion", "partnership", "manifesto").get()


def takes_notes(launch, participant):
    """Whether this phone may write: its launch is open, by the event that the phone joined or by
    a later one. Whoever closes it by mistake and opens it again loses nobody's words.
    """
    if not launch.occasion.is_open():
        return False
    if launch.occasion_id == participant.occasion_id:
        return True
    # Not when other words are to be signed since: the phone did not read them.
    has_read_it = launch.manifesto.made_at <= participant.joined_at
    return has_read_it and launch_at(participant) == launch


def may_change(note, participant):
    """Whether this phone may still correct its note."""
    return note.status == NoteStatus.WAITING and takes_notes(note.launch, participant)


@transaction.atomic
def leave_note(
    *, participant, launch, organisation, organisation_words, name, role, email, words, first_action
):  # fmt: skip
    """Sign, or correct what was signed; returns the note. The same words twice change nothing.

    It is the phone's own deed: there is no ``by``, and nothing to permit but the door's being
    open. Raises ValidationError when the launch has closed or the note is in the register.
    """
    launch = held(launch)
    if not takes_notes(launch, participant):
        raise ValidationError(CLOSED, code="closed")
    note = note_of(participant) or LaunchNote(launch=launch, participant=participant)
    if note.status != NoteStatus.WAITING:
        raise ValidationError(SETTLED, code="settled")
    said = {
        "organisation": organisation,
        "organisation_words": organisation_words,
        "name": name,
        "role": role,
        "email": email,
        "words": words,
        "first_action": first_action,
    }
    if note.pk and all(getattr(note, field) == value for field, value in said.items()):
        return note
    for field, value in said.items():
        setattr(note, field, value)
    note.changed_at = timezone.now()
    note.save()
    tell_screens(launch)
    return note
