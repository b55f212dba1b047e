"""What the console and the projector of a workshop show, as values that templates only print."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.urls import NoReverseMatch, reverse

from partnerships.door_forms import HoursForm
from partnerships.doors import Door, is_open
from planning import facts, permissions
from planning.agreeing import is_agreed_here
from planning.dots_on_screen import DotsOnScreen
from planning.levels import format_level
from planning.levels_on_screen import LevelsOnScreen
from planning.models import BallotKind, Stage
from planning.outline import outline_of
from planning.presenting import unsettled_panel
from planning.room_forms import AgreeForm, ParkForm, SettleForm, TimerForm
from planning.running import MORE
from planning.screens import (
    Counts,
    Now,
    Timer,
    counts_at,
    disagreement,
    now_at,
    shape_of,
    stamp_at,
    stands_at,
)
from planning.spread_charts import Spread
from planning.workshop_tables import stands_tag

AGENDA, TOOL, WIDEST = "agenda", "tool", "widest"
ORDERS = {AGENDA: "Agenda", TOOL: "Planning tool", WIDEST: "Widest disagreement first"}


@dataclass(frozen=True)
class RunLine:
    """A line of the run sheet: a domain, or something else on the agenda (no ``number``)."""

    title: str
    number: int | None
    minutes: int | None
    begins: str  # “10:20”, or nothing
    is_now: bool
    is_agreed: bool
    stands: str  # on the sheet: “2/3”
    votes: str  # what was voted, in words
    apart: object  # how far the room lies apart; only to sort by


# --- The run sheet ----------------------------------------------------------------------------


def order_of(request):
    """In which order the page wants the run sheet."""
    wanted = request.GET.get("order")
    return wanted if wanted in ORDERS else AGENDA


def run_sheet(workshop, ballots, order):
    """The RunLines of a workshop: its agenda, and after it the domains that are not on it.

    ``ballots``: entry's number -> its revealed ballots, the oldest first. Two queries.
    """
    outline = outline_of(workshop.assessment.framework)
    entries = {each.pk: each for each in workshop.assessment.entries.order_by()}
    numbers = {pk: outline.number_of[each.domain_id] for pk, each in entries.items()}
    lines, begins = [], _start(workshop)
    items = list(workshop.agenda.order_by("position", "pk"))
    for item in items:
        shown = f"{begins:%H:%M}" if begins else ""
        if item.entry_id is None:
            lines.append(RunLine(item.title, None, item.minutes, shown, *NOTHING))
        else:
            entry = entries[item.entry_id]
            lines.append(_line(workshop, entry, outline, ballots, (item.minutes, shown)))
        begins = begins + timedelta(minutes=item.minutes) if begins else None
    there = {item.entry_id for item in items}
    rest = sorted(entries.keys() - there, key=lambda pk: numbers[pk])
    lines += [_line(workshop, entries[pk], outline, ballots, (None, "")) for pk in rest]
    return _sorted(lines, order)


NOTHING = (False, False, "", "", 0)


def _start(workshop):
    return datetime.combine(workshop.held_on, workshop.starts_at) if workshop.starts_at else None


def _line(workshop, entry, outline, ballots, when):
    of_entry = ballots.get(entry.pk, [])
    newest = of_entry[-1] if of_entry else None
    number = outline.number_of[entry.domain_id]
    stands = stands_at(entry)
    return RunLine(
        outline.by_number[number].title,
        number,
        *when,
        is_now=workshop.stage == Stage.DOMAIN and workshop.entry_id == entry.pk,
        is_agreed=bool(stands) and is_agreed_here(entry, workshop),
        stands=stands,
        votes=_votes_in_words(newest),
        apart=disagreement(_room_numbers(newest)) if newest else 0,
    )


def _room_numbers(ballot):
    return {tally.level: tally.votes for tally in ballot.tallies.all() if not tally.sector}


def _votes_in_words(ballot):
    """“Round 2: 18 votes, from 1 to 3”, or nothing."""
    if ballot is None:
        return ""
    people = f"{ballot.voters} vote{'' if ballot.voters == 1 else 's'}"
    levels = [level for level in _room_numbers(ballot) if level is not None]
    if len(levels) > 1:
        people += f", from {format_level(min(levels))} to {format_level(max(levels))}"
    elif levels:
        people += f", all for {format_level(levels[0])}"
    return f"{f'Round {ballot.round}' if ballot.round else 'Beforehand'}: {people}"


def _sorted(lines, order):
    domains = [line for line in lines if line.number is not None]
    if order == TOOL:
        return sorted(domains, key=lambda line: line.number)
    if order == WIDEST:
        return sorted(domains, key=lambda line: (-line.apart, line.number))
    return lines


def _next_after(lines):
    """The domain to go on to: the next in this order that is not agreed yet."""
    place = next((place for place, line in enumerate(lines) if line.is_now), -1)
    ahead = [*lines[place + 1 :], *lines[: max(place, 0)]]
    return next((line for line in ahead if line.number is not None and not line.is_agreed), None)


# --- The console ------------------------------------------------------------------------------


def console_page(workshop, request, **forms):
    """The context of the console; ``forms``: those that come back with errors, by name."""
    now, counts, order = now_at(workshop), counts_at(workshop), order_of(request)
    by_entry = _ballots(workshop.ballots.of_levels())
    lines = run_sheet(workshop, by_entry, order)
    refusal = permissions.score_refusal(request.user, workshop.assessment)
    of_entry = by_entry.get(now.entry.pk, []) if now.entry else []
    shown = _shown(now, of_entry)
    timer = Timer.of(workshop)
    context = {
        **room_context(workshop, now, counts, timer),
        "door": Door.of(workshop, request.build_absolute_uri),
        "stands_tag": stands_tag(workshop),
        "is_open": is_open(workshop),
        "lines": lines,
        "orders": [(name, label, name == order) for name, label in ORDERS.items()],
        "query": "" if order == AGENDA else f"?order={order}",
        "following": _next_after(lines),
        "next_round": (shown.round if shown else 0) + 1,
        "spread": _spread(workshop, now, of_entry),
        "remarks": sorted(shown.remarks.all(), key=lambda each: each.pk) if shown else [],
        "more": MORE,
        "refusal": refusal,
        "parked": _parked(workshop, request),
        "hours_form": HoursForm(),
        "park_form": ParkForm(workshop=workshop, entry=now.entry, user=request.user),
        "timer_form": TimerForm(workshop=workshop, user=request.user),
        "agree_form": None,
        "unsettled": [],
        "ways": _ways(workshop, now),
    }
    if now.entry and not refusal:
        now.entry.assessment = workshop.assessment
        context["unsettled"] = unsettled_panel(now.entry)
        if not now.is_open:
            context["agree_form"] = AgreeForm(workshop=workshop, entry=now.entry, user=request.user)
    return context | forms


def _ballots(ballots):
    """Entry's number -> its revealed ballots with what they show, round by round (3 queries)."""
    found = {}
    for ballot in ballots.revealed().with_spread().order_by("round", "pk"):
        found.setdefault(ballot.entry_id, []).append(ballot)
    return found


