"""The pack as values: what stands in each part, one set of cards, how cards fill sheets."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from django.conf import settings

from planning.models import Workshop
from planning.outline import outline_of
from planning.tool_in_short import HELP, SIZES, Fit, fit_of, tool_in_short
from planning.workshop_pack import (
    AGENDA,
    BLANK,
    CARDS,
    DESCRIPTORS,
    FILLED,
    Card,
    cards_of,
    pack_of,
    sheets_of_cards,
)
from rpcportal.kit.blocks import Bullets, Facts, Rich, Table
from tests.factories.assessments import entry_of, make_agreed, make_full
from tests.factories.frameworks import load_rpc_2018
from tests.factories.packs import make_long_framework
from tests.factories.people import make_organisation
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
STEPS = ["1", "1/2", "2", "2/3", "3", "3/4", "4", "4/5", "5"]  # of the small framework


@pytest.fixture
def workshop(area, small):
    draft = make_full(area.partnership, small, assessed_on=date(2026, 11, 1))
    return make_workshop(
        draft,
        area.coordinator,
        is_open=False,
        name="Autumn workshop",
        held_on=date(2026, 12, 1),
        starts_at=time(9, 30),
        place="Town hall",
    )


def loaded(workshop):
    return Workshop.objects.with_context().get(pk=workshop.pk)


def blocks(workshop, key, kind):
    (part,) = pack_of(loaded(workshop), TODAY, (key,)).parts
    return [each for each in part.blocks if isinstance(each, kind)]


# --- The agenda ---------------------------------------------------------------------------------


def test_the_agenda_says_when_and_where_and_how_long(workshop):
    workshop.agenda.create(position=1, title="Welcome", minutes=15)
    workshop.agenda.create(position=2, entry=entry_of(workshop.assessment, 1), minutes=20)
    (table,) = blocks(workshop, AGENDA, Table)
    assert table.columns == ("Time", "What", "Minutes")
    domain = entry_of(workshop.assessment, 1).domain
    assert table.rows == (
        ("09:30 to 09:45", "Welcome", "15"),
        ("09:45 to 10:05", str(domain), "20"),
    )
    (facts,) = blocks(workshop, AGENDA, Facts)
    assert dict(facts.items)["Day"] == "Tuesday 1 December 2026"
    assert dict(facts.items)["Place"] == "Town hall"


def test_without_a_beginning_the_agenda_has_no_hours(workshop):
    workshop.starts_at = None
    workshop.save()
    workshop.agenda.create(position=1, title="Welcome", minutes=15)
    (table,) = blocks(workshop, AGENDA, Table)
    assert table.columns == ("What", "Minutes")
    assert table.rows == (("Welcome", "15"),)


def test_without_an_agenda_it_says_so(workshop):
    assert not blocks(workshop, AGENDA, Table)
    (part,) = pack_of(loaded(workshop), TODAY, (AGENDA,)).parts
    assert "There is no agenda yet." in [getattr(each, "text", "") for each in part.blocks]


def test_organisations_are_named_once_and_people_never(area, workshop):
    homes = make_organisation(area.partnership, "Homes First")
    for name in ("Ada Marsh", "Jo Field"):
        email = f"{name[:2].lower()}@homes.example"
        workshop.invitees.create(organisation=homes, name=name, email=email)
    workshop.invitees.create(organisation_words="a café")
    (bullets,) = blocks(workshop, AGENDA, Bullets)
    assert bullets.items == ("a café", "Homes First")
    assert "Marsh" not in repr(pack_of(loaded(workshop), TODAY))
    assert "homes.example" not in repr(pack_of(loaded(workshop), TODAY))


def test_what_to_read_is_what_was_written(workshop):
    workshop.to_read = "- the **tool**"
    workshop.save()
    (rich,) = blocks(workshop, AGENDA, Rich)
    assert "<strong>tool</strong>" in rich.html


# --- The tool -----------------------------------------------------------------------------------


def test_the_help_lines_are_those_of_every_page():
    template = Path(settings.BASE_DIR) / "templates/partnerships/_help_lines.html"
    lines = re.sub(r"<[^>]+>", "", template.read_text(encoding="utf-8"))
    number = re.compile(r"\b(?:0[\d ]{9,}\d|999|55)\b")
    assert set(number.findall(" ".join(HELP))) == set(number.findall(lines))


def test_the_summary_names_every_dimension_domain_and_level():
    outline = outline_of(load_rpc_2018())
    said = repr(list(tool_in_short(outline)))
    names = [each.name for each in (*outline.dimensions, *outline.domains, *outline.levels)]
    assert [name for name in names if name not in said] == []
    assert "2/3 says between 2 and 3" in said


def test_the_more_a_tool_says_the_smaller_its_page_is_written(small):
    assert fit_of(outline_of(small)) == Fit(SIZES[0])
    assert fit_of(outline_of(load_rpc_2018())) == Fit(SIZES[0])
    wide = outline_of(make_long_framework(levels=9, letters="W"))
    assert fit_of(wide) == Fit(SIZES[-1], meanings=False)
    wider = outline_of(make_long_framework(levels=8, letters="W", dimensions=10))
    assert fit_of(wider) == Fit(SIZES[-1], meanings=False, domains=False)


def test_every_domain_has_its_question_and_all_its_levels(workshop):
    outline = outline_of(workshop.assessment.framework)
    tables = blocks(workshop, DESCRIPTORS, Table)
    assert len(tables) == len(outline.domains)
    for table, domain in zip(tables, outline.domains, strict=True):
        assert [row[1] for row in table.rows] == [each.text for each in domain.descriptors]
    questions = [dict(each.items)["The question"] for each in blocks(workshop, DESCRIPTORS, Facts)]
    assert questions == [each.question for each in outline.domains]


# --- The sheets ---------------------------------------------------------------------------------


def test_the_blank_sheet_has_the_official_columns_and_nothing_written(workshop):
    tables = blocks(workshop, BLANK, Table)
    assert tables[0].columns == (
        "Domain",
        "Progress level",
        "Evidence of current progress",
        "Gaps and areas for development",
        "Priority SMART actions",
    )
    for table in tables:
        for row in table.rows:
            assert row[1].split("\n")[0] == "Circle one:"
            assert row[1].split("\n")[1].split() == STEPS
            assert row[2:] == ("", "", "")


def test_the_sheet_as_it_stands_holds_its_words_and_last_times_level(area, small, workshop):
    before = make_agreed(
        area.partnership, small, by=area.coordinator, assessed_on=date(2025, 10, 1)
    )
    assert entry_of(before, 1).level is not None
    row = blocks(workshop, FILLED, Table)[0].rows[0]
    assert row[1].split("\n")[:3] == ["Now: 2/3", "Target: 4", "Last time: 2/3"]
    for words in (
        "Evidence of domain 1.",
        "Document of domain 1",
        "Why this level: Reason",
        "Seen",
    ):
        assert words in row[2]
    assert row[3] == "Gaps of domain 1."
    assert "Write the strategy" in row[4]
    facts = dict(blocks(workshop, FILLED, Facts)[0].items)
    assert facts["Last time"] == "1 October 2025"
    assert facts["As it stood on"] == "22 November 2026"


def test_the_first_sheet_of_an_area_has_nothing_to_compare_with(workshop):
    assert dict(blocks(workshop, FILLED, Facts)[0].items)["Last time"] == "nothing to compare with"
    assert "Last time" not in blocks(workshop, FILLED, Table)[0].rows[0][1]


def test_what_is_not_applicable_has_no_level_to_circle(workshop):
    entry = entry_of(workshop.assessment, 1)
    entry.not_applicable, entry.level, entry.not_applicable_reason = True, None, "No such service"
    entry.save()
    cell = blocks(workshop, FILLED, Table)[0].rows[0][1]
    assert cell.split("\n")[:2] == ["Not applicable", "No such service"]
    assert "Circle" not in cell


# --- The cards ----------------------------------------------------------------------------------


def test_a_set_has_a_card_for_each_half_step_and_one_for_not_knowing():
    cards = cards_of(outline_of(load_rpc_2018()))
    assert [card.sign for card in cards] == ["1", "1/2", "2", "2/3", "3", "3/4", "4", "?"]
    assert cards[0].meaning == "Basic"
    assert cards[3].meaning == "Between Developing and Established"
    assert cards[-1].meaning == "Don’t know"


@pytest.mark.parametrize(
    ("cards", "sets", "expected"),
    [
        (8, 1, [8]),
        (8, 3, [8, 8, 8]),
        (2, 1, [2]),
        (2, 4, [8]),
        (2, 5, [8, 2]),
        (4, 3, [8, 4]),
        (6, 2, [6, 6]),
        (18, 2, [8, 8, 2, 8, 8, 2]),
    ],
)
def test_sheets_hold_eight_cards_and_no_set_is_torn(cards, sets, expected):
    made = tuple(Card(str(number), "") for number in range(cards))
    sheets = list(sheets_of_cards(made, sets))
    assert [len(sheet) for sheet in sheets] == expected
    assert sum(sheets, ()) == made * sets


def test_the_page_shows_one_set(workshop):
    (table,) = blocks(workshop, CARDS, Table)
    assert [row[0] for row in table.rows] == [*STEPS, "?"]


def test_a_workshop_on_an_agreed_sheet_has_no_level_to_circle(area, small):
    agreed = make_agreed(area.partnership, small, by=area.coordinator)
    made = make_workshop(agreed, area.coordinator, is_open=False)
    cell = blocks(made, FILLED, Table)[0].rows[0][1]
    assert "Circle" not in cell
