"""The agenda of a workshop: what is proposed, the hours that come of it, and what is kept."""

from datetime import time
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied

from planning.agenda import (
    BREAK,
    FULL,
    HALF,
    Line,
    duration,
    lines_of,
    proposal,
    save_agenda,
    timed,
    total,
    warning,
)
from planning.models import AgendaItem
from tests.factories.assessments import entry_of, make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(area, draft):
    return make_workshop(draft, area.coordinator, is_open=False)


def kept(workshop):
    return [(line.what, line.minutes) for line in lines_of(workshop)]


# --- Proposals and hours: rules over values -----------------------------------------------------


@pytest.mark.parametrize(
    ("length", "whole", "pauses", "domain"), [(HALF, 210, 1, 15), (FULL, 390, 3, 25)]
)
def test_a_proposal_has_every_domain_in_order_and_breaks_between(
    area, length, whole, pauses, domain
):
    sheet = make_assessment(area.partnership, load_rpc_2018())
    entries = list(sheet.entries.in_order())
    lines = proposal(entries, length)
    assert [line.entry for line in lines if line.entry] == entries
    assert {line.minutes for line in lines if line.entry} == {domain}
    assert total(lines) == whole
    assert lines[0].title.startswith("Welcome")
    assert lines[-1].title.endswith("close")
    between = [line for line in lines[1:-2] if line.title]
    assert len(between) == pauses
    # No pause is first, last, or beside another.
    kinds = [bool(line.entry) for line in lines[1:-2]]
    assert kinds[0]
    assert kinds[-1]
    assert (False, False) not in set(pairwise(kinds))


def test_what_is_not_applicable_gets_no_time_and_a_sheet_of_one_domain_no_break(draft):
    entries = list(draft.entries.in_order())
    for each in entries[1:]:
        each.not_applicable = True
    lines = proposal(entries, FULL)
    assert [line.entry for line in lines if line.entry] == entries[:1]
    assert BREAK not in {line.title for line in lines[:2]}


def test_each_line_begins_where_the_one_before_it_ends():
    lines = [Line(15, "Welcome"), Line(50, "Votes"), Line(5, "Close")]
    hours = [each.hours for each in timed(lines, time(9, 30))]
    assert hours == ["09:30 to 09:45", "09:45 to 10:35", "10:35 to 10:40"]
    assert [each.hours for each in timed(lines, None)] == ["", "", ""]


@pytest.mark.parametrize(
    ("minutes", "starts_at", "said"),
    [
        (480, time(9), ""),
        (481, time(9), "longer than a day’s work"),
        (481, None, "longer than a day’s work"),
        (120, time(22), ""),
        (121, time(22), "goes on after midnight"),
    ],
)
def test_a_day_that_is_too_long_is_said(minutes, starts_at, said):
    sentence = warning([Line(minutes, "All")], starts_at)
    assert said in sentence
    assert bool(said) == bool(sentence)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "no time"), (1, "1 minute"), (60, "1 hour"), (210, "3 hours 30 minutes")],
)
def test_minutes_in_words(minutes, words):
    assert duration(minutes) == words


# --- What is kept -------------------------------------------------------------------------------


def test_an_agenda_is_kept_changed_and_the_same_again_changes_nothing(workshop):
    first, second = (entry_of(workshop.assessment, number) for number in (1, 2))
    lines = [Line(10, "Welcome"), Line(20, entry=first), Line(5, "Break"), Line(20, entry=second)]
    save_agenda(workshop=workshop, lines=lines, by=workshop.created_by)
    assert lines_of(workshop) == lines
    workshop.refresh_from_db()
    version, numbers = workshop.version, set(workshop.agenda.values_list("pk", flat=True))
    events = AgendaItem.pgh_event_model.objects.count()
    save_agenda(workshop=workshop, lines=lines, by=workshop.created_by)
    workshop.refresh_from_db()
    assert workshop.version == version
    assert AgendaItem.pgh_event_model.objects.count() == events
    turned = [lines[3], Line(30, entry=first), lines[0]]
    save_agenda(workshop=workshop, lines=turned, by=workshop.created_by)
    assert lines_of(workshop) == turned
    assert set(workshop.agenda.values_list("pk", flat=True)) < numbers
    workshop.refresh_from_db()
    assert workshop.version == version + 1


def test_two_lines_of_the_same_words_are_two(workshop):
    lines = [Line(5, "Break"), Line(5, "Break")]
    for _ in range(2):
        save_agenda(workshop=workshop, lines=lines, by=workshop.created_by)
    assert kept(workshop) == [("Break", 5), ("Break", 5)]


def test_the_agenda_of_a_closed_workshop_stays_and_others_may_not(area, workshop):
    lines = [Line(5, "Break")]
    for person in (area.lead, area.editor, area.reader):
        with pytest.raises(PermissionDenied, match="coordinator or facilitator can"):
            save_agenda(workshop=workshop, lines=lines, by=person)
    workshop.closed_at = workshop.created_at
    workshop.save()
    with pytest.raises(PermissionDenied, match="closed, so its plan stays"):
        save_agenda(workshop=workshop, lines=lines, by=area.facilitator)
