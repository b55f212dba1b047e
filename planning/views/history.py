"""What was changed, by whom and when; and bringing an earlier text back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnerships.events import Position
from partnerships.telling import turning
from planning import history, permissions, restoring
from planning.outline import outline_of
from planning.spread_charts import spreads_of
from planning.views.loading import visible_assessment, visible_entry


@require_safe
def entry(request, pk, number):
    """The history of a domain and of its references."""
    entry = visible_entry(request, pk, number)
    before = entry.assessment.previous_version_id
    context = {
        "subject": outline_of(entry.assessment.framework).by_number[number].title,
        "back": reverse("domain", args=[pk, number]),
        "restore_url": reverse("restore_in_entry", args=[pk, number]),
        "before": reverse("entry_history", args=[before, number]) if before else "",
        "removed_actions": history.removed_actions(entry),
    }
    older = _older_than(request)
    if older is None:
        context["voted"] = spreads_of(entry)
    found = history.entry_history(entry, older)
    return _page(request, entry.assessment, found, context)


@require_safe
def action(request, pk, key):
    """The history of a priority action, be it on the sheet or removed."""
    assessment = visible_assessment(request, pk)
    numbers, words = _action_or_404(assessment, key)
    action = assessment.priority_actions.filter(key=key).first()
    context = {
        "subject": f"“{words}”",
        "is_removed": action is None,
        "back": reverse("assessment", args=[pk]),
        "restore_url": reverse("restore_in_action", args=[pk, key]),
    }
    found = history.action_history(numbers, action, _older_than(request))
    return _page(request, assessment, found, context)


@require_safe
def assessment(request, pk):
    """The history of an assessment itself: its date, its note, its agreement."""
    assessment = visible_assessment(request, pk)
    before = assessment.previous_version_id
    context = {
        "subject": "the assessment",
        "back": reverse("assessment", args=[pk]),
        "before": reverse("assessment_history", args=[before]) if before else "",
    }
    found = history.assessment_history(assessment, _older_than(request))
    return _page(request, assessment, found, context)


@require_POST
def restore_in_entry(request, pk, number):
    """Bring back an earlier text of a domain, or a reference that was removed."""
    entry = visible_entry(request, pk, number)
    return _restored(
        request,
        lambda **asked: restoring.restore_in_entry(entry=entry, **asked),
        reverse("entry_history", args=[pk, number]),
    )


@require_POST
def restore_in_action(request, pk, key):
    """Bring back an earlier text of an action, or the action if it was removed."""
    assessment = visible_assessment(request, pk)
    _action_or_404(assessment, key)
    return _restored(
        request,
        lambda **asked: restoring.restore_in_action(assessment=assessment, key=key, **asked),
        reverse("action_history", args=[pk, key]),
    )


def _older_than(request):
    return Position.parse(request.GET.get("older"))


def _action_or_404(assessment, key):
    found = history.action_rows(assessment, key)
    if found is None:
        raise Http404
    return found


def _page(request, assessment, found, context):
    page, told = found
    newest_url, older_url = turning(request.GET, page.older)
    context |= {
        "assessment": assessment,
        "partnership": assessment.partnership,
        "told": told,
        "newest_url": newest_url,
        "older_url": older_url,
        "refusal": permissions.restore_refusal(request.user, assessment),
    }
    return render(request, "planning/history.html", context)


def _restored(request, restore, history_url):
    """Do what a button “Bring this text back” asks for, and say what came of it."""
    number = request.POST.get("event", "")
    try:
        restored = restore(
            event=int(number) if number.isdecimal() and len(number) < 12 else 0,
            field=request.POST.get("field", ""),
            standing=request.POST.get("standing", ""),
            by=request.user,
        )
    except restoring.NotThere as nothing:
        raise Http404 from nothing
    except restoring.RowGone as problem:
        messages.warning(request, str(problem))
        return redirect(history_url)
    if restored.is_clash:
        messages.warning(
            request,
            "Someone else has written there meanwhile. Both texts are kept: please settle which "
            "stands.",
        )
        entry = restored.entry
        return redirect("domain", entry.assessment_id, entry.domain.number)
    messages.success(request, "It is back.")
    return redirect(history_url)
