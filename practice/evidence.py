"""Verbs on evidence statements, and the starter content that every partnership reads."""

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.permissions import check
from practice import entry_making, permissions
from practice.bearing import levels_by_domain, set_bearings
from practice.indexing import forget, refresh
from practice.models import EntryKind, EvidenceStatement
from practice.written import SENT_BEFORE, write_anew, write_once

FILE = settings.BASE_DIR / "fixtures" / "evidence.yaml"
WORDS = ("claim", "figure", "population", "year", "source", "link", "checked_on")
FUTURE = "“Checked on” must be today or in the past"
LINK_ALONE = "Say who published it, too: an address alone says nothing once it has changed"


@transaction.atomic
def add_statement(*, partnership, request_key, by, bearings=None, **words):
    """Write a statement of the partnership's own; returns it. The same click twice makes one.

    ``bearings``: on which domains it bears, as ``set_bearings`` takes them. Raises
    PermissionDenied, and ValidationError with field -> sentence.
    """
    check(permissions.write_refusal, by, partnership)
    _check(words)
    statement, is_new = write_once(
        EvidenceStatement, words, partnership=partnership, request_key=request_key, by=by
    )
    bearings = bearings or {}
    if is_new:
        set_bearings(statement, bearings)
        refresh(statement)
    elif levels_by_domain(statement) != bearings:
        raise ValidationError(SENT_BEFORE)
    return statement


def _words_of(statement):
    return {name: getattr(statement, name) for name in WORDS}


@transaction.atomic
def change_statement(*, statement, by, bearings=None, **words):
    """Write it anew; returns it. ``bearings``: as for ``add_statement``; None leaves them."""
    check(permissions.write_refusal, by, statement.partnership, statement)
    _check(words)
    standing = held(statement)
    if bearings is not None:
        set_bearings(standing, bearings)
    write_anew(standing, words, by=by)
    refresh(standing)
    return standing


def _check(words):
    problems = {}
    if words["checked_on"] and words["checked_on"] > timezone.localdate():
        problems["checked_on"] = FUTURE
    if words["link"] and not words["source"]:
        problems["source"] = LINK_ALONE
    if problems:
        raise ValidationError(problems)


def held(statement):
    """The statement as it stands, held against everyone else until the transaction ends."""
    return EvidenceStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)


@transaction.atomic
def remove_statement(*, statement, by):
    """Take it out of the partnership's library; the history keeps what it said."""
    check(permissions.write_refusal, by, statement.partnership, statement)
    forget(EntryKind.STATEMENT, statement.pk)
    EvidenceStatement.objects.filter(pk=statement.pk).delete()


def copy_key(partnership, starter):
    """The key of a partnership's own copy of a starter statement."""
    return entry_making.copy_key(partnership.pk, starter.pk)


def copy_of(partnership, starter):
    """The partnership's own copy of a starter statement, or None."""
    return EvidenceStatement.objects.filter(request_key=copy_key(partnership, starter)).first()


@transaction.atomic
def use_starter(*, partnership, starter, by):
    """Copy a starter statement into the partnership's own; returns the copy. Twice is once."""
    if copy := copy_of(partnership, starter):  # in whatever words by now
        check(permissions.write_refusal, by, partnership)
        return copy
    key = copy_key(partnership, starter)
    return add_statement(
        partnership=partnership,
        request_key=key,
        by=by,
        bearings=levels_by_domain(starter),
        **_words_of(starter),
    )


@transaction.atomic
def show_statement(*, statement, is_public, by):
    """Say whether the partnership's public page, if it has one, shows it; returns it."""
    check(permissions.show_refusal, by, statement.partnership, statement)
    standing = held(statement)
    if standing.is_public != is_public:
        standing.is_public = is_public
        standing.save(update_fields=["is_public"])
    return standing


@transaction.atomic
def load_starters():
    """Bring the starter content to what the file says; returns how many statements changed.

    A statement that is no longer in the file goes; partnerships keep their copies.
    """
    wanted = {each["key"]: _of_file(each) for each in yaml.safe_load(FILE.read_text("utf-8"))}
    stored = {each.key: each for each in EvidenceStatement.objects.starters()}
    changed = 0
    for key, words in wanted.items():
        statement = stored.get(key) or EvidenceStatement(key=key)
        if statement.pk and all(getattr(statement, name) == words[name] for name in WORDS):
            continue
        for name in WORDS:
            setattr(statement, name, words[name])
        statement.written_at = timezone.now()
        statement.save()
        refresh(statement)
        changed += 1
    gone = [stored[key].pk for key in stored.keys() - wanted.keys()]
    forget(EntryKind.STATEMENT, *gone)
    EvidenceStatement.objects.filter(pk__in=gone).delete()
    return changed + len(gone)


def _of_file(content):
    return {name: content.get(name) or (None if name == "checked_on" else "") for name in WORDS}
