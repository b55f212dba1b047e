"""The way in to an event, for people without an account: a code or a QR code, then a name of
an organisation. Nobody signs in here.
"""

from django.shortcuts import redirect, render

from partnerships import joining, limits
from partnerships.join_forms import CodeOfEventForm, way_in
from partnerships.views.rooms import for_phones
from rpcportal.kit.methods import page_methods


@for_phones
@page_methods
def join(request):
    """Type the code from the screen. It never stands in an address, and so in no log."""
    form = CodeOfEventForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return redirect(joining.join_path(form.cleaned_data["code"]))
    return render(request, "partnerships/join.html", {"form": form})


@for_phones
@page_methods
def join_event(request, key):
    """Say where one comes from, if that is asked, and be in.

    Who is in already goes on where they were. An event that has ended is as one that never was.
    """
    occasion = joining.occasion_of_key(key)
    participant = occasion and joining.participant_of(request, occasion)
    if participant:
        return _in(request, participant)
    if occasion is None or not occasion.is_open():
        return _closed(request)
    form = way_in(occasion)(request.POST or None, occasion=occasion)
    if request.method == "POST" and form.is_valid():
        limits.check(limits.EVENTS_JOINED_FROM_ADDRESS, limits.client_address(request))
        participant = form.save()
        return _in(request, participant) if participant else _closed(request)
    called = joining.KINDS[occasion.kind].called
    context = {"form": form, "called": called, "host": occasion.partnership}
    return render(request, "partnerships/join_event.html", context)


def _in(request, participant):
    response = redirect(joining.phone_path(participant.occasion))
    return joining.remember(response, request=request, participant=participant)


def _closed(request):
    return render(request, "partnerships/join_closed.html", status=404)
