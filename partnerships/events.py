"""Events of the history, read quickly: the newest of the things that a page is about.

An event has no partnership, and there may be millions of them. So each thing that is one's
own (an assessment, an entry, an action) is asked for its few newest events, by an index (see
rpcportal/kit/tracking.py), and these are merged. The time this takes grows with the number
of things that are one's own, never with the number of events there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection, models

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
NOTICED = "noticed"  # something changed that the history may not know: a name, an address
FOUND = "found"  # what stood there when the history began
PORTAL = "portal"  # “by”, in the context of what the portal does by itself, at night
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Source:
    """Events of one model, of the things that are one's own.

    ``within`` is the event's field that says what it belongs to, ``own`` the numbers of what
    is one's own: a list, or a query of one column. ``labels``: field -> what people call it,
    in the order of reading; what else changed is not spoken of. ``shown``: field -> how its
    value is written, where that is not as usual. ``is_tie``: the rows only tie two others
    together, and are told with what was written in the same moment. ``left_out``: what is
    not told at all, like “added”.
    """

    events: type[models.Model]
    within: str
    own: object
    labels: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, object] = field(default_factory=dict)
    is_tie: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One event without its texts. ``source`` is a number, ``fields`` names what changed.

    ``person`` is None where nobody had signed in; ``by_web`` tells a visitor from somebody
    at the database, ``by_portal`` is what the portal did by itself. ``previous``: the event
    before of the same thing, if there is one.
    """

    source: int
    pk: int
    at: datetime
    label: str
    thing: int
    person: int | None = None
    by_web: bool = True
    by_portal: bool = False
    restored_from: int | None = None
    previous: int | None = None
    fields: tuple[str, ...] = ()

    @property
    def position(self):
        """Where in a list, newest first, it stands."""
        return Position(self.at, self.source, self.pk)


@dataclass(frozen=True)
class Position:
    """A place in a list of events, newest first, that an address can hold."""

    at: datetime
    source: int
    pk: int

    def __str__(self):
        return f"{(self.at - EPOCH) // MICROSECOND}.{self.source}.{self.pk}"

    @classmethod
    def parse(cls, text):
        """The place that an address names; None for what is none."""
        pieces = (text or "").split(".")
        if len(pieces) != 3 or not all(p.isascii() and p.isdecimal() for p in pieces):
            return None
        if len(text) > 60:
            return None
        at, source, pk = map(int, pieces)
        try:
            return cls(EPOCH + at * MICROSECOND, source, min(pk, 2**31 - 1))
        except OverflowError:
            return None


