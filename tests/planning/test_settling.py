"""Settling two texts: a person decides, about exactly the two texts that were shown."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from planning.merging import fingerprint
from planning.models import UnsettledText
from planning.saving import Moved, settle_text
from tests.factories.assessments import make_action, save_texts
from tests.planning.standing import stands, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def clash(area, entry):
    save_texts(entry, {"evidence": "Theirs"}, by=area.facilitator, page="theirs")
    save_texts(entry, {"evidence": "Mine"}, by=area.partner, page="mine")
    text = UnsettledText.objects.get()
    text.entry = entry
    return text


@pytest.mark.parametrize(
    ("choice", "result"),
    [("standing", "Theirs"), ("waiting", "Mine"), ("both", "Theirs\n\nMine")],
)
def test_settling_leaves_the_text_that_was_chosen(area, entry, clash, choice, result):
    settle_text(unsettled=clash, choice=choice, standing=fingerprint("Theirs"), by=area.coordinator)
    assert (stands(entry), waiting(entry)) == (result, [])


@pytest.mark.parametrize("choice", ["standing", "waiting", "both"])
def test_settling_what_is_no_longer_what_was_shown_asks_to_look_again(area, entry, clash, choice):
    save_texts(entry, {"evidence": "Theirs and more"}, by=area.facilitator, page="theirs", number=2)
    with pytest.raises(Moved):
        settle_text(
            unsettled=clash, choice=choice, standing=fingerprint("Theirs"), by=area.coordinator
        )
    assert stands(entry) == "Theirs and more"
    assert waiting(entry) == [("evidence", "Mine", area.partner)]


@pytest.mark.parametrize("choice", ["standing", "waiting", "both"])
def test_settling_when_more_words_wait_than_were_shown_asks_to_look_again(
    area, entry, clash, choice
):
    save_texts(entry, {"evidence": "Mine and more"}, by=area.partner, page="mine", number=2)
    with pytest.raises(Moved):
        settle_text(
            unsettled=clash,
            choice=choice,
            standing=fingerprint("Theirs"),
            waiting=fingerprint("Mine"),
            by=area.coordinator,
        )
    assert stands(entry) == "Theirs"
    assert waiting(entry) == [("evidence", "Mine and more", area.partner)]


def test_what_someone_else_has_settled_is_not_settled_again(area, entry, clash):
    kept = {"standing": fingerprint("Theirs"), "by": area.coordinator}
    settle_text(unsettled=UnsettledText.objects.get(), choice="standing", **kept)
    with pytest.raises(Moved):
        settle_text(unsettled=clash, choice="waiting", **kept)
    assert (stands(entry), waiting(entry)) == ("Theirs", [])


@pytest.mark.parametrize("choice", ["", "neither", "WAITING"])
def test_settling_without_a_choice_throws_nothing_away(area, entry, clash, choice):
    with pytest.raises(PermissionDenied, match="Choose which of the two texts stands"):
        settle_text(
            unsettled=clash, choice=choice, standing=fingerprint("Theirs"), by=area.coordinator
        )
    assert (stands(entry), len(waiting(entry))) == ("Theirs", 1)


def test_two_levels_cannot_stand_one_after_the_other(area, entry):
    save_texts(entry, {"level": "2"}, by=area.facilitator, page="theirs")
    save_texts(entry, {"level": "3"}, by=area.partner, page="mine")
    text = entry.unsettled.get()
    with pytest.raises(PermissionDenied, match="Choose which of the two texts stands"):
        settle_text(unsettled=text, choice="both", standing=fingerprint("2"), by=area.partner)
    settle_text(unsettled=text, choice="waiting", standing=fingerprint("2"), by=area.partner)
    assert stands(entry, "level") == Decimal(3)


def test_the_domains_of_an_action_are_settled_like_any_other_box(area, assessment, entry):
    action = make_action(assessment, [1])
    part = f"action-{action.key}-domains"
    for by, numbers in ((area.facilitator, "1,2"), (area.partner, "1,3")):
        save_texts(entry, {part: numbers}, by=by, page=numbers, started_from={part: "1"})
    settle_text(
        unsettled=entry.unsettled.get(),
        choice="waiting",
        standing=fingerprint("1,2"),
        by=area.partner,
    )
    assert [domain.number for domain in action.domains.all()] == [1, 3]


def test_a_reader_cannot_settle(area, entry, clash):
    with pytest.raises(PermissionDenied, match="does not let you score domains"):
        settle_text(
            unsettled=clash, choice="waiting", standing=fingerprint("Theirs"), by=area.reader
        )
    assert (stands(entry), len(waiting(entry))) == ("Theirs", 1)


def test_a_clash_that_was_settled_does_not_come_back_with_the_next_save_of_the_open_page(
    area, entry
):
    save_texts(entry, {"evidence": "Theirs"}, by=area.facilitator, page="theirs")
    saved = save_texts(entry, {"evidence": "Mine"}, by=area.partner, page="mine")
    settle_text(
        unsettled=UnsettledText.objects.get(),
        choice="standing",
        standing=fingerprint("Theirs"),
        by=area.facilitator,
    )
    assert saved.base == {"evidence": fingerprint("Mine")}  # what the page goes on from
    texts = {"evidence": "Mine", "gaps": "New"}
    save_texts(
        entry, texts, by=area.partner, page="mine", number=2, started_from={"evidence": "Mine"}
    )
    assert (stands(entry), waiting(entry)) == ("Theirs", [])


def test_two_open_pages_of_one_person_that_clash_both_keep_their_words(area, entry):
    save_texts(entry, {"evidence": "Theirs"}, by=area.facilitator, page="theirs")
    save_texts(entry, {"evidence": "From my phone"}, by=area.partner, page="phone")
    save_texts(entry, {"evidence": "From my laptop"}, by=area.partner, page="laptop")
    assert sorted(UnsettledText.objects.values_list("text", flat=True)) == [
        "From my laptop",
        "From my phone",
    ]
