"""What of a domain's levels the projector shows, so that it is read from the back of the room."""

from types import SimpleNamespace

import pytest

from planning.levels_on_screen import SHORTENED, LevelsOnScreen, first_sentences


def domain(*texts):
    return SimpleNamespace(
        descriptors=[
            SimpleNamespace(level=number, text=text) for number, text in enumerate(texts, start=1)
        ]
    )


@pytest.mark.parametrize(
    ("letters", "size", "is_shortened"),
    [(200, "large", False), (201, "medium", False), (330, "medium", False)],
)
def test_descriptors_that_fit_are_shown_whole(letters, size, is_shortened):
    shown = LevelsOnScreen.of(domain("Short.", "x" * letters))

    assert (shown.size, shown.is_shortened) == (size, is_shortened)
    assert shown.levels == ((1, "Short."), (2, "x" * letters))


def test_one_long_descriptor_shortens_all_of_them_to_sentences_in_large_letters():
    long = f"A plan is there. {'It is read by many. ' * 30}".strip()

    shown = LevelsOnScreen.of(domain("Nothing is written.", long))

    assert (shown.size, shown.is_shortened) == ("large", True)
    assert shown.levels[0] == (1, "Nothing is written.")
    assert shown.levels[1][1].startswith("A plan is there. It is read by many.")
    assert shown.levels[1][1].endswith("many.")
    assert len(shown.levels[1][1]) <= SHORTENED


def test_the_first_sentence_stands_whole_however_long_it_is():
    sentence = "x" * 400 + "."

    shown = LevelsOnScreen.of(domain(f"{sentence} More."))

    assert (shown.size, shown.levels) == ("small", ((1, sentence),))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        ("No stop at all", "No stop at all"),
        (f"Is there a plan? {'x' * 200}. Yes.", f"Is there a plan? {'x' * 200}."),
        (f"About 3.5 of them, e.g. schools. {'X' * 200}.", "About 3.5 of them, e.g. schools."),
        (f"It is read. “{'X' * 200}.”", "It is read."),
    ],
)
def test_sentences_end_where_another_begins(text, first):
    assert first_sentences(text) == first


def test_without_a_domain_there_is_nothing():
    assert LevelsOnScreen.of(None) is None
