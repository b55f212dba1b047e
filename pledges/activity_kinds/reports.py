"""What this room tells of who did what: board reports."""

from django.db.models import OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from pledges.activity import number_of, slug_of
from pledges.models import Board, BoardReport, Narrative, Section

OF_REPORTS = {"key": "reports", "label": "Board reports"}


def _named(facts):
    """“the report to the steering group of 1 July 2026 to 30 September 2026”."""
    if facts["board"] is None:
        return "a report that is gone"
    board = facts["board_words"] or Board(facts["board"]).label
    period = f"{facts['from_on']:%-d %B %Y} to {facts['to_on']:%-d %B %Y}"
    return f"the report to {board}, {period}"


def _link(facts):
    return reverse("board_report", args=[facts["slug"], facts["there"]]) if facts["there"] else ""


# --- Reports ----------------------------------------------------------------------------------

REPORT_LABELS = {
    "board": "the board",
    "board_words": "the name of the board",
    "from_on": "the first day",
    "to_on": "the last day",
    "figures_at": "the figures, taken anew",
    "made_by": "who made it",
    "made_at": "when it was made",
    "finished_by": "who finished it",
    "finished_at": "when it was finished",
}


def _report_facts(events):
    return events.annotate(
        there=one_of(BoardReport.objects.filter(pk=OuterRef("pgh_obj_id")).order_by(), "pk"),
        slug=slug_of("partnership_id"),
    ).values("pgh_id", "board", "board_words", "from_on", "to_on", "there", "slug")


def _describe_report(row, facts):
    report = _named(facts)
    words = {ADDED: f"made {report}", REMOVED: f"removed {report}"}
    done = words.get(row.label)
    if done is None and "finished_at" in row.fields:
        done = f"finished {report}"
    elif done is None and row.fields == ("figures_at",):
        done = f"took the figures of {report} again"
    return Sentence(done or changed(row, REPORT_LABELS, report), _link(facts))


REPORTS = Kind(
    **OF_REPORTS,
    events=BoardReport.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=REPORT_LABELS,
    facts=_report_facts,
    describe=_describe_report,
)

# --- The words beside the figures -------------------------------------------------------------

NARRATIVE_LABELS = {
    "section": "the section",
    "words": "the words",
    "written_by": "who wrote",
    "written_at": "when",
}


def _own_reports(partnership):
    return BoardReport.objects.of(partnership).order_by().values("pk")


def _narrative_facts(events):
    report = BoardReport.objects.filter(pk=OuterRef("report_id")).order_by()
    return events.annotate(
        there=one_of(report, "pk"),
        board=one_of(report, "board"),
        board_words=one_of(report, "board_words"),
        from_on=one_of(report, "from_on"),
        to_on=one_of(report, "to_on"),
        slug=one_of(report, "partnership__slug"),
    ).values(
        *("pgh_id", "section", "there", "board", "board_words", "from_on", "to_on", "slug"),
    )


def _describe_narrative(row, facts):
    section, report = Section(facts["section"]).label, _named(facts)
    verb = {ADDED: "wrote", REMOVED: "removed the words"}.get(row.label, "wrote anew")
    return Sentence(f"{verb} on “{section}” in {report}", _link(facts))


NARRATIVES = Kind(
    **OF_REPORTS,
    events=Narrative.pgh_event_model,
    within="report",
    own=_own_reports,
    labels=NARRATIVE_LABELS,
    facts=_narrative_facts,
    describe=_describe_narrative,
)

KINDS = (REPORTS, NARRATIVES)
