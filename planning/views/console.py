"""The console of those who run the room: votes, what it is at, the timer, what it agreed."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnerships.door_forms import HoursForm
from planning import balloting, parking, running
from planning.console_pages import console_page, order_of, room_context
from planning.models import BallotKind, Remark, Stage
from planning.outline import outline_of
from planning.room_forms import AgreeForm, ParkForm, SettleForm, TimerForm
from planning.screens import Timer, counts_at, now_at, stamp_at
from planning.views.workshop_loading import run_workshop, visible_workshop
from rpcportal.kit.forms import saved

PAGE = "planning/workshop_console.html"
CLASH = "Someone else wrote in the same box. Both texts are kept: please settle which stands."


@require_safe
def workshop_console(request, pk, workshop):
    """The run sheet, what the room is at, and everything that is done with it."""
    found = run_workshop(request, pk, workshop)
    return render(request, PAGE, console_page(found, request))


@require_safe
def workshop_console_news(request, pk, workshop):
    """What changed, for the page's script; nothing when nothing did."""
    found = run_workshop(request, pk, workshop)
    counts = counts_at(found)
    # The version that the page was drawn with: what it shows is out of date after another.
    drawn, told = _known(request, "newest"), _known(request, "told")
    if request.GET.get("seen") == stamp_at(found, counts):
        return HttpResponse(status=204)  # a 304 would blank the page in htmx 2
    context = room_context(found, now_at(found), counts, Timer.of(found))
    context["wall"] = replace(context["wall"], newest=drawn, told=found.version)
    context |= {
        "said": request.GET.get("said", ""),
        "has_moved": found.version not in (drawn, told),
        "is_first_move": told in (None, drawn),
    }
    return render(request, "planning/workshop_console_news.html", context)


def _known(request, name):
    """A version that the page says it knows; None for none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _console(workshop, request, place=""):
    """Back to the console, in the order in which its run sheet was; or to the page of the end."""
    if request.POST.get("from") == "closing":
        there = reverse("workshop_closing", args=[workshop.assessment_id, workshop.pk])
        return redirect(there + place.replace("#now", "#rating"))
    order = order_of(request)
    query = "" if order == "agenda" else f"?order={order}"
    path = reverse("workshop_console", args=[workshop.assessment_id, workshop.pk])
    return redirect(f"{path}{query}{place}")


def _done(request, workshop, verb, sentence="", place="#now"):
    """Do it, and say so; what a rule refuses is said on the console."""
    try:
        verb()
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        if sentence:
            messages.success(request, sentence)
    return _console(workshop, request, place)


def _shown_again(request, workshop, **forms):
    """The console with a form that has errors, and everything that was typed in it."""
    return render(request, PAGE, console_page(workshop, request, **forms), status=422)


def _number(text):
    """A number that one of our pages has sent; 404 for nonsense."""
    if not (text and text.isdecimal() and len(text) < 10):
        raise Http404
    return int(text)


def _entry_of(workshop, text):
    """The domain of this number on the workshop's sheet; 404 for nonsense."""
    domain = outline_of(workshop.assessment.framework).by_number.get(_number(text))
    return get_object_or_404(workshop.assessment.entries, domain_id=domain.pk if domain else None)


# --- The door ---------------------------------------------------------------------------------


@require_POST
def open_workshop(request, pk, workshop):
    """Let phones in."""
    return _for_hours(request, pk, workshop, running.open_workshop, "Phones can join now.")


@require_POST
def extend_workshop(request, pk, workshop):
    """Keep it open longer."""
    return _for_hours(request, pk, workshop, running.extend_workshop, "The workshop stays open.")


def _for_hours(request, pk, workshop, verb, sentence):
    found = run_workshop(request, pk, workshop)
    form = HoursForm(request.POST, verb=partial(verb, workshop=found, by=request.user))
    if form.is_valid() and saved(form):
        messages.success(request, sentence)
        return redirect(found) if "from" not in request.POST else _console(found, request)
    return _shown_again(request, found, hours_form=form)


@require_POST
def shut_workshop_door(request, pk, workshop):
    """Let no more phones in."""
    found = run_workshop(request, pk, workshop)
    verb = partial(running.shut_door, workshop=found, by=request.user)
    return _done(request, found, verb, "No more phones can join. Those that are in can go on.")


# --- What the room is at ----------------------------------------------------------------------


@require_POST
def move_room(request, pk, workshop):
    """Bring the room to a domain, or to a stage."""
    found = run_workshop(request, pk, workshop)
    stage = request.POST.get("stage")
    if stage not in Stage.values:
        raise Http404
    entry = _entry_of(found, request.POST.get("domain")) if stage == Stage.DOMAIN else None
    verb = partial(running.go_to, workshop=found, stage=stage, entry=entry, by=request.user)
    return _done(request, found, verb)


