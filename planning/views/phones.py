"""The phone of somebody at a workshop: one question at a time.

Nobody signs in: the cookie of the event says which phone it is, and nothing says whose. Whoever is
in no such event learns nothing of it, not even that there was one.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnerships import joining
from partnerships.models import Participant
from partnerships.views.rooms import for_phones
from planning import phone_pages
from planning.models import Workshop


@for_phones
@require_safe
def workshop_phone(request, pk):
    """What the room is at, and the form of its question."""
    participant = joining.participant_of(request, pk)
    workshop = participant and Workshop.objects.with_context().at_event(pk).first()
    if workshop is None:
        return redirect("join")
    if (newest := way_in(request, pk, workshop)) != pk:
        return redirect("workshop_phone", newest)
    return phone_answer(request, participant, workshop, changes="change" in request.GET)


@for_phones
@require_safe
def workshop_phone_news(request, pk):
    """What changed on the phone, for its script; nothing, at the cost of one query, if nothing."""
    key = joining.key_of(request, pk)
    polled = key and Workshop.objects.polled(key, pk)
    if not polled:
        return redirect("join")
    stamp = phone_pages.phone_stamp(polled)
    if request.GET.get("seen") == stamp:
        return HttpResponse(status=204)  # a 304 would blank the page in htmx 2
    step = phone_pages.shared_step(polled.pk, pk, stamp)
    context = {"pk": pk, "stamp": stamp, "step": step}
    if request.GET.get("step") != step.key:
        context["content"] = phone_pages.own_html(request, step, pk, key=key)
    return render(request, "planning/workshop_phone_news.html", context)


@for_phones
@require_POST
def cast_vote(request, pk, ballot):
    """Vote, or change one's vote, while the ballot is open.

    A room votes at the same moment: what its phones show alike is not made anew for each of them.
    """
    key = joining.key_of(request, pk)
    polled = key and Workshop.objects.polled(key, pk)
    if not polled:
        return redirect("join")
    stamp = phone_pages.phone_stamp(polled)
    step = phone_pages.shared_step(polled.pk, pk, stamp)
    asked = phone_pages.ballot_asked(step, polled.pk, ballot)
    if asked is None:
        return redirect("workshop_phone", pk)
    if (newest := way_in(request, pk, asked.workshop)) != pk:
        return cast_vote(request, newest, ballot)
    participant = Participant(pk=polled.phone, occasion_id=pk, key=key)
    form = phone_pages.vote_form(asked, asked.workshop, request.POST)
    vote = form.cast(participant) if form.is_valid() else None
    if vote is None:
        return phone_answer(request, participant, asked.workshop, form=form)
    if "HX-Request" not in request.headers or step.ballot != asked:
        return redirect("workshop_phone", pk)
    content = phone_pages.voted_html(vote, step, pk)
    context = {"pk": pk, "stamp": stamp, "step": step, "content": content}
    return render(request, "planning/workshop_phone_answer.html", context)


def way_in(request, pk, workshop):
    """The number of the event by which a phone is in that came to the event ``pk``: the newest of
    the workshop, where it has joined that too. So a tab from before the door was opened with a new
    code votes as the phone that it is on, and not once more.
    """
    newest = workshop.occasion_id
    return newest if newest != pk and joining.key_of(request, newest) else pk


def phone_answer(request, participant, workshop, *, form=None, changes=False):
    """The page of a phone. ``form``: of a vote or of dots, as it was sent, with what is wrong."""
    pk = participant.occasion_id
    late = form if form is not None and form.refusal else None
    step = phone_pages.step_of(workshop, pk)
    html = phone_pages.own_html(
        request,
        step,
        pk,
        workshop=workshop,
        key=participant.key,
        form=None if late else form,
        changes=changes,
    )
    context = phone_pages.phone_page(workshop, step, html, pk, late)
    if "HX-Request" in request.headers:
        return render(request, "planning/workshop_phone_answer.html", context)
    context["has_errors"] = form is not None
    return render(request, "planning/workshop_phone.html", context)
