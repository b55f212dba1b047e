"""After the reveal nothing in the whole database ties a phone to what it voted."""

import json
import logging
import random
import re
from decimal import Decimal

import pytest
from django.db import connection

from planning import balloting, dots
from planning.models import DotRound, Remark, Tally
from tests.factories.assessments import entry_of
from tests.factories.joining import phone_at
from tests.factories.workshops import make_ballot, make_phones, vote_of

pytestmark = pytest.mark.django_db

LEVELS = ["3", "1", "2", "none", "3", "2.5", "1", "2"]
NEEDLE = "A reason with the needle"
WHERE_FROM = "Harbour"


def every_row():
    """Table -> its rows as values by column; every table there is, the history's too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        )
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t')
            rows = [row for (row,) in cursor.fetchall()]
            found[table] = [json.loads(row) if isinstance(row, str) else row for row in rows]
    return found


def columns_of_phones():
    """“table column” of every foreign key to those who joined."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)"
            " WHERE contype = 'f' AND confrelid = 'partnerships_participant'::regclass"
        )
        return set(cursor.fetchall())


def holding(rows, text):
    """The tables with a row that holds this text anywhere, in whatever case."""
    return {
        table
        for table, of_table in rows.items()
        if any(text.casefold() in json.dumps(row).casefold() for row in of_table)
    }


def vote_on_phones(workshop, ballot):
    """Phones join and vote by the real pages, each changes its vote once; those who joined."""
    for number, level in enumerate(LEVELS):
        where = {"organisation_words": f"{WHERE_FROM} {number}", "sector": "council"}
        client = phone_at(workshop.occasion, where)
        path = f"/workshops/{workshop.occasion_id}/votes/{ballot.pk}/"
        for revision, said in enumerate(["4", level]):
            answer = client.post(
                path,
                {"level": said, "reason": f"{NEEDLE} {number}.", "revision": str(revision)},
            )
            assert answer.status_code == 302
    assert ballot.votes.count() == len(LEVELS)
    return list(workshop.occasion.participants.order_by("pk"))


def opened(workshop):
    entry = entry_of(workshop.assessment, 1)
    return balloting.open_ballot(workshop=workshop, entry=entry, by=workshop.created_by)


@pytest.fixture(params=["reveal", "call off"])
def closed(request, workshop):
    """A ballot that eight phones voted in, closed; who they are, and which way it was closed."""
    ballot = opened(workshop)
    phones = vote_on_phones(workshop, ballot)
    close = balloting.reveal if request.param == "reveal" else balloting.call_off
    return close(ballot=ballot, by=workshop.created_by), phones, request.param


def test_while_it_is_open_the_walk_finds_the_tie(workshop):
    """The walk below can see what it looks for."""
    phones = vote_on_phones(workshop, opened(workshop))
    rows = every_row()
    assert ("planning_vote", "participant_id") in columns_of_phones()
    assert {row["participant_id"] for row in rows["planning_vote"]} == {each.pk for each in phones}
    assert holding(rows, NEEDLE) == {"planning_vote"}


def test_no_row_that_names_a_phone_says_what_it_voted(closed):
    _, phones, _ = closed
    rows, pks = every_row(), {phone.pk for phone in phones}
    for table, column in columns_of_phones():
        assert not [row for row in rows[table] if row[column] in pks], table
    # Nor one without a foreign key: a copy in the history, or anything under another name.
    named = {
        (table, column)
        for table, of_table in rows.items()
        for row in of_table
        for column in row
        if re.search("participant|phone|voter_id", column)
    }
    assert named == set()
    for phone in phones:
        assert holding(rows, str(phone.key)) == {"partnerships_participant"}
        assert holding(rows, phone.organisation_words) == {"partnerships_participant"}
    known = {"id", "occasion_id", "key", "organisation_id", "organisation_words", "sector"}
    assert set(rows["partnerships_participant"][0]) == known | {"joined_at"}


def test_what_was_said_stands_where_nothing_says_whose_it_is(closed):
    ballot, _, how = closed
    rows = every_row()
    kept = {"planning_remark", "planning_remarkevent"} if how == "reveal" else set()
    assert holding(rows, NEEDLE) == kept
    for table in kept:
        assert {row["ballot_id"] for row in rows[table]} == {ballot.pk}
    # The sessions of those who are signed in cannot be read here; phones have none.
    assert rows["django_session"] == []