@require_POST
def set_timer(request, pk, workshop):
    """Give the room some minutes, or more of them."""
    found = run_workshop(request, pk, workshop)
    form = TimerForm(request.POST, workshop=found, user=request.user)
    if form.is_valid() and saved(form):
        return _console(found, request, "#now")
    return _shown_again(request, found, timer_form=form)


# --- Votes ------------------------------------------------------------------------------------


@require_POST
def open_ballot(request, pk, workshop):
    """Open a vote on a domain, or on how the workshop was."""
    found = run_workshop(request, pk, workshop)
    kind, number = request.POST.get("kind", "level"), _number(request.POST.get("number"))
    if kind not in BallotKind.values or number < 1:
        raise Http404
    entry = _entry_of(found, request.POST.get("domain")) if kind == BallotKind.LEVEL else None
    verb = partial(
        balloting.open_ballot,
        workshop=found,
        entry=entry,
        kind=kind,
        number=number,
        by=request.user,
    )
    return _done(request, found, verb)


@require_POST
def reveal_ballot(request, pk, workshop, ballot):
    """Close a vote and show the room what was counted."""
    return _close_ballot(request, (pk, workshop, ballot), balloting.reveal, "")


@require_POST
def call_off_ballot(request, pk, workshop, ballot):
    """Close a vote that was opened by mistake."""
    said = "The vote is called off. Nothing was counted."
    return _close_ballot(request, (pk, workshop, ballot), balloting.call_off, said)


def _close_ballot(request, address, verb, sentence):
    pk, workshop, ballot = address
    found = run_workshop(request, pk, workshop)
    one = get_object_or_404(found.ballots, pk=ballot, round__gt=0)
    return _done(request, found, partial(verb, ballot=one, by=request.user), sentence)


@require_POST
def hide_remark(request, pk, workshop, remark):
    """Take a remark off the screen, or put it back."""
    found = run_workshop(request, pk, workshop)
    one = get_object_or_404(Remark.objects.of_workshop(found), pk=remark)
    if request.POST.get("hidden") not in {"yes", "no"}:
        raise Http404
    is_hidden = request.POST["hidden"] == "yes"
    verb = partial(running.hide_remark, remark=one, is_hidden=is_hidden, by=request.user)
    said = "It is off the screen." if is_hidden else "It is on the screen again."
    return _done(request, found, verb, said, "#remarks")


# --- What the room agreed ---------------------------------------------------------------------


@require_POST
def agree_level(request, pk, workshop, number):
    """Record the level that the room agreed on a domain, the reason, and any dissent."""
    found = run_workshop(request, pk, workshop)
    entry = _entry_of(found, str(number))
    form = AgreeForm(request.POST, workshop=found, entry=entry, user=request.user)
    if form.is_valid() and (result := saved(form)):
        if result.clashes:
            messages.warning(request, CLASH)
        else:
            domain = outline_of(found.assessment.framework).by_number[number]
            messages.success(request, f"{domain.title}: recorded at {result.at:%H:%M}.")
        return _console(found, request, "#now")
    return _shown_again(request, found, agree_form=form)


# --- The parking list -------------------------------------------------------------------------


@require_POST
def park_point(request, pk, workshop):
    """Put a point on the parking list."""
    found = run_workshop(request, pk, workshop)
    entry = now_at(found).entry
    form = ParkForm(request.POST, workshop=found, entry=entry, user=request.user)
    if form.is_valid() and saved(form):
        return _console(found, request, "#parking")
    return _shown_again(request, found, park_form=form)


@require_POST
def settle_point(request, pk, workshop, point):
    """Say what became of a parked point, or put it back on the list."""
    found = run_workshop(request, pk, workshop)
    one = get_object_or_404(found.parked_points, pk=point)
    one.workshop = found
    if request.POST.get("then") == "back":
        verb = partial(parking.bring_back, point=one, by=request.user)
        return _done(request, found, verb, "It is on the list again.", "#parking")
    form = SettleForm(request.POST, point=one, user=request.user, prefix=f"point-{one.pk}")
    if form.is_valid() and saved(form):
        return _console(found, request, "#parking")
    return _shown_again(request, found, settle_form=form)


# --- The scribe -------------------------------------------------------------------------------


@require_safe
def workshop_now(request, pk, workshop):
    """The page of the domain that the room is at: where a scribe types."""
    found = visible_workshop(request, pk, workshop)
    domain = now_at(found).domain
    return redirect("domain", pk, domain.number) if domain else redirect("assessment", pk)


@require_safe
def workshop_bar(request, pk, workshop):
    """Where the room is, for the bar on a domain's page; nothing when it is still there."""
    found = visible_workshop(request, pk, workshop)
    now = now_at(found)
    if request.GET.get("at") == now.where:
        return HttpResponse(status=204)
    return render(
        request, "planning/workshop_console_bar_news.html", {"workshop": found, "now": now}
    )
