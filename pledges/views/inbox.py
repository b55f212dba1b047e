"""Priority actions that wait: taking one on, or saying why nobody does."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from planning.models import PriorityAction
from pledges import actions, inbox, permissions
from pledges.domains import domains_of
from pledges.forms import AddActionForm, NoActionForm
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


def _agreed(request, partnership, pk):
    """A priority action of one of the partnership's agreed sheets; 404 for any other."""
    found = get_object_or_404(PriorityAction.objects.visible_to(request.user), pk=pk)
    if not inbox.is_agreed(found, partnership):
        raise Http404
    return found


@require_safe
def priority_actions(request, slug):
    """Those that wait, and those that were answered with “no action, because”."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "waiting": inbox.waiting(partnership),
        "answers": inbox.answered(partnership),
        "take_refusal": permissions.no_plan_refusal(request.user, partnership),
        "answer_refusal": permissions.answer_refusal(request.user, partnership),
    }
    return render(request, "pledges/priority_actions.html", context)


@page_methods
def take_on(request, slug, pk):
    """Make a priority action a line of an organisation's plan."""
    partnership = visible_partnership(request, slug)
    priority_action = _agreed(request, partnership, pk)
    check(permissions.no_plan_refusal, request.user, partnership)
    form = AddActionForm(
        request.POST or None,
        partnership=partnership,
        user=request.user,
        domains=domains_of(partnership) | priority_action.domains.all(),
        priority_action=priority_action,
        initial=inbox.first_words(priority_action, partnership),
    )
    if request.method == "POST" and form.is_valid() and (action := saved(form)):
        messages.success(request, f"It is action {action.number} of {action.organisation} now.")
        return redirect(action)
    context = {"partnership": partnership, "form": form, "priority_action": priority_action}
    return render(request, "pledges/add_action.html", context)


@page_methods
def no_action(request, slug, pk):
    """Say why nobody takes it on."""
    partnership = visible_partnership(request, slug)
    priority_action = _agreed(request, partnership, pk)
    check(permissions.answer_refusal, request.user, partnership)
    form = NoActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_no_action(
            priority_action=priority_action,
            partnership=partnership,
            because=form.cleaned_data["because"],
            by=request.user,
        )
        messages.success(request, "Your answer is kept beside the priority action.")
        return redirect("priority_actions", slug)
    context = {"partnership": partnership, "form": form, "priority_action": priority_action}
    return render(request, "pledges/no_action.html", context)
