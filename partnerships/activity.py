"""Who did what in a partnership: one list, newest first, of everything that has a history.

Each room says itself what it has to tell (``register``, in its AppConfig): where its events
are, and how one of them reads in a sentence. How they are found among millions stands in
partnerships/events.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models import Q

from partnerships import events, history
from partnerships.events import FOUND, Source, Wanted
from partnerships.models import Membership, User
from partnerships.models.people import FORMER_MEMBER
from rpcportal.kit.tracking import WHO, events_by

READ = 250  # events read for a page of 25 lines
READ_FOR_FILE = 10_000
MOST_IN_FILE = 50_000


@dataclass(frozen=True)
class Sentence:
    """What an event says after the person's name: “changed the evidence of 3. Workforce”.

    ``link`` leads to where it can be seen; empty for nowhere. ``who``: the person, where they
    were not signed in but the event itself names them.
    """

    words: str
    link: str = ""
    who: str = ""


@dataclass(frozen=True)
class Kind:
    """Events of one model, to tell of.

    ``key`` and ``label`` are the choice in the filter; several kinds may share them.
    ``events``, ``within``, ``labels`` and ``left_out`` as in events.Source; ``own`` gives,
    for a partnership, the numbers of what is its own. ``facts(events)`` turns a query of
    events into one of dicts with ``pgh_id`` and what the sentence needs; the person whose
    number is in ``person`` is named in ``person_name``. ``describe(row, facts)`` makes the
    Sentence.
    """

    key: str
    label: str
    events: type[models.Model]
    within: str
    own: Callable
    facts: Callable
    describe: Callable
    labels: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def source_in(self, partnership):
        """Where its events are; what stood there when the history began is nobody's doing."""
        return Source(
            events=self.events,
            within=self.within,
            own=self.own(partnership),
            labels=self.labels,
            left_out=(*self.left_out, FOUND),
        )


KINDS = []


def register(*kinds):
    """Have these told with the others."""
    KINDS.extend(kinds)


def kind_choices():
    """(key, label) of each kind that can be asked for."""
    return list(dict.fromkeys((kind.key, kind.label) for kind in KINDS))


@dataclass(frozen=True)
class Asked:
    """What a reader asked for. ``people``, ``since`` and ``until`` as in events.Wanted."""

    kind: str = ""
    people: tuple[int, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    at: datetime
    who: str
    words: str
    kind: str
    link: str = ""

    @property
    def sentence(self):
        """Who did what."""
        return f"{self.who} {self.words}"


def page_of(partnership, asked, *, older_than=None):
    """The Lines of a page, and the events.Position from which the older ones go on."""
    return _lines(partnership, asked, older_than, most=history.PER_PAGE, read=READ)


class TooLong(Exception):
    """More lines than a file should hold."""


def every_line(partnership, asked):
    """All Lines that were asked for; raises TooLong when they are more than a file should hold."""
    lines, older = _lines(partnership, asked, None, most=None, read=READ_FOR_FILE)
    while older is not None:
        if len(lines) > MOST_IN_FILE:
            raise TooLong
        more, older = _lines(partnership, asked, older, most=None, read=READ_FOR_FILE)
        lines += more
    return lines


def _lines(partnership, asked, older_than, *, most, read):
    sources = {
        number: kind.source_in(partnership)
        for number, kind in enumerate(KINDS)
        if asked.kind in ("", kind.key)
    }
    wanted = Wanted(asked.people, asked.since, asked.until, older_than)
    rows = events.newest(sources, limit=read, wanted=wanted)
    changes, older = history.cut(rows, most=most, read=read)
    return _told([change[0] for change in changes]), older


def _told(rows):
    facts = _facts(rows)
    people = {row.person for row in rows} | {each.get("person") for each in facts.values()}
    users = User.objects.filter(pk__in=people - {None}).only("name", "email", "anonymised_at")
    names = {user.pk: str(user) for user in users}
    return [_line(row, facts[row.source, row.pk], names) for row in rows]


def _facts(rows):
    """What the sentences need, by source and number: a query for each kind that is there."""
    by_source = {}
    for row in rows:
        by_source.setdefault(row.source, []).append(row.pk)
    return {
        (number, each["pgh_id"]): each
        for number, pks in by_source.items()
        for each in _facts_of(KINDS[number], pks)
    }


def _facts_of(kind, pks):
    return kind.facts(kind.events.objects.filter(pgh_id__in=pks))


def _line(row, facts, names):
    kind = KINDS[row.source]
    named = facts | {"person_name": names.get(facts.get("person"), FORMER_MEMBER)}
    sentence = kind.describe(row, named)
    who = history.who_did(row, lambda pk: names.get(pk, FORMER_MEMBER))
    return Line(row.at, sentence.who or who, sentence.words, kind.label, sentence.link)


def people_of(partnership):
    """Everyone who may have done something there: members, and past ones too; of the portal's
    administrators, past ones too, those who did.
    """
    known = Membership.pgh_event_model.objects.filter(partnership=partnership).values("user_id")
    members = Q(pk__in=known) | Q(memberships__partnership=partnership)
    ever = User.pgh_event_model.objects.filter(is_portal_administrator=True).values("pgh_obj_id")
    others = User.objects.filter(pk__in=ever).exclude(pk__in=known).values_list("pk", flat=True)
    acted = _who_acted(partnership, others)
    return User.objects.filter(members | Q(pk__in=acted)).distinct()


def _who_acted(partnership, people):
    """Which of these people (numbers) stand in the partnership's own events: one query."""
    people = list(people)
    by_kind = [
        events_by(kind.events, people)
        .filter(**{f"{kind.within}__in": kind.own(partnership)})
        .values_list(WHO)
        .distinct()
        for kind in KINDS
    ]
    return {int(pk) for (pk,) in by_kind[0].union(*by_kind[1:])} if people else set()


def listed(words):
    """“the gaps”, “the evidence and the gaps”, “the level, the evidence and the gaps”."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def changed(row, labels, whose):
    """“changed the evidence of 3. Workforce”; ``labels`` are those of the Source."""
    words = [label for name, label in labels.items() if name in row.fields]
    return f"changed {listed(words)} of {whose}" if words else f"changed {whose}"
