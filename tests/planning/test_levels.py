"""Progress levels: what people type is read exactly or refused with a sentence, never guessed."""

import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.levels import LevelError, format_level, half_steps, parse_level

TOPS = st.integers(2, 9)
# Surrogates too: a browser can send them.
ANY_TEXT = st.text(st.characters(), max_size=60)
NEARLY_LEVELS = st.text("0123456789/-. ½¾\N{EN DASH}toLevl\uff11\uff12\u0663\u200b+e", max_size=12)


def test_levels_go_up_in_half_steps_to_the_frameworks_top():
    levels = [Decimal(text) for text in ("1", "1.5", "2", "2.5", "3", "3.5", "4")]
    assert half_steps(4) == tuple(levels)
    assert half_steps(1) == (Decimal("1"),)


@pytest.mark.parametrize("top", [0, 10, -1, 2.5])
def test_a_framework_has_a_top_from_1_to_9(top):
    with pytest.raises(ValueError, match="must be from 1 to 9"):
        half_steps(top)


@pytest.mark.parametrize(
    ("level", "text"), [("1", "1"), ("1.5", "1/2"), ("2.50", "2/3"), ("3.0", "3"), ("3.5", "3/4")]
)
def test_a_half_step_is_written_as_a_pair(level, text):
    assert format_level(Decimal(level)) == text


@pytest.mark.parametrize("level", ["0", "0.5", "2.25", "-1", "NaN", "Infinity", "-1.5"])
def test_nothing_else_is_written_as_a_level(level):
    with pytest.raises(ValueError, match="is not a progress level in half steps from 1"):
        format_level(Decimal(level))


@pytest.mark.parametrize(
    "text",
    [
        "2/3", "2 / 3", "2-3", "2\N{EN DASH}3", "2 \N{EM DASH} 3", "2\N{MINUS SIGN}3", "2 to 3",
        "2\N{FRACTION SLASH}3", "\N{VULGAR FRACTION TWO THIRDS}", "2.5", "2.50", "2½", "2 1/2",
        "2 ½", "2.5.", "2/3.", "Level 2/3", "level: 2 to 3", "Progress level 2/3", "2 to level 3",
        "LEVEL 2 TO 3", "  2/3\n", "2\u00a0/\u00a03", "2\u200b/3", "\uff12\uff0f\uff13",
        "\u0662/\u0663", "\u202e2/3",
    ],
)  # fmt: skip
def test_two_to_three_is_read_however_it_is_typed(text):
    assert parse_level(text, top=4) == Decimal("2.5")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("½", "1.5"),  # Word makes this out of a typed 1/2
        ("¾", "3.5"),  # and this out of 3/4
        ("1½", "1.5"),
        ("1 1/2", "1.5"),
        ("3", "3"),
        ("3.0", "3"),
        ("3.", "3"),
        ("Level 3", "3"),
        ("Level 3.", "3"),
        ("\uff13", "3"),
        ("\N{ARABIC-INDIC DIGIT THREE}", "3"),
        ("4", "4"),
    ],
)
def test_whole_levels_and_words_own_fractions_are_read(text, level):
    assert parse_level(text, top=4) == Decimal(level)


@pytest.mark.parametrize(
    "text",
    [
        "3/2", "1/3", "1/4", "¼", "⅓", "0", "0/1", "0.5", "5", "4/5", "4.5", "4½", "NaN", "inf",
        "1e1", "-1", "+2", "12", "2.25", "2¾", "2,5", "2/3/4", "2 3", "two", "2\N{SUPERSCRIPT TWO}",
        "2\x003", "2/3 agreed", "\ud800", "Level", "/", ".", "1" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_level_is_refused(text):
    with pytest.raises(LevelError):
        parse_level(text, top=4)


def test_the_refusal_names_what_was_given_and_what_is_allowed():
    with pytest.raises(LevelError) as refused:
        parse_level("5", top=4)
    assert str(refused.value) == ("“5” is not a progress level. Use 1, 1/2, 2, 2/3, 3, 3/4 or 4.")
    with pytest.raises(LevelError) as refused:
        parse_level("3", top=2)
    assert str(refused.value) == "“3” is not a progress level. Use 1, 1/2 or 2."
    with pytest.raises(LevelError) as refused:
        parse_level(" \n", top=2)
    assert str(refused.value) == "No progress level was given. Use 1, 1/2 or 2."


def test_a_long_or_sly_text_is_quoted_short_and_harmless():
    with pytest.raises(LevelError) as refused:
        parse_level("\u202e\x00" + "x" * 100, top=2)
    assert str(refused.value) == (f"“{'x' * 40}…” is not a progress level. Use 1, 1/2 or 2.")


@pytest.mark.parametrize("piece", ["2", " ", "2/", "\u200b", "½", "\ufdfa", "level "])
def test_ten_megabytes_are_refused_at_once(piece):
    text = "2" + piece * (10_000_000 // len(piece)) + "3"
    begin = time.process_time()
    with pytest.raises(LevelError) as refused:
        parse_level(text, top=4)
    assert time.process_time() - begin < 10
    assert len(str(refused.value)) < 120


@given(TOPS, st.data())
def test_what_is_written_is_read_back_exactly(top, data):
    level = data.draw(st.sampled_from(half_steps(top)))
    assert parse_level(format_level(level), top=top) == level
    assert parse_level(str(level), top=top) == level


@given(TOPS)
def test_each_level_is_written_in_its_own_way(top):
    written = [format_level(level) for level in half_steps(top)]
    assert len(set(written)) == 2 * top - 1
    assert written[0] == "1"
    assert written[-1] == str(top)


@given(ANY_TEXT | NEARLY_LEVELS, TOPS)
def test_any_text_gives_a_level_or_a_sentence(text, top):
    try:
        level = parse_level(text, top=top)
    except LevelError as refused:
        sentence = str(refused)
        assert sentence.endswith(f" or {top}.")
        assert not {unicodedata.category(c) for c in sentence} & {"Cc", "Cf", "Cs"}
    else:
        assert level in half_steps(top)


@given(NEARLY_LEVELS, TOPS)
def test_a_higher_top_never_changes_what_a_level_means(text, top):
    try:
        level = parse_level(text, top=top)
    except LevelError:
        return
    assert parse_level(text, top=9) == level