def _shown(now, of_entry):
    """Of the revealed ballots of a domain the one that the room is at, with its remarks."""
    if not now.is_revealed:
        return None
    return next((each for each in of_entry if each.pk == now.ballot.pk), None)


def _spread(workshop, now, of_entry):
    """How the room voted, with the last assessment's level and the pre-work beside it."""
    ballot = _shown(now, of_entry)
    if ballot is None:
        return None
    if ballot.kind == BallotKind.RATING:
        return Spread.of(ballot)
    before = facts.level_before(workshop.assessment, now.entry.domain_id)
    prework = next((each for each in of_entry if not each.round), None)
    return Spread.of(ballot, last_level=before[0] if before else None, prework=prework)


def _parked(workshop, request):
    """The parking list, what waits first; each point with the form that settles it."""
    points = list(workshop.parked_points.select_related("entry__domain"))
    for point in points:
        point.form = SettleForm(point=point, user=request.user, prefix=f"point-{point.pk}")
    return sorted(points, key=lambda point: point.settled_at is not None)


def _ways(workshop, now):
    """Where else the facilitator may want to go: labels and addresses."""
    here = [workshop.assessment_id, workshop.pk]
    ways = [("The screen for the projector", "workshop_screen", here)]
    if now.domain:
        scribe = [workshop.assessment_id, now.domain.number]
        ways.append(("Type evidence, gaps and actions", "domain", scribe))
    ways += [
        ("Tables and paper", "workshop_tables", here),
        ("Dots", "workshop_dots", here),
        ("Close the workshop", "workshop_closing", here),
    ]
    return [(label, address) for label, name, args in ways if (address := _address(name, args))]


