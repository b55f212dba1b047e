"""What the projector shows of a question."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.doors import Door
from partnerships.views.rooms import room_news
from practice.prompt_wall import PromptWall
from practice.views.prompts import visible_prompt


def _room(prompt, request, newest_seen=None):
    return {
        "partnership": prompt.partnership,
        "prompt": prompt,
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
    return room_news(request, found, "practice/prompt_screen_news.html", _room)
