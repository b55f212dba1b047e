"""From the words in a domain's row to its level, texts and actions."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from planning.imports.parsed import ParsedAction, ParsedEntry, Problem
from planning.imports.score_tables import ScoreRow
from planning.levels import LevelError, parse_level
from planning.outline import Outline
from rpcportal.kit.quoting import quoted

_NOT_APPLICABLE = re.compile(
    r"(?:n\s?[/.]\s?a\b\.?|not applicable\b)[\s:.,;–—-]*(?:because\b)?[\s:]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
# What people write, and what our own sheet prints, where nobody has scored.
_NOT_SCORED = {"", "-", "–", "—", "not yet scored", "not scored"}
# "7.", "(7)", "a)", a dot or a dash in front of an action. A letter needs its bracket, so that
# "A. Shah leads" keeps its A.
_SIGNS = r"•◦▪‣·●○■□➢➤✓✔*\uf0b7\uf0a7"  # the last two are Word's own, from its symbol fonts
_BULLET = re.compile(
    rf"\s*(?:[{_SIGNS}]\s*|[-\u2013\u2014]\s+|o\t\s*"
    r"|\(?[0-9]{1,2}\)\s*|[0-9]{1,2}\.(?=\s|[^\W\d_])\s*|\(?[a-z]\)\s+)"
)
_NO_ACTION = {"", "-", "–", "—", "none", "n/a", "none identified", "nil"}


def read_entries(
    rows: Iterable[ScoreRow], outline: Outline
) -> tuple[tuple[ParsedEntry, ...], tuple[ParsedAction, ...], list[Problem]]:
    """Entries in the framework's order, actions in the order of the sheet, and what is wrong."""
    problems: list[Problem] = []
    kept = _one_row_each(rows, problems)
    entries = [_entry(row, outline, problems) for row in kept]
    order = {domain.number: place for place, domain in enumerate(outline.domains)}
    entries.sort(key=lambda entry: order[entry.number])
    return tuple(entries), _actions(kept), problems


def _one_row_each(rows: Iterable[ScoreRow], problems: list[Problem]) -> list[ScoreRow]:
    """One row for each domain. A second may be empty or the same; else somebody must choose."""
    kept: dict[int, ScoreRow] = {}
    for row in rows:
        first = kept.get(row.domain.number)
        if first is None or first.is_blank:
            kept[row.domain.number] = row
        elif not row.is_blank and row.texts != first.texts:
            place = first.where.split(" (")[0]
            sentence = f"{row.domain.title} is already in {place}, with other words. Keep one row."
            problems.append(Problem(row.where, sentence))
    return list(kept.values())


def _entry(row: ScoreRow, outline: Outline, problems: list[Problem]) -> ParsedEntry:
    level, reason = None, ""
    try:
        level, reason = read_level(row.text("level"), top=outline.top)
    except LevelError as error:
        problems.append(Problem(row.where, str(error)))
    return ParsedEntry(
        number=row.domain.number,
        level=level,
        not_applicable_reason=reason,
        evidence=row.text("evidence"),
        gaps=row.text("gaps"),
    )


def read_level(text: str, *, top: int) -> tuple[Decimal | None, str]:
    """The level and the reason why there can be none; both empty where nobody has scored yet.

    `LevelError` for anything unreadable, and for "not applicable" without a reason.
    """
    if " ".join(text.casefold().split()).rstrip(".") in _NOT_SCORED:
        return None, ""
    match = _NOT_APPLICABLE.fullmatch(text)
    if not match:
        return parse_level(text, top=top), ""
    if not match[1].strip():
        raise LevelError(
            f"{quoted(text)} needs a reason. Write “Not applicable because …” and say why."
        )
    return None, match[1].strip()


def _actions(rows: Iterable[ScoreRow]) -> tuple[ParsedAction, ...]:
    """Each action once, with every domain that names it in the same words."""
    worded: dict[str, tuple[str, dict[int, None]]] = {}
    for row in rows:
        for what in split_actions(row.texts["actions"]):
            words = " ".join(unicodedata.normalize("NFKC", what).casefold().split())
            worded.setdefault(words, (what, {}))[1][row.domain.number] = None
    return tuple(
        ParsedAction(what=what, domains=tuple(numbers)) for what, numbers in worded.values()
    )


def split_actions(paragraphs: Iterable[str]) -> list[str]:
    """One action for each paragraph, and for each line that begins with a bullet or a number.

    A line break without a bullet stays inside its action; "None" is no action.
    """
    actions: list[str] = []
    for paragraph in paragraphs:
        for place, line in enumerate(paragraph.split("\n")):
            bullet = _BULLET.match(line)
            if place and not bullet and actions:
                actions[-1] += f"\n{line}"
            else:
                actions.append(line[bullet.end() :] if bullet else line)
    return [
        what.strip() for what in actions if what.strip().casefold().rstrip(".") not in _NO_ACTION
    ]
