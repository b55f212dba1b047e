"""A sheet's rows cut to what fits on a page.

A row that is taller than a page cannot be kept whole: WeasyPrint then loses the repeated
headings, and the tags of the table break (docs/decisions/0008-what-the-pdf-promises.md). So
such a row becomes several, each naming its domain. Every word stays, in the same order.

Pure rules over the values of planning/reports.py. Heights are estimated in lines of print.
"""

import math
import re
from dataclasses import replace
from itertools import zip_longest

FITS = 32  # lines of a row that still stands whole on a page, under the headings
PIECE = 18  # lines of a piece, so that two stand on a page
# Characters in a line of each column, at the size of static/css/pdf.css.
LEVEL, EVIDENCE, GAPS, ACTIONS = 13, 50, 35, 44
LONGEST_RUN = 120  # characters without a space; nobody's address is longer
RUN_PIECE = 20  # characters of such a run in one line: even capital Ws fit
BREAK = "\u200b"  # a place to break that nobody sees
RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


def pages_of(dimension):
    """The dimension with every row that is too tall cut into pieces."""
    return replace(dimension, rows=tuple(piece for row in dimension.rows for piece in _pieces(row)))


def _pieces(row):
    columns = {
        "level": _packed(_level_units(row), LEVEL),
        "evidence": _packed(_evidence_units(row), EVIDENCE),
        "gaps": _packed(_text_units("gaps", row.gaps, GAPS), GAPS),
        "actions": _packed([("action", each, _action_text(each)) for each in row.actions], ACTIONS),
    }
    if max(len(packs) for packs in columns.values()) <= 1:
        return [row]
    return [
        _row(row, number, [unit for pack in packs if pack for unit in pack])
        for number, packs in enumerate(zip_longest(*columns.values()))
    ]


def _row(row, number, units):
    """One piece of a row, from the units of all its columns."""

    def texts(kind):
        return "\n".join(text for unit, _, text in units if unit == kind)

    return replace(
        row,
        title=f"{row.title} (continued)" if number else row.title,
        level="" if number else row.level,
        is_scored=row.is_scored and not number,
        target="" if number else row.target,
        not_applicable_reason=texts("not_applicable_reason"),
        evidence=texts("evidence"),
        reason=texts("reason"),
        dissent=texts("dissent"),
        references=tuple(value for unit, value, _ in units if unit == "reference"),
        gaps=texts("gaps"),
        actions=tuple(value for unit, value, _ in units if unit == "action"),
    )


def _level_units(row):
    return _text_units("not_applicable_reason", row.not_applicable_reason, LEVEL)


def _evidence_units(row):
    references = [
        ("reference", each, f"{each.title}\n{each.location}\n{each.shows}")
        for each in row.references
    ]
    return [
        *_text_units("evidence", row.evidence, EVIDENCE),
        *references,
        *_text_units("reason", row.reason, EVIDENCE),
        *_text_units("dissent", row.dissent, EVIDENCE),
    ]


def _action_text(action):
    return "\n".join(
        (action.what, action.measure, action.owner, "By", ", ".join(action.also_serves))
    )


def _text_units(kind, text, width):
    """A text as units of at most ``PIECE`` lines: (kind, None, text)."""
    return [(kind, None, piece) for piece in _cut(breakable(text), width)] if text else []


def _cut(text, width):
    """Pieces of at most ``PIECE`` lines, cut between paragraphs or else between words."""
    for paragraph in text.split("\n"):
        rest = paragraph
        while _lines(rest, width) > PIECE:
            most = PIECE * (RUN_PIECE if BREAK in rest[: width * PIECE] else width)
            end = max(rest.rfind(" ", 0, most), rest.rfind(BREAK, 0, most))
            end = end if end > 0 else most
            yield rest[:end]
            rest = rest[end:].lstrip(f" {BREAK}")
        yield rest


def _packed(units, width):
    """Units in packs: one pack if all fit on a page, else packs of about ``PIECE`` lines."""
    heights = [_lines(text, width) + (value is not None) for _, value, text in units]
    if sum(heights) <= FITS:
        return [units] if units else []
    packs, height = [[]], 0
    for unit, lines in zip(units, heights, strict=True):
        if packs[-1] and height + lines > PIECE:
            packs.append([])
            height = 0
        packs[-1].append(unit)
        height += lines
    return packs


def _lines(text, width):
    return sum(max(1, math.ceil(len(line) / width)) for line in re.split(f"[\n{BREAK}]", text))


def breakable(text):
    """``text`` with places to break in runs of more than ``LONGEST_RUN`` characters.

    Looking for a place in a run of thousands costs WeasyPrint the better part of a minute.
    """
    pieces = re.compile(f".{{1,{RUN_PIECE}}}")
    return RUN.sub(lambda run: BREAK.join(pieces.findall(run[0])), text)
