"""What the projector shows of a question."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pledges.wall import Door, stamp_of
from practice.prompt_wall import PromptWall
from practice.views.prompts import visible_prompt
from rpcportal.kit.tables import page_number


def _room(prompt, request, newest_seen=None):
    # “launch” and “wall” are the names that the shared pieces of the projector's pages know.
    return {
        "partnership": prompt.partnership,
        "prompt": prompt,
        "launch": prompt,
        "door": Door.of(prompt, request.build_absolute_uri),
        "wall": PromptWall.of(prompt, newest_seen),
    }


@require_safe
def prompt_screen(request, slug, pk):
    """The question, the code to join with, and the answers as they come."""
    found = visible_prompt(request, slug, pk)
    return render(request, "practice/prompt_screen.html", _room(found, request))


@require_safe
def prompt_screen_news(request, slug, pk):
    """What changed on the screen, for its script; nothing when nothing did."""
    found = visible_prompt(request, slug, pk)
    if request.GET.get("seen") == stamp_of(found):
        return HttpResponse(status=204)  # a 304 would blank the page in htmx 2
    context = _room(found, request, page_number(request.GET.get("newest")))
    said = request.GET.get("said", "")
    return render(request, "practice/prompt_screen_news.html", {**context, "said": said})
