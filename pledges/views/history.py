"""What was changed in an action or a pledge, by whom and when; and an earlier text brought back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnerships.events import Position
from partnerships.telling import turning
from pledges import history, restoring
from pledges.views.loading import visible_action, visible_pledge


@require_safe
def action(request, slug, number):
    """The history of an action: its words, its steps, its updates."""
    found = visible_action(request, slug, number)
    context = {
        "partnership": found.partnership,
        "action": found,
        "restore_url": reverse("restore_in_action_plan", args=[slug, number]),
        "refusal": restoring.action_refusal(request.user, found),
    }
    told = history.action_history(found, _older_than(request))
    return _page(request, "pledges/action_history.html", told, context)


@require_safe
def pledge(request, slug, pk):
    """The history of an organisation's pledge and of who signed it."""
    found = visible_pledge(request, slug, pk)
    context = {
        "partnership": found.partnership,
        "pledge": found,
        "restore_url": reverse("restore_in_pledge", args=[slug, pk]),
        "refusal": restoring.pledge_refusal(request.user, found),
    }
    told = history.pledge_history(found, _older_than(request))
    return _page(request, "pledges/pledge_history.html", told, context)


@require_POST
def restore_in_action(request, slug, number):
    """Bring back an earlier text of an action."""
    found = visible_action(request, slug, number)
    return _restored(
        request,
        lambda **asked: restoring.restore_in_action(action=found, **asked),
        reverse("plan_action_history", args=[slug, number]),
    )


@require_POST
def restore_in_pledge(request, slug, pk):
    """Bring back earlier words of a pledge."""
    found = visible_pledge(request, slug, pk)
    return _restored(
        request,
        lambda **asked: restoring.restore_in_pledge(pledge=found, **asked),
        reverse("pledge_history", args=[slug, pk]),
    )


def _older_than(request):
    return Position.parse(request.GET.get("older"))


def _page(request, template, found, context):
    page, told = found
    newest_url, older_url = turning(request.GET, page.older)
    context |= {"told": told, "newest_url": newest_url, "older_url": older_url}
    return render(request, template, context)


def _restored(request, restore, history_url):
    """Do what a button “Bring this text back” asks for, and say what came of it."""
    number = request.POST.get("event", "")
    try:
        restore(
            event=int(number) if number.isdecimal() and len(number) < 10 else 0,
            field=request.POST.get("field", ""),
            standing=request.POST.get("standing", ""),
            by=request.user,
        )
    except restoring.NotThere as nothing:
        raise Http404 from nothing
    except restoring.WrittenMeanwhile as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, "It is back.")
    return redirect(history_url)
