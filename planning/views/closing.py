"""The end of a workshop: who came, how it was, what happens next, and the close."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from planning import workshop_closing as closing
from planning.closing_forms import AttendanceForm, WhatNextForm
from planning.closing_pages import closing_page
from planning.views.workshop_loading import run_workshop
from rpcportal.kit.forms import saved

PAGE = "planning/workshop_closing.html"


@require_safe
def workshop_closing(request, pk, workshop):
    """The last ten minutes, in their order."""
    found = run_workshop(request, pk, workshop)
    return render(request, PAGE, closing_page(found, request))


def _back(pk, workshop, place):
    return redirect(reverse("workshop_closing", args=[pk, workshop]) + place)


def _shown_again(request, workshop, **forms):
    """The page with a form that has errors, and everything that was typed in it."""
    return render(request, PAGE, closing_page(workshop, request, **forms), status=422)


@require_POST
def workshop_attendance(request, pk, workshop):
    """Write down who came."""
    found = run_workshop(request, pk, workshop)
    form = AttendanceForm(request.POST, workshop=found, user=request.user)
    if form.is_valid() and saved(form):
        messages.success(request, "Who came is saved.")
        return _back(pk, workshop, "#attendance")
    return _shown_again(request, found, attendance_form=form)


@require_POST
def workshop_what_next(request, pk, workshop):
    """Write down what happens next."""
    found = run_workshop(request, pk, workshop)
    form = WhatNextForm(request.POST, workshop=found, user=request.user)
    if form.is_valid() and saved(form):
        messages.success(request, "What happens next is saved.")
        return _back(pk, workshop, "#next")
    return _shown_again(request, found, next_form=form)


@require_POST
def close_workshop(request, pk, workshop):
    """Close the door and the workshop."""
    found = run_workshop(request, pk, workshop)
    try:
        closing.close_workshop(workshop=found, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return _back(pk, workshop, "#rating")
    messages.success(request, "The workshop is closed. Thank you.")
    return redirect(found)


@require_POST
def reopen_workshop(request, pk, workshop):
    """Take up again what was closed by mistake."""
    found = run_workshop(request, pk, workshop)
    closing.reopen_workshop(workshop=found, by=request.user)
    messages.success(request, "The workshop goes on. Phones that were in are in.")
    return _back(pk, workshop, "")
