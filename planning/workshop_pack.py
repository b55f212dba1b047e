"""The printable pack of a workshop: one outline (rpcportal/kit/blocks.py) for the page, the PDFs
and the Word file.

Names of organisations stand in it, and no names of people.
"""

from dataclasses import dataclass

from planning.agenda import duration, lines_of, timed, total
from planning.facts import COUNTING, levels_by_number
from planning.inviting import invitees_of
from planning.levels import format_level
from planning.models import Assessment
from planning.outline import outline_of
from planning.paging import pages_of
from planning.reports import COLUMNS, RecordingSheet
from planning.tool_in_short import letters_of, tool_in_short
from rpcportal.kit.blocks import (
    Bullets,
    Facts,
    Heading,
    Outline,
    Paragraph,
    Part,
    Rich,
    Table,
    Words,
)

AGENDA, SUMMARY, DESCRIPTORS = "agenda", "summary", "descriptors"
BLANK, FILLED, CARDS = "blank", "filled", "cards"
TITLES = {
    AGENDA: "Agenda",
    SUMMARY: "The planning tool on one page",
    DESCRIPTORS: "What each level looks like",
    BLANK: "Recording sheet to fill in by hand",
    FILLED: "Recording sheet as it stands",
    CARDS: "Voting cards",
}
TEXTS = (AGENDA, SUMMARY, DESCRIPTORS, BLANK, FILLED)
NO_FAMILY = "Please write nothing about any child or family on this sheet."
COUNT_CONFLICT = (
    "Parental conflict is not domestic abuse. Count work on conflict here. Where one person "
    "controls or frightens the other, it is abuse and needs other help."
)
CUT = (
    "Print these sheets on thick paper and cut along the lines. Everybody gets one set, and all "
    "cards are held up at the same moment."
)
TO_WRITE_ON = "_" * 24
GAP = "\u2003"  # as wide as a letter is high, so that one level can be circled
CARDS_ON_A_SHEET = 8


def pack_of(workshop, today, keys=(*TEXTS, CARDS)):
    """The Outline of these parts. Reading costs the same however much stands in them (at most
    eight queries). ``today``: the day on which it is printed.
    """
    day = f"{workshop.held_on:%-d %B %Y}"
    area = workshop.assessment.area
    what = TITLES[keys[0]] if len(keys) == 1 else "Workshop pack"
    return Outline(
        title=workshop.name,
        partnership=workshop.partnership.name,
        facts=(),
        parts=tuple(Part(key, TITLES[key], tuple(BLOCKS[key](workshop, today))) for key in keys),
        running=f"{workshop.name}. {area}, {day}",
        filename=f"{what} {area} {workshop.held_on}",
    )


def _outline(workshop):
    return outline_of(workshop.assessment.framework)


# --- The agenda ---------------------------------------------------------------------------------


def _agenda(workshop, today):
    starts_at = workshop.starts_at
    facts = (
        ("Day", f"{workshop.held_on:%A %-d %B %Y}"),
        ("Begins", f"{starts_at:%H:%M}" if starts_at else ""),
        ("Place", workshop.place),
        ("Area", workshop.assessment.area),
        ("Tool", _outline(workshop).name),
    )
    yield Facts(workshop.partnership.name, tuple(fact for fact in facts if fact[1]))
    lines = lines_of(workshop)
    if lines:
        yield _agenda_table(lines, starts_at)
        yield Paragraph(f"{duration(total(lines)).capitalize()} altogether.")
    else:
        yield Paragraph("There is no agenda yet.")
    if workshop.to_read.strip():
        yield Heading("What to read before")
        yield Rich(workshop.to_read)
    yield Heading("Who is invited")
    names = sorted({each.organisation_name for each in invitees_of(workshop)}, key=str.casefold)
    yield Bullets(tuple(names)) if names else Paragraph("Nobody is invited yet.")


def _agenda_table(lines, starts_at):
    """Each line with its minutes and, where the workshop has a beginning, its hours."""
    rows = [
        (each.hours, each.line.what, f"{each.line.minutes}") for each in timed(lines, starts_at)
    ]
    if not starts_at:
        rows = [row[1:] for row in rows]
    columns = ("Time", "What", "Minutes") if starts_at else ("What", "Minutes")
    shape = "hours" if starts_at else "minutes"
    numbers = (len(columns) - 1,)
    return Table("What we do when", columns, tuple(rows), numbers=numbers, shape=shape)


# --- The tool -----------------------------------------------------------------------------------


def _summary(workshop, today):
    return tool_in_short(_outline(workshop))


def _descriptors(workshop, today):
    """Every domain with its question and its levels; in the PDF each begins on a page."""
    for domain in _outline(workshop).domains:
        yield Heading(domain.title, anchor=f"domain-{domain.number}")
        facts = (("What it covers", domain.about), ("The question", domain.question))
        yield Facts(domain.dimension, tuple(fact for fact in facts if fact[1]))
        if domain.abuse_boundary:
            yield Paragraph(COUNT_CONFLICT)
        yield Table(
            f"Levels of {domain.name}",
            ("Level", "What it looks like", "Evidence could be"),
            tuple(
                (f"{each.level.number} {each.level.name}", each.text, _listed(each))
                for each in domain.descriptors
            ),
            shape="descriptors",
        )


def _listed(descriptor):
    return "\n".join(f"– {each}" for each in descriptor.evidence_examples)


# --- The recording sheet ------------------------------------------------------------------------


