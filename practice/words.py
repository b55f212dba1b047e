"""Verbs on words: definitions, and the entries of the language guide."""

from django.db import transaction

from partnerships.permissions import check
from practice import permissions
from practice.indexing import forget, refresh
from practice.models import Definition, EntryKind, PreferredWord
from practice.written import write_anew, write_once

WORDS = {
    Definition: ("term", "meaning", "is_not", "link"),
    PreferredWord: ("instead_of", "prefer", "why"),
}
KINDS = {Definition: EntryKind.DEFINITION, PreferredWord: EntryKind.WORD}
# Where these stand, the page says what to do when it is abuse, and who helps.
NEED_HELP = ("conflict", "abuse")


def shows_help(definition):
    """Whether the page of a definition shows the way to help: that of conflict and of abuse."""
    return any(each in definition.term.casefold() for each in NEED_HELP)


def words_of(thing):
    """What an entry says, by the names of its boxes."""
    return {name: getattr(thing, name) for name in WORDS[type(thing)]}


@transaction.atomic
def add_words(model, *, partnership, request_key, by, **words):
    """Add a definition or a preferred word; returns it. The same click twice makes one.

    Raises PermissionDenied and ValidationError.
    """
    check(permissions.library_refusal, by, partnership)
    thing, _ = write_once(model, words, partnership=partnership, request_key=request_key, by=by)
    refresh(thing)
    return thing


@transaction.atomic
def change_words(*, thing, by, **words):
    """Write it anew; returns it."""
    check(permissions.library_refusal, by, thing.partnership, thing)
    standing = held(thing)
    if write_anew(standing, words, by=by):
        refresh(standing)
    return standing


def held(thing):
    """The entry as it stands, held against everyone else until the transaction ends."""
    rows = type(thing).objects.select_related("partnership")
    return rows.select_for_update(of=("self",)).get(pk=thing.pk)


@transaction.atomic
def remove_words(*, thing, by):
    """Take it out of the library; the history keeps what it said."""
    check(permissions.library_refusal, by, thing.partnership, thing)
    forget(KINDS[type(thing)], thing.pk)
    type(thing).objects.filter(pk=thing.pk).delete()


def copy_of(partnership, starter):
    """The partnership's own copy of a starter, or None."""
    return type(starter).objects.own(partnership).filter(copied_from=starter).first()


@transaction.atomic
def use_starter(*, partnership, starter, by):
    """Copy what came with the portal into the partnership's own; returns the copy, which stands
    in its place. Used twice it is one.
    """
    check(permissions.library_refusal, by, partnership)
    copy, is_new = type(starter).objects.get_or_create(
        partnership=partnership,
        copied_from=starter,
        defaults={**words_of(starter), "position": starter.position, "written_by": by},
    )
    if is_new:
        refresh(copy)
    return copy
