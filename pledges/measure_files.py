"""Measures and their readings as files."""

from django.utils import timezone

from pledges.models import Measure, Reading
from pledges.rating import rating_of
from rpcportal.kit.spreadsheets import Sheet, csv_lines, workbook

AT_ONCE = 500  # rows that are in memory together
MEASURE_COLUMNS = (
    "Measure", "What it tells", "Organisation", "Who sees to it", "Unit", "What is counted",
    "Which way is better", "Baseline", "Day of the baseline", "Target", "Day of the target",
    "How often", "Source", "Ended",
)  # fmt: skip
READING_COLUMNS = (
    "Measure", "Organisation", "Day", "Figure", "Unit", "Rating", "Rated by", "Why", "Source",
    "Comment", "Recorded by", "Recorded on",
)  # fmt: skip


def measures_workbook(partnership):
    """All measures, and all readings, as a spreadsheet for Excel with two sheets."""
    return workbook(
        [
            Sheet("Measures", MEASURE_COLUMNS, _measure_rows(partnership)),
            Sheet("Readings", READING_COLUMNS, reading_rows(partnership)),
        ],
        is_long=True,
    )


def readings_csv(partnership):
    """All readings as comma-separated values, line by line."""
    return csv_lines(READING_COLUMNS, reading_rows(partnership))


def _measure_rows(partnership):
    measures = Measure.objects.of(partnership).with_names().order_by("name", "pk")
    for each in measures.iterator(chunk_size=AT_ONCE):
        yield (
            each.name,
            each.meaning,
            _name(each.organisation),
            _name(each.owner),
            each.get_unit_display(),
            each.unit_words,
            each.get_better_display(),
            each.baseline,
            each.baseline_on,
            each.target,
            each.target_on,
            each.get_frequency_display(),
            each.source,
            each.ended_on,
        )


def reading_rows(partnership):
    """The lines of the readings, measure by measure, a few in memory at a time."""
    readings = Reading.objects.of_partnership(partnership).with_names()
    in_order = readings.order_by("measure__name", "measure_id", "read_on")
    for each in in_order.iterator(chunk_size=AT_ONCE):
        measure = each.measure
        said = rating_of(measure, each)
        yield (
            measure.name,
            _name(measure.organisation),
            each.read_on,
            each.value,
            measure.unit_words or measure.get_unit_display(),
            said.words,
            "the rule" if said.by_rule else "hand",
            said.reason,
            each.source,
            each.comment,
            str(each.recorded_by),
            timezone.localdate(each.recorded_at),
        )


def _name(thing):
    return str(thing) if thing else ""
