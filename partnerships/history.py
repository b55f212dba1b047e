"""The history as people read it: who changed what, when, from what to what.

Pages save while people type, so one sentence leaves a dozen events. They are told as one
change (``gathered``). Where events are and how they are found: partnerships/events.py.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import models
from django.utils import timezone

from partnerships import events
from partnerships.events import CHANGED, FOUND, REMOVED, Position, Wanted
from partnerships.models import User
from partnerships.models.people import FORMER_MEMBER
from rpcportal.kit.word_diff import Piece, shortened, word_diff

PER_PAGE = 25
SITTING = timedelta(minutes=10)
# Events read for a page. A sitting of ten minutes saves at most some 600 times; a page that
# comes to its end before it has enough changes is a short page, and the next one goes on.
READ = 1_000
DATABASE = "Somebody with access to the database"
THE_PORTAL = "The portal"
VISITOR = "Somebody who had not signed in"
NO = "No"
# Characters of a page's texts that are compared word by word, half a second's work. Beyond
# them the whole text before and the whole text after are shown: true, only harder to read.
MOST_COMPARED = 1_000_000
LONG = 500  # characters that a line holds which is written in sentences


# --- Which events are one change ----------------------------------------------------------


def gathered(rows, *, most=None):
    """Rows, newest first, gathered into changes; returns these and the first row left out.

    A change is a list of Rows of one thing, newest first. Changes to the same fields by the
    same person within ten minutes, with no other change to that thing in between, are one.
    Nothing else is: not what was brought back, and not what nobody known has changed.
    Nothing is left out (None) unless there are more than ``most`` changes.
    """
    changes, last_of = [], {}
    for row in rows:
        change = last_of.get((row.source, row.thing))
        if change is not None and _belongs(row, change):
            change.append(row)
            continue
        if len(changes) == most:
            return changes, row
        last_of[row.source, row.thing] = [row]
        changes.append(last_of[row.source, row.thing])
    return changes, None


def _belongs(row, change):
    newest, earliest = change[0], change[-1]
    return (
        newest.label == row.label == CHANGED
        and row.pk == earliest.previous
        and row.person == newest.person is not None
        and row.fields == newest.fields != ()
        and newest.at - row.at <= SITTING
        and not (newest.restored_from or row.restored_from)
    )


# --- Changes to read ------------------------------------------------------------------------


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as people write its values; empty for nothing.

    ``pieces`` show a change of running words, word by word; other values have none.
    """

    name: str
    label: str
    before: str
    after: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """One change to read. ``event`` is the newest of the events that it tells of.

    ``who`` is empty for what stood there when the history began: nobody did that.
    ``source`` is the number of its Source. ``brought_back``: when the text was last there,
    for what was brought back.
    """

    at: datetime
    who: str
    kind: str
    fields: list[FieldChange]
    event: models.Model
    source: int
    brought_back: datetime | None = None


@dataclass(frozen=True)
class Page:
    """A page of changes, newest first, and the place from which the older ones go on."""

    changes: list[Change]
    older: Position | None


def page_of(sources, *, older_than=None, most=PER_PAGE, read=READ):
    """A Page of number -> Source (as many queries for any number of events)."""
    rows = events.newest(sources, limit=read, wanted=Wanted(older_than=older_than))
    found, older = cut(rows, most=most, read=read)
    return Page(_changes(found, sources), older)


def cut(rows, *, most, read):
    """The changes in ``rows``, at most ``most``, and the Position from which the rest goes on.

    ``read``: how many rows were asked for; as many of them mean that there may be more.
    """
    changes, left_out = gathered(rows, most=most)
    if left_out is not None:
        before_it = next(row for row, after in pairwise(rows) if after is left_out)
        return changes, before_it.position
    return changes, rows[-1].position if len(rows) == read else None


def _changes(found, sources):
    """The Changes of gathered rows, with their texts and names."""
    stored = {
        number: _events(source, [change for change in found if change[0].source == number])
        for number, source in sources.items()
    }
    names = _Names()
    for change in found:
        names.want(User, change[0].person)
    for number, source in sources.items():
        for event in stored[number].values():
            names.want_fields(event, source.labels)
    names.read()
    teller = _Teller(sources, stored, names)
    return _with_ties([teller.change(rows) for rows in found], sources)


def _events(source, found):
    """By number, the events that these changes begin and end with, and came back from."""
    wanted = set()
    for rows in found:
        wanted |= {rows[0].pk, rows[-1].previous, rows[0].restored_from} - {None}
    return source.events.objects.in_bulk(wanted) if wanted else {}


