"""Figures of the planning tool, for gathering.py: levels, and the actions of each domain."""

from django.db.models import Count, Q

from planning.levels import format_level
from planning.models import Assessment, Entry, Status
from planning.outline import outline_of
from pledges.models import OPEN_STATUSES, ActionStatus
from rpcportal.board_report.period import day, said


def progress(period):
    """Each domain of the newest agreed sheet's tool: its level there and on the sheet before,
    and the actions that serve it. Without an agreed sheet, those of the newest one's tool.
    """
    last, before = _sheets(period)
    newest = last or _newest(period)
    served = _of_domains(period)
    if newest is None:
        return {
            "sheet": None, "before": None, "rows": [], "no_domain": served[None], "elsewhere": 0,
        }  # fmt: skip
    outline = outline_of(newest.framework)
    compared = before if before and before.framework_id == newest.framework_id else None
    levels = _levels([sheet for sheet in (last, compared) if sheet])
    return {
        "sheet": _named(last),
        "before": _named(before),
        "is_comparable": before is None or compared is not None,
        "rows": [
            {
                "number": domain.number,
                "title": domain.title,
                "at_the_line": domain.abuse_boundary,
                "level": levels.get((last and last.pk, domain.pk), ""),
                "before": levels.get((compared and compared.pk, domain.pk), ""),
                **served[domain.pk],
            }
            for domain in outline.domains
        ],
        "no_domain": served[None],
        "elsewhere": _elsewhere(period, newest.framework_id),
    }


def moved(period, domains):
    """What moved where a sheet was agreed in the period and another stood before it, or None."""
    sheet, before = domains["sheet"], domains["before"]
    first, last = (each.isoformat() for each in period.days)
    if not sheet or not first <= sheet["agreed_on"] <= last:
        return None
    rows = [row for row in domains["rows"] if row["before"] and row["level"] != row["before"]]
    return {
        "sheet": sheet,
        "before": before if domains["is_comparable"] else None,
        "rows": [{name: row[name] for name in ("title", "before", "level")} for row in rows],
        "domains": len(domains["rows"]),
    }


def _sheets(period):
    """The last agreed sheet at the end of the period, and the one of the assessment before it."""
    rows = Assessment.objects.of(period.partnership).filter(
        status__in=(Status.AGREED, Status.SUPERSEDED), agreed_on__lte=period.end
    )
    sheets = list(rows.select_related("framework", "partnership").order_by("-assessed_on", "-pk"))
    replaced = {sheet.previous_version_id for sheet in sheets}
    standing = [sheet for sheet in sheets if sheet.pk not in replaced]
    last = standing[0] if standing else None
    earlier = [sheet for sheet in standing if sheet.assessed_on < last.assessed_on]
    return last, earlier[0] if earlier else None


def _newest(period):
    return Assessment.objects.of(period.partnership).select_related("framework").first()


def _named(sheet):
    if sheet is None:
        return None
    return {
        "assessed_on": day(sheet.assessed_on),
        "agreed_on": day(sheet.agreed_on),
        "tool": said(sheet.framework.name, 200),
    }


def _levels(sheets):
    """(sheet, domain) -> “2/3”, “Not applicable” or “Not yet scored”."""
    rows = Entry.objects.filter(assessment__in=sheets).order_by()
    return {
        (entry.assessment_id, entry.domain_id): _level(entry)
        for entry in rows.only("assessment", "domain", "level", "not_applicable")
    }


def _level(entry):
    if entry.not_applicable:
        return "Not applicable"
    return "Not yet scored" if entry.level is None else format_level(entry.level)


def _elsewhere(period, framework):
    """How many open actions serve domains, but none of this tool: no row of the table has them."""
    open_ones = period.actions().filter(status__in=OPEN_STATUSES, domains__isnull=False)
    return open_ones.exclude(domains__framework=framework).distinct().count()


class _Served(dict):
    """Domain -> how many actions serve it; nothing where none does."""

    def __missing__(self, domain):
        return {"open": 0, "complete": 0, "overdue": 0}


def _of_domains(period):
    """Domain (None for none) -> how many of its actions are open, complete and overdue."""
    complete = Q(status=ActionStatus.COMPLETE, completed_on__lte=period.end)
    rows = (
        period.actions()
        .order_by()
        .values("domains")
        .annotate(
            number_open=Count("pk", filter=Q(status__in=OPEN_STATUSES)),
            number_complete=Count("pk", filter=complete),
            number_overdue=Count("pk", filter=period.is_overdue),
        )
    )
    return _Served(
        (row["domains"], {name: row[f"number_{name}"] for name in ("open", "complete", "overdue")})
        for row in rows
    )
