"""Dots: the page of those who run the room with every ranking, and a phone that places some."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partnerships import joining
from partnerships.permissions import check
from partnerships.views.rooms import for_phones
from planning import dots
from planning.balloting import workshop_refusal
from planning.dots_forms import DotsForm, DotsListForm
from planning.dots_pages import dots_of_workshop, dots_page
from planning.models import DotsAbout, Workshop
from planning.views.phones import phone_answer, way_in
from planning.views.workshop_loading import run_workshop, visible_workshop
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


@page_methods
def workshop_dots(request, pk, workshop):
    """The rankings; for those who run the room, what is ranked next and the round that is open."""
    found = visible_workshop(request, pk, workshop)
    form = None
    if request.method == "POST":
        check(workshop_refusal, request.user, found.partnership)
        about = request.POST.get("about")
        if about not in DotsAbout.values:
            raise Http404
        form = DotsListForm(request.POST, workshop=found, about=about, user=request.user)
        if form.is_valid() and saved(form):
            messages.success(request, "The dots are open: phones can place them now.")
            return redirect("workshop_dots", pk, workshop)
    status = 422 if form and form.is_bound else 200
    context = dots_page(found, request, form)
    return render(request, "planning/workshop_dots.html", context, status=status)


@require_POST
def close_dots(request, pk, workshop, dot_round):
    """Close a round and show the room the ranking."""
    return _close(request, (pk, workshop, dot_round), dots.reveal_dots, "The dots are counted.")


@require_POST
def call_off_dots(request, pk, workshop, dot_round):
    """Close a round that was opened by mistake."""
    said = "The dots are called off. Nothing was counted."
    return _close(request, (pk, workshop, dot_round), dots.call_off_dots, said)


def _close(request, address, verb, sentence):
    pk, workshop, dot_round = address
    found = run_workshop(request, pk, workshop)
    one = get_object_or_404(found.dot_rounds, pk=dot_round)
    try:
        verb(dot_round=one, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, sentence)
    return redirect("workshop_dots", pk, workshop)


@for_phones
@require_POST
def place_dots(request, pk, dot_round):
    """Place one's dots, or place them otherwise, while the round is open."""
    participant = joining.participant_of(request, pk)
    workshop = participant and Workshop.objects.with_context().at_event(pk).first()
    if workshop is None:
        return redirect("join")
    if (newest := way_in(request, pk, workshop)) != pk:
        return place_dots(request, newest, dot_round)
    asked = dots_of_workshop(workshop, dot_round)
    if asked is None:
        return redirect("workshop_phone", pk)
    form = DotsForm(request.POST, dot_round=asked)
    if form.is_valid() and form.cast(participant):
        form = None
        if "HX-Request" not in request.headers:
            return redirect("workshop_phone", pk)
    return phone_answer(request, participant, workshop, form=form)
