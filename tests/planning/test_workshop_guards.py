"""What the triggers of workshops, ballots and votes refuse, by raw SQL past every verb."""

import pytest
from django.db import connection

from planning.models import (
    AgendaItem,
    Ballot,
    DotItem,
    DotRound,
    DotVote,
    Paper,
    PaperScore,
    Vote,
    Workshop,
)
from tests.factories.assessments import entry_of, make_assessment, make_scored
from tests.factories.frameworks import load_rpc_2018
from tests.factories.joining import make_occasion, make_participant
from tests.factories.people import make_area, make_organisation
from tests.factories.workshops import make_ballot, make_phone, make_phones, make_workshop, vote_of
from tests.refusals import refused, run_sql

pytestmark = pytest.mark.django_db

ELSEWHERE = {"slug": "bury", "name": "Bury Partnership", "area": "Bury"}


@pytest.fixture
def ballot(workshop):
    return make_ballot(workshop)


@pytest.fixture
def dot_round(workshop):
    dot_round = DotRound.objects.create(
        workshop=workshop, about="gaps", opened_by=workshop.created_by
    )
    DotItem.objects.create(dot_round=dot_round, position=1, text="A gap")
    return dot_round


def raised_by_ours():
    """The names that the triggers of pgtrigger on our tables raise, with their tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT tgrelid::regclass::text, found[1] FROM pg_trigger
            JOIN pg_proc ON pg_proc.oid = tgfoid,
                regexp_matches(prosrc, 'CONSTRAINT = ''(\\w+)''', 'g') AS found
            WHERE starts_with(tgrelid::regclass::text, 'planning_')
                AND starts_with(tgname, 'pgtrigger_')
            """
        )
        return set(cursor.fetchall())


# --- A domain of one's own sheet --------------------------------------------------------------

OF_SHEET = {
    "planning_workshop": lambda workshop, entry: workshop,
    "planning_agendaitem": lambda workshop, entry: workshop.agenda.create(
        position=1, entry=entry, minutes=5
    ),
    "planning_ballot": lambda workshop, entry: make_ballot(workshop),
    "planning_parkedpoint": lambda workshop, entry: workshop.parked_points.create(
        text="Parked",
        entry=entry,
        parked_by=workshop.created_by,
        request_key="00000000-0000-4000-8000-000000000001",
    ),
    "planning_tableentry": lambda workshop, entry: workshop.tables.create(number=1).entries.create(
        entry=entry
    ),
    "planning_paperscore": lambda workshop, entry: PaperScore.objects.create(
        paper=Paper.objects.create(workshop=workshop), entry=entry
    ),
    "planning_dotitem": lambda workshop, entry: DotItem.objects.create(
        dot_round=DotRound.objects.create(workshop=workshop, about="gaps"), position=1, entry=entry
    ),
}


@pytest.mark.parametrize("table", OF_SHEET)
def test_a_domain_is_one_of_the_same_sheet(area, workshop, small, table):
    entry = entry_of(workshop.assessment, 1)
    row = OF_SHEET[table](workshop, entry)
    foreign = entry_of(make_assessment(area.partnership, small), 2)
    own = entry_of(workshop.assessment, 2)
    sql = f"UPDATE {table} SET entry_id = %s WHERE id = %s"
    with refused("of_one_assessment"):
        run_sql(sql, foreign.pk, row.pk)
    assert run_sql(sql, own.pk, row.pk) == 1


# --- Of one partnership -----------------------------------------------------------------------


@pytest.mark.parametrize("of", ["invitees", "attendances"])
def test_an_organisation_is_one_of_the_same_partnership(workshop, of):
    elsewhere = make_organisation(make_area(**ELSEWHERE).partnership)
    more = {"people": 2} if of == "attendances" else {}
    with refused("of_one_partnership"):
        getattr(workshop, of).create(organisation=elsewhere, **more)


def test_a_door_is_one_of_the_same_partnership(workshop):
    there = make_area(**ELSEWHERE)
    door = make_occasion(there.partnership, there.coordinator, kind="workshop")
    with refused("of_one_partnership"):
        run_sql("UPDATE planning_workshop SET occasion_id = %s", door.pk)


# --- Votes ------------------------------------------------------------------------------------


def test_a_phone_votes_at_its_own_partnership(small, ballot, dot_round):
    there = make_area(**ELSEWHERE)
    phone = make_phone(make_workshop(make_scored(there.partnership, small), there.coordinator))
    with refused("vote_of_this_workshop"):
        vote_of(ballot, phone)
    with refused("vote_of_this_workshop"):
        DotVote.objects.create(dot_round=dot_round, participant=phone)


def test_a_phone_of_a_launch_does_not_vote(area, ballot, dot_round):
    phone = make_participant(make_occasion(area.partnership, area.coordinator))
    with refused("vote_of_this_workshop"):
        vote_of(ballot, phone)
    with refused("vote_of_this_workshop"):
        DotVote.objects.create(dot_round=dot_round, participant=phone)


