"""What home tells a person to do next: at most three steps, most urgent first."""

from datetime import date

import pytest
from django.urls import reverse

from planning.models import Assessment
from planning.next_steps import next_steps
from tests.factories.assessments import agree, make_assessment, make_scored, score
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def small():
    return make_small_framework()


def assessments_of(area):
    """As the partnership's page loads them."""
    return list(Assessment.objects.of(area.partnership).with_list_data())


def steps(area, user):
    found = next_steps(assessments_of(area), user, area.partnership)
    return [(step.heading, step.link_text, step.href) for step in found]


def sentences(area, user):
    found = next_steps(assessments_of(area), user, area.partnership)
    return [step.sentence for step in found]


def test_a_new_area_starts(area):
    start = reverse("start_assessment", args=["rochdale"])
    assert steps(area, area.coordinator) == [
        ("Score your area for the first time", "Start an assessment", start)
    ]
    assert steps(area, area.partner) == []
    assert steps(area, area.reader) == []


def test_a_draft_comes_first_and_says_what_is_left(area, small):
    draft = make_assessment(area.partnership, small)
    score(draft, {1: "2"})
    step = ("Finish scoring: 30 July 2018", "Go on scoring", draft.get_absolute_url())
    for user in (area.coordinator, area.facilitator, area.partner):
        assert steps(area, user) == [step]
        assert sentences(area, user) == ["2 domains are not scored yet."]
    score(draft, {2: "2"})
    assert sentences(area, area.partner) == ["1 domain is not scored yet."]


def test_a_reader_sees_how_a_draft_stands(area, small):
    draft = make_assessment(area.partnership, small)
    score(draft, {1: "2"})
    assert steps(area, area.reader) == [
        (
            "The assessment of 30 July 2018 is being written",
            "See how it stands",
            draft.get_absolute_url(),
        )
    ]
    assert sentences(area, area.reader) == ["1 of 3 domains are scored so far."]


def test_a_draft_that_is_scored_waits_for_agreement(area, small):
    make_scored(area.partnership, small)
    assert [each[:2] for each in steps(area, area.coordinator)] == [
        ("Check the sheet and agree it: 30 July 2018", "Check and agree")
    ]


def test_after_an_agreement_the_area_scores_again_and_prints(area, small):
    agree(make_scored(area.partnership, small), by=area.coordinator)
    assert [each[0] for each in steps(area, area.coordinator)] == [
        "Score your area again",
        "Print the recording sheet of 30 July 2018",
    ]
    assert [each[0] for each in steps(area, area.reader)] == [
        "Print the recording sheet of 30 July 2018"
    ]
    assert sentences(area, area.reader) == ["Agreed by Ada Marsh, Chair of the board."]


def test_the_two_newest_drafts_and_the_newest_sheet_are_named(area, small):
    for year in (2018, 2019):
        draft = make_scored(area.partnership, small, assessed_on=date(year, 1, 17))
        agree(draft, by=area.coordinator) if year == 2018 else draft
    make_assessment(area.partnership, small, assessed_on=date(2020, 1, 17))
    make_scored(area.partnership, small, assessed_on=date(2021, 1, 17), illustrative=True)
    assert [each[0] for each in steps(area, area.partner)] == [
        "Finish scoring: 17 January 2020",
        "Every domain is scored: 17 January 2019",
        "Print the recording sheet of 17 January 2018",
    ]


def test_another_partnerships_drafts_are_no_steps_here(area, small):
    other = make_area("bolton", "Bolton Together", "Bolton")
    make_assessment(other.partnership, small)
    assert [each[0] for each in steps(area, area.coordinator)] == [
        "Score your area for the first time"
    ]


def test_a_list_of_assessments_is_one_query_however_many(area, small, django_assert_num_queries):
    steps(area, area.coordinator)  # the person's membership is read once a request
    for more in (3, 27):
        for _ in range(more):
            make_scored(area.partnership, small)
        with django_assert_num_queries(1):
            steps(area, area.coordinator)
