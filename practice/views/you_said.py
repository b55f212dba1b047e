"""You said, we did: what answers had in common, and what became of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from practice import prompting
from practice.models import YouSaid
from practice.prompt_files import said_csv, said_workbook
from practice.prompt_forms import AddYouSaidForm, ChangeYouSaidForm
from practice.views.prompts import run_prompt
from rpcportal.kit.downloads import EXCEL, csv_response, dated_name, file_response
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods

WITHIN = "prompt__partnership"


def _run_you_said(request, slug, pk):
    """One of them, for those who may write it; 404 outside, 403 for the others."""
    partnership = visible_partnership(request, slug)
    found = get_object_or_404(prompting.you_said_in(partnership), pk=pk)
    check(prompting.prompt_refusal, request.user, partnership)
    return found


@page_methods
def add_you_said(request, slug, pk):
    """Say what several answers had in common."""
    found = run_prompt(request, slug, pk)
    form = AddYouSaidForm(request.POST or None, prompt=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "It stands under “You said, we did”.")
        return redirect(found)
    context = {"partnership": found.partnership, "prompt": found, "form": form}
    return render(request, "practice/prompt_you_said.html", context)


@page_methods
@words_come_back(YouSaid, "prompts", within=WITHIN)
def change_you_said(request, slug, pk):
    """Write it anew, with what was done since."""
    found = _run_you_said(request, slug, pk)
    form = ChangeYouSaidForm(request.POST or None, you_said=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "It is saved.")
        return redirect(found.prompt)
    prompt = found.prompt
    context = {"partnership": prompt.partnership, "prompt": prompt, "one": found, "form": form}
    return render(request, "practice/prompt_you_said.html", context)


@page_methods
@twice_is_once(YouSaid, "prompts", within=WITHIN)
def remove_you_said(request, slug, pk):
    """Ask first; then take it out. Its answers are free again."""
    found = _run_you_said(request, slug, pk)
    if request.method == "POST":
        prompting.remove_you_said(you_said=found, by=request.user)
        messages.success(request, "It is removed. Its answers can be put under another.")
        return redirect(found.prompt)
    prompt = found.prompt
    context = {"partnership": prompt.partnership, "prompt": prompt, "one": found}
    return render(request, "practice/prompt_remove_said.html", context)


@require_safe
def you_said_xlsx(request, slug):
    """All of it for Excel."""
    partnership = visible_partnership(request, slug)
    name = dated_name("You said, we did", partnership, "xlsx")
    return file_response(said_workbook(partnership), name, EXCEL)


@require_safe
def you_said_csv(request, slug):
    """All of it as comma-separated values."""
    partnership = visible_partnership(request, slug)
    name = dated_name("You said, we did", partnership, "csv")
    return csv_response(request, lambda: said_csv(partnership), name)
