"""A spreadsheet comes into the register: chosen, looked at, and then imported."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from pledges import permissions
from pledges.import_form import ImportForm, Preview
from pledges.imports import commit
from pledges.models import PlanImport
from rpcportal.kit.methods import page_methods

MOST_TOLD = 10  # sentences about rows that were left alone; the page tells all of them


@page_methods
def import_actions(request, slug):
    """Choose a file."""
    partnership = visible_partnership(request, slug)
    check(permissions.no_plan_refusal, request.user, partnership)
    form = ImportForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        partnership=partnership,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid():
        return redirect("import_preview", slug, form.save().pk)
    return render(request, "pledges/import.html", {"partnership": partnership, "form": form})


@page_methods
def import_preview(request, slug, pk):
    """What the file would change; sent, it is carried out."""
    plan_import = get_object_or_404(
        PlanImport.objects.visible_to(request.user).with_names(), partnership__slug=slug, pk=pk
    )
    check(commit.import_refusal, request.user, plan_import)
    if plan_import.done_at:
        messages.info(request, "This file was imported already.")
        return redirect("register", slug)
    problem = ""
    if request.method == "POST" and not (problem := _sent(request, plan_import)):
        is_done = commit.is_done(plan_import)
        return redirect("register", slug) if is_done else redirect("import_preview", slug, pk)
    plan = commit.preview(plan_import, by=request.user)
    context = {
        "partnership": plan_import.partnership,
        "plan_import": plan_import,
        "preview": Preview.of(plan, plan_import.parsed["notes"]),
        "problem": problem,
    }
    return render(request, "pledges/import_preview.html", context)


def _sent(request, plan_import):
    """Do what a button asks; the sentence with which it was refused, or an empty one."""
    if "again" in request.POST:
        commit.look_again(plan_import=plan_import, by=request.user)
        return ""
    try:
        outcome = commit.import_plan(
            plan_import=plan_import, by=request.user, is_partial="partly" in request.POST
        )
    except ValidationError as error:
        return error.messages[0]
    if outcome is None:
        messages.info(request, "This file was imported already.")
        return ""
    messages.success(request, _counted(outcome))
    for sentence in outcome.left[:MOST_TOLD]:
        messages.warning(request, sentence)
    return ""


def _counted(outcome):
    new = "1 action is new" if outcome.new == 1 else f"{outcome.new:,} actions are new"
    changed = "1 was changed" if outcome.changed == 1 else f"{outcome.changed:,} were changed"
    return f"Imported: {new}, {changed}."
