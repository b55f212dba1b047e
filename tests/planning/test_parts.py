"""The parts of a domain's page: their names, and their texts on the way to the rows and back."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from planning import parts
from planning.models import Entry, EvidenceReference, PriorityAction
from planning.outline import outline_of
from planning.parts import PartName
from tests.factories.assessments import make_action, make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area

KEY = uuid.UUID("12345678-1234-5678-1234-567812345678")
FIELDS = {
    ("", None): parts.ENTRY_PARTS,
    ("reference", KEY): parts.REFERENCE_PARTS,
    ("action", KEY): parts.ACTION_PARTS,
}
ALL = [PartName(field, *row) for row, fields in FIELDS.items() for field in fields]


@pytest.mark.parametrize("name", ALL, ids=str)
def test_a_name_is_taken_apart_and_put_together_again(name):
    assert PartName.parse(str(name)) == name


@pytest.mark.parametrize("name", ALL, ids=str)
def test_every_part_has_a_name_that_people_read(name):
    assert name.label == parts.LABELS[name.field]


def test_no_label_is_left_over_and_none_is_given_twice():
    assert set(parts.LABELS) == {name.field for name in ALL}
    assert len(set(parts.LABELS.values())) == len(parts.LABELS)


@pytest.mark.parametrize(
    "text",
    ["", "Evidence", "evidence ", "pk", "writers", "reference-title", f"reference-{KEY}-what",
     f"action-{KEY}-title", f"action-{KEY}-", f"entry-{KEY}-evidence", "action-nonsense-what",
     f"{KEY}-what", "action--what"],
)  # fmt: skip
def test_what_is_no_part_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - a crafted request: any message will do
        PartName.parse(text)


def test_running_words_can_stand_one_after_the_other_and_nothing_else_can():
    assert [name.field for name in ALL if name.is_prose] == [
        "not_applicable_reason", "evidence", "gaps", "reason", "dissent", "shows", "what", "measure"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "field", "text", "stored"),
    [
        (Entry, "level", "2.5", Decimal("2.5")),
        (Entry, "level", "3", Decimal(3)),
        (Entry, "level", "", None),
        (Entry, "target", "4", Decimal(4)),
        (Entry, "target", "", None),
        (Entry, "evidence", "Words\n\nand more", "Words\n\nand more"),
        (Entry, "dissent", "", ""),
        (EvidenceReference, "title", "Minutes", "Minutes"),
        (PriorityAction, "due", "2026-09-30", date(2026, 9, 30)),
        (PriorityAction, "due", "", None),
        (PriorityAction, "owner", "Ada", "Ada"),
    ],
)
def test_a_text_is_stored_and_read_again_as_it_was(model, field, text, stored):
    row = model()
    parts.assign(row, field, text)
    assert getattr(row, field) == stored
    assert parts.read(row, field, None) == text


def test_not_applicable_takes_the_place_of_a_level():
    entry = Entry(level=Decimal(2))
    parts.assign(entry, "level", parts.NOT_APPLICABLE)
    assert (entry.level, entry.not_applicable) == (None, True)
    assert parts.read(entry, "level", None) == "na"


@pytest.mark.parametrize("level", ["1", "1.0", "1.5", "2", "4.0", "9.0"])
def test_a_levels_text_does_not_depend_on_how_it_is_stored(level):
    assert parts.level_text(Entry(level=Decimal(level))) == f"{float(level):g}"


@pytest.mark.django_db
def test_the_domains_of_an_action_are_their_numbers_in_order():
    assessment = make_assessment(make_area().partnership, make_small_framework())
    make_action(assessment, [3, 1])
    action = assessment.priority_actions.with_domains().get()
    assert parts.read(action, "domains", outline_of(assessment.framework)) == "1,3"


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("level", "2.5", "2/3"),
        ("level", "3", "3"),
        ("level", "na", "Not applicable"),
        ("level", "", "Nothing"),
        ("target", "1.5", "1/2"),
        ("due", "2026-09-03", "3 September 2026"),
        ("due", "", "Nothing"),
        ("evidence", "Words", "Words"),
        ("domains", "1,3", "1,3"),
    ],
)
def test_a_text_is_shown_as_people_read_it(field, text, shown):
    assert parts.shown(PartName(field), text) == shown
