"""Planning a workshop: the list, one workshop, its agenda, and who is invited."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnerships.events import was_removed
from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from planning import inviting, workshop_planning
from planning.agenda import FULL, HALF, duration, total, warning
from planning.agenda_forms import AgendaForm
from planning.models import Invitee
from planning.views.loading import visible_assessment
from planning.views.workshop_loading import run_workshop, visible_workshop
from planning.workshop_forms import (
    ChangeInviteeForm,
    ChangeWorkshopForm,
    InviteeForm,
    PasteForm,
    PlanWorkshopForm,
)
from planning.workshop_pages import invitees_page, workshop_page, workshops_page
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods
from rpcportal.kit.previews import previews_of, wants_preview


@require_safe
def workshops(request, slug):
    """The workshops of a partnership."""
    partnership = visible_partnership(request, slug)
    return render(request, "planning/workshops.html", workshops_page(partnership, request))


@page_methods
def add_workshop(request, pk):
    """Plan a workshop on an assessment."""
    assessment = visible_assessment(request, pk)
    check(workshop_planning.plan_refusal, request.user, assessment)
    form = PlanWorkshopForm(request.POST or None, assessment=assessment, user=request.user)
    previews = ()
    if wants_preview(request):
        previews = previews_of(form, "to_read")
    elif request.method == "POST" and form.is_valid() and (made := saved(form)):
        messages.success(request, "The workshop is planned. Make its agenda next.")
        return redirect(made)
    context = {
        "partnership": assessment.partnership,
        "assessment": assessment,
        "form": form,
        "previews": previews,
    }
    return render(request, "planning/workshop_form.html", context)


@require_safe
def workshop(request, pk, workshop):
    """One workshop: how far it is, and what to do next."""
    found = visible_workshop(request, pk, workshop)
    return render(request, "planning/workshop.html", workshop_page(found, request))


def _to_change(request, pk, workshop):
    """The workshop, for those who may change its plan now; 403 with a sentence for others."""
    found = run_workshop(request, pk, workshop)
    check(workshop_planning.change_refusal, request.user, found)
    return found


@page_methods
def change_workshop(request, pk, workshop):
    """Plan a workshop otherwise."""
    found = _to_change(request, pk, workshop)
    form = ChangeWorkshopForm(request.POST or None, workshop=found, user=request.user)
    previews = ()
    if wants_preview(request):
        previews = previews_of(form, "to_read")
    elif request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The workshop is saved.")
        return redirect(found)
    context = {
        "partnership": found.partnership,
        "workshop": found,
        "form": form,
        "previews": previews,
    }
    return render(request, "planning/workshop_form.html", context)


@page_methods
def workshop_agenda(request, pk, workshop):
    """The agenda, line by line; a proposal where there is none yet, or somebody asks for one."""
    found = _to_change(request, pk, workshop)
    asked = request.GET.get("propose", "")
    propose = asked if asked in {HALF, FULL} and request.method != "POST" else ""
    form = AgendaForm(request.POST or None, workshop=found, user=request.user, propose=propose)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The agenda is saved.")
        return redirect("workshop_agenda", pk, workshop)
    context = {
        "partnership": found.partnership,
        "workshop": found,
        "form": form,
        "is_proposal": form.is_proposal and request.method != "POST",
        "length": duration(total(form.lines)),
        "warning": warning(form.lines, found.starts_at),
    }
    return render(request, "planning/workshop_agenda.html", context)


# --- Who is invited -----------------------------------------------------------------------------


@page_methods
def workshop_invitees(request, pk, workshop):
    """Who is invited, and one more."""
    found = run_workshop(request, pk, workshop)
    if request.method == "POST":
        check(workshop_planning.change_refusal, request.user, found)
    form = InviteeForm(request.POST or None, workshop=found, user=request.user)
    if request.method == "POST" and form.is_valid() and (made := saved(form)):
        messages.success(request, f"{made.organisation_name} is on the list.")
        return redirect("workshop_invitees", pk, workshop)
    return render(request, "planning/workshop_invitees.html", invitees_page(found, request, form))


@require_POST
def invite_organisations(request, pk, workshop):
    """Invite every organisation that is not invited yet."""
    found = run_workshop(request, pk, workshop)
    number = inviting.add_all_organisations(workshop=found, by=request.user)
    messages.success(request, _added(number, "organisation", "organisations"))
    return redirect("workshop_invitees", pk, workshop)


@page_methods
def invite_pasted(request, pk, workshop):
    """Invite a pasted list of people."""
    found = _to_change(request, pk, workshop)
    form = PasteForm(request.POST or None, workshop=found, user=request.user)
    if request.method == "POST" and form.is_valid() and (number := saved(form)) is not None:
        messages.success(request, _added(number, "person", "people"))
        return redirect("workshop_invitees", pk, workshop)
    context = {"partnership": found.partnership, "workshop": found, "form": form}
    return render(request, "planning/workshop_paste.html", context)


def _added(number, one, several):
    if not number:
        return "All of them were on the list already."
    return f"{number} {one if number == 1 else several} added."


@page_methods
def change_invitee(request, pk, workshop, invitee):
    """Put right whom of which organisation is invited."""
    found = _to_change(request, pk, workshop)
    row = inviting.invitees_of(found).filter(pk=invitee).first()
    if row is None:
        return _gone(request, found, invitee)
    form = ChangeInviteeForm(request.POST or None, workshop=found, user=request.user, invitee=row)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The list is saved.")
        return redirect("workshop_invitees", pk, workshop)
    context = {"partnership": found.partnership, "workshop": found, "invitee": row, "form": form}
    return render(request, "planning/workshop_invitee.html", context)


def _gone(request, workshop, number):
    """The row was removed, or stands under another number by now: nothing typed is lost."""
    if request.method != "POST" or not was_removed(Invitee, number, workshop=workshop):
        raise Http404
    form = InviteeForm(request.POST, workshop=workshop, user=request.user)
    if form.is_valid() and workshop.invitees.filter(**form.cleaned_data).exists():
        return redirect("workshop_invitees", workshop.assessment_id, workshop.pk)
    form.add_error(None, inviting.GONE)
    page = invitees_page(workshop, request, form)
    return render(request, "planning/workshop_invitees.html", page)


@require_POST
def remove_invitee(request, pk, workshop, invitee):
    """Invite them no more. Twice is once."""
    found = run_workshop(request, pk, workshop)
    row = inviting.invitees_of(found).filter(pk=invitee).first()
    if row is None and not was_removed(Invitee, invitee, workshop=found):
        raise Http404
    if row is not None:
        inviting.remove_invitee(invitee=row, by=request.user)
        messages.success(request, f"{row.organisation_name} is off the list.")
    return redirect("workshop_invitees", pk, workshop)
