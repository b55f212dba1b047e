"""How a room voted: the values, the picture and its table, the history and the domain's page."""

import itertools
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from planning import balloting
from planning.models import Ballot, Remark, RemarkKind
from planning.spread_charts import Spread, newest_spread, spreads_of
from tests.factories.assessments import entry_of
from tests.factories.people import client_of, make_area
from tests.factories.workshops import (
    make_ballot,
    make_phones,
    make_revealed,
    make_workshop,
    vote_of,
)

pytestmark = pytest.mark.django_db

FIVE = ["1", "2", "2", "2.5", None]


def closed(ballot, votes, remarks=()):
    """A ballot closed with these pairs of sector and level, as they were counted beforehand."""
    balloting.keep(
        ballot,
        votes=[(sector, level and Decimal(level)) for sector, level in votes],
        remarks=remarks,
    )
    ballot.state, ballot.closed_at, ballot.voters = "revealed", timezone.now(), len(votes)
    ballot.save()
    return ballot


def beforehand(workshop, levels, number=1, remarks=()):
    """What was scored before the workshop."""
    votes = [("", level) for level in levels]
    return closed(make_ballot(workshop, number, round=0), votes, remarks)


def drawn(spread, **context):
    return render_to_string("planning/_spread.html", {"spread": spread, **context})


def picture(spread):
    html = render_to_string("planning/_spread_chart.html", {"spread": spread})
    return ET.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])  # noqa: S314 - our own


def bars(svg, fill):
    return [rect for rect in svg.iter() if rect.tag.endswith("rect") and rect.get("fill") == fill]


# --- Values -----------------------------------------------------------------------------------


def test_every_step_of_the_scale_is_there_with_its_zero_and_who_does_not_know_apart(workshop):
    spread = Spread.of(make_revealed(workshop, FIVE))
    assert [(step.label, step.votes) for step in spread.steps] == [
        ("1", 1),
        ("1/2", 0),
        ("2", 2),
        ("2/3", 1),
        ("3", 0),
        ("3/4", 0),
        ("4", 0),
        ("4/5", 0),
        ("5", 0),
        ("Don’t know", 1),
    ]
    assert (spread.turnout, spread.too_few) == ("5 of 5 voted.", False)


def test_of_fewer_than_five_no_level_is_shown_but_what_was_said_is(workshop):
    ballot = make_ballot(workshop)
    for phone in make_phones(workshop, 4):
        vote_of(ballot, phone, "2", "Because I say so")
    spread = Spread.of(balloting.reveal(ballot=ballot, by=workshop.created_by))
    assert (spread.too_few, spread.steps, spread.splits) == (True, (), ())
    page = drawn(spread)
    assert "Fewer than five votes are not shown" in page
    assert "<svg" not in page
    assert "<table" not in page
    assert page.count("Because I say so") == 4


@pytest.mark.parametrize("state", ["open", "called_off"])
def test_nothing_is_shown_of_a_ballot_that_was_not_revealed(workshop, state):
    ballot = make_ballot(workshop)
    if state == "called_off":
        balloting.call_off(ballot=ballot, by=workshop.created_by)
        ballot.refresh_from_db()
    with pytest.raises(ValueError, match=state):
        Spread.of(ballot)


def test_what_was_scored_beforehand_stands_beside_it_in_outline(workshop):
    before = beforehand(workshop, ["1", "1", "4", "4", "4", None])
    spread = Spread.of(make_revealed(workshop, FIVE), prework=before)
    at = {step.label: (step.votes, step.before) for step in spread.steps}
    assert (at["1"], at["4"], at["Don’t know"]) == ((1, 2), (0, 3), (1, 1))
    svg = picture(spread)
    assert len(bars(svg, "#14505c")) == 4
    outlined = bars(svg, "#fff")
    assert len(outlined) == 3
    assert all(bar.get("stroke") for bar in outlined)
    page = drawn(spread)
    assert "Beforehand" in page
    assert "Before the workshop" in page
    assert "6 people scored beforehand." in page


def test_of_fewer_than_five_beforehand_nothing_is_shown_and_it_says_so(workshop):
    before = beforehand(workshop, ["1", "1", "4", "4"])
    spread = Spread.of(make_revealed(workshop, FIVE), prework=before)
    assert not spread.before_is_shown
    assert "Fewer than 5 scored beforehand" in drawn(spread)
    assert "Beforehand" not in drawn(spread)


