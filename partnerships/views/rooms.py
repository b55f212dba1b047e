"""For the views of every room that opens a door to phones: the news of its screens."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render

from partnerships.doors import stamp_of
from rpcportal.kit.tables import page_number


def for_phones(view):
    """A view for those who joined an event. Whoever is signed in on their phone is not asked for
    (a poll costs one query), and stands nowhere in the history of what the phone does.
    """
    view.names_nobody = True  # partnerships/middleware.py
    return login_not_required(view)


def room_news(request, event, template, room_page):
    """What changed on a screen, for its script; nothing when nothing did.

    ``room_page(event, request, newest_seen)``: the context of the screen, for whoever has seen
    so much of it. The template is told what was ``said`` aloud there last.
    """
    if request.GET.get("seen") == stamp_of(event):
        return HttpResponse(status=204)  # a 304 would blank the page in htmx 2
    newest_seen = page_number(request.GET.get("newest"))
    context = room_page(event, request, newest_seen)
    return render(request, template, {**context, "said": request.GET.get("said", "")})
