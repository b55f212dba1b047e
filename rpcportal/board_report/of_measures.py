"""Figures of the performance framework, for gathering.py."""

from collections import defaultdict

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from pledges.models import Measure, Rating, Reading
from pledges.rating import is_late, next_reading_due, rating_of, show_of
from rpcportal.board_report.period import MOST, day, said


def measures(period):
    """Each measure that ran in the period: its last reading by then, the one before, its target
    and its rating; and of all of them, however many, how many are red and which are late.

    Of more than a table holds, those rated red and amber come first.
    """
    running = Measure.objects.of(period.partnership).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=period.from_on)
    )
    readings = _last_two(period)
    rows = [_row(each, readings[each.pk], period) for each in running.order_by("name", "pk")]
    late = [{name: row[name] for name in ("name", "was_due")} for row in rows if row["is_late"]]
    if len(rows) > MOST:
        rows.sort(key=lambda row: row["rating"] not in {Rating.RED, Rating.AMBER})
        rows.sort(key=lambda row: row["rating"] != Rating.RED)
    return {
        "rows": rows[:MOST],
        "all": len(rows),
        "red": sum(row["rating"] == Rating.RED for row in rows),
        "late": {"rows": late[:MOST], "all": len(late)},
    }


def _last_two(period):
    """Measure -> its last two readings by the end of the period, the newer first."""
    rows = Reading.objects.filter(
        measure__partnership=period.partnership, read_on__lte=period.end
    ).annotate(
        place=Window(
            RowNumber(), partition_by=F("measure"), order_by=[F("read_on").desc(), F("pk").desc()]
        )
    )
    found = defaultdict(list)
    for reading in rows.filter(place__lte=2).order_by("measure", "place"):
        found[reading.measure_id].append(reading)
    return found


def _row(measure, readings, period):
    last, before = [*readings, None, None][:2]
    rated = rating_of(measure, last) if last else None
    return {
        "name": said(measure.name, 200),
        "value": show_of(measure, last.value) if last else "",
        "read_on": day(last.read_on) if last else None,
        "before": show_of(measure, before.value) if before else "",
        "before_on": day(before.read_on) if before else None,
        "target": show_of(measure, measure.target),
        "target_on": day(measure.target_on),
        "rating": str(rated.rating.value) if rated and rated.rating else "",
        "by_rule": rated.by_rule if rated else True,
        "reason": said(rated.reason) if rated else "",
        "is_late": is_late(measure, last, period.end),
        "was_due": day(next_reading_due(measure, last, period.end)),
    }