def test_the_last_assessments_level_is_marked_in_the_picture_and_in_the_table(workshop):
    spread = Spread.of(make_revealed(workshop, FIVE), last_level=Decimal("1.5"))
    svg = picture(spread)
    (mark,) = (each for each in svg.iter() if each.tag.endswith("circle"))
    assert float(mark.get("cx")) == spread.steps[1].middle
    assert "Last time: 1/2" in ET.tostring(svg, encoding="unicode")
    assert drawn(spread).count("(last time)") == 1


@pytest.mark.parametrize("last_level", [*(Decimal(step) / 2 for step in range(2, 11)), None])
def test_everything_lies_within_the_picture(workshop, last_level):
    before = beforehand(workshop, ["1"] * 5 + ["5"] * 5)
    spread = Spread.of(make_revealed(workshop, FIVE), last_level=last_level, prework=before)
    for step in spread.steps:
        for bar in (step.bar, step.bar_before):
            assert 0 <= bar.x <= bar.x + bar.width <= spread.width
            assert bar.number_y - 12 >= 0
            assert bar.y + bar.height == pytest.approx(spread.axis, abs=0.2)
    ends = [(step.bar.x, step.bar_before.x + step.bar_before.width) for step in spread.steps]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(ends))


def test_the_picture_is_named_and_told_in_words_with_the_same_figures(workshop):
    spread = Spread.of(make_revealed(workshop, FIVE), last_level=Decimal(2))
    svg = picture(spread)
    assert svg.get("role") == "img"
    texts = {each.get("id"): each.text for each in svg.iter() if each.get("id")}
    title, words = (texts[name] for name in svg.get("aria-labelledby").split())
    assert title.startswith("How the room voted")
    assert "1: 1, 2: 2, 2/3: 1, Don’t know: 1" in words
    assert "Last time: 2" in words
    numbers = re.findall(r"numeric\">(\d+)</td>", drawn(spread))
    assert [int(number) for number in numbers] == [step.votes for step in spread.steps]


def test_nothing_in_the_picture_needs_a_style(workshop):
    page = drawn(Spread.of(make_revealed(workshop, FIVE)), room=True)
    assert "style=" not in page
    assert "<style" not in page
    assert "<script" not in page


def test_sectors_are_shown_where_they_are_kept_and_the_rest_last(workshop):
    votes = [("police", "1"), ("police", "2")] * 3 + [("council", "2"), ("council", "3")] * 3
    votes += [("health", "4")] * 3 + [("schools", "1")] * 2
    spread = Spread.of(closed(make_ballot(workshop), votes))
    assert [(split.sector, split.total) for split in spread.splits][-1][1] == 5
    assert [split.total for split in spread.splits] == [6, 6, 5]
    assert spread.splits[-1].sector == "Other sectors together"
    assert "By sector" in drawn(spread)
    assert "By sector" not in drawn(spread, room=True)


def test_a_rating_goes_from_one_to_five_without_half_steps(workshop):
    ballot = Ballot.objects.create(
        workshop=workshop, kind="rating", opened_by=workshop.created_by, entry=None
    )
    for level, phone in zip(["5", "5", "4", "1", "3"], make_phones(workshop, 5), strict=True):
        vote_of(ballot, phone, level, "Good biscuits")
    spread = Spread.of(balloting.reveal(ballot=ballot, by=workshop.created_by))
    assert [(step.label, step.votes) for step in spread.steps] == [
        ("1", 1),
        ("2", 0),
        ("3", 1),
        ("4", 1),
        ("5", 2),
    ]
    assert spread.title == "How the workshop was"
    assert "Comments" in drawn(spread)
    assert picture(spread).get("viewBox")


def test_remarks_are_text_and_what_was_hidden_is_not_there(workshop):
    ballot = make_revealed(workshop, FIVE)
    Remark.objects.create(ballot=ballot, kind=RemarkKind.REASON, text="<script>alert(1)</script>")
    Remark.objects.create(
        ballot=ballot, kind=RemarkKind.REASON, text="Rude", hidden_at=timezone.now()
    )
    page = drawn(Spread.of(ballot))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Rude" not in page


def test_a_thousand_votes_fit(workshop):
    votes = [("", "1")] * 388 + [("", "4")] * 612
    spread = Spread.of(
        closed(make_ballot(workshop), votes), prework=beforehand(workshop, ["2"] * 9)
    )
    assert spread.number_size < 17
    assert "612" in drawn(spread)


