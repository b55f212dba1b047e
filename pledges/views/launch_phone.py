"""The phone of somebody at a launch: sign, write a first action, see that it has arrived.

Nobody signs in: the cookie of the event says which phone it is.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render

from partnerships import joining
from pledges import noting
from pledges.launch_phone_forms import NoteForm
from rpcportal.kit.methods import page_methods
from rpcportal.kit.rich_text import render as as_html


@login_not_required
@page_methods
def launch_phone(request, pk):
    """What there is to sign; once that is done, what was signed."""
    participant, launch, note = _here(request, pk)
    if launch is None:
        return redirect("join")
    is_over = note is not None or not noting.takes_notes(launch, participant)
    if request.method != "POST" and is_over:
        may_change = note is not None and noting.may_change(note, participant)
        context = {"launch": launch, "note": note, "pk": pk, "may_change": may_change}
        return render(request, "pledges/launch_phone_note.html", context)
    return _form(request, participant, launch, note)


@login_not_required
@page_methods
def change_launch_note(request, pk):
    """Correct one's note, while the launch is open."""
    participant, launch, note = _here(request, pk)
    if launch is None:
        return redirect("join")
    if request.method != "POST" and not (note and noting.may_change(note, participant)):
        return redirect("launch_phone", pk)
    return _form(request, participant, launch, note)


def _here(request, pk):
    """The phone, the launch that it is at, and the note that it left; None for what is not.

    Whoever is in no such event learns nothing of it, not even that there was one.
    """
    participant = joining.participant_of(request, pk)
    if participant is None:
        return None, None, None
    note = noting.note_of(participant)
    launch = note.launch if note else noting.launch_at(participant)
    return participant, launch, note


def _form(request, participant, launch, note):
    form = NoteForm(request.POST or None, participant=participant, launch=launch, note=note)
    if request.method == "POST" and form.is_valid() and form.save():
        return redirect("launch_phone", participant.occasion_id)
    manifesto = launch.manifesto
    context = {"form": form, "launch": launch, "note": note, "manifesto": manifesto}
    context["manifesto_body"] = as_html(manifesto.body) if manifesto else ""
    return render(request, "pledges/launch_phone.html", context)
