"""What the activity page tells of measures and readings, and what is held about a person."""

import json
from datetime import date
from decimal import Decimal

import pytest

from pledges import measuring
from pledges.models import Measure
from tests.factories.frameworks import make_small_framework
from tests.factories.measures import make_measure, make_reading
from tests.factories.people import client_of
from tests.partnerships.telling import told

pytestmark = pytest.mark.django_db
MEASURE = "the measure “Couples helped”"
READING = "the reading of “Couples helped” of 31 December 2025"
DAY = date(2025, 12, 31)


def test_a_measure_is_told_from_beginning_to_end(area):
    boss, domain = area.coordinator, make_small_framework().domains.get(number=1)
    added = {"partnership": area.partnership, "by": boss, "name": "Couples helped"}
    assert told(area, lambda: measuring.add_measure(domains=[domain], **added)) == {
        f"added {MEASURE}",
        "put the measure “Couples helped” under 1. Purpose",
    }
    measure = Measure.objects.get()
    words = {"measure": measure, "by": boss}
    assert told(area, lambda: measuring.change_measure(domains=[], meaning="All", **words)) == {
        f"changed what it tells of {MEASURE}",
        "took the measure “Couples helped” off 1. Purpose",
    }
    assert told(area, lambda: measuring.end_measure(ended_on=DAY, **words)) == {f"ended {MEASURE}"}
    assert told(area, lambda: measuring.end_measure(ended_on=None, **words)) == {
        f"took {MEASURE} up again"
    }
    assert told(area, lambda: Measure.objects.all().delete()) >= {f"removed {MEASURE}"}


def test_a_reading_is_told_from_beginning_to_end(area, measure):
    boss = area.coordinator
    new = {"measure": measure, "by": boss, "read_on": DAY, "value": Decimal(1)}
    assert told(area, lambda: measuring.record_reading(**new)) == {f"recorded {READING}"}
    one = {"reading": measure.readings.get(), "by": boss}
    words = {"read_on": DAY, "value": Decimal(2), "source": "", "comment": ""}
    assert told(area, lambda: measuring.correct_reading(**one, **words)) == {
        f"changed the figure of {READING}"
    }
    assert told(area, lambda: measuring.rate_reading(rating="red", reason="x", **one)) == {
        f"rated {READING} by hand"
    }
    assert told(area, lambda: measuring.rate_reading(rating="", reason="", **one)) == {
        f"rated {READING} by the rule again"
    }
    assert told(area, lambda: measuring.remove_reading(**one)) == {f"removed {READING}"}


def test_ones_own_measures_and_readings_are_among_ones_data(area, measure):
    mine = make_measure(area.partnership, name="Mine", owner=area.lead)
    make_measure(area.partnership, name="Added", created_by=area.lead)
    make_reading(measure, area.lead, comment="My words")
    make_reading(mine, area.coordinator)
    parts = json.loads(client_of(area.lead).get("/your-account/data.json").content)["parts"]
    assert parts["Measures that you see to, or that you added"] == [
        {"Measure": "Added", "You see to it": "No", "You added it": "Yes"},
        {"Measure": "Mine", "You see to it": "Yes", "You added it": "No"},
    ]
    (reading,) = parts["Readings that you recorded"]
    assert (reading["Measure"], reading["Figure"]) == ("Couples helped", "150 couples")
    assert (reading["Day"], reading["Comment"]) == ("2025-12-31", "My words")
    parts = json.loads(client_of(area.editor).get("/your-account/data.json").content)["parts"]
    assert parts["Measures that you see to, or that you added"] == []
    assert parts["Readings that you recorded"] == []
