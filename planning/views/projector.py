"""What the projector shows of a workshop: read from the back of the room."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from planning.console_pages import room_context, screen_page
from planning.screens import Timer, counts_at, now_at, shape_in, shape_of, stamp_at
from planning.views.workshop_loading import visible_workshop


@require_safe
def workshop_screen(request, pk, workshop):
    """How to join, the domain, how many have voted, the spread, what was agreed."""
    found = visible_workshop(request, pk, workshop)
    return render(request, "planning/workshop_screen.html", screen_page(found, request))


@require_safe
def workshop_screen_news(request, pk, workshop):
    """What changed on the screen, for its script; nothing when nothing did."""
    found = visible_workshop(request, pk, workshop)
    counts, seen = counts_at(found), request.GET.get("seen", "")
    if seen == stamp_at(found, counts):
        return HttpResponse(status=204)  # a 304 would blank the page in htmx 2
    if shape_in(seen) == shape_of(found):
        context = room_context(found, now_at(found), counts, Timer.of(found))
    else:
        context = {**screen_page(found, request, counts), "is_drawn_anew": True}
    context["said"] = request.GET.get("said", "")
    return render(request, "planning/workshop_screen_news.html", context)