def _address(name, args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


# --- What both show ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Wall:
    """What a page's poll carries (templates/planning/workshop_screen_poll.html): how it looks,
    the version that it was drawn with, and what it has said aloud and told of already.
    """

    stamp: str
    newest: int | None
    said: str
    told: int | None = None


def room_context(workshop, now: Now, counts: Counts, timer):
    """What the console, the projector and the news of either print."""
    if now.is_open:
        said = counts.in_words("voted" if now.ballot.kind == BallotKind.LEVEL else "answered")
    elif now.takes_dots:
        said = counts.in_words("placed their dots")
    else:
        has_result = now.is_revealed or now.dot_round
        shows_phones = workshop.occasion_id and not has_result
        said = counts.phones_in_words if shows_phones else ""
    return {
        "workshop": workshop,
        "assessment": workshop.assessment,
        "partnership": workshop.partnership,
        "now": now,
        "counts": counts,
        "timer": timer,
        "wall": Wall(stamp_at(workshop, counts), workshop.version, said),
    }


# --- The projector ----------------------------------------------------------------------------

# How many letters stand in a line of the remarks' column, and how many lines fit below the heading.
SIZES = {"large": (32, 13), "medium": (38, 16), "small": (48, 20)}
GAP = 0.5  # of a line, between two remarks


@dataclass(frozen=True)
class Remarks:
    """What of the remarks fits on the screen, in which size, and how many do not."""

    texts: tuple[str, ...]
    size: str
    more: int

    @classmethod
    def of(cls, remarks):
        """``remarks``: those that are shown, in their random order."""
        texts = [" ".join(remark.text.split()) for remark in remarks]
        fitting = {size: _fitting(texts, *room) for size, room in SIZES.items()}
        size = next((name for name in SIZES if fitting[name] == len(texts)), "small")
        return cls(tuple(texts[: fitting[size]]), size, len(texts) - fitting[size])


def _fitting(texts, letters, lines):
    """How many of the texts fit into so many lines; a long word breaks sooner, hence the spare."""
    taken = 0
    for number, text in enumerate(texts):
        taken += ceil(len(text) * 1.05 / letters) + GAP
        if taken > lines:
            return number
    return len(texts)


def screen_page(workshop, request, counts=None):
    """The context of the projector's page."""
    now, counts = now_at(workshop), counts or counts_at(workshop)
    of_entry = []
    if now.is_revealed:
        about = workshop.ballots.filter(kind=now.ballot.kind, entry=now.ballot.entry_id)
        of_entry = _ballots(about).get(now.ballot.entry_id, [])
    ballot = _shown(now, of_entry)
    hidden = [] if ballot is None else [r for r in ballot.remarks.all() if r.hidden_at is None]
    return {
        **room_context(workshop, now, counts, Timer.of(workshop)),
        "door": Door.of(workshop, request.build_absolute_uri),
        "levels": None if ballot else LevelsOnScreen.of(now.domain),
        "dots": DotsOnScreen.of(now.dot_round),
        "spread": _spread(workshop, now, of_entry),
        "remarks": Remarks.of(sorted(hidden, key=lambda each: each.pk)),
        "shape": shape_of(workshop),
    }