def _blank(workshop, today):
    outline = _outline(workshop)
    yield Facts(
        outline.name,
        (
            ("Area name", workshop.assessment.area),
            ("Date", f"{workshop.held_on:%-d %B %Y}"),
            ("Table or organisation", TO_WRITE_ON),
        ),
    )
    yield Paragraph(NO_FAMILY)
    for dimension in outline.dimensions:
        rows = [(each.title, _to_circle(outline), "", "", "") for each in dimension.domains]
        yield _sheet_table(dimension.name, rows)


def _to_circle(outline):
    return f"Circle one:\n{GAP.join(format_level(step) for step in outline.steps)}"


def _sheet_table(name, rows):
    return Table(name.upper(), ("Domain", *COLUMNS), tuple(rows), shape="recording")


def _filled(workshop, today):
    """The sheet as it stands, last time's levels beside, and room to write."""
    assessment, outline = workshop.assessment, _outline(workshop)
    sheet = RecordingSheet.of(assessment, today)
    before = Assessment.objects.before(assessment, COUNTING).first()
    facts = (
        ("Area name", sheet.area),
        ("Date", f"{sheet.assessed_on:%-d %B %Y}"),
        ("Last time", _when(before)),
        ("As it stood on", f"{today:%-d %B %Y}"),
        ("Table or organisation", TO_WRITE_ON),
    )
    yield Facts(sheet.tool, facts)
    said = (sheet.illustration, sheet.standing, sheet.version_sentence, NO_FAMILY)
    yield Paragraph(" ".join(sentence for sentence in said if sentence))
    if sheet.note.strip():
        yield Words.of(sheet.note)
    levels = levels_by_number(before, outline) if before else {}
    circle = _to_circle(outline) if assessment.is_open else ""
    for dimension in map(pages_of, sheet.dimensions):
        rows = [_filled_row(row, levels.get(row.number), circle) for row in dimension.rows]
        yield _sheet_table(dimension.name, rows)


def _when(before):
    """The day of the assessment before; in words where there is none."""
    if before is None:
        return "nothing to compare with"
    kind = " (an illustration)" if before.is_illustrative else ""
    return f"{before.assessed_on:%-d %B %Y}{kind}"


def _filled_row(row, last_time, circle):
    return (
        row.title,
        _level_words(row, last_time, circle),
        _evidence_words(row),
        row.gaps,
        "\n\n".join(map(_action_words, row.actions)),
    )


def _level_words(row, last_time, circle):
    if not row.level:  # a row that goes on
        return row.not_applicable_reason
    lines = [f"Now: {row.level}" if row.is_scored else row.level, row.not_applicable_reason]
    lines.append(f"Target: {row.target}" if row.target else "")
    lines.append(f"Last time: {format_level(last_time)}" if last_time is not None else "")
    lines.append("" if row.level == "Not applicable" else circle)
    return _joined(lines)


def _evidence_words(row):
    """The same as templates/planning/_sheet_evidence.html, as lines."""
    references = [
        _joined((each.title, _labelled("Where", each.location), _labelled("Shows", each.shows)))
        for each in row.references
    ]
    reason, dissent = (
        _labelled("Why this level", row.reason),
        _labelled("Seen differently", row.dissent),
    )
    return _joined((row.evidence, *references, reason, dissent))


def _action_words(action):
    """The same as templates/planning/_sheet_actions.html, as lines."""
    if action.in_full_under:
        return _joined((action.what, f"In full under: {action.in_full_under}"))
    return _joined(
        (
            action.what,
            _labelled("How we will know", action.measure),
            _labelled("Owner", action.owner),
            _labelled("By", f"{action.due:%-d %B %Y}" if action.due else ""),
            _labelled("Also serves", ", ".join(action.also_serves)),
        )
    )


def _labelled(label, text):
    return f"{label}: {text}" if text else ""


def _joined(lines):
    return "\n".join(line for line in lines if line)


# --- Voting cards -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """One card: what stands on it in large, and what that means."""

    sign: str
    meaning: str

    @property
    def size(self):
        """How large its meaning is printed, so that it fits."""
        letters = letters_of(self.meaning)
        return next((size for size, most in MEANING_SIZES if letters <= most), "smallest")


# Letters that fit below the sign, three lines of them.
MEANING_SIZES = (("large", 40), ("small", 110))


def cards_of(outline):
    """One set: a card for each half step of the scale, and one for “don’t know”."""
    names = {level.number: level.name for level in outline.levels}
    cards = []
    for step in outline.steps:
        below = names[int(step)]
        meaning = f"Between {below} and {names[int(step) + 1]}" if step % 1 else below
        cards.append(Card(format_level(step), meaning))
    return (*cards, Card("?", "Don’t know"))


def sheets_of_cards(cards, sets):
    """Sheets of paper, each a tuple of at most eight cards. A set begins on a sheet of its own,
    unless several whole sets fit: all sheets of a kind are cut in one pile.
    """
    on_one = max(1, CARDS_ON_A_SHEET // len(cards))
    for first in range(0, sets, on_one):
        there = cards * min(on_one, sets - first)
        for start in range(0, len(there), CARDS_ON_A_SHEET):
            yield there[start : start + CARDS_ON_A_SHEET]


def _cards(workshop, today):
    yield Paragraph(CUT)
    rows = tuple((card.sign, card.meaning) for card in cards_of(_outline(workshop)))
    yield Table("One set of cards", ("Card", "What it means"), rows, shape="cards")


BLOCKS = {
    AGENDA: _agenda,
    SUMMARY: _summary,
    DESCRIPTORS: _descriptors,
    BLANK: _blank,
    FILLED: _filled,
    CARDS: _cards,
}
