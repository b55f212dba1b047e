"""What the pages of planning a workshop show, as values that their templates only print."""

from dataclasses import dataclass

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone

from partnerships.doors import Door, is_open
from planning import inviting
from planning.agenda import duration, lines_of, timed, total, warning
from planning.balloting import phones_in, workshop_refusal
from planning.closing_pages import record_of
from planning.models import Workshop
from planning.workshop_planning import change_refusal, in_words, when_and_where
from planning.workshop_tables import InviteeList, WorkshopList, stands_tag
from rpcportal.kit.govuk import render_component
from rpcportal.kit.rich_text import render as as_html

DONE, NOW, LATER = "Done", "Now", "Later"
STATE_TAG = {DONE: "govuk-tag--green", NOW: "govuk-tag--blue", LATER: "govuk-tag--grey"}


@dataclass(frozen=True)
class Step:
    """One step of holding a workshop. ``links``: (words, address) of what is done there."""

    heading: str
    words: str
    state: str
    links: tuple = ()

    @property
    def tag(self):
        """The state as a tag; none for what may be done or not."""
        if not self.state:
            return ""
        return render_component("tag", {"text": self.state, "classes": STATE_TAG[self.state]})


def _links(workshop, *named):
    """(words, address) of each page."""
    args = [workshop.assessment_id, workshop.pk]
    return tuple((words, reverse(name, args=args)) for name, words in named)


def workshops_page(partnership, request):
    """The context of the list."""
    found = Workshop.objects.of(partnership).with_context().with_counts()
    return {
        "partnership": partnership,
        "table": WorkshopList(found).show(request),
        "refusal": workshop_refusal(request.user, partnership),
    }


def workshop_page(workshop, request):
    """The context of one workshop's page."""
    refusal = workshop_refusal(request.user, workshop.partnership)
    lines = lines_of(workshop)
    return {
        "partnership": workshop.partnership,
        "assessment": workshop.assessment,
        "workshop": workshop,
        "stands_tag": stands_tag(workshop),
        "to_read": as_html(workshop.to_read),
        "refusal": refusal,
        "change_refusal": change_refusal(request.user, workshop),
        "steps": steps_of(workshop, lines, may_run=not refusal),
        "agenda": timed(lines, workshop.starts_at),
        "door": Door.of(workshop, request.build_absolute_uri),
        "phones": phones_in(workshop) if is_open(workshop) else 0,
        "record": record_of(workshop, request),
    }


def steps_of(workshop, lines, *, may_run):
    """The seven steps, from the plan to the close. ``lines``: those of the agenda."""
    rows, addresses = inviting.counts_of(workshop)
    return [
        _plan_step(workshop, may_run),
        _agenda_step(workshop, lines, may_run),
        _invite_step(workshop, rows, addresses, may_run),
        _prework_step(workshop, may_run),
        _print_step(workshop),
        _run_step(workshop, may_run),
        _close_step(workshop, may_run),
    ]


def _plan_step(workshop, may_run):
    links = _links(workshop, ("change_workshop", "Change day, place and what to read"))
    words = when_and_where(workshop)
    return Step("Plan it", words, DONE, links if may_run and not workshop.closed_at else ())


def _agenda_step(workshop, lines, may_run):
    words = "There was no agenda." if workshop.closed_at else "No agenda yet."
    if lines:
        said = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        words = f"{said}, {duration(total(lines))}."
    words = f"{words} {warning(lines, workshop.starts_at)}".strip()
    links = _links(
        workshop, ("workshop_agenda", "Change the agenda" if lines else "Make the agenda")
    )
    shown = links if may_run and not workshop.closed_at else ()
    return Step("Agenda", words, _state(workshop, bool(lines)), shown)


def _invite_step(workshop, rows, addresses, may_run):
    words = "Nobody was invited." if workshop.closed_at else "Nobody is invited yet."
    if rows:
        words = f"{rows} invited, {addresses} of them with an e-mail address."
    links = _links(workshop, ("workshop_invitees", "Who is invited"))
    return Step("Invite", words, _state(workshop, bool(rows)), links if may_run else ())


def _prework_step(workshop, may_run):
    if workshop.prework_closes_at is None:
        return Step("Scoring beforehand", "Not wanted for this workshop.", "")
    ends = in_words(workshop.prework_closes_at)
    links = _links(workshop, ("prework_report", "Links and report")) if may_run else ()
    if workshop.prework_counted_at:
        return Step("Scoring beforehand", "It is counted.", DONE, links)
    if workshop.takes_prework:
        return Step("Scoring beforehand", f"It is open until {ends}.", NOW, links)
    return Step("Scoring beforehand", f"It ended at {ends}.", NOW, links)


def _print_step(workshop):
    words = "Agenda, the tool in short, recording sheets and voting cards."
    return Step("Print the pack", words, "", _links(workshop, ("workshop_pack", "The pack")))


def _run_step(workshop, may_run):
    was_open = workshop.occasion is not None
    screen = ("workshop_screen", "The screen for the projector")
    desk = ("workshop_console", "The console")
    tables = ("workshop_tables", "Tables and paper")
    ranked = ("workshop_dots", "Dots")
    if workshop.closed_at:
        links = _links(workshop, tables, ranked) if may_run else ()
    else:
        links = _links(workshop, *((desk, screen, tables, ranked) if may_run else (screen,)))
    now = was_open or workshop.held_on <= timezone.localdate()
    state = _state(workshop, bool(workshop.closed_at), now=now)
    return Step("Run it", "Phones join and vote, and the room agrees.", state, links)


def _close_step(workshop, may_run):
    words = "Who came, how it was, what happens next."
    if workshop.closed_at:
        words = f"It was closed at {in_words(workshop.closed_at)}."
    over = workshop.occasion is not None and not is_open(workshop)
    done = "Put right who came, or open it again"
    wanted = done if workshop.closed_at else "Close the workshop"
    links = _links(workshop, ("workshop_closing", wanted))
    return Step(
        "Close",
        words,
        _state(workshop, bool(workshop.closed_at), now=over),
        links if may_run else (),
    )


def _state(workshop, done, *, now=True):
    """Once a workshop is closed, nothing of it is still to do."""
    if done:
        return DONE
    if workshop.closed_at:
        return ""
    return NOW if now else LATER


def invitees_page(workshop, request, form):
    """The context of who is invited; ``form``: for one more."""
    refusal = change_refusal(request.user, workshop)
    token = "" if refusal else get_token(request)
    found = inviting.invitees_of(workshop)
    table = InviteeList(found, workshop=workshop, token=token)
    return {
        "partnership": workshop.partnership,
        "workshop": workshop,
        "table": table.show(request),
        "form": form,
        "refusal": refusal,
    }
