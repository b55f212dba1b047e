"""The demo's measures and their readings: fixtures/demo/measures.yaml.

Readings lie in the past, so their rows are written as they stand.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import yaml
from django.conf import settings
from django.utils import timezone

from partnerships.models import User
from pledges.domains import domains_of
from pledges.measuring import add_measure
from pledges.models import Reading
from pledges.rating import months_later

FILE = settings.BASE_DIR / "fixtures" / "demo" / "measures.yaml"
WRITTEN_AFTER = timedelta(days=9)  # a quarter's figure comes some days after its end


def load(partnership, coordinator, today=None):
    """Write the measures of the demo partnership."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    loading = Measures(partnership, coordinator, today or timezone.localdate(), content["source"])
    for each in content["measures"]:
        loading.measure(each)


class Measures:
    """One loading: the partnership, who writes, and the day from which quarters are counted."""

    def __init__(self, partnership, coordinator, today, source):
        self.partnership, self.coordinator, self.source = partnership, coordinator, source
        self.last_quarter = last_quarter_end(today - WRITTEN_AFTER)
        self.organisations = {each.name: each for each in partnership.organisations.all()}
        self.domains = {each.number: each for each in domains_of(partnership)}

    def measure(self, content):
        """A measure and its readings."""
        readings = content["readings"]
        measure = add_measure(
            partnership=self.partnership,
            by=self.coordinator,
            name=content["name"],
            meaning=content["meaning"],
            unit=content.get("unit", "number"),
            unit_words=content.get("unit_words", ""),
            frequency=content.get("frequency", "quarterly"),
            baseline=Decimal(content["baseline"]),
            baseline_on=self._quarter(-len(readings)),
            target=Decimal(content["target"]),
            target_on=self._quarter(content["target_in"]),
            owner=self._person(content.get("owner")),
            organisation=self.organisations.get(content.get("organisation")),
            source=self.source,
            domains=[self.domains[number] for number in content["domains"]],
            created_at=_morning(self._quarter(-len(readings)) + WRITTEN_AFTER),
        )
        for number, value in enumerate(readings):
            if value is not None:
                self._reading(measure, content, number, value)

    def _reading(self, measure, content, number, value):
        read_on = self._quarter(number - len(content["readings"]) + 1)
        said = content.get("rated", {}).get(number, {})
        Reading.objects.create(
            measure=measure,
            read_on=read_on,
            value=Decimal(value),
            source=self.source,
            comment=content.get("comments", {}).get(number, ""),
            rating=said.get("rating", ""),
            rating_reason=said.get("reason", ""),
            recorded_by=measure.owner or self.coordinator,
            recorded_at=_morning(read_on + WRITTEN_AFTER),
        )

    def _quarter(self, number):
        """The last day of a quarter, counted from the last one that is over."""
        return months_later(self.last_quarter, 3 * number)

    def _person(self, email):
        return User.objects.get(email=email) if email else None


def last_quarter_end(today):
    """The last day of the last quarter that is over on this day."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)


def _morning(day):
    return timezone.make_aware(datetime.combine(day, time(10)))
