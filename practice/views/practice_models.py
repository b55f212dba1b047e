"""Practice models: read, taken on, written, retired."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships.events import Position
from partnerships.permissions import check
from partnerships.telling import turning
from partnerships.views.loading import visible_partnership
from practice import model_history as histories
from practice import permissions, taking_on
from practice.model_forms import AddModelForm, ChangeModelForm, RetireForm
from practice.models import PracticeModel
from practice.reading import ModelShown
from practice.views.loading import visible_model
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


@require_safe
def practice_model(request, slug, pk):
    """A model with its parts and standards, and what can be done with it."""
    partnership, model = visible_model(request, slug, pk)
    context = {
        "partnership": partnership,
        "model": model,
        "shown": ModelShown.of(model, timezone.localdate()),
        "own_model": PracticeModel.objects.copy_of(model, partnership)
        if model.is_starter
        else None,
        "refusal": permissions.library_refusal(request.user, partnership),
        "is_retired": _is_retired(model),
    }
    return render(request, "practice/practice_model.html", context)


def _is_retired(model):
    return model.retired_on is not None and model.retired_on <= timezone.localdate()


@require_POST
def take_on_model(request, slug, pk):
    """Copy a model that came with the portal into the partnership's own library."""
    partnership, model = visible_model(request, slug, pk)
    copy = taking_on.take_on(model=model, partnership=partnership, by=request.user)
    if model.is_starter:
        messages.success(request, "The practice model is one of your own now.")
    return redirect(copy)


@page_methods
def add_model(request, slug):
    """Write a model of the partnership's own."""
    partnership = visible_partnership(request, slug)
    check(permissions.library_refusal, request.user, partnership)
    form = AddModelForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and (made := saved(form)):
        messages.success(request, "The model is in your library. Add its parts next.")
        return redirect("model_parts", slug, made.pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "practice/write_model.html", context)


def _own_model(request, slug, pk):
    """The partnership, and a model that one may write; 403 for the others."""
    partnership, model = visible_model(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, model)
    return partnership, model


@page_methods
def change_model(request, slug, pk):
    """Write a model anew."""
    partnership, model = _own_model(request, slug, pk)
    form = ChangeModelForm(request.POST or None, model=model, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The practice model is saved.")
        return redirect(model)
    context = {"partnership": partnership, "model": model, "form": form}
    return render(request, "practice/write_model.html", context)


@page_methods
def retire_model(request, slug, pk):
    """Say from which day on nobody works by a model."""
    partnership, model = _own_model(request, slug, pk)
    sent = request.POST if request.method == "POST" else None  # an empty day is an answer
    form = RetireForm(sent, model=model, user=request.user)
    if request.method == "POST" and form.is_valid() and (retired := saved(form)):
        day = retired.retired_on
        said = f"is retired from {day:%-d %B %Y}" if day else "goes on"
        messages.success(request, f"“{retired}” {said}.")
        return redirect(retired)
    context = {"partnership": partnership, "model": model, "form": form}
    return render(request, "practice/retire_model.html", context)


@require_safe
def model_history(request, slug, pk):
    """What was changed in a model and its parts, by whom and when."""
    partnership, model = visible_model(request, slug, pk)
    page, told = histories.model_history(model, Position.parse(request.GET.get("older")))
    newest_url, older_url = turning(request.GET, page.older)
    context = {
        "partnership": partnership,
        "model": model,
        "model_url": model.page_in(partnership),
        "told": told,
        "newest_url": newest_url,
        "older_url": older_url,
    }
    return render(request, "practice/model_history.html", context)
