"""Reflections, which only their writers and those they share with see, and their questions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import typed_again
from practice import reflecting
from practice.models import QuestionSet, Reflection
from practice.permissions import library_refusal
from practice.reflection_forms import AnswerForm, ChangeAnswersForm, QuestionSetForm
from practice.reflection_tables import ReflectionTable, who_answered
from practice.reflection_trends import courses_of
from practice.views.loading import visible_in_library
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


def _visible_reflection(request, slug, pk):
    """A reflection that the reader may see: for everybody else there is none."""
    partnership = visible_partnership(request, slug)
    return partnership, get_object_or_404(
        Reflection.objects.visible_to(request.user).of(partnership).with_names(), pk=pk
    )


def _visible_set(request, slug, pk):
    found = QuestionSet.objects.visible_to(request.user).with_questions()
    return visible_in_library(request, slug, found, pk)


@require_safe
def reflections(request, slug):
    """The questions to choose from, and what one answered by date."""
    partnership = visible_partnership(request, slug)
    today = timezone.localdate()
    found = Reflection.objects.visible_to(request.user).of(partnership).with_names()
    sets = QuestionSet.objects.of(partnership).own_first()
    context = {
        "partnership": partnership,
        "sets": sets.offered(today),
        "table": ReflectionTable(found, reader=request.user).show(request),
        "library_refusal": library_refusal(request.user, partnership),
    }
    return render(request, "practice/reflections.html", context)


@require_safe
def reflection(request, slug, pk):
    """What was answered."""
    partnership, found = _visible_reflection(request, slug, pk)
    is_writer = found.user_id == request.user.pk
    context = {
        "partnership": partnership,
        "reflection": found,
        "answers": found.answers.all(),
        "whose": who_answered(found, request.user),
        "is_writer": is_writer,
        "teams": reflecting.own_teams(partnership, request.user) if is_writer else (),
    }
    return render(request, "practice/reflection.html", context)


@page_methods
def answer_questions(request, slug, pk):
    """Answer a set of questions, alone or for a team."""
    partnership, question_set = _visible_set(request, slug, pk)
    check(reflecting.reflect_refusal, request.user, partnership, question_set)
    form = AnswerForm(
        request.POST or None,
        partnership=partnership,
        question_set=question_set,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid() and (kept := saved(form)):
        messages.success(request, "Your reflection is kept.")
        return redirect(kept)
    context = {"partnership": partnership, "question_set": question_set, "form": form}
    return render(request, "practice/answer_questions.html", context)


@page_methods
def change_reflection(request, slug, pk):
    """Write the answers anew. Removed in another window, what was typed is shown."""
    partnership = visible_partnership(request, slug)
    try:
        _, found = _visible_reflection(request, slug, pk)
        check(reflecting.writer_refusal, request.user, found)
        form = ChangeAnswersForm(request.POST or None, reflection=found, user=request.user)
        if request.method == "POST" and form.is_valid() and form.save():
            messages.success(request, "Your reflection is kept.")
            return redirect(found)
    except (Http404, Reflection.DoesNotExist):
        if request.method == "POST":
            # 404 and the same page for one of somebody else's: nothing is told of it.
            return typed_again(request, slug, "reflections", status=404)
        raise
    context = {"partnership": partnership, "reflection": found, "form": form}
    return render(request, "practice/answer_questions.html", context)


@require_POST
def share_reflection(request, slug, pk):
    """Let a team of one's own read it, or take it back."""
    partnership, found = _visible_reflection(request, slug, pk)
    check(reflecting.writer_refusal, request.user, found)
    organisation = _team(request, partnership)
    reflecting.share_reflection(reflection=found, organisation=organisation, by=request.user)
    if organisation:
        messages.success(request, f"The members of {organisation} can read it now.")
    else:
        messages.success(request, "You took it back: only you see it now.")
    return redirect(found)


def _team(request, partnership):
    asked = request.POST.get("organisation", "")
    if not asked:
        return None
    if not (asked.isdecimal() and len(asked) < 10):
        raise Http404
    return get_object_or_404(partnership.organisations, pk=asked)


@page_methods
def remove_reflection(request, slug, pk):
    """Ask first; then remove it for good."""
    try:
        partnership, found = _visible_reflection(request, slug, pk)
    except Http404:
        if request.method == "POST" and visible_partnership(request, slug):
            return redirect("reflections", slug)  # the same click once more
        raise
    check(reflecting.writer_refusal, request.user, found)
    if request.method == "POST":
        reflecting.remove_reflection(reflection=found, by=request.user)
        messages.success(request, "The reflection is removed for good.")
        return redirect("reflections", slug)
    context = {"partnership": partnership, "reflection": found}
    return render(request, "practice/remove_reflection.html", context)


# --- Questions ----------------------------------------------------------------------------------


@require_safe
def question_set(request, slug, pk):
    """The questions of a set, and one's own answers on its scales over time."""
    partnership, found = _visible_set(request, slug, pk)
    own = Reflection.objects.visible_to(request.user).of(partnership)
    context = {
        "partnership": partnership,
        "question_set": found,
        "questions": found.questions.all(),
        "reflect_refusal": reflecting.reflect_refusal(request.user, partnership, found),
        "write_refusal": library_refusal(request.user, partnership, found),
        "library_refusal": library_refusal(request.user, partnership),
        "courses": courses_of(found, own.theirs_or_their_teams(request.user)),
    }
    return render(request, "practice/question_set.html", context)


@page_methods
def add_question_set(request, slug):
    """Write questions of the partnership's own, perhaps beginning with those of another set."""
    partnership = visible_partnership(request, slug)
    check(library_refusal, request.user, partnership)
    form = QuestionSetForm(
        request.POST or None,
        partnership=partnership,
        user=request.user,
        begins_as=_begins_as(request, partnership),
    )
    return _written(request, form, {"partnership": partnership})


def _begins_as(request, partnership):
    asked = request.GET.get("from", "")
    if not asked or request.method == "POST":
        return None
    if not (asked.isdecimal() and len(asked) < 10):
        raise Http404
    return get_object_or_404(QuestionSet.objects.of(partnership), pk=asked)


@page_methods
def change_question_set(request, slug, pk):
    """Write a set anew."""
    partnership, found = _visible_set(request, slug, pk)
    check(library_refusal, request.user, partnership, found)
    form = QuestionSetForm(
        request.POST or None, partnership=partnership, user=request.user, question_set=found
    )
    return _written(request, form, {"partnership": partnership, "question_set": found})


def _written(request, form, context):
    asked = request.method == "POST" and not form.asks_for_row
    if asked and form.is_valid() and (kept := form.save()):
        messages.success(request, "The questions are saved.")
        return redirect(kept)
    return render(request, "practice/write_questions.html", {**context, "form": form})


@require_POST
def retire_question_set(request, slug, pk):
    """Offer a set no longer, or again."""
    partnership, found = _visible_set(request, slug, pk)
    if found.is_starter:
        raise PermissionDenied(library_refusal(request.user, partnership, found))
    is_retired = request.POST.get("retired") == "yes"
    reflecting.retire_question_set(question_set=found, is_retired=is_retired, by=request.user)
    messages.success(
        request,
        "The questions are retired. What was answered stays."
        if is_retired
        else "The questions are offered again.",
    )
    return redirect(found)
