"""Every rule that the tables of workshops and ballots carry, each broken at least once.

``BREAKERS`` holds them by name; tests/planning/test_constraints.py fails when the database has a
rule that is broken in neither. What their triggers refuse is in test_workshop_guards.py.
"""

import uuid
from types import SimpleNamespace

import pytest
from django.db import connection

from planning.models import DotItem, DotRound, DotVote, Paper, PaperScore, Tally
from tests.factories.assessments import entry_of
from tests.factories.people import make_organisation
from tests.factories.workshops import make_ballot, make_phone, make_workshop, vote_of
from tests.refusals import refused, run_sql

pytestmark = pytest.mark.django_db

A_KEY = uuid.UUID(int=7)


@pytest.fixture
def rows(area, draft):
    """Two workshops on a sheet; the first has a row of everything."""
    workshop, other = (make_workshop(draft, area.coordinator, request_key=None) for _ in range(2))
    entry, phone = entry_of(draft, 1), make_phone(workshop)
    organisation = make_organisation(area.partnership)
    ballot = make_ballot(workshop)
    dot_round = DotRound.objects.create(workshop=workshop, about="gaps", opened_by=area.coordinator)
    item = DotItem.objects.create(dot_round=dot_round, position=1, text="A gap")
    paper = Paper.objects.create(workshop=workshop)
    made = SimpleNamespace(
        by=area.coordinator,
        workshop=workshop,
        other=other,
        entry=entry,
        phone=phone,
        organisation=organisation,
        ballot=ballot,
        vote=vote_of(ballot, phone),
        tally=Tally.objects.create(ballot=ballot, votes=1),
        dot_round=dot_round,
        item=item,
        dots=DotVote.objects.create(dot_round=dot_round, participant=phone, items=[item.pk]),
        paper=paper,
        score=PaperScore.objects.create(paper=paper, entry=entry),
    )
    workshop.agenda.create(position=1, entry=entry, minutes=10)
    workshop.invitees.create(organisation=organisation, email="ada@a.example")
    workshop.parked_points.create(text="Parked", request_key=A_KEY, parked_by=area.coordinator)
    workshop.attendances.create(organisation=organisation, people=2)
    table = workshop.tables.create(number=1)
    table.entries.create(entry=entry)
    return made


def again(table, **changed):
    """A breaker that copies a row of a table, with some columns changed (SQL)."""

    def break_it(_):
        columns = [name for name in columns_of(f"planning_{table}") if name != "id"]
        values = [changed.get(name, name) for name in columns]
        run_sql(
            f"INSERT INTO planning_{table} ({', '.join(columns)})"
            f" SELECT {', '.join(values)} FROM planning_{table} LIMIT 1"
        )

    return break_it


def columns_of(table):
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in described]


def change(table, sets):
    """A breaker that changes every row of a table."""
    return lambda _: run_sql(f"UPDATE planning_{table} SET {sets}")


def same_occasion(rows):
    run_sql(
        "UPDATE planning_workshop SET occasion_id = %s WHERE id = %s",
        rows.workshop.occasion_id,
        rows.other.pk,
    )


def close(table, votes, state="revealed", moment="now()"):
    """A breaker that takes votes away and closes what they were for."""

    def break_it(_):
        run_sql(f"DELETE FROM planning_{votes}")
        run_sql(f"UPDATE planning_{table} SET state = %s, closed_at = {moment}", state)

    return break_it


def revealed_and_opened_again(rows):
    close("ballot", "vote")(rows)
    again("ballot", state="'open'", closed_at="NULL")(rows)


