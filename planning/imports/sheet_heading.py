"""What stands around the score tables: title, area, date, and the words that qualify the sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from planning.imports.dates import DateError, read_date
from planning.imports.parsed import Problem
from planning.imports.word_text import Table
from rpcportal.kit.quoting import quoted

WHERE = "Heading of the sheet"
_LONGEST_NOTE = 100_000
_TOO_LONG = (
    "There is far more text around the tables than a recording sheet has. Keep only the "
    "sheet in the file."
)

_AREA = r"(?:area name|name of (?:the )?(?:area|local authority|partnership))"
_EVENT = r"(?:workshop|assessment|completion|session|meeting|scoring)"
_DATE = rf"(?:{_EVENT}\s+)?date(?:\s+of\s+(?:the\s+)?{_EVENT})?"
# Labels that areas add, and dates that are not the date of the assessment.
_OTHER = (
    r"(?:completed by|facilitat(?:or|ed by)|lead officer|author|venue|version|present|attendees"
    r"|contact|status"
    r"|(?:next|review|target|due|print(?:ed)?|issue|start|end|previous|last)(?:\s+\w+)?\s+date)"
)
_LABEL = re.compile(
    r"\b(?<!the )(?<!this )(?<!that )(?<!new )"  # "we agreed the date: spring" is no label
    rf"(?:(?P<other>{_OTHER})|(?P<area>{_AREA})|(?P<date>{_DATE}))\s*[:\uff1a]"
    rf"|^\s*(?:(?P<area_first>{_AREA}|area|local authority|partnership)\s*[:\uff1a–—-]"
    rf"|(?P<area_bare>{_AREA})\b\s"
    rf"|(?P<date_bare>{_DATE})\b\s*[–—-]?\s*(?=[0-9]|(?:mon|tue|wed|thu|fri|sat|sun)))",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(
    rf"(?:{_AREA}|area|local authority|partnership|{_DATE}|{_OTHER})\s*[:\uff1a]?", re.IGNORECASE
)
# Where a value on a shared line ends although no label follows.
_VALUE_END = re.compile(r"\t|\||\s{3,}")
_RULED_LINE = " \t._…-–—|,;"  # dots and dashes to write on

_TITLE_WORDS = frozenset(
    [
        "the",
        "a",
        "of",
        "for",
        "rpc",
        "reducing",
        "parental",
        "conflict",
        "planning",
        "tool",
        "recording",
        "sheet",
        "local",
        "self",
        "assessment",
        "area",
        "workshop",
    ]
)
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?(?:\s*\|\s*page)?", re.IGNORECASE
)

_IS_EXAMPLE = re.compile(
    r"\b(?:is|are|as|be) (?:only |just |purely )?(?:an? )?(?:\w+ )?(?:example|illustration)\b"
    r"|\b(?:example|illustration)s? only\b|\b(?:for|purely|only) illustrati\w+"
    r"|\billustrative\b(?! examples?\b)|\b(?:worked )?example (?:recording )?sheet\b",
    re.IGNORECASE,
)
_NOT_AN_EXAMPLE = re.compile(r"\bnot (?:an? )?(?:\w+ )?(?:example|illustrati\w+)", re.IGNORECASE)
_MENTIONS_EXAMPLE = re.compile(r"\bexample|\billustrat", re.IGNORECASE)
_NOT_THE_PLAN = re.compile(
    r"\bdo(?:es)? not represent\b|\bnot\b.{0,60}\b(?:agreed|full|final|actual|real|approved)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass
class Heading:
    """What has been found so far; `read` fills it line by line."""

    areas: list[str] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def area(self) -> str:
        return self.areas[0] if self.areas else ""

    @property
    def assessed_on(self) -> date | None:
        return self.dates[0] if self.dates else None

    @property
    def illustrative(self) -> bool:
        return any(says_illustrative(paragraph) for paragraph in self.note)


def says_illustrative(paragraph: str) -> bool:
    """Whether the paragraph says that the sheet is an example and not an agreed plan."""
    if _NOT_AN_EXAMPLE.search(paragraph):
        return False
    both = _MENTIONS_EXAMPLE.search(paragraph) and _NOT_THE_PLAN.search(paragraph)
    return bool(both or _IS_EXAMPLE.search(paragraph))


def read_heading(paragraphs: list[str], edges: list[str]) -> Heading:
    """Area, date and note from the paragraphs outside the score tables.

    `edges` are those of headers and footers, which repeat on every page and carry its number.
    """
    heading = Heading()
    if sum(map(len, (*paragraphs, *edges))) > _LONGEST_NOTE:
        heading.problems.append(Problem(WHERE, _TOO_LONG))
        return heading
    for paragraph in paragraphs:
        _read(heading, paragraph)
    for paragraph in dict.fromkeys(edges):
        if not _PAGE_NUMBER.fullmatch(paragraph):
            _read(heading, paragraph)
    _check(heading)
    return heading


def _read(heading: Heading, paragraph: str) -> None:
    lines = [_read_line(heading, line) for line in paragraph.split("\n")]
    if rest := "\n".join(lines).strip():
        heading.note.append(rest)


def _read_line(heading: Heading, line: str) -> str:
    """Take area and date out of one line; give back the words that are neither, nor the title."""
    labels = list(_LABEL.finditer(line))
    if not labels:
        return "" if _is_title(line) else line
    before = line[: labels[0].start()]
    rest = [] if _is_title(before) else [before]
    ends = [label.start() for label in labels[1:]] + [len(line)]
    for label, end in zip(labels, ends, strict=True):
        value = line[label.end() : end]
        if label["other"]:
            rest.append(line[label.start() : end])
        elif label["date"] or label["date_bare"]:
            rest.append(_read_date(heading, value))
        else:
            rest.append(_read_area(heading, value))
    return " ".join(filter(None, (part.strip(_RULED_LINE) for part in rest)))


def _read_date(heading: Heading, value: str) -> str:
    if not value.strip(_RULED_LINE):
        return ""
    try:
        day, rest = read_date(value.strip())
    except DateError as error:
        heading.problems.append(Problem(WHERE, str(error)))
        return ""
    heading.dates.append(day)
    return rest.lstrip(".")


def _read_area(heading: Heading, value: str) -> str:
    value = value.strip(_RULED_LINE)
    end = _VALUE_END.search(value)
    area = value[: end.start()] if end else value
    if area.strip(_RULED_LINE):
        heading.areas.append(" ".join(area.strip(_RULED_LINE).split()))
    return value[end.end() :] if end else ""


def _is_title(text: str) -> bool:
    """Whether the text is only the form's own name. With one more word it is kept as a note."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    named = any(
        name in " ".join(words)
        for name in ("recording sheet", "planning tool", "parental conflict")
    )
    return not text.strip() or (named and _TITLE_WORDS.issuperset(words))


