"""The demo's measures: six of them, with two years of quarters, whatever the day."""

from datetime import date

import pytest

from partnerships.models import User
from pledges.measuring import newest_of
from pledges.models import Measure, Reading
from pledges.rating import rating_of
from rpcportal.demo import measures as demo_measures
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    area = make_area()
    make_assessment(area.partnership, load_rpc_2018())
    for name in ("Borough family support charity", "Borough schools partnership"):
        make_organisation(area.partnership, name)
    for name in ("coordinator", "facilitator"):
        User.objects.filter(pk=getattr(area, name).pk).update(email=f"{name}@example.org")
    return area


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2026, 12, 31), date(2027, 1, 3)])
def test_the_demo_has_measures_of_every_colour_and_says_that_they_are_invented(area, today):
    demo_measures.load(area.partnership, area.coordinator, today)
    measures = Measure.objects.of(area.partnership).with_newest()
    assert len(measures) == 6
    said = [rating_of(each, newest_of(each)) for each in measures]
    assert {each.rating for each in said} == {"green", "amber", "red"}
    assert [each.by_rule for each in said].count(False) == 1
    assert set(Reading.objects.values_list("source", flat=True)) == {"Demo figures, invented"}
    assert Reading.objects.count() == 42
    assert not Reading.objects.filter(read_on__gte=today).exists()
    assert not Measure.objects.filter(domains=None).exists()


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2028, 2, 29), date(2027, 12, 31)),
        (date(2028, 4, 1), date(2028, 3, 31)),
        (date(2028, 3, 31), date(2027, 12, 31)),
        (date(2028, 12, 31), date(2028, 9, 30)),
    ],
)
def test_the_last_quarter_that_is_over(today, last):
    assert demo_measures.last_quarter_end(today) == last
