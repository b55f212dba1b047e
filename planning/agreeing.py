"""What the room agreed of a domain, as somebody records it. It is never computed from votes."""

from django.db import transaction

from partnerships.doors import tell_screens
from planning.actions import closing_noticed
from planning.balloting import held_workshop
from planning.models import Entry
from planning.saving import save_entry


def page_of(workshop):
    """How what a workshop's console writes begins its name as a page (planning/merging.py)."""
    return f"workshop-{workshop.pk}-"


def is_agreed_here(entry, workshop):
    """Whether this workshop has agreed the domain's level; what merely stands there is not it."""
    return entry.agreed_in_id == workshop.pk


@transaction.atomic
def agree_level(*, workshop, entry, save, by):
    """Record the level, the reason and the dissent on the sheet; returns saving.Saved.

    ``save``: a merging.Save of what was typed and of what the page had seen. What somebody else
    wrote meanwhile in the same box waits beside it until it is settled, as on the domain's page.
    Raises SheetClosed, with its sentence, when the sheet was agreed.
    """
    standing = held_workshop(workshop, by)
    entry.assessment = standing.assessment
    saved = save_entry(entry=entry, save=save, by=by)
    # Also where it agreed on what stood there already; but not while somebody else's level stands
    # there, and the two wait to be settled.
    if "level" in saved.base and "level" not in map(str, saved.clashes):
        with closing_noticed():
            Entry.objects.filter(pk=entry.pk).update(agreed_in=standing)
    tell_screens(standing)
    return saved