def _check(heading: Heading) -> None:
    if len(set(heading.dates)) > 1:
        days = " and ".join(f"{day:%d/%m/%Y}" for day in dict.fromkeys(heading.dates))
        heading.problems.append(
            Problem(WHERE, f"The sheet gives more than one date: {days}. Keep the right one.")
        )
    if not heading.dates and not heading.problems:
        sentence = "The sheet has no date. Write it above the table, as in “Date: 30/07/2018”."
        heading.problems.append(Problem(WHERE, sentence))
    if len({area.casefold() for area in heading.areas}) > 1:
        names = " and ".join(quoted(area) for area in dict.fromkeys(heading.areas))
        heading.problems.append(
            Problem(WHERE, f"The sheet names more than one area: {names}. Keep the right one.")
        )


def table_lines(table: Table) -> Iterator[str]:
    """A table without scores, a line for each row.

    "Area name" beside "Rochdale" becomes "Area name: Rochdale".
    """
    for row in table.rows:
        if line := " | ".join(_labelled([cell.text for cell in row if not cell.continues])):
            yield line


def _labelled(texts: list[str]) -> Iterator[str]:
    place = 0
    while place < len(texts):
        text, following = texts[place], "".join(texts[place + 1 : place + 2])
        if _is_label_of(text, following, first=place == 0):
            label = text.rstrip(":\uff1a ")
            yield f"{label}: {following}"
            place += 1
        elif text:
            yield text
        place += 1


def _is_label_of(text: str, following: str, *, first: bool) -> bool:
    """Whether a cell is the label of the next one, and not a heading in a list of people."""
    if not _BARE_LABEL.fullmatch(text) or _BARE_LABEL.fullmatch(following):
        return False
    if re.search(r"\bdate\b", text, re.IGNORECASE):
        return bool(re.search(r"[0-9]", following))
    return first or bool(re.match(_AREA, text, re.IGNORECASE))
