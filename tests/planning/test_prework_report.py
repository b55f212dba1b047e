"""The report on what was scored beforehand: widest apart first, on the page as in the PDF."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from planning import balloting
from planning.models import BallotState, Remark, Workshop
from planning.prework_report import NOBODY, TOO_FEW, PreworkReport
from planning.spreads import width
from tests.factories.assessments import make_scored
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of
from tests.factories.workshops import make_ballot, make_workshop

pytestmark = pytest.mark.django_db


def counts(**levels):
    """counts(l1=2, l25=1, dk=3): votes by level."""
    return {
        None if name == "dk" else Decimal(name[1:]) / (10 if len(name) > 2 else 1): votes
        for name, votes in levels.items()
    }


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({}, (0, 0)),
        ({"dk": 5}, (0, 0)),
        ({"l2": 5}, (0, 1)),
        ({"l2": 4, "l25": 1}, (Decimal("0.5"), 2)),
        ({"l1": 1, "l4": 1}, (3, 2)),
        ({"l1": 1, "l2": 9, "l4": 1, "dk": 7}, (3, 3)),
        ({"l1": 0, "l2": 5}, (0, 1)),
    ],
)
def test_how_wide_a_spread_is(levels, expected):
    assert width(counts(**levels)) == expected


@pytest.fixture
def workshop(area):
    assessment = make_scored(area.partnership, load_rpc_2018())
    made = make_workshop(
        assessment,
        area.coordinator,
        prework_closes_at=timezone.now() - timedelta(hours=1),
    )
    Workshop.objects.filter(pk=made.pk).update(prework_counted_at=timezone.now())
    return Workshop.objects.with_context().get(pk=made.pk)


def counted(workshop, number, levels, *texts):
    """Round 0 of a domain; levels as text, "dk" for “don’t know”."""
    ballot = make_ballot(workshop, number, round=0)
    votes = [("council", None if level == "dk" else Decimal(level)) for level in levels]
    balloting.keep(ballot, votes=votes, remarks=texts)
    ballot.state, ballot.voters = BallotState.REVEALED, len(votes)
    ballot.closed_at = timezone.now()
    ballot.save()
    return ballot


@pytest.fixture
def filled(workshop):
    counted(workshop, 2, ["2", "2", "2", "2", "2"])
    counted(workshop, 4, ["1", "1", "4", "4", "4", "dk"], ("strength", "A joint plan"))
    counted(workshop, 5, ["1", "2", "3", "4", "4"], ("improvement", "=More training"))
    counted(workshop, 7, ["1", "4"], ("improvement", "Reach\nfathers"))
    counted(workshop, 9, ["dk"] * 5)
    return workshop


def text_of_pdf(data):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def numbers(report):
    return [each.domain.number for each in report.domains]


def test_the_widest_apart_come_first_and_the_tools_order_is_a_link_away(filled):
    # As far apart, but on more levels; then narrower; none knew; too few; nobody.
    assert numbers(PreworkReport.of(filled)) == [5, 4, 2, 9, 7, 1, 3, 6, 8, 10]
    assert numbers(PreworkReport.of(filled, "tool")) == list(range(1, 11))


def test_each_domain_says_what_there_is_to_know(filled):
    said = {each.domain.number: each.summary for each in PreworkReport.of(filled).domains}
    assert said[4] == "Levels 1 to 4. 6 people answered. 1 did not know."
    assert said[2] == "All said 2. 5 people answered."
    assert said[9] == "5 people answered. None of them knew a level."
    assert said[7] == TOO_FEW
    assert said[1] == NOBODY


def test_the_levels_of_fewer_than_five_stand_nowhere(filled):
    table = PreworkReport.of(filled).table
    row = next(row for row in table.rows if row[0].startswith("7."))
    assert row[1:] == ("",) * 8 + ("Fewer than 5",)


def test_the_page_and_the_pdf_say_the_same(area, filled):
    client = client_of(area.facilitator)
    path = f"/planning/{filled.assessment_id}/workshops/{filled.pk}/beforehand"
    page = shown(client.get(f"{path}/"))
    report = PreworkReport.of(filled)
    paper = " ".join(text_of_pdf(client.get(f"{path}.pdf").content).split())
    for text in (report.lead, "A joint plan", "=More training"):
        assert text in page
        assert text in paper
    for each in report.domains:
        assert each.summary in page
        assert each.summary in paper
    tool = shown(client.get(f"{path}/?order=tool"))
    assert tool.index('id="domain-1"') < tool.index('id="domain-5"')
    assert client.get(f"{path}/?order=nonsense").status_code == 200


def test_a_hidden_text_is_on_the_page_to_be_shown_again_and_not_in_the_pdf(area, filled):
    client = client_of(area.facilitator)
    path = f"/planning/{filled.assessment_id}/workshops/{filled.pk}/beforehand"
    remark = Remark.objects.get(text="A joint plan")
    hide = f"{path}/remarks/{remark.pk}/hide/"
    response = client.post(hide, {"hidden": "yes", "order": "tool"})
    assert response.url == f"{path}/?order=tool#domain-4"
    page = shown(client.get(f"{path}/"))
    assert "Hidden: " in page
    assert "A joint plan" in page
    assert "A joint plan" not in text_of_pdf(client.get(f"{path}.pdf").content)
    client.post(hide, {"hidden": "no"})
    assert "Hidden: " not in shown(client.get(f"{path}/"))
    assert client.post(hide, {"hidden": "perhaps"}).status_code == 404


def test_a_text_of_the_room_is_not_hidden_here(area, filled):
    ballot = make_ballot(filled, 1, round=1)
    remark = ballot.remarks.create(kind="reason", text="Said in the room")
    path = f"/planning/{filled.assessment_id}/workshops/{filled.pk}/beforehand"
    client = client_of(area.facilitator)
    assert client.post(f"{path}/remarks/{remark.pk}/hide/", {"hidden": "yes"}).status_code == 404


def test_when_nobody_answered_the_report_says_so(area, workshop):
    client = client_of(area.facilitator)
    path = f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/beforehand"
    assert "Nobody answered." in shown(client.get(f"{path}/"))
    assert client.get(f"{path}.pdf").status_code == 200


def test_the_report_asks_as_much_for_ten_domains_as_for_one(workshop, django_assert_num_queries):
    counted(workshop, 1, ["1"] * 5, ("strength", "x"))
    assert PreworkReport.of(workshop).outline.parts
    with django_assert_num_queries(3):
        assert PreworkReport.of(workshop).outline.parts
    for number in range(2, 11):
        counted(workshop, number, ["1"] * 5, ("strength", "x"))
    with django_assert_num_queries(3):
        assert PreworkReport.of(workshop).outline.parts
