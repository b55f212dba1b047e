"""Boards, and what each is told in which order. Pure rules: no database, no request."""

from datetime import date, timedelta

from pledges.models import Board, Section

# What concerns a board most comes first, after the one page of what matters.
SECTIONS = {
    Board.STEERING: (
        Section.MATTERS,
        Section.EXCEPTIONS,
        Section.DOMAINS,
        Section.DATES,
        Section.MEASURES,
        Section.PEOPLE,
    ),
    Board.EARLY_HELP: (
        Section.MATTERS,
        Section.EXCEPTIONS,
        Section.PEOPLE,
        Section.DOMAINS,
        Section.MEASURES,
        Section.DATES,
    ),
    # How each pathway into help knows abuse when it sees it: which dates moved is not its matter.
    Board.DOMESTIC_ABUSE: (
        Section.MATTERS,
        Section.DOMAINS,
        Section.EXCEPTIONS,
        Section.PEOPLE,
        Section.MEASURES,
    ),
    Board.HEALTH: (
        Section.MATTERS,
        Section.MEASURES,
        Section.DOMAINS,
        Section.EXCEPTIONS,
        Section.PEOPLE,
        Section.DATES,
    ),
}
# The first page holds the words of “What matters” beside its figures, and stays one page.
FIRST_PAGE_LETTERS = 900
FIRST_PAGE_LINES = 10
LETTERS = 6000


def sections_of(board):
    """The sections of a board's report, in order."""
    return SECTIONS.get(board, SECTIONS[Board.STEERING])


def begins_with_abuse(board):
    """Whether the report begins with the line between conflict and domestic abuse."""
    return board == Board.DOMESTIC_ABUSE


def in_words(board):
    """What a board is told, as the form says it."""
    names = [Section(each).label.lower() for each in sections_of(board)]
    begin = "the line between conflict and abuse, " if begins_with_abuse(board) else ""
    return f"{begin}{', '.join(names[:-1])} and {names[-1]}".capitalize()


def last_quarter(today):
    """First and last day of the last full quarter before ``today``."""
    first_of_this = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last = first_of_this - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


def words_problem(section, words):
    """Why these words cannot stand in a section, as a sentence, or an empty one."""
    if section != Section.MATTERS:
        return ""
    lines = len(words.split("\n"))
    if len(words) > FIRST_PAGE_LETTERS:
        return (
            f"“What matters” has {len(words):,} characters. The first page of the report has room "
            f"for {FIRST_PAGE_LETTERS}: shorten it, or move a part to another section."
        )
    if lines > FIRST_PAGE_LINES:
        return (
            f"“What matters” has {lines:,} lines. The first page of the report has room for "
            f"{FIRST_PAGE_LINES}: join some, or move a part to another section."
        )
    return ""
