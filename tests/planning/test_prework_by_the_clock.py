"""Scoring beforehand that ended by itself is counted by the portal, whoever looks first."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from planning import prework
from planning.models import Ballot, Paper, Workshop
from tests.factories.assessments import entry_of
from tests.factories.people import client_of
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.django_db
SAID = {"level": Decimal(2), "does_not_know": False, "strength": "A forum", "improvement": ""}


@pytest.fixture
def workshop(area, draft):
    closes_at = timezone.now() + timedelta(hours=1)
    made = make_workshop(draft, area.coordinator, is_open=False, prework_closes_at=closes_at)
    paper = Paper.objects.create(workshop=made, sector="council")
    prework.save_score(paper=paper, entry=entry_of(draft, 1), said=SAID, revision=0)
    return made


def who_counted():
    """What the history says of each change to the ballots."""
    events = Ballot.pgh_event_model.objects.order_by("pgh_id")
    return [each.pgh_context for each in events]


def ended(workshop):
    past = timezone.now() - timedelta(minutes=1)
    Workshop.objects.filter(pk=workshop.pk).update(prework_closes_at=past)


def test_who_reads_the_report_first_has_counted_nothing(area, workshop):
    ended(workshop)
    path = f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/beforehand/"
    assert client_of(area.facilitator).get(path).status_code == 200
    assert {(each["by"], each["user"]) for each in who_counted()} == {("portal", None)}


def test_the_daily_work_counts_as_the_portal(workshop):
    ended(workshop)
    prework.count_all_that_are_over(timezone.now())
    assert {each["by"] for each in who_counted()} == {"portal"}


def test_who_ends_it_early_has_counted(area, workshop):
    path = f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/beforehand/end/"
    assert client_of(area.facilitator).post(path).status_code == 302
    assert {each["user"] for each in who_counted()} == {area.facilitator.pk}
