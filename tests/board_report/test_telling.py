"""What the activity page tells of reports, what a person holds in them, who may, and the demo."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from partnerships import holdings
from partnerships.models import Partnership, User
from pledges import reporting
from pledges.models import BoardReport, Narrative
from rpcportal import demo
from rpcportal.board_report.gathering import figures_of
from rpcportal.board_report.outline import Outline
from rpcportal.demo import report as demo_report
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area
from tests.factories.reports import loaded, make_board_report, make_finished

pytestmark = pytest.mark.django_db

PERIOD = "Steering group, 1 July 2026 to 30 September 2026"


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def draft(area):
    return make_board_report(area.partnership, by=area.coordinator)


def told(area):
    page = client_of(area.coordinator).get("/partnerships/rochdale/activity/?kind=reports")
    return shown(page)


def test_making_writing_taking_again_and_finishing_are_told(area, draft):
    by = {"report": draft, "by": area.coordinator}
    reporting.write_narrative(**by, section="dates", words="One")
    reporting.write_narrative(**by, section="dates", words="Two")
    reporting.take_figures_again(**by, gather=figures_of)
    reporting.finish_report(**by)
    page = told(area)
    for sentence in (
        f"made the report to {PERIOD}",
        f"wrote on “Dates that moved” in the report to {PERIOD}",
        f"wrote anew on “Dates that moved” in the report to {PERIOD}",
        f"took the figures of the report to {PERIOD} again",
        f"finished the report to {PERIOD}",
    ):
        assert sentence in page


def test_removing_is_told_and_leads_nowhere(area, draft):
    reporting.write_narrative(report=draft, by=area.coordinator, section="dates", words="One")
    path = draft.get_absolute_url()
    reporting.remove_report(report=draft, by=area.coordinator)
    page = told(area)
    assert f"removed the report to {PERIOD}" in page
    assert path not in page


@pytest.mark.parametrize("role", ["lead", "partner", "reader"])
def test_only_coordinator_and_facilitator_make_reports(area, draft, role):
    by = {"report": draft, "by": getattr(area, role)}
    for verb in (
        lambda: make_board_report(area.partnership, by=by["by"]),
        lambda: reporting.write_narrative(**by, section="dates", words="x"),
        lambda: reporting.take_figures_again(**by, gather=figures_of),
        lambda: reporting.finish_report(**by),
        lambda: reporting.remove_report(**by),
    ):
        with pytest.raises(PermissionDenied, match="make board reports"):
            verb()
    assert BoardReport.objects.get().finished_at is None


def test_a_section_that_the_board_is_not_told_takes_no_words(area):
    report = make_board_report(area.partnership, by=area.coordinator, board="domestic_abuse")
    with pytest.raises(ValidationError, match="has no section “Dates that moved”"):
        reporting.write_narrative(report=report, by=area.coordinator, section="dates", words="x")


def test_a_finished_report_takes_neither_words_nor_figures(area):
    report = make_finished(area.partnership, by=area.coordinator)
    by = {"report": report, "by": area.coordinator}
    for verb in (
        lambda: reporting.write_narrative(**by, section="dates", words="x"),
        lambda: reporting.take_figures_again(**by, gather=figures_of),
    ):
        with pytest.raises(ValidationError, match="Nothing in it can be changed"):
            verb()
    again = reporting.finish_report(report=report, by=area.facilitator)
    assert (again.finished_by, again.finished_at) == (area.coordinator, report.finished_at)


def test_what_a_person_wrote_is_among_what_is_held_about_them(area, draft):
    reporting.write_narrative(report=draft, by=area.facilitator, section="dates", words="Mine")
    held = dict(holdings.held_about(User.objects.get(pk=area.facilitator.pk)))
    (row,) = held["Board reports that you made or wrote in"]
    assert row["Your words"] == "Dates that moved: Mine"


def test_the_demo_has_a_finished_report_and_a_draft():
    load_rpc_2018()
    assert demo.load()
    partnership = Partnership.objects.get()
    coordinator = partnership.memberships.get(role="coordinator").user
    if not partnership.board_reports.exists():
        demo_report.load(partnership, coordinator)
    steering, health = partnership.board_reports.order_by("-board")
    assert (steering.board, bool(steering.finished_at)) == ("steering", True)
    assert (health.board, bool(health.finished_at)) == ("health", False)
    assert Narrative.objects.filter(report=steering).count() == 5
    assert steering.figures["completed"]["rows"]
    assert steering.figures["rated"]["rows"]
    assert Outline.of(loaded(steering)).title == "Report to the steering group"
