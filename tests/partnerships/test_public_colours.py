"""The brand's colour: how it may be written, and that white words are readable on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.colours import (
    colour_refusal,
    contrast_with_white,
    darker,
    readable_on,
    written,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("#14505c", "#14505c"),
        (" 14505C ", "#14505c"),
        ("#abc", "#aabbcc"),
        ("ABC", "#aabbcc"),
        ("", ""),
        ("teal", ""),
        ("#14505", ""),
        ("#14505cff", ""),
        ("rgb(1, 2, 3)", ""),
        ("#1450５c", ""),
        ("#14505c; } body { display: none", ""),
    ],
)
def test_a_colour_is_stored_in_one_way(typed, stored):
    assert written(typed) == stored


@pytest.mark.parametrize(
    ("colour", "contrast"),
    # Figures of the WCAG's own formula.
    [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0)],
)
def test_contrast_is_that_of_wcag(colour, contrast):
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.005)


@pytest.mark.parametrize(("colour", "readable"), [("#767676", True), ("#777777", False)])
def test_readable_begins_at_four_and_a_half(colour, readable):
    assert readable_on(colour) is readable
    assert (colour_refusal(colour) == "") is readable


@given(COLOURS)
def test_there_is_always_a_darker_shade_that_is_readable(colour):
    assert readable_on(darker(colour))
    assert readable_on(colour) is (darker(colour) == colour)


def test_the_sentence_names_the_contrast_and_a_mend():
    assert colour_refusal("#f2b872") == (
        "White words would be hard to read on #f2b872: their contrast is 1.7 to 1, and 4.5 to 1 "
        f"is the least. Choose a darker colour, for example {darker('#f2b872')}."
    )
