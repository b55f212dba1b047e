"""What changed between two texts: whole, readable, never too long to work out."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from rpcportal.kit import word_diff as module
from rpcportal.kit.word_diff import Piece, shortened, word_diff

KINDS = {"-": "removed", "+": "added", "=": "same", "…": "gap"}
# Texts that have words in common, with white space and marks of every kind between them.
SCRAPS = st.sampled_from(["the ", "cat", " sat", "\n", "\r\n", "\u2028", ", ", ".", "é", "e\u0301"])
TEXTS = st.text() | st.lists(SCRAPS, max_size=30).map("".join)


def pieces(*marked):
    return [Piece(KINDS[text[0]], text[1:]) for text in marked]


def before_and_after(found):
    return tuple(
        "".join(piece.text for piece in found if piece.kind in {"same", side})
        for side in ("removed", "added")
    )


def printed(found):
    html = render_to_string("components/word_diff.html", {"pieces": found})
    return re.search(r'<div class="rpc-diff rpc-prewrap">(.*)</div>', html, re.S)[1]


def heard(found):
    """What a screen reader says, without the marks that only show."""
    html = re.sub(r'<span aria-hidden="true">.*?</span>', "", printed(found))
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", "", []),
        ("the cat", "the cat", ["=the cat"]),
        ("", "a dog", ["+a dog"]),
        ("the cat", "", ["-the cat"]),
        ("the cat", "a dog", ["-the cat", "+a dog"]),
        # The space after a replaced word is not part of the change …
        ("the cat sat", "the dog sat", ["=the ", "-cat", "+dog", "= sat"]),
        # … and a word to which others are added is the same word.
        ("the cat", "the cat sat", ["=the cat", "+ sat"]),
        ("We met them.", "We met.", ["=We met", "- them", "=."]),
        ("a\nb", "a b", ["=a", "-\n", "+ ", "=b"]),
        ("a b", "a  b", ["=a ", "+ ", "=b"]),
        ("no no", "no no no no", ["=no no", "+ no no"]),
        ("\nthe cat", " a cat", ["-\nthe", "+ a", "= cat"]),
        # A mark inside a word belongs to it, one beside it does not.
        ("Level 2/3 now", "Level 3 now", ["=Level ", "-2/3", "+3", "= now"]),
        ("it isn't so", "it wasn't so", ["=it ", "-isn't", "+wasn't", "= so"]),
        ("1,000 forms", "1,200 forms", ["-1,000", "+1,200", "= forms"]),
        ("all (some) of it", "all some of it", ["=all ", "-(", "=some", "-)", "= of it"]),
        ("Wait.", "Wait ...", ["=Wait", "-.", "+ ..."]),
        # An accent stays with its letter, however it is typed.
        ("cafe", "cafe\u0301", ["-cafe", "+cafe\u0301"]),
        # Two replacements with only a mark between them are one …
        ("red, white and", "blue, black and", ["-red, white", "+blue, black", "= and"]),
        # … but not across a line, not across words, and not if a side is only an insertion.
        ("red\n- white", "blue\n- black", ["-red", "+blue", "=\n- ", "-white", "+black"]),
        ("red or white", "blue or black", ["-red", "+blue", "= or ", "-white", "+black"]),
        ("red, and", "blue, then and", ["-red", "+blue", "=, ", "+then ", "=and"]),
    ],
)
def test_pieces_are_those_that_a_person_would_mark(before, after, found):
    assert word_diff(before, after) == pieces(*found)


@given(TEXTS, TEXTS)
def test_no_letter_is_lost_or_invented(before, after):
    found = word_diff(before, after)
    assert before_and_after(found) == (before, after)
    assert all(piece.text for piece in found)
    assert {piece.kind for piece in found} <= {"same", "removed", "added"}


@given(TEXTS, TEXTS)
def test_a_change_is_one_removal_then_one_addition(before, after):
    kinds = [piece.kind for piece in word_diff(before, after)]
    assert not re.search("same same|removed removed|added removed|added added", " ".join(kinds))


@given(TEXTS, TEXTS, st.integers(0, 40), st.integers(1, 3))
def test_no_letter_is_lost_when_there_is_too_much_to_compare(before, after, most, changes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_COMPARISONS", most)
        patch.setattr(module, "MOST_CHANGES", changes)
        assert before_and_after(word_diff(before, after)) == (before, after)


def many_words(number, between=" "):
    """That many words of which none is like another."""
    return between.join(map(str, range(number)))


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        # Few edits in a long text that repeats its words: by the rare ones.
        (
            f"start {'yes no ' * 2_000}{many_words(500)} end",
            f"begin {'yes no ' * 2_000}{many_words(500)} stop",
            ["removed", "added", "same", "removed", "added"],
        ),
        # More changes than anybody would read: by paragraphs.
        (
            f"First.\n{many_words(2_000)}.\nMiddle.\n{many_words(2_000)}.\nLast.",
            f"First.\n{many_words(2_000, '  ')}.\nMiddle.\n{many_words(2_000, '  ')}.\nLast.",
            ["same", "removed", "added", "same", "removed", "added", "same"],
        ),
        # … and in one paragraph, or where each line changed: as a whole.
        (many_words(3_000), many_words(3_000, "  "), ["removed", "added"]),
        (many_words(3_000, "\n"), many_words(3_000, "\r\n"), ["removed", "added"]),
        # Two words in another order, by the thousand.
        ("a b " * 3_000, "b b a " * 2_000, ["removed", "added", "same"]),
    ],
)
def test_what_is_too_long_is_compared_more_coarsely(before, after, kinds):
    found = word_diff(before, after)
    assert [piece.kind for piece in found] == kinds
    assert before_and_after(found) == (before, after)


def test_long_unchanged_stretches_are_cut_to_the_words_around_the_changes():
    found = word_diff("a b c d e f old g h i j k l old m n o", "a b c d e f g h i j k l new m n o")
    assert shortened(found, around=2) == pieces(
        *("……", "= e f ", "-old ", "=g h", "……", "= k l "), *("-old", "+new", "= m n", "……")
    )


@pytest.mark.parametrize(
    ("found", "short"),
    [
        ([], []),
        (["=a b c d e"], ["=a b", "……", "= d e"]),
        (["=a b c d "], ["=a b c d "]),
        (["=a b c ", "-x"], ["……", "= b c ", "-x"]),
        (["-x", "=\n\na b\nc"], ["-x", "=\n\na b", "……"]),
        (["-x", "=a b c d", "+y"], ["-x", "=a b c d", "+y"]),
    ],
)
def test_cutting_leaves_two_words_at_each_side(found, short):
    assert shortened(pieces(*found), around=2) == pieces(*short)


def test_nothing_need_be_left_around_a_change():
    assert shortened(pieces("=a b ", "-x"), around=0) == pieces("……", "-x")


def test_twenty_five_words_are_left_when_nothing_else_is_said():
    words = " ".join(["word"] * 60)
    short = shortened(pieces("-x ", f"={words}", "+ y"))
    assert [len(piece.text.split()) for piece in short] == [1, 25, 1, 25, 1]


def test_the_page_marks_changes_for_the_eye_and_for_the_ear():
    found = pieces("=the ", "-cat", "+dog", "= sat", "……")
    assert printed(found) == (
        'the <del><span class="govuk-visually-hidden">removed: </span>cat'
        '<span class="govuk-visually-hidden"> end of removed. </span></del>'
        '<ins><span class="govuk-visually-hidden">added: </span>dog'
        '<span class="govuk-visually-hidden"> end of added. </span></ins> sat'
        '<span class="govuk-visually-hidden"> unchanged words left out </span>'
        '<span aria-hidden="true">…</span>'
    )
    assert heard(found) == (
        "the removed: cat end of removed. added: dog end of added.  sat unchanged words left out "
    )


def test_a_change_without_ink_is_named():
    assert heard(pieces("=a", "-\n\n", "+ ", "=b")) == (
        "aremoved: [line break]\n\n end of removed. added: [space]  end of added. b"
    )


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        ("- ", "space"),
        ("+\t ", "space"),
        ("+\r\n", "line break"),
        ("+\u2028", "line break"),
        ("-a\n", ""),
        ("=\n", ""),
    ],
)
def test_only_changes_without_ink_have_a_name(piece, name):
    assert pieces(piece)[0].unseen == name


@pytest.mark.parametrize("kind", KINDS.values())
def test_what_people_typed_is_escaped(kind):
    html = printed([Piece(kind, "<script>alert('a' & \"b\")</script>")])
    assert "&lt;script&gt;alert(&#x27;a&#x27; &amp; &quot;b&quot;)&lt;/script&gt;" in html
    assert "<script" not in html


def test_lines_break_where_they_did():
    assert printed(pieces("=one\n\n  two")) == "one\n\n  two"


@pytest.mark.parametrize(("element", "line"), [("del", "line-through"), ("ins", "underline")])
def test_colours_can_be_read_and_are_not_alone(element, line):
    with open(finders.find("css/portal.css")) as file:  # noqa: PTH123 - found by Django as text
        rules = re.findall(rf"\.rpc-diff {element} {{([^}}]*)}}", file.read())[-1]
    colour, background = (
        re.search(rf"\b{name}: (#\w{{6}});", rules)[1] for name in ("color", "background")
    )
    assert contrast(colour, background) >= 4.5
    assert f"text-decoration: {line};" in rules


def contrast(*colours):
    """The ratio of two colours' relative luminance, by WCAG 2.2."""
    darker, lighter = sorted(map(luminance, colours))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
