"""What the pages of launches show, as values that their templates only print."""

from dataclasses import dataclass

import django_tables2 as tables
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from partnerships.door_forms import HoursForm
from partnerships.doors import Door, door_tag, is_open
from partnerships.manifestos import manifesto_refusal
from pledges import confirming
from pledges.confirming import Planner
from pledges.launch_forms import ConfirmClearForm
from pledges.launching import launch_refusal, manifesto_to_sign
from pledges.models import Launch, NoteStatus
from pledges.wall import Wall
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import NUMBERS_RIGHT, DayColumn, PortalTable, cell_button

LINK = {"a": {"class": "govuk-link"}}
STATUS_TAG = {
    NoteStatus.WAITING: "govuk-tag--blue",
    NoteStatus.CONFIRMED: "govuk-tag--green",
    NoteStatus.SET_ASIDE: "govuk-tag--grey",
}
DONE, NOW, LATER = "Done", "Now", "Later"
STATE_TAG = {DONE: "govuk-tag--green", NOW: "govuk-tag--blue", LATER: "govuk-tag--grey"}


def _tag(text, classes):
    return render_component("tag", {"text": text, "classes": classes})


class LaunchTable(PortalTable):
    """The launches of a partnership."""

    things = "launches"
    stacks = True
    row_header = "name"
    empty_text = "No launch is planned yet."
    name = tables.Column(linkify=True, order_by=["name", "pk"], attrs=LINK)
    held_on = DayColumn(verbose_name="Day", order_by=["held_on", "pk"])
    place = tables.Column(order_by=["place", "pk"])
    stands = tables.Column(verbose_name="Where it stands", empty_values=(), orderable=False)
    note_count = tables.Column(verbose_name="Notes", attrs=NUMBERS_RIGHT)
    waiting_count = tables.Column(verbose_name="To confirm", attrs=NUMBERS_RIGHT)

    def render_stands(self, record):
        return door_tag(record)


def status_tag(status):
    """What became of a note, as a tag."""
    status = NoteStatus(status)
    return _tag(status.label, STATUS_TAG[status])


def page_of(note, launch, name="confirm_note"):
    """The address of one note's page."""
    return reverse(name, args=[launch.partnership.slug, launch.pk, note.pk])


class NoteTable(PortalTable):
    """The notes of a launch, newest first, with buttons for those who run it."""

    caption = "Notes"
    things = "notes"
    stacks = True
    row_header = "organisation"
    empty_text = "Nobody has left a note yet."
    organisation = tables.Column(accessor="organisation_name", orderable=False)
    name = tables.Column(verbose_name="Who", order_by=["name", "pk"])
    words = tables.Column(verbose_name="Own words", orderable=False)
    first_action = tables.Column(verbose_name="First action", orderable=False)
    status = tables.Column(verbose_name="What became of it", order_by=["status", "pk"])
    hidden_at = tables.Column(verbose_name="On the wall", empty_values=(), orderable=False)

    def __init__(self, *args, launch, request, **kwargs):
        self.launch, self.may = launch, not launch_refusal(request.user, launch.partnership)
        self.token = get_token(request) if self.may else ""
        super().__init__(*args, **kwargs)

    def render_organisation(self, value, record):
        if not self.may or record.status == NoteStatus.CONFIRMED:
            return value
        return format_html(
            '<a class="govuk-link" href="{}">{}</a>', page_of(record, self.launch), value
        )

    def render_name(self, value, record):
        return f"{value}, {record.role}" if record.role else value

    def render_words(self, value):
        return Truncator(value).chars(300)

    def render_status(self, record):
        return status_tag(record.status)

    def render_hidden_at(self, value, record):
        stands, button = ("Hidden", "Show it again") if value else ("Shown", "Hide it")
        if record.status == NoteStatus.SET_ASIDE:
            return "Not shown"
        if not self.may:
            return stands
        pressed = cell_button(
            page_of(record, self.launch, "hide_note"),
            self.token,
            name="hidden",
            value="no" if value else "yes",
            text=button,
            about=f"the note of {record.organisation_name}",
        )
        return format_html("{}{}", stands, pressed)


class PlanTable(PortalTable):
    """The notes that wait, each with what will be made of it."""

    caption = "Waiting"
    things = "notes"
    row_header = "organisation"
    empty_text = "No note waits."
    widest_fitting = 2
    organisation = tables.Column(accessor="note__organisation_name", orderable=False)
    made = tables.Column(verbose_name="What will be made of it", empty_values=(), orderable=False)

    def __init__(self, *args, launch, **kwargs):
        self.launch = launch
        super().__init__(*args, prefix="waiting-", **kwargs)

    def render_made(self, record):
        parts = format_html_join("", "<li>{}</li>", ((each,) for each in made_of(record)))
        return format_html('<ul class="govuk-list rpc-made">{}</ul>', parts)

    def render_organisation(self, value, record):
        return format_html(
            '<a class="govuk-link" href="{}">{}</a>', page_of(record.note, self.launch), value
        )


