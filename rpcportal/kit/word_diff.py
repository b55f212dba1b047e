"""What changed between two texts, word by word, for people to read.

Words are compared without the white space after them, so a word that came to stand at the end
of a line is still the same word; where words are the same, their white space is compared.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

# Comparisons of two words before we try a coarser way: a third of a second, and there are three
# ways. Two unrelated texts of 3,000 words need about as many.
MOST_COMPARISONS = 3_000_000
# Changes that a page can show and a person would read through; 1 MB may hold 500,000.
MOST_CHANGES = 2_000

# Punctuation in ASCII (but _), in Latin scripts, in general, and full width.
_MARKS = r"!-/:-@\[-^`{-~¡«·»¿\u2010-\u2027\u2030-\u205e\u3001-\u303f\uff01-\uff0f\uff1a-\uff20"
# Whatever is no mark makes words, so that an accent typed after its letter stays with it. One
# mark inside a word belongs to it: isn't, half-day, 2/3, 1,000, name@example.org.
_TOKEN = re.compile(rf"(?:[^\s{_MARKS}]+(?:[-'’./:,@&+][^\s{_MARKS}]+)*|([{_MARKS}])\1*)\s*|\s+")
# The same marks between two replacements, like the comma of “red, white” and “blue, black”.
_ISLAND = re.compile(r"[^\w\n]{1,4}")
_WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text. Its kind is "same", "removed" or "added", or "gap" where words of
    "same" were left out.
    """

    kind: str
    text: str

    @property
    def unseen(self) -> str:
        """The name of a change that shows no ink, "line break" or "space"; "" for others."""
        if self.kind not in {"removed", "added"} or self.text.strip():
            return ""
        return "space" if self.text.splitlines() == [self.text] else "line break"


def word_diff(before: str, after: str) -> list[Piece]:
    """The pieces that lead from one text to the other, in the order in which to read them.

    Same and removed together are `before`, same and added together are `after`, to the letter;
    two equal texts are one piece, two empty ones none. Bring line endings to one kind first:
    CRLF against LF is a change in every line. Texts too long and too different for that are
    compared by their rarer words, then by paragraphs, and failing that are one removal and one
    addition: 1 MB against 1 MB takes about a second.
    """
    words = _words(before), _words(after)
    paragraphs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for parts, by_rare_parts in ((words, False), (words, True), (paragraphs, True)):
        try:
            return _difference(*parts, by_rare_parts=by_rare_parts)
        except _TooMuch:
            continue
    return list(_Change(before, after).pieces())


def shortened(pieces: Iterable[Piece], around: int = 25) -> list[Piece]:
    """The pieces with at most `around` unchanged words beside each change; "…" for the others.

    What comes before the first change and after the last one has one side only. Unchanged text
    without any change keeps its beginning and its end.
    """
    pieces = list(pieces)
    short = []
    for number, piece in enumerate(pieces):
        if piece.kind != "same":
            short.append(piece)
            continue
        alone = len(pieces) == 1
        head = around if alone or number > 0 else 0
        tail = around if alone or number < len(pieces) - 1 else 0
        short.extend(_with_gap(piece, head, tail))
    return short


def _with_gap(piece: Piece, head: int, tail: int) -> Iterator[Piece]:
    """The first `head` and the last `tail` words, and the gap between them if there is one."""
    ends = [word.end() for word in _WORD.finditer(piece.text)]
    if len(ends) <= head + tail:
        yield piece
        return
    first = piece.text[: ends[head - 1]] if head else ""
    last = piece.text[ends[-tail - 1] :] if tail else ""
    shown = (Piece("same", first), Piece("gap", "…"), Piece("same", last))
    yield from (each for each in shown if each.text)


class _TooMuch(Exception):
    """Comparing these texts would take too long."""


class _BoundedMatcher(SequenceMatcher):
    """A SequenceMatcher that raises _TooMuch before it makes too many comparisons.

    Its time grows up to the cube of the length where words repeat. The cost of a pass is known
    before it starts: each element of `a` is compared with each of its equals in `b`.
    """

    def __init__(self, a, b, *, by_rare_parts):
        super().__init__(None, a, b, autojunk=by_rare_parts)
        # Visiting an element takes about as long as five comparisons.
        self._costs = [0, *accumulate(5 + len(self.b2j.get(part, ())) for part in a)]
        self._left = MOST_COMPARISONS

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        self._left -= self._costs[len(self.a) if ahi is None else ahi] - self._costs[alo]
        if self._left < 0:
            raise _TooMuch
        return super().find_longest_match(alo, ahi, blo, bhi)