class _Names:
    """The names of everything that values point at: one query for each model."""

    def __init__(self):
        self.wanted = {}
        self.found = {}

    def want(self, model, pk):
        if pk is not None:
            self.wanted.setdefault(model, set()).add(pk)

    def want_fields(self, event, names):
        for name in names:
            kept = event._meta.get_field(name)
            if kept.is_relation:
                self.want(kept.related_model, getattr(event, kept.attname))

    def read(self):
        self.found = {model: model.objects.in_bulk(pks) for model, pks in self.wanted.items()}

    def of(self, model, pk):
        """What it is called now; what is gone has no name any more."""
        found = self.found.get(model, {}).get(pk)
        if found is not None:
            return str(found)
        return FORMER_MEMBER if model is User else f"{model._meta.verbose_name} {pk}".capitalize()


def who_did(row, name_of):
    """Whom a Row names: ``name_of(number)`` is what the person is called now."""
    if row.person is not None:
        return name_of(row.person)
    if row.by_portal:
        return THE_PORTAL
    return VISITOR if row.by_web else DATABASE


class _Teller:
    """Makes Changes of rows, once everything that they speak of has been read."""

    def __init__(self, sources, stored, names):
        self.sources, self.stored, self.names = sources, stored, names
        self.compared = 0

    def change(self, rows):
        newest, earliest = rows[0], rows[-1]
        source, stored = self.sources[newest.source], self.stored[newest.source]
        before = stored.get(earliest.previous) if newest.label == CHANGED else None
        brought_back = stored.get(newest.restored_from)
        return Change(
            at=newest.at,
            who="" if newest.label == FOUND else who_did(newest, self._person),
            kind=newest.label,
            fields=self._fields(source, newest, before, stored[newest.pk]),
            event=stored[newest.pk],
            source=newest.source,
            brought_back=brought_back.pgh_created_at if brought_back else None,
        )

    def _person(self, pk):
        return self.names.of(User, pk)

    def _fields(self, source, newest, before, event):
        if newest.label == CHANGED:
            names = [name for name in source.labels if name in newest.fields]
            pairs = [(name, before, event) for name in names]
        elif newest.label == REMOVED:
            pairs = [(name, event, None) for name in source.labels]
        else:
            pairs = [(name, None, event) for name in source.labels]
        told = [self._field(source, *pair) for pair in pairs]
        return [each for each in told if each.before != each.after]

    def _field(self, source, name, before, after):
        texts = [self._text(source, name, event) for event in (before, after)]
        is_change = before is not None and after is not None
        is_prose = _holds_sentences(source.events._meta.get_field(name))
        if not is_change:
            # Of a thing that is new or gone it is not told what it was not.
            texts = ["" if text == NO else text for text in texts]
        pieces = self._pieces(*texts) if is_prose and is_change else []
        return FieldChange(name, source.labels[name], *texts, pieces)

    def _text(self, source, name, event):
        if event is None:
            return ""
        kept = event._meta.get_field(name)
        if kept.is_relation:
            pk = getattr(event, kept.attname)
            return "" if pk is None else self.names.of(kept.related_model, pk)
        value = getattr(event, name)
        if value is None or value == "":
            return ""
        return source.shown[name](value) if name in source.shown else shown(kept, value)

    def _pieces(self, before, after):
        self.compared += len(before) + len(after)
        if self.compared > MOST_COMPARED:
            return [Piece(kind, t) for kind, t in (("removed", before), ("added", after)) if t]
        return shortened(word_diff(before, after))


def _holds_sentences(kept):
    """Whether people write more into it than a name, so that it is compared word by word."""
    return isinstance(kept, models.TextField) or (kept.max_length or 0) >= LONG


def shown(kept, value):
    """A value as people write it: yes or no, days in words, the label of a choice."""
    if isinstance(value, bool):
        return "Yes" if value else NO
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if kept.choices:
        return str(dict(kept.flatchoices).get(value, value))
    return str(value)


def _with_ties(changes, sources):
    """What only ties things together is told with what was written in the same moment; of what
    was added nothing is told as removed.
    """
    told = []
    for change in changes:
        before = told[-1] if told else None
        if (
            before is not None
            and sources[change.source].is_tie
            and (before.at, before.who) == (change.at, change.who)
            and before.kind in (CHANGED, change.kind)
        ):
            before.fields.extend(change.fields)
        else:
            told.append(change)
    return told