def test_no_time_tells_one_vote_from_another(closed):
    """All that was kept of a ballot was written in one moment, by those who closed it."""
    rows = every_row()
    for table in ("planning_tallyevent", "planning_remarkevent"):
        assert len({row["pgh_created_at"] for row in rows[table]}) <= 1
    stamped = {
        (table, column)
        for table in ("planning_tally", "planning_remark")
        for row in rows[table]
        for column, value in row.items()
        if re.search("_at$|_on$|time", column) and value is not None
    }
    assert stamped == set()


@pytest.mark.parametrize("order", [LEVELS, LEVELS[::-1], sorted(LEVELS)])
def test_the_counts_stand_in_the_order_of_the_scale_whoever_voted_first(workshop, order):
    ballot = make_ballot(workshop)
    sectors = ["police", "council"] * (len(order) // 2 + 2)
    for level, sector in zip([*order, "1", "2", "3", "4"], sectors, strict=True):
        (phone,) = make_phones(workshop, 1, sector)
        vote_of(ballot, phone, None if level == "none" else level)
    balloting.reveal(ballot=ballot, by=workshop.created_by)
    by_row = list(Tally.objects.order_by("pk").values_list("sector", "level"))
    last = Decimal(99)
    assert by_row == sorted(
        by_row, key=lambda each: (each[0], last if each[1] is None else each[1])
    )
    assert {sector for sector, _ in by_row} == {"", "police", "council"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM planning_tally ORDER BY ctid")
        assert [pk for (pk,) in cursor.fetchall()] == sorted(
            Tally.objects.values_list("pk", flat=True)
        )


def test_remarks_do_not_stand_in_the_order_of_the_votes(workshop):
    """Three ballots of eight: by chance they would all keep it once in 65 million million times."""
    kept = []
    for number in (1, 2, 3):
        ballot = make_ballot(workshop, number)
        for place, phone in enumerate(make_phones(workshop, 8)):
            vote_of(ballot, phone, reason=f"{number}.{place}")
        balloting.reveal(ballot=ballot, by=workshop.created_by)
        kept.append(list(Remark.objects.filter(ballot=ballot).order_by("pk").values_list("text")))
    assert [sorted(each) for each in kept] != kept
    assert len(Remark.objects.all()) == 24


def test_the_order_of_remarks_cannot_be_worked_out_from_a_seed(workshop):
    """The shuffle takes its chance from the machine, not from numbers that can be foretold."""
    orders = set()
    for number in (1, 2, 3):
        ballot = make_ballot(workshop, number)
        for place, phone in enumerate(make_phones(workshop, 8)):
            vote_of(ballot, phone, reason=str(place))
        random.seed(7)
        balloting.reveal(ballot=ballot, by=workshop.created_by)
        said = Remark.objects.filter(ballot=ballot).order_by("pk")
        orders.add(tuple(said.values_list("text", flat=True)))
    assert len(orders) == 3


def test_neither_the_log_nor_its_fields_hold_a_vote(workshop, caplog):
    with caplog.at_level(logging.DEBUG):
        ballot = opened(workshop)
        caplog.clear()
        vote_on_phones(workshop, ballot)
        balloting.reveal(ballot=ballot, by=workshop.created_by)
    ours = [each for each in caplog.records if not each.name.startswith("django.db")]
    said = "\n".join(f"{each.getMessage()} {vars(each)}" for each in ours)
    assert NEEDLE not in said
    assert "'level':" not in said
    assert "revision" not in said


def test_where_dots_lie_is_nobodys_either(workshop):
    entry = entry_of(workshop.assessment, 1)
    items = [dots.Item(text, entry=entry) for text in ("One", "Two")]
    by = workshop.created_by
    dot_round = dots.open_dots(
        workshop=workshop, about="gaps", dots=3, items=items, number=1, by=by
    )
    first = dot_round.items.first()
    phones = make_phones(workshop, 6)
    for phone in phones:
        dots.place_dots(dot_round=dot_round, participant=phone, items=[first.pk], revision=0)
    dots.reveal_dots(dot_round=dot_round, by=by)
    assert DotRound.objects.get().voters == 6
    rows, pks = every_row(), {phone.pk for phone in phones}
    for table, column in columns_of_phones():
        assert not [row for row in rows[table] if row[column] in pks], table