class _Change(NamedTuple):
    """What was removed, what stands there instead, and the unchanged text that follows."""

    removed: str
    added: str
    same: str = ""

    @classmethod
    def of(cls, removed: str, added: str, same: str) -> "_Change":
        """The change without the white space at the end of both sides: “cat ” for “dog ”."""
        shared = len(_common_start(_space_at_end(removed)[::-1], _space_at_end(added)[::-1]))
        if not shared:
            return cls(removed, added, same)
        return cls(removed[:-shared], added[:-shared], removed[-shared:] + same)

    def joins(self, following: "_Change") -> bool:
        """True for two replacements with only a mark or two between them."""
        return all((*self, following.removed, following.added)) and bool(
            _ISLAND.fullmatch(self.same)
        )

    def with_next(self, following: "_Change") -> "_Change":
        removed = f"{self.removed}{self.same}{following.removed}"
        added = f"{self.added}{self.same}{following.added}"
        return _Change(removed, added, following.same)

    def pieces(self) -> Iterator[Piece]:
        yield from (Piece(kind, text) for kind, text in self._asdict().items() if text)


def _difference(before: list[str], after: list[str], *, by_rare_parts: bool) -> list[Piece]:
    """The pieces between two lists of parts; raises _TooMuch."""
    found = []
    for number, change in enumerate(_changes(before, after, by_rare_parts)):
        if number > MOST_CHANGES:
            raise _TooMuch
        if found and found[-1].joins(change):
            found[-1] = found[-1].with_next(change)
        else:
            found.append(change)
    return [piece for change in found for piece in change.pieces()]


def _changes(before, after, by_rare_parts) -> Iterator[_Change]:
    """Every change in turn; what is the same at the very start follows an empty one."""
    removed, added, same = [], [], []
    for part, new_part in _alignment(before, after, by_rare_parts):
        if part == new_part:
            same.append(part)
            continue
        if same:
            yield _Change.of("".join(removed), "".join(added), "".join(same))
            removed, added, same = [], [], []
        removed.append(part)
        added.append(new_part)
    yield _Change.of("".join(removed), "".join(added), "".join(same))


def _alignment(
    before: list[str], after: list[str], by_rare_parts: bool
) -> Iterator[tuple[str, str]]:
    """Pairs of text: what stood before, and what stands in its place; either may be empty."""
    keys, new_keys = [part.rstrip() for part in before], [part.rstrip() for part in after]
    head = len(_common_start(keys, new_keys))
    tail = len(_common_start(keys[head:][::-1], new_keys[head:][::-1]))
    end, new_end = len(keys) - tail, len(new_keys) - tail
    yield from _spaced(before[:head], after[:head])
    matcher = _BoundedMatcher(keys[head:end], new_keys[head:new_end], by_rare_parts=by_rare_parts)
    for kind, *limits in matcher.get_opcodes():
        start, stop, new_start, new_stop = (head + limit for limit in limits)
        parts, new_parts = before[start:stop], after[new_start:new_stop]
        if kind == "equal":
            yield from _spaced(parts, new_parts)
        else:
            yield "".join(parts), "".join(new_parts)
    yield from _spaced(before[end:], after[new_end:])


def _spaced(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs for parts that are the same but, perhaps, for the white space at their ends."""
    for part, new_part in zip(before, after, strict=True):
        same = _common_start(part, new_part)
        if same:
            yield same, same
        if part != new_part:
            yield part[len(same) :], new_part[len(same) :]


def _words(text: str) -> list[str]:
    return [token.group() for token in _TOKEN.finditer(text)]


def _common_start(a, b):
    """The longest start that two texts, or two lists, have in common."""
    if a == b:
        return a
    pairs = enumerate(zip(a, b, strict=False))
    length = next((n for n, (one, other) in pairs if one != other), min(len(a), len(b)))
    return a[:length]


def _space_at_end(text: str) -> str:
    return text[len(text.rstrip()) :]
