"""The agenda of a workshop: a proposal, the hours that come of it, and the verb that keeps it.

Proposals and hours are pure rules over values; nothing is stored until somebody saves.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from partnerships.doors import tell_screens
from planning.models import AgendaItem, Entry
from planning.workshop_planning import held_to_change

HALF, FULL = "half", "full"
FEWEST_MINUTES, MOST_MINUTES = 5, 600
LONG_DAY = 8 * 60  # minutes: nobody scores well after that
# What stands round the domains, and how long all takes together, breaks and all.
WELCOME, BREAK, LUNCH, DOTS, CLOSE = (
    "Welcome, and how we score",
    "Break",
    "Lunch",
    "Dots: what matters most",
    "What happens next, and close",
)
ALL_OF = {HALF: 210, FULL: 390}


@dataclass(frozen=True)
class Line:
    """One line: a domain's ``entry``, or a ``title``, and its minutes."""

    minutes: int
    title: str = ""
    entry: Entry | None = None

    @property
    def what(self):
        """What it is, as people read it."""
        return self.title or str(self.entry.domain)


@dataclass(frozen=True)
class Timed:
    """A line with its hours; None for both while nobody has said when the workshop begins."""

    line: Line
    starts: time | None
    ends: time | None

    @property
    def hours(self):
        """“09:30 to 09:45”, or nothing."""
        return f"{self.starts:%H:%M} to {self.ends:%H:%M}" if self.starts else ""


def proposal(entries, length):
    """Lines for half a day or a full one: every domain in the tool's order, with equal minutes.

    ``entries``: those of the sheet, in order; what is not applicable here needs no time.
    ``length``: HALF or FULL.
    """
    scored = [each for each in entries if not each.not_applicable]
    if length == FULL:
        first, last = [Line(20, WELCOME)], [Line(20, DOTS), Line(25, CLOSE)]
        pauses = [Line(15, BREAK), Line(45, LUNCH), Line(15, BREAK)]
    else:
        first, last = [Line(15, WELCOME)], [Line(15, DOTS), Line(15, CLOSE)]
        pauses = [Line(15, BREAK)]
    around = sum(line.minutes for line in (*first, *pauses, *last))
    minutes = max((ALL_OF[length] - around) // max(len(scored), 1), FEWEST_MINUTES)
    domains = [Line(minutes, entry=each) for each in scored]
    return [*first, *_with_pauses(domains, pauses), *last]


def _with_pauses(domains, pauses):
    """The domains in parts of about the same length, with a pause between each two; of a few
    domains, with the middle pause alone.
    """
    if len(domains) <= len(pauses):
        pauses = [pauses[len(pauses) // 2]]
    parts = len(pauses) + 1
    ends = {round(len(domains) * part / parts): part - 1 for part in range(1, parts)}
    found = []
    for number, line in enumerate(domains, start=1):
        found.append(line)
        if number in ends:
            found.append(pauses[ends[number]])
    return found


def lines_of(workshop):
    """The agenda that is kept, in order."""
    items = workshop.agenda.select_related("entry__domain").order_by("position", "pk")
    return [Line(each.minutes, each.title, each.entry) for each in items]


def timed(lines, starts_at):
    """Each line with its hours. ``starts_at``: a time, or None."""
    found, minutes = [], 0
    for line in lines:
        begin, minutes = minutes, minutes + line.minutes
        found.append(Timed(line, _after(starts_at, begin), _after(starts_at, minutes)))
    return found


def _after(starts_at, minutes):
    if starts_at is None:
        return None
    # Any day will do: only the time of it is wanted.
    return (datetime.combine(date.min, starts_at) + timedelta(minutes=minutes)).time()


def total(lines):
    """All minutes together."""
    return sum(line.minutes for line in lines)


def duration(minutes):
    """Minutes in words: “3 hours 30 minutes”."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "hour"), (rest, "minute")]
    said = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number]
    return " ".join(said) or "no time"


def warning(lines, starts_at):
    """What is wrong with so long an agenda, or an empty sentence."""
    minutes = total(lines)
    begins = starts_at.hour * 60 + starts_at.minute if starts_at else 0
    if starts_at and begins + minutes > 24 * 60:
        return f"This is {duration(minutes)}: it goes on after midnight. Shorten some lines."
    if minutes > LONG_DAY:
        return f"This is {duration(minutes)}: longer than a day’s work. Shorten some lines."
    return ""


@transaction.atomic
def save_agenda(*, workshop, lines, by):
    """Keep these lines as the agenda; returns the workshop. The same again changes nothing."""
    standing = held_to_change(workshop, by)
    there = list(standing.agenda.order_by("position", "pk"))
    by_entry = {each.entry_id: each for each in there if each.entry_id}
    titled = [each for each in there if not each.entry_id]
    kept, changed = set(), False
    for position, line in enumerate(lines, start=1):
        item = by_entry.get(line.entry.pk) if line.entry else _same_title(titled, line.title)
        item = item or AgendaItem(workshop=standing, entry=line.entry)
        words = {"position": position, "title": line.title, "minutes": line.minutes}
        if item.pk is None or any(getattr(item, name) != value for name, value in words.items()):
            for name, value in words.items():
                setattr(item, name, value)
            item.save()
            changed = True
        kept.add(item.pk)
    gone = standing.agenda.exclude(pk__in=kept)
    changed |= bool(gone.delete()[0])
    if changed:
        tell_screens(standing)
    return standing


def _same_title(titled, title):
    """Take the first line of this title out of those that are there; None where there is none."""
    found = next((each for each in titled if each.title == title), None)
    if found:
        titled.remove(found)
    return found