KEY = f"'{A_KEY}'"
# A stricter rule with a name of ours always speaks first: dots_three_or_five.
SHADOWED = {"planning_dotround_dots_check"}
HALVES = ["0.5", "2.3", "0", "-1", "9.5"]
BREAKERS = {
    # --- Workshops
    "workshop_stage_known": [change("workshop", "stage = 'lunch'")],
    "workshop_is_at_a_domain": [change("workshop", "stage = 'domain', entry_id = NULL")],
    "planning_workshop_version_check": [change("workshop", "version = -1")],
    "planning_workshop_occasion_id_key": [same_occasion],
    "planning_workshop_prework_key_key": [change("workshop", f"prework_key = {KEY}")],
    "planning_workshop_request_key_key": [change("workshop", f"request_key = {KEY}")],
    "agenda_domain_once": [again("agendaitem")],
    "agenda_item_is_one_thing": [
        change("agendaitem", "title = 'Welcome'"),
        change("agendaitem", "entry_id = NULL"),
    ],
    "agenda_minutes_within_a_day": [change("agendaitem", "minutes = 601")],
    "planning_agendaitem_minutes_check": [change("agendaitem", "minutes = -1")],
    "planning_agendaitem_position_check": [change("agendaitem", "position = -1")],
    "invitee_once": [again("invitee", email="upper(email)")],
    "invited_organisation_once": [
        lambda rows: [again("invitee", email="''")(rows) for _ in range(2)]
    ],
    "invitee_has_one_organisation": [
        change("invitee", "organisation_id = NULL"),
        change("invitee", "organisation_words = 'Harbour'"),
    ],
    "planning_parkedpoint_request_key_key": [again("parkedpoint")],
    "workshop_attendance_once": [
        again("workshopattendance"),
        lambda rows: [
            again("workshopattendance", organisation_id="NULL", sector="'police'")(rows)
            for _ in range(2)
        ],
    ],
    "workshop_attendance_has_one": [change("workshopattendance", "organisation_words = 'Both'")],
    "planning_workshopattendance_people_check": [change("workshopattendance", "people = -1")],
    "workshop_table_once": [again("workshoptable")],
    "planning_workshoptable_number_check": [change("workshoptable", "number = -1")],
    "table_entry_once": [again("tableentry")],
    "planning_tableentry_revision_check": [change("tableentry", "revision = -1")],
    # --- Ballots and votes
    "ballot_state_known": [close("ballot", "vote", "asleep")],
    "ballot_asks_one_thing": [
        change("ballot", "kind = 'rating'"),
        change("ballot", "entry_id = NULL"),
        change("ballot", "kind = 'song'"),
    ],
    "ballot_closed_at_a_moment": [
        change("ballot", "closed_at = now()"),
        close("ballot", "vote", moment="NULL"),
    ],
    "ballot_one_open": [again("ballot", round="2")],
    "ballot_round_once": [revealed_and_opened_again],
    "planning_ballot_round_check": [change("ballot", "round = -1")],
    "planning_ballot_voters_check": [change("ballot", "voters = -1")],
    "planning_ballot_present_check": [change("ballot", "present = -1")],
    "vote_once": [again("vote")],
    "vote_half_steps": [change("vote", f"level = {level}") for level in HALVES[:4]],
    "planning_vote_revision_check": [change("vote", "revision = -1")],
    "tally_once": [again("tally")],  # of those who did not know: NULL is NULL here
    "tally_counts_votes": [change("tally", "votes = 0")],
    "planning_tally_votes_check": [change("tally", "votes = -1")],
    # --- Before the workshop
    "planning_paper_key_key": [again("paper")],
    "paper_score_once": [again("paperscore")],
    "paper_score_half_steps": [change("paperscore", f"level = {level}") for level in HALVES],
    "paper_score_says_one_thing": [change("paperscore", "level = 2, does_not_know = true")],
    "planning_paperscore_revision_check": [change("paperscore", "revision = -1")],
    # --- Dots
    "dots_state_known": [close("dotround", "dotvote", "asleep")],
    "dots_closed_at_a_moment": [
        change("dotround", "closed_at = now()"),
        close("dotround", "dotvote", moment="NULL"),
    ],
    "dots_three_or_five": [change("dotround", f"dots = {dots}") for dots in (0, 2, 4, 6)],
    "dots_one_open": [again("dotround")],
    "dots_once": [again("dotvote")],
    "planning_dotround_voters_check": [change("dotround", "voters = -1")],
    "planning_dotround_present_check": [change("dotround", "present = -1")],
    "planning_dotitem_dots_check": [change("dotitem", "dots = -1")],
    "planning_dotitem_position_check": [change("dotitem", "position = -1")],
    "planning_dotvote_revision_check": [change("dotvote", "revision = -1")],
}


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        pytest.param(name, broken, id=f"{name}-{place}")
        for name, all_broken in BREAKERS.items()
        for place, broken in enumerate(all_broken, start=1)
    ],
)
def test_the_database_refuses(rows, name, broken):
    with refused(name):
        broken(rows)


def test_a_round_that_was_called_off_can_be_opened_once_more(rows):
    close("ballot", "vote", "called_off")(rows)
    again("ballot", state="'open'", closed_at="NULL")(rows)


def test_what_was_scored_beforehand_is_open_beside_a_vote(rows):
    again("ballot", round="0")(rows)


def test_votes_of_those_who_do_not_know_are_counted_once_for_the_room_and_once_for_a_sector(rows):
    again("tally", sector="'police'")(rows)
    with refused("tally_once"):
        again("tally", sector="'police'")(rows)
