"""Two people in one box: the table of planning/merging.py, and what must hold for any texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.merging import Merge, Save, fingerprint, merge

PART = "evidence"


def one(mine, *, base, standing, writer="", page="mine", number=2):
    """Merge one part; ``base`` None: the page never knew it; ``standing`` None: its row is gone."""
    known = {} if base is None else {PART: fingerprint(base)}
    return merge(
        Save(texts={PART: mine}, base=known, page=page, number=number),
        {} if standing is None else {PART: standing},
        {PART: writer},
    )


WRITTEN = Merge(write={PART: "mine"}, settled={PART})
CLASH = Merge(clashes={PART: "mine"})
KEPT = Merge(kept={PART})
SETTLED = Merge(settled={PART})


@pytest.mark.parametrize(
    ("mine", "base", "standing", "writer", "result"),
    [
        # What stands is the same as the page's: nothing to do, whoever wrote it.
        ("mine", "base", "mine", "", SETTLED),
        ("mine", "mine", "mine", "", SETTLED),
        ("mine", None, "mine", "theirs:1", SETTLED),
        # What stands is what the page started from: the page's text is written.
        ("mine", "base", "base", "", WRITTEN),
        ("mine", "base", "base", "theirs:1", WRITTEN),
        ("mine", "", "", "", WRITTEN),
        # What stands is empty and new to the page: there is nothing to overwrite.
        ("mine", None, "", "", WRITTEN),
        ("mine", None, "", "theirs:1", WRITTEN),
        # What stands was written by this very page and is older: written.
        ("mine", "base", "my first", "mine:1", WRITTEN),
        ("mine", "base", "my first", "mine:2", WRITTEN),
        # … and is newer: this save is late.
        ("mine", "base", "my third", "mine:3", KEPT),
        # Only the other side changed: what stands is kept.
        ("mine", "mine", "theirs", "theirs:1", KEPT),
        ("mine", "mine", "", "theirs:1", KEPT),
        # Both sides changed: a clash.
        ("mine", "base", "theirs", "theirs:1", CLASH),
        ("mine", "base", "", "theirs:1", CLASH),
        ("mine", None, "theirs", "theirs:1", CLASH),
        # The row is gone: untouched it stays gone, changed it comes back.
        ("mine", "mine", None, "", KEPT),
        ("mine", "base", None, "", WRITTEN),
        ("mine", None, None, "", WRITTEN),
    ],
)
def test_the_table_of_cases(mine, base, standing, writer, result):
    assert one(mine, base=base, standing=standing, writer=writer) == result


def test_a_page_without_a_name_wrote_nothing():
    """Saved by a settlement or an import: the writer is empty and belongs to no page."""
    assert one("mine", base="base", standing="theirs", writer="", page="") == CLASH


def test_a_page_whose_name_begins_like_another_is_another_page():
    assert one("mine", base="base", standing="theirs", writer="mine-too:1") == CLASH
    assert one("mine", base="base", standing="theirs", writer="mi:1") == CLASH


def test_a_page_name_may_hold_the_colon_that_ends_it():
    assert one("mine", base="base", standing="first", writer="a:b:1", page="a:b") == WRITTEN


def test_every_part_is_looked_at_alone():
    base = {part: fingerprint("base") for part in ("evidence", "gaps", "reason")}
    texts = {"evidence": "mine", "gaps": "mine", "reason": "base"}
    standing = {"evidence": "base", "gaps": "theirs", "reason": "theirs", "dissent": "theirs"}
    assert merge(Save(texts, base, "mine", 1), standing, {}) == Merge(
        write={"evidence": "mine"},
        clashes={"gaps": "mine"},
        settled={"evidence"},
        kept={"reason"},
    )


def test_texts_that_differ_in_white_space_or_case_alone_are_different():
    assert one("mine ", base="base", standing="mine") == Merge(clashes={PART: "mine "})
    assert one("Mine", base="base", standing="mine") == Merge(clashes={PART: "Mine"})


@pytest.mark.parametrize("text", ["", "a", "\0", "\ud800", "ŵŷ", "\u202eabc", "x" * 100_000])
def test_every_text_has_a_short_fingerprint(text):
    assert len(fingerprint(text)) == 16


# --- Properties -----------------------------------------------------------------------------

# Few texts, so that they often meet; and any text at all.
texts = st.sampled_from(["", "one", "two", "three"]) | st.text(max_size=5)
# A page's own saves count up from 1, so no writer of this page is newer than its next one.
writers = st.sampled_from(["", "theirs:1", "theirs:9", "mine:1"])


@given(texts, texts, texts | st.none(), writers)
def test_no_words_vanish(mine, base, standing, writer):
    """A text that differs from what the page began with and from what stands is kept."""
    result = one(mine, base=base, standing=standing, writer=writer)
    if mine not in (base, standing):
        assert {**result.write, **result.clashes} == {PART: mine}


@given(texts, texts, texts, writers)
def test_what_stands_is_replaced_only_by_someone_who_knew_it(mine, base, standing, writer):
    result = one(mine, base=base, standing=standing, writer=writer)
    if result.write:
        assert base == standing or writer.startswith("mine:")


@given(texts, texts, texts | st.none(), writers)
def test_each_part_has_exactly_one_outcome(mine, base, standing, writer):
    result = one(mine, base=base, standing=standing, writer=writer)
    outcomes = [result.write, result.clashes, result.kept, result.settled - set(result.write)]
    assert [set(outcome) for outcome in outcomes if outcome] == [{PART}]


@given(texts, texts, texts | st.none(), writers)
def test_saving_twice_changes_nothing_more(mine, base, standing, writer):
    first = one(mine, base=base, standing=standing, writer=writer)
    stands = first.write.get(PART, standing)
    wrote = "mine:2" if first.write else writer
    second = one(mine, base=base, standing=stands, writer=wrote)
    assert (second.write, second.clashes) == ({}, first.clashes)


@given(texts, texts, texts, st.integers(0, 20), st.integers(0, 20))
def test_a_late_save_never_overwrites_a_newer_one_of_its_page(old, new, base, early, later):
    result = one(old, base=base, standing=new, writer=f"mine:{early + later + 1}", number=early)
    assert (result.write, result.clashes) == ({}, {})


@given(st.lists(texts, min_size=1, max_size=6), texts, st.booleans())
def test_a_page_never_clashes_with_itself(saves, start, answers_arrive):
    """One page saves again and again; its last words stand, with or without answers."""
    stands, writer, base = start, "", start
    for number, mine in enumerate(saves, start=1):
        result = one(mine, base=base, standing=stands, writer=writer, number=number)
        assert result.clashes == {}
        if result.write:
            stands, writer = mine, f"mine:{number}"
        if answers_arrive and PART in result.settled:
            base = mine
    assert stands == saves[-1]


@given(st.lists(st.tuples(st.sampled_from("AB"), texts), max_size=8), texts)
def test_two_pages_that_save_by_turns_lose_no_words(saves, start):
    """Every text that a page sent stands, waits, or was replaced by one who had read it."""
    stands, writer, waiting = start, "", {}
    base = {"A": start, "B": start}
    for number, (page, mine) in enumerate(saves, start=1):
        before = stands
        result = one(
            mine, base=base[page], standing=stands, writer=writer, page=page, number=number
        )
        if result.write:
            assert before == base[page] or writer.startswith(f"{page}:")
            stands, writer = mine, f"{page}:{number}"
        if result.clashes:
            waiting[page] = mine
        if PART in result.settled:
            base[page] = mine
        assert mine in (stands, waiting.get(page), base[page])