# --- With the entry ---------------------------------------------------------------------------


def test_the_spreads_of_a_domain_stand_by_workshop_and_round(area, workshop):
    beforehand(workshop, ["1", "1", "4", "4", "4"])
    make_revealed(workshop, FIVE)
    make_revealed(workshop, FIVE, round=2)
    make_revealed(workshop, FIVE, 2)  # of another domain
    later = make_workshop(workshop.assessment, area.coordinator, name="Later", held_on="2099-01-01")
    make_revealed(later, FIVE)
    found = spreads_of(entry_of(workshop.assessment, 1))
    assert [(each.name, [spread.round for spread in each.spreads]) for each in found] == [
        ("Later", [1]),
        ("Workshop", [0, 1, 2]),
    ]
    assert [spread.before for spread in found[1].spreads] == [None, 5, 5]
    assert [spread.before for spread in found[0].spreads] == [None]


def history_of(entry):
    return f"/planning/{entry.assessment_id}/domains/{entry.domain.number}/history/"


def test_the_history_of_a_domain_shows_how_the_room_voted(area, workshop):
    ballot = make_ballot(workshop)
    for level, phone in zip(FIVE, make_phones(workshop, 5), strict=True):
        vote_of(ballot, phone, level, "The board has not seen it")
    balloting.reveal(ballot=ballot, by=workshop.created_by)
    entry = entry_of(workshop.assessment, 1)
    page = client_of(area.reader).get(history_of(entry)).content.decode()
    assert "How the room voted" in page
    assert "5 of 5 voted." in page
    assert "The board has not seen it" in page
    assert page.count('<svg class="rpc-spread__chart') == 1
    older = client_of(area.reader).get(history_of(entry) + "?older=1.0.1")
    assert "How the room voted" not in older.content.decode()  # only beside what is newest
    other = client_of(area.reader).get(history_of(entry_of(workshop.assessment, 2)))
    assert "How the room voted" not in other.content.decode()


def test_what_is_open_or_called_off_is_in_no_history(area, workshop):
    ballot = make_ballot(workshop)
    for phone in make_phones(workshop, 6):
        vote_of(ballot, phone, "2", "A secret reason")
    entry = entry_of(workshop.assessment, 1)
    assert "A secret reason" not in client_of(area.reader).get(history_of(entry)).content.decode()
    balloting.call_off(ballot=ballot, by=workshop.created_by)
    page = client_of(area.reader).get(history_of(entry)).content.decode()
    assert "How the room voted" not in page


def test_a_stranger_finds_no_history(workshop):
    make_revealed(workshop, FIVE)
    stranger = make_area(slug="bury", name="Bury Partnership", area="Bury").coordinator
    path = history_of(entry_of(workshop.assessment, 1))
    assert client_of(stranger).get(path).status_code == 404


@pytest.mark.parametrize("page", ["history", "domain"])
def test_three_rounds_and_thirty_take_the_same_queries(area, workshop, page):
    entry, client = entry_of(workshop.assessment, 1), client_of(area.reader)
    path = history_of(entry)
    path = path if page == "history" else path.removesuffix("history/")
    for number in (1, 2, 3):
        make_revealed(workshop, FIVE, round=number)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        assert client.get(path).status_code == 200
    for number in range(4, 31):
        make_revealed(workshop, FIVE, round=number)
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200
    assert len(many) == len(few)


@pytest.mark.parametrize("who", ["reader", "coordinator"])
def test_the_page_of_a_domain_says_in_short_how_the_room_voted_last(area, workshop, who):
    make_revealed(workshop, FIVE)
    make_revealed(workshop, ["4"] * 4 + ["3"] * 2, round=2)
    beforehand(workshop, ["1"] * 5)
    entry = entry_of(workshop.assessment, 1)
    assert newest_spread(entry).round == 2
    path = history_of(entry)
    page = client_of(getattr(area, who)).get(path.removesuffix("history/")).content.decode()
    assert "How the room voted" in page
    assert re.search(r"Round 2, [^:]+: 6 of 11 voted\.", page)
    assert f'href="{path}#votes"' in page
    assert "css/spread" in page


def test_a_domain_that_nobody_voted_on_says_nothing_of_votes(area, workshop):
    entry = entry_of(workshop.assessment, 1)
    page = client_of(area.reader).get(history_of(entry).removesuffix("history/")).content.decode()
    assert "How the room voted" not in page
    assert "css/spread" not in page