@dataclass(frozen=True)
class Wanted:
    """Which events: ``people`` are numbers (empty: by nobody who had signed in); None: any.

    ``since`` is included and ``until`` is not. ``older_than`` is a Position.
    """

    people: tuple[int, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    older_than: Position | None = None


def was_removed(model, pk, **where):
    """Whether there was a row of ``model`` with this number, and somebody removed it."""
    events = model.pgh_event_model.objects.filter(pgh_obj_id=pk, pgh_label=REMOVED)
    return events.filter(**where).exists()


def newest(sources, *, limit, wanted=None):
    """The newest Rows of number -> Source, newest first, in one query."""
    if not sources:
        return []
    sql, params = _query(sources, wanted or Wanted(), limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [_row(values) for values in cursor.fetchall()]


def _row(values):
    source, pk, at, label, thing, has_context, by, person, restored_from, previous, fields = values
    return Row(
        source=source,
        pk=pk,
        at=at,
        label=label,
        thing=thing,
        by_web=has_context and by != PORTAL,
        by_portal=by == PORTAL,
        person=_number(person),
        restored_from=_number(restored_from),
        previous=previous,
        fields=tuple(fields) if previous else (),
    )


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


# --- The query --------------------------------------------------------------------------------
# Django has no LATERAL, by which each thing is asked for its own newest events. Every name in
# the text is one of our own tables and columns; whatever comes from people is a parameter.


def _query(sources, wanted, limit):
    branches, params = [], []
    for number, source in sources.items():
        branch, values = _newest_of(number, source, wanted, limit)
        branches.append(f"({branch})")
        params += values
    facts = " UNION ALL ".join(_facts_of(number, source) for number, source in sources.items())
    sql = f"""
        SELECT * FROM (
            WITH newest AS MATERIALIZED (
                SELECT * FROM ({" UNION ALL ".join(branches)}) AS of_all
                ORDER BY at DESC, source, pk DESC LIMIT %s
            )
            {facts}
        ) AS told ORDER BY at DESC, source, pk DESC
    """  # noqa: S608 our own names
    return sql, [*params, limit]


def _newest_of(number, source, wanted, limit):
    """The newest events of one source: their numbers and times, by the index alone."""
    own, params = _own(source.own)
    conditions, values = _conditions(number, source, wanted)
    column = _column(source.events, source.within)
    sql = f"""
        SELECT {number} AS source, found.pk, found.at
        FROM ({own}) AS own (id) CROSS JOIN LATERAL (
            SELECT e.pgh_id AS pk, e.pgh_created_at AS at FROM {_table(source.events)} e
            WHERE e.{column} = own.id {conditions}
            ORDER BY e.pgh_created_at DESC, e.pgh_id DESC LIMIT %s
        ) AS found
        ORDER BY at DESC, pk DESC LIMIT %s
    """  # noqa: S608 our own names
    return sql, [*params, *values, limit, limit]


def _own(own):
    if isinstance(own, models.QuerySet):
        return own.order_by().query.sql_with_params()
    return "SELECT unnest(%s::bigint[])", [list(own)]


def _conditions(number, source, wanted):
    conditions, values = [], []
    if source.left_out:
        conditions.append("e.pgh_label <> ALL(%s)")
        values.append(list(source.left_out))
    if wanted.since:
        conditions.append("e.pgh_created_at >= %s")
        values.append(wanted.since)
    if wanted.until:
        conditions.append("e.pgh_created_at < %s")
        values.append(wanted.until)
    if wanted.people is not None:
        person = "e.pgh_context->>'user'"
        conditions.append(f"{person} = ANY(%s)" if wanted.people else f"{person} IS NULL")
        values += [[str(pk) for pk in wanted.people]] if wanted.people else []
    if place := wanted.older_than:
        if number == place.source:
            conditions.append("(e.pgh_created_at, e.pgh_id) < (%s, %s)")
            values += [place.at, place.pk]
        else:
            sign = "<=" if number > place.source else "<"
            conditions.append(f"e.pgh_created_at {sign} %s")
            values.append(place.at)
    return "".join(f" AND {condition}" for condition in conditions), values


def _facts_of(number, source):
    """Of the events that were found: who, what, and which fields are not as they were."""
    table = _table(source.events)
    columns = {name: _column(source.events, name) for name in source.labels}
    changes = ", ".join(
        f"CASE WHEN e.{column} IS DISTINCT FROM p.{column} THEN '{name}' END"
        for name, column in columns.items()
    )
    return f"""
        SELECT n.source, n.pk, n.at, e.pgh_label, e.pgh_obj_id,
            e.pgh_context IS NOT NULL, e.pgh_context->>'by', e.pgh_context->>'user',
            e.pgh_context->>'restored_from', p.pgh_id, array_remove(ARRAY[{changes}]::text[], NULL)
        FROM newest n JOIN {table} e ON e.pgh_id = n.pk
        LEFT JOIN LATERAL (
            SELECT * FROM {table} b
            WHERE e.pgh_label = '{CHANGED}' AND b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id
            ORDER BY b.pgh_id DESC LIMIT 1
        ) AS p ON true
        WHERE n.source = {number}
    """  # noqa: S608 our own names


def _table(model):
    return connection.ops.quote_name(model._meta.db_table)


def _column(model, name):
    return connection.ops.quote_name(model._meta.get_field(name).column)
