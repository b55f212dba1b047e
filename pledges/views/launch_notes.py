"""The notes of a launch: hiding one from the wall, and what becomes of each afterwards."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships.actions import record_download
from partnerships.permissions import check
from pledges import confirming, launching
from pledges.launch_exports import notes_workbook
from pledges.launch_forms import ConfirmClearForm, ConfirmForm
from pledges.launch_pages import made_of, notes_page, plan_of
from pledges.models import LaunchNote, NoteStatus
from pledges.views.launches import run_launch
from rpcportal.kit.downloads import EXCEL, file_response
from rpcportal.kit.methods import page_methods


def run_note(request, slug, pk, number):
    """One note, for those who run its launch; 404 outside, 403 for the others."""
    note = get_object_or_404(
        LaunchNote.objects.visible_to(request.user).with_names(),
        launch__partnership__slug=slug,
        launch=pk,
        pk=number,
    )
    check(launching.launch_refusal, request.user, note.launch.partnership)
    return note


def _yes_or_no(request, name):
    if request.POST.get(name) not in {"yes", "no"}:
        raise Http404
    return request.POST[name] == "yes"


@require_POST
def hide_note(request, slug, pk, note):
    """Take a note off the wall, or put it back."""
    found = run_note(request, slug, pk, note)
    is_hidden = _yes_or_no(request, "hidden")
    launching.hide_note(note=found, is_hidden=is_hidden, by=request.user)
    done = "hidden from the wall" if is_hidden else "on the wall again"
    messages.success(request, f"The note of {found.organisation_name} is {done}.")
    return redirect(found.launch)


@require_safe
def launch_notes(request, slug, pk):
    """The notes that wait, each with what will be made of it."""
    found = run_launch(request, slug, pk)
    return render(request, "pledges/launch_notes.html", notes_page(found, request))


@page_methods
def confirm_note(request, slug, pk, note):
    """Bring one note into the register."""
    found = run_note(request, slug, pk, note)
    if found.status == NoteStatus.CONFIRMED:
        messages.info(request, f"The note of {found.organisation_name} is in the register.")
        return redirect("launch_notes", slug, pk)
    plan = plan_of(found)
    form = ConfirmForm(request.POST or None, plan=plan, user=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and (outcome := form.confirm(request.build_absolute_uri))
    ):
        _say(request, outcome)
        return redirect("launch_notes", slug, pk)
    context = {
        "partnership": found.launch.partnership,
        "launch": found.launch,
        "signed_on": confirming.day_of(found.launch),
        "note": found,
        "plan": plan,
        "made": made_of(plan),
        "form": form,
    }
    return render(request, "pledges/launch_confirm.html", context)


def _say(request, outcome):
    note = outcome.note
    parts = ["the signature"] if note.signing_id else []
    parts += [f"action {note.action.number}"] if note.action_id else []
    messages.success(
        request, f"In the register for {note.organisation_name}: {' and '.join(parts)}."
    )
    if outcome.sentence:
        messages.warning(request, outcome.sentence)


@require_POST
def confirm_clear(request, slug, pk):
    """Bring all notes into the register that need nobody's eye."""
    found = run_launch(request, slug, pk)
    form = ConfirmClearForm(request.POST, launch=found, user=request.user)
    outcomes, waiting = form.confirm(request.build_absolute_uri)
    notes = "1 note is" if len(outcomes) == 1 else f"{len(outcomes)} notes are"
    messages.success(request, f"{notes} in the register. {waiting or 'None'} left to look at.")
    if told := [outcome.sentence for outcome in outcomes if outcome.sentence]:
        messages.warning(request, " ".join(told))
    return redirect("launch_notes", slug, pk)


@require_POST
def set_note_aside(request, slug, pk, note):
    """Leave a note out of the register, or take it up again."""
    found = run_note(request, slug, pk, note)
    is_aside = _yes_or_no(request, "aside")
    try:
        confirming.set_aside(note=found, is_aside=is_aside, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        done = "set aside" if is_aside else "waiting again"
        messages.success(request, f"The note of {found.organisation_name} is {done}.")
    return redirect("launch_notes", slug, pk)


@require_safe
def launch_xlsx(request, slug, pk):
    """The notes for Excel, and a note of who took them: they name people."""
    found = run_launch(request, slug, pk)
    if request.method == "GET":
        record_download(what="Notes of a launch", by=request.user, partnership=found.partnership)
    name = f"{found.name} {timezone.localdate():%Y-%m-%d}.xlsx"
    return file_response(notes_workbook(found), name, EXCEL)
