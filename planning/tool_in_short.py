"""The planning tool on one page: what it is for, its domains and levels, how a room decides.

Names come from the framework, the rest is in our own words. Whatever a framework holds, it stays
one page of A4: the more there is, the smaller its letters, and last of all it goes without what
the levels mean.
"""

from dataclasses import dataclass
from math import ceil

from planning.spreads import FEWEST
from rpcportal.kit.blocks import Bullets, Facts, Heading, Paragraph, Table

FOR = (
    "Partners look together at how well their area helps when parents argue often, fiercely or "
    "without settling it. They agree where the area stands, what shows that, what is missing and "
    "what to do first. It is there to learn and to plan: nobody is marked by it."
)
HALF_STEPS = (
    "Half steps are normal: {pair} says between {low} and {high}. “Don’t know” is an answer too, "
    "and better than a guess; it is counted by itself and never as zero."
)
STEPS = (
    ("1. Alone", "Read the question and the levels. Choose a level, without talking to anybody."),
    (
        "2. Together",
        "All votes are shown at the same moment. On the screen nobody can tell whose is whose.",
    ),
    (
        "3. The outliers speak",
        "Why the highest, why the lowest? Evidence counts for more than the number.",
    ),
    (
        "4. Agree",
        (
            "Talk, vote once more if that helps, and agree a level, with the reason. Who still "
            "sees it differently has that written down, without a name."
        ),
    ),
    (
        "5. No averages",
        (
            "The level is the one that the room agreed, and is never worked out from the votes. "
            f"The spread of {FEWEST} votes or more is kept beside it."
        ),
    ),
)
ABUSE = (
    "In conflict both parents take part on more or less equal terms, and neither is afraid of the "
    "other. Where one person controls, frightens or hurts the other, it is abuse and needs another "
    "kind of help. If you are not sure which it is, treat it as abuse and talk to your "
    "safeguarding lead. Please write nothing about any child or family."
)
# The same lines as in templates/partnerships/_help_lines.html; a test compares the two.
HELP = (
    "In an emergency: 999. If it is not safe to speak, call from a mobile and press 55 when asked.",
    "National Domestic Abuse Helpline, free, day and night: 0808 2000 247",
    "Men’s Advice Line: 0808 801 0327. Live Fear Free, Wales: 0808 80 10 800",
    "Worried about a child: your council’s children’s services, or the NSPCC, 0808 800 5000",
)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Size:
    """How large the letters are: how many stand in a line, and how many lines of what the
    framework holds fit on the page beside what is always there.
    """

    name: str
    letters: int
    lines: int


SIZES = (
    Size("large", 98, 16),
    Size("medium", 108, 21),
    Size("small", 122, 27),
    Size("smallest", 138, 33),
)
WIDE = 1.9  # times as wide as other letters: capital ones, m and w, Chinese ones
NAMES, MEANINGS = 0.2, 0.75  # of the width of the page, the columns of the levels


@dataclass(frozen=True)
class Fit:
    """What fits on the page: at which size, and whether with what the levels mean and with the
    names of all domains. Only a tool that is far larger than any we know goes without them.
    """

    size: Size
    meanings: bool = True
    domains: bool = True


def fit_of(outline):
    """The most that fits on one page, in letters as large as may be."""
    bullets = [_dimension(each) for each in outline.dimensions]
    for size in SIZES:
        if _total(bullets, size) + _lines_of_levels(outline, size) <= size.lines:
            return Fit(size)
    smallest = SIZES[-1]
    domains = _total([*bullets, _names(outline)], smallest) <= smallest.lines - 5
    return Fit(smallest, meanings=False, domains=domains)


def _total(texts, size):
    return sum(_lines(text, size.letters) for text in texts)


def _lines_of_levels(outline, size):
    """How many lines the table of the levels takes, with the space between its rows."""
    rows = sum(
        max(
            _lines(each.name, size.letters * NAMES),
            _lines(each.summary, size.letters * MEANINGS),
        )
        for each in outline.levels
    )
    return rows + ceil(len(outline.levels) * 0.3)


def letters_of(text):
    """How long a text is when it is printed, in letters of usual width."""
    return sum(WIDE if each in "mw" or each.isupper() or ord(each) > 0x2FFF else 1 for each in text)


def _lines(text, letters):
    """In how many lines of so many letters a text stands, no word broken that need not be."""
    lines, used = 1, 0
    for word in text.split():
        width = letters_of(word) + 1
        if used and used + width > letters:
            lines, used = lines + 1, 0
        full, used = divmod(used + width, letters)
        lines += int(full)
    return lines


def tool_in_short(outline):
    """The blocks of the page."""
    fit = fit_of(outline)
    yield Heading("What it is for")
    yield Paragraph(FOR)
    yield Heading("What we look at")
    domains = _number(len(outline.domains), "domain").capitalize()
    dimensions = _number(len(outline.dimensions), "dimension")
    yield Paragraph(
        f"{domains} in {dimensions}. The tool’s publisher calls a domain a key element."
    )
    yield Bullets(tuple(_dimension(each, names=fit.domains) for each in outline.dimensions))
    yield Heading("The levels")
    yield from _levels(outline, with_meanings=fit.meanings)
    yield Heading("How the room decides")
    yield Facts("For each domain", STEPS)
    yield Heading("Parental conflict is not domestic abuse")
    yield Paragraph(ABUSE)
    yield Bullets(HELP)


def _dimension(dimension, *, names=True):
    """“Plan: 1. Strategy; 2. Commissioning”; without names, “Plan: two domains”."""
    titles = "; ".join(domain.title for domain in dimension.domains)
    return f"{dimension.name}: {titles if names else _number(len(dimension.domains), 'domain')}"


def _names(outline):
    return ", ".join(f"{each.number} {each.name}" for each in outline.levels)


def _number(number, what):
    words = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{words} {what}{'' if number == 1 else 's'}"


def _levels(outline, *, with_meanings):
    """What the levels are called and mean, and what stands between them."""
    if with_meanings:
        columns = ("Level", "What it means")
        rows = tuple((f"{each.number} {each.name}", each.summary) for each in outline.levels)
        yield Table("From the lowest to the highest", columns, rows, shape="levels")
    else:
        yield Paragraph(f"From the lowest to the highest: {_names(outline)}.")
    if outline.top > 1:
        low = outline.top // 2
        yield Paragraph(HALF_STEPS.format(pair=f"{low}/{low + 1}", low=low, high=low + 1))
