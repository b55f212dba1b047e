"""Measures and their readings, as rows. Each call makes new ones."""

from datetime import date
from decimal import Decimal

from pledges.models import Measure, Reading

BASELINE_ON, TARGET_ON = date(2024, 12, 31), date(2026, 12, 31)
LINE = {
    "baseline": Decimal(100),
    "baseline_on": BASELINE_ON,
    "target": Decimal(200),
    "target_on": TARGET_ON,
}
NO_LINE = dict.fromkeys(LINE)


def make_measure(partnership, *, domains=(), **words):
    """A measure on its way from 100 to 200 couples in two years."""
    words = {"name": "Couples helped", "unit_words": "couples"} | LINE | words
    measure = Measure.objects.create(partnership=partnership, **words)
    measure.domains.set(domains)
    return measure


def make_reading(measure, by, value=150, read_on=date(2025, 12, 31), **words):
    """What it was on a day."""
    return Reading.objects.create(
        measure=measure, recorded_by=by, value=Decimal(value), read_on=read_on, **words
    )


def make_area_measure(area, organisation, domain, song=""):
    """A measure of the area's organisation with one reading, rated by hand."""
    measure = make_measure(
        area.partnership,
        name=f"{song}measure",
        meaning=f"{song}meaning",
        unit_words=f"{song}couples",
        source=f"{song}source",
        organisation=organisation,
        owner=area.lead,
        created_by=area.coordinator,
        domains=[domain],
    )
    reading = make_reading(
        measure,
        area.coordinator,
        source=f"{song}report",
        comment=f"{song}comment",
        rating="amber",
        rating_reason=f"{song}reason",
    )
    return measure, reading