class AsideTable(PortalTable):
    """The notes that were set aside."""

    caption = "Set aside"
    things = "notes"
    row_header = "organisation"
    widest_fitting = 2
    organisation = tables.Column(accessor="organisation_name", orderable=False)
    first_action = tables.Column(verbose_name="First action", orderable=False)

    def __init__(self, *args, launch, **kwargs):
        self.launch = launch
        super().__init__(*args, prefix="aside-", **kwargs)

    def render_organisation(self, value, record):
        return format_html(
            '<a class="govuk-link" href="{}">{}</a>', page_of(record, self.launch), value
        )


def made_of(plan):
    """What will come of a note, in sentences."""
    note, parts = plan.note, []
    if plan.organisation is None:
        parts.append("A new organisation: none of this name is in the list.")
    elif plan.organisation.name != note.organisation_name:
        parts.append(f"For {plan.organisation}, which is in the list.")
    # Names that nobody brought into the register within 90 days are forgotten.
    who = ", ".join(filter(None, [note.name, note.role])) or "somebody whose name is forgotten"
    if plan.signs:
        parts.append(f"Signed by {who}.")
    elif plan.why_not:
        parts.append(f"Signed by {who}, but: {plan.why_not} This note does not sign again.")
    if note.first_action:
        parts.append(f"Action: {note.first_action}")
    if not plan.signs and not note.first_action:
        parts.append("Nothing: it neither signs nor names an action.")
    if plan.signs and note.name and not note.role:
        parts.append("The job title is missing.")
    if note.email:
        parts.append(f"They left an e-mail address: {note.email}")
    return parts


# --- The page of one launch ---------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One step of holding a launch, and whether it is done, next, or still to come."""

    heading: str
    words: str
    state: str

    @property
    def tag(self):
        """The state as a tag."""
        return _tag(self.state, STATE_TAG[self.state])


def steps_of(launch, manifesto, waiting):
    """The five steps, from preparing to the register."""
    was_open, now_open = launch.occasion is not None, is_open(launch)
    over = was_open and not now_open
    to_sign = f"Version {manifesto.number} of the manifesto is signed." if manifesto else ""
    notes = f"{waiting} wait." if waiting else "None waits."
    return [
        Step("Prepare", to_sign or "Write the manifesto.", DONE if manifesto else NOW),
        Step("Open it", "", DONE if was_open else (NOW if manifesto else LATER)),
        Step("Show the screen, then the wall", "", _state(over, now_open)),
        Step("Close it", "", _state(over, now_open)),
        Step("Confirm the notes", notes if was_open else "", _state(over and not waiting, over)),
    ]


def _state(done, now):
    if done:
        return DONE
    return NOW if now else LATER


def launches_page(partnership, request):
    """The context of the list."""
    found = Launch.objects.of(partnership).with_door().with_counts()
    return {
        "partnership": partnership,
        "table": LaunchTable(found).show(request),
        "refusal": launch_refusal(request.user, partnership),
    }


def launch_page(launch, request, form=None):
    """The context of one launch's page; ``form``: HoursForm with what was sent, and its errors."""
    partnership = launch.partnership
    refusal = launch_refusal(request.user, partnership)
    manifesto = manifesto_to_sign(launch)
    waiting = launch.notes.waiting().count()
    notes = launch.notes.with_names().order_by("-written_at", "-pk")
    return {
        "partnership": partnership,
        "launch": launch,
        "stands_tag": door_tag(launch),
        "is_open": is_open(launch),
        "door": Door.of(launch, request.build_absolute_uri),
        "manifesto": manifesto,
        "may_write_manifesto": not manifesto_refusal(request.user, partnership),
        "steps": steps_of(launch, manifesto, waiting),
        "waiting": waiting,
        "form": form or HoursForm(),
        "table": NoteTable(notes, launch=launch, request=request).show(request),
        "refusal": refusal,
    }


def room_page(launch, request, newest_seen=None):
    """The context of the screen and of the wall, and of the news of either."""
    return {
        "partnership": launch.partnership,
        "launch": launch,
        "door": Door.of(launch, request.build_absolute_uri),
        "wall": Wall.of(launch, newest_seen),
    }


# --- Confirming ---------------------------------------------------------------------------------


def notes_page(launch, request):
    """The context of the page of notes that wait."""
    plans = Planner(launch).plans(list(launch.notes.with_names().waiting()))
    aside = launch.notes.with_names().filter(status=NoteStatus.SET_ASIDE)
    return {
        "partnership": launch.partnership,
        "launch": launch,
        "signed_on": confirming.day_of(launch),
        "is_open": is_open(launch),
        "table": PlanTable(plans, launch=launch).show(request),
        "aside": AsideTable(aside, launch=launch).show(request),
        "confirmed": launch.notes.filter(status=NoteStatus.CONFIRMED).count(),
        "clear": sum(plan.is_clear for plan in plans),
        "form": ConfirmClearForm(launch=launch, user=request.user),
        "add_refusal": confirming.add_refusal(request.user, launch.partnership),
    }


def plan_of(note):
    """What will be made of one note, given those that wait before it."""
    earlier = list(note.launch.notes.with_names().waiting().filter(pk__lte=note.pk))
    planner = Planner(note.launch)
    for plan in planner.plans(earlier):
        if plan.note.pk == note.pk:
            return plan
    return planner.plan(note)
