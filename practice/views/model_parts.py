"""The parts of a partnership's own practice model: added, changed, moved, removed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnerships.permissions import check
from partnerships.views.removed import twice_is_once, words_come_back
from practice import modelling, permissions
from practice.model_forms import AddPartForm, ChangePartForm
from practice.models import ModelPart, PartKind
from practice.reading import one_of, parts_by_kind
from practice.views.loading import visible_model, visible_part
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods

OF_MODEL = "model__partnership"


def _own_part(request, slug, pk):
    """The partnership, and a part that one may write; 403 for the others."""
    partnership, part = visible_part(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, part)
    return partnership, part


def _parts_page(part):
    return redirect("model_parts", part.model.partnership.slug, part.model_id)


@require_safe
def model_parts(request, slug, pk):
    """All parts by their kind, to be put in order."""
    partnership, model = visible_model(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, model)
    context = {"partnership": partnership, "model": model, "kinds": parts_by_kind(model)}
    return render(request, "practice/model_parts.html", context)


@page_methods
def add_part(request, slug, pk, kind):
    """Write a part of a kind."""
    partnership, model = visible_model(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, model)
    if kind not in PartKind.values:
        raise Http404
    form = AddPartForm(request.POST or None, kind=kind, model=model, user=request.user)
    if request.method == "POST" and form.is_valid() and (part := saved(form)):
        messages.success(request, f"“{part}” is added.")
        return redirect("model_parts", slug, model.pk)
    context = {
        "partnership": partnership,
        "model": model,
        "form": form,
        "one": one_of(kind),
    }
    return render(request, "practice/write_part.html", context)


@page_methods
@words_come_back(ModelPart, "library", within=OF_MODEL)
def change_part(request, slug, pk):
    """Write a part anew."""
    partnership, part = _own_part(request, slug, pk)
    form = ChangePartForm(request.POST or None, part=part, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "It is saved.")
        return _parts_page(part)
    context = {
        "partnership": partnership,
        "model": part.model,
        "part": part,
        "form": form,
        "kind": part.get_kind_display(),
    }
    return render(request, "practice/write_part.html", context)


@require_POST
@twice_is_once(ModelPart, "library", within=OF_MODEL)
def move_part(request, slug, pk):
    """Put a part one place up or down."""
    _, part = _own_part(request, slug, pk)
    try:
        modelling.move_part(part=part, up=request.POST.get("to") != "down", by=request.user)
    except ValidationError as error:
        messages.warning(request, error.message)
    return _parts_page(part)


@page_methods
@twice_is_once(ModelPart, "library", within=OF_MODEL)
def remove_part(request, slug, pk):
    """Ask first; then take a part out of its model."""
    partnership, part = _own_part(request, slug, pk)
    refusal = modelling.removal_refusal(part)
    if request.method == "POST":
        try:
            modelling.remove_part(part=part, by=request.user)
        except ValidationError as error:
            refusal = error.message
        else:
            messages.success(request, f"“{part}” is removed.")
            return _parts_page(part)
    context = {"partnership": partnership, "model": part.model, "part": part, "refusal": refusal}
    return render(request, "practice/remove_part.html", context)
