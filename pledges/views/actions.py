"""The register, one action, and what is told of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from pledges import actions, permissions
from pledges.domains import domains_of
from pledges.following import FollowButton
from pledges.forms import (
    AddActionForm,
    ChangeActionForm,
    MilestoneForm,
    UpdateForm,
)
from pledges.presenting import action_page
from pledges.register import ActionTable, RegisterForm
from pledges.views.loading import visible_action, visible_milestone
from rpcportal.kit.forms import plain_text, saved
from rpcportal.kit.methods import page_methods

LONG = 1_000  # actions: making an Excel file of more takes a while


@require_safe
def register(request, slug):
    """All actions of a partnership, or those that are asked for."""
    partnership = visible_partnership(request, slug)
    form = RegisterForm(request.GET, partnership=partnership, user=request.user)
    found = form.chosen().with_names().by_urgency()
    domain = form.cleaned_data.get("domain")
    table = ActionTable(found).show(request)
    number = table.paginator.count
    context = {
        "partnership": partnership,
        "form": form,
        "table": table,
        "how_many": f"{number:,} action{'' if number == 1 else 's'}",
        "is_long": number > LONG,
        "may_write": permissions.plans_of(request.user, partnership).exists(),
        "query": request.GET.urlencode(),
        "is_narrowed": any(form.cleaned_data.values()),
        "follow": domain and FollowButton.of_domain(domain, request.user, partnership),
    }
    return render(request, "pledges/register.html", context)


@page_methods
def add_action(request, slug):
    """A new line of an organisation's plan."""
    partnership = visible_partnership(request, slug)
    form = AddActionForm(
        request.POST or None,
        partnership=partnership,
        user=request.user,
        domains=domains_of(partnership),
        initial={name: plain_text(request.GET.get(name, "")) for name in ("what", "measure")},
    )
    if not form.fields["organisation"].queryset.exists():
        check(permissions.no_plan_refusal, request.user, partnership)
    if request.method == "POST" and form.is_valid() and (action := saved(form)):
        messages.success(request, f"Action {action.number} is in the register.")
        return redirect(action)
    return render(request, "pledges/add_action.html", {"partnership": partnership, "form": form})


@require_safe
def action(request, slug, number):
    """One action: what it is, where it stands, and its story."""
    found = visible_action(request, slug, number)
    context = action_page(found, request.user)
    context["follow"] = FollowButton.of_action(found, request.user)
    return render(request, "pledges/action.html", context)


@page_methods
def change_action(request, slug, number):
    """Write a line of a plan anew."""
    found = visible_action(request, slug, number)
    check(permissions.write_refusal, request.user, found.organisation)
    form = ChangeActionForm(
        request.POST or None,
        action=found,
        user=request.user,
        domains=domains_of(found.partnership) | found.domains.all(),
    )
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The action is saved.")
        return redirect(found)
    context = {"partnership": found.partnership, "action": found, "form": form}
    return render(request, "pledges/change_action.html", context)


@page_methods
def tell(request, slug, number):
    """Add an update."""
    found = visible_action(request, slug, number)
    check(permissions.write_refusal, request.user, found.organisation)
    form = UpdateForm(
        request.POST or None, action=found, user=request.user, status=request.GET.get("status")
    )
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "Your update is in the story of the action.")
        return redirect(found)
    context = {"partnership": found.partnership, "action": found, "form": form}
    return render(request, "pledges/tell.html", context)


@page_methods
def add_milestone(request, slug, number):
    """A step on the way."""
    found = visible_action(request, slug, number)
    check(permissions.write_refusal, request.user, found.organisation)
    form = MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_milestone(action=found, by=request.user, **form.cleaned_data)
        return redirect(found)
    context = {"partnership": found.partnership, "action": found, "form": form}
    return render(request, "pledges/add_milestone.html", context)


@require_POST
def tick_milestone(request, slug, number, pk):
    """Say that a step is done, or is not."""
    milestone = visible_milestone(request, slug, number, pk)
    if request.POST.get("done") not in {"yes", "no"}:
        raise Http404
    is_done = request.POST["done"] == "yes"
    actions.tick_milestone(milestone=milestone, by=request.user, is_done=is_done)
    return redirect(milestone.action)