@pytest.mark.parametrize(
    ("framework", "highest", "above"), [("small", "5", "5.5"), ("official", "4", "4.5")]
)
def test_a_vote_lies_on_the_scale_of_the_framework(area, framework, highest, above, request):
    framework = load_rpc_2018() if framework == "official" else request.getfixturevalue("small")
    workshop = make_workshop(make_assessment(area.partnership, framework), area.coordinator)
    vote = vote_of(make_ballot(workshop), make_phone(workshop), highest)
    with refused("vote_on_the_scale"):
        run_sql("UPDATE planning_vote SET level = %s WHERE id = %s", above, vote.pk)
    with refused("vote_on_the_scale"):
        vote_of(vote.ballot, make_phone(workshop), above)


def test_a_rating_goes_to_five_whatever_the_framework_does(area):
    workshop = make_workshop(make_assessment(area.partnership, load_rpc_2018()), area.coordinator)
    ballot = Ballot.objects.create(workshop=workshop, kind="rating", opened_by=area.coordinator)
    vote = vote_of(ballot, make_phone(workshop), "5")
    with refused("vote_on_the_scale"):
        run_sql("UPDATE planning_vote SET level = 5.5 WHERE id = %s", vote.pk)


# --- Dots -------------------------------------------------------------------------------------


def test_a_phone_has_so_many_dots_and_no_more(workshop, dot_round):
    item, (phone,) = dot_round.items.get(), make_phones(workshop, 1)
    with refused("dots_no_more"):
        DotVote.objects.create(dot_round=dot_round, participant=phone, items=[item.pk] * 4)
    DotVote.objects.create(dot_round=dot_round, participant=phone, items=[item.pk] * 3)
    with refused("dots_no_more"):
        run_sql("UPDATE planning_dotvote SET items = items || items")


def test_a_dot_lies_on_the_list_of_its_round(workshop, dot_round):
    other = DotRound.objects.create(
        workshop=make_workshop(workshop.assessment, workshop.created_by), about="gaps"
    )
    foreign = DotItem.objects.create(dot_round=other, position=1, text="Elsewhere")
    with refused("dots_on_this_list"):
        DotVote.objects.create(
            dot_round=dot_round, participant=make_phone(workshop), items=[foreign.pk]
        )


@pytest.mark.parametrize("state", ["revealed", "called_off"])
def test_dots_begin_open_and_stand_once_they_are_closed(workshop, dot_round, state):
    item, (phone,) = dot_round.items.get(), make_phones(workshop, 1)
    close = "UPDATE planning_dotround SET state = %s, closed_at = now() WHERE id = %s"
    DotVote.objects.create(dot_round=dot_round, participant=phone, items=[item.pk])
    with refused("ballot_keeps_no_votes"):
        run_sql(close, state, dot_round.pk)
    run_sql("DELETE FROM planning_dotvote")
    assert run_sql(close, state, dot_round.pk) == 1
    with refused("ballot_stands"):
        run_sql(
            "UPDATE planning_dotround SET state = 'open', closed_at = NULL WHERE id = %s",
            dot_round.pk,
        )
    with refused("ballot_is_open"):
        DotVote.objects.create(dot_round=dot_round, participant=phone, items=[item.pk])
    with refused("ballot_begins_open"):
        run_sql(
            "INSERT INTO planning_dotround (workshop_id, about, dots, state, opened_at, closed_at,"
            " voters, present) SELECT workshop_id, about, dots, state, now(), now(), 0, 0"
            " FROM planning_dotround"
        )


# --- Nothing is forgotten ---------------------------------------------------------------------


def test_every_name_that_a_trigger_raises_is_tried_here_or_in_test_voting():
    both = {"ballot_begins_open", "ballot_stands", "ballot_keeps_no_votes"}
    votes = {"ballot_is_open", "vote_of_this_workshop"}
    assert raised_by_ours() == {
        *((table, "of_one_assessment") for table in OF_SHEET),
        ("planning_workshop", "of_one_partnership"),
        ("planning_invitee", "of_one_partnership"),
        ("planning_workshopattendance", "of_one_partnership"),
        *((table, name) for table in ("planning_ballot", "planning_dotround") for name in both),
        *((table, name) for table in ("planning_vote", "planning_dotvote") for name in votes),
        ("planning_vote", "vote_on_the_scale"),
        ("planning_dotvote", "dots_no_more"),
        ("planning_dotvote", "dots_on_this_list"),
    }


def test_votes_and_papers_have_no_history():
    for model in (Vote, DotVote, Paper, PaperScore):
        assert not hasattr(model, "pgh_event_model")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE tgrelid = %s::regclass AND prosrc ILIKE '%%INSERT INTO%%'",
                [model._meta.db_table],
            )
            assert cursor.fetchone() == (0,), model
    for model in (Workshop, AgendaItem, Ballot):
        assert hasattr(model, "pgh_event_model")
