"""Questions to a room: the list, one question, its door and its answers."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnerships.door_forms import HoursForm
from partnerships.doors import Door, door_tag, is_open
from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from practice import prompting
from practice.models import Prompt
from practice.prompt_files import answers_csv as csv_of_answers
from practice.prompt_files import answers_workbook
from practice.prompt_forms import AskForm, ChangeQuestionForm
from practice.prompt_tables import AnswerTable, PromptTable, YouSaidTable
from rpcportal.kit.downloads import EXCEL, csv_response, dated_name, file_response
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


def visible_prompt(request, slug, pk):
    """One question with its door; 404 outside."""
    return get_object_or_404(
        Prompt.objects.visible_to(request.user).with_door(), partnership__slug=slug, pk=pk
    )


def run_prompt(request, slug, pk):
    """One question, for those who may run it; 403 for the others."""
    found = visible_prompt(request, slug, pk)
    check(prompting.prompt_refusal, request.user, found.partnership)
    return found


@require_safe
def prompts(request, slug):
    """The questions of a partnership, and all that was said and done."""
    partnership = visible_partnership(request, slug)
    found = Prompt.objects.of(partnership).with_door().with_counts()
    context = {
        "partnership": partnership,
        "table": PromptTable(found).show(request),
        "said": YouSaidTable(prompting.you_said_in(partnership), prefix="said-").show(request),
        "refusal": prompting.prompt_refusal(request.user, partnership),
    }
    return render(request, "practice/prompts.html", context)


@page_methods
def add_prompt(request, slug):
    """Write a question."""
    partnership = visible_partnership(request, slug)
    check(prompting.prompt_refusal, request.user, partnership)
    form = AskForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and (made := saved(form)):
        messages.success(request, "The question is written. Open it when the room is ready.")
        return redirect(made)
    return render(request, "practice/prompt_form.html", {"partnership": partnership, "form": form})


@require_safe
def prompt(request, slug, pk):
    """One question: its door, its answers, and what became of them."""
    found = visible_prompt(request, slug, pk)
    return render(request, "practice/prompt.html", prompt_page(found, request))


def prompt_page(prompt, request, form=None):
    """What its page shows; ``form``: HoursForm with what was sent, and its errors."""
    refusal = prompting.prompt_refusal(request.user, prompt.partnership)
    answers = prompting.answers_seen_by(request.user, prompt).order_by("-written_at", "-pk")
    token = "" if refusal else get_token(request)
    return {
        "partnership": prompt.partnership,
        "prompt": prompt,
        "stands_tag": door_tag(prompt),
        "is_open": is_open(prompt),
        "door": Door.of(prompt, request.build_absolute_uri),
        "form": form or HoursForm(),
        "table": AnswerTable(answers, prompt=prompt, token=token).show(request),
        "you_said": prompting.you_said_of(prompt),
        "refusal": refusal,
    }


@page_methods
def change_prompt(request, slug, pk):
    """Write a question anew."""
    found = run_prompt(request, slug, pk)
    form = ChangeQuestionForm(request.POST or None, prompt=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The question is saved.")
        return redirect(found)
    context = {"partnership": found.partnership, "prompt": found, "form": form}
    return render(request, "practice/prompt_form.html", context)


# --- The door ---------------------------------------------------------------------------------


@require_POST
def open_prompt(request, slug, pk):
    """Let phones in."""
    return _for_hours(request, slug, pk, prompting.open_prompt, "The question is open.")


@require_POST
def extend_prompt(request, slug, pk):
    """Keep it open longer."""
    return _for_hours(request, slug, pk, prompting.extend_prompt, "The question stays open.")


def _for_hours(request, slug, pk, verb, done):
    found = run_prompt(request, slug, pk)
    form = HoursForm(request.POST, verb=partial(verb, prompt=found, by=request.user))
    if form.is_valid() and saved(form):
        messages.success(request, done)
        return redirect(found)
    return render(request, "practice/prompt.html", prompt_page(found, request, form))


@require_POST
def close_prompt(request, slug, pk):
    """Let no more phones in."""
    found = run_prompt(request, slug, pk)
    prompting.close_prompt(prompt=found, by=request.user)
    messages.success(request, "The question is closed. Say now what the answers had in common.")
    return redirect(found)


# --- Answers ----------------------------------------------------------------------------------


@require_POST
def hide_answer(request, slug, pk, answer):
    """Take an answer off the screen, or put it back."""
    found = run_prompt(request, slug, pk)
    one = get_object_or_404(found.answers.select_related("prompt"), pk=answer)
    if request.POST.get("hidden") not in {"yes", "no"}:
        raise Http404
    is_hidden = request.POST["hidden"] == "yes"
    prompting.hide_answer(answer=one, is_hidden=is_hidden, by=request.user)
    done = "taken off the screen" if is_hidden else "on the screen again"
    messages.success(request, f"The answer is {done}.")
    return redirect(found)


@require_safe
def answers_xlsx(request, slug, pk):
    """The answers for Excel."""
    found = visible_prompt(request, slug, pk)
    name = dated_name("Answers", found.partnership, "xlsx")
    answers = prompting.answers_seen_by(request.user, found)
    return file_response(answers_workbook(found, answers), name, EXCEL)


@require_safe
def answers_csv(request, slug, pk):
    """The answers as comma-separated values."""
    found = visible_prompt(request, slug, pk)
    name = dated_name("Answers", found.partnership, "csv")
    answers = prompting.answers_seen_by(request.user, found)
    return csv_response(request, lambda: csv_of_answers(found, answers), name)
