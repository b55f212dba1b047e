"""What belongs to a draft, each row on a small page of its own: sources and measures."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from partnerships.events import was_removed
from practice import sources_and_measures
from practice.models import StandardMeasure, StandardSource, StandardVersion
from practice.standard_forms import AddSourceForm, ChangeSourceForm
from practice.standard_measure_forms import AddMeasureForm, ChangeMeasureForm
from practice.views.editing import no_draft, writable_standard
from practice.writing import draft_of
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


@dataclass(frozen=True)
class Kind:
    """A kind of row: what it is called, and what is done with it."""

    name: str
    model: type
    template: str
    move: object
    remove: object


SOURCE = Kind(
    "source",
    StandardSource,
    "practice/draft_source.html",
    sources_and_measures.move_source,
    sources_and_measures.remove_source,
)
MEASURE = Kind(
    "measure",
    StandardMeasure,
    "practice/draft_measure.html",
    sources_and_measures.move_measure,
    sources_and_measures.remove_measure,
)


def _add(request, slug, pk, kind, form_class):
    partnership, standard = writable_standard(request, slug, pk)
    if request.method != "POST" and draft_of(standard) is None:
        return no_draft(request, standard)
    form = form_class(request.POST or None, standard=standard, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, f"The {kind.name} is in the draft.")
        return redirect("standard_draft", slug, pk)
    context = {"partnership": partnership, "standard": standard, "form": form}
    return render(request, kind.template, context)


def _row(request, standard, kind, number):
    """A row of any version of the standard; 404 for what never was one of them, and one without
    a number for what somebody took out.
    """
    if row := sources_and_measures.row_of(kind.model, standard, number):
        return row
    if request.method == "POST" and was_removed(kind.model, number, version__standard=standard):
        version = standard.versions.order_by("-number").first()
        return kind.model(version=version or StandardVersion(standard=standard))
    raise Http404


def _change(request, address, kind, form_of):
    slug, pk, number = address
    partnership, standard = writable_standard(request, slug, pk)
    row = _row(request, standard, kind, number)
    if request.method != "POST" and row.version.state != "draft":
        return no_draft(request, standard)
    form = form_of(row, standard)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, f"The {kind.name} is saved.")
        return redirect("standard_draft", slug, pk)
    context = {"partnership": partnership, "standard": standard, "row": row, "form": form}
    return render(request, kind.template, context)


def _remove(request, address, kind):
    slug, pk, number = address
    partnership, standard = writable_standard(request, slug, pk)
    row = _row(request, standard, kind, number)
    if request.method == "POST":
        _do(request, lambda: kind.remove(**{kind.name: row}, by=request.user))
        return redirect("standard_draft", slug, pk)
    if row.version.state != "draft":
        return no_draft(request, standard)
    context = {"partnership": partnership, "standard": standard, "row": row, "kind": kind}
    return render(request, "practice/remove_from_draft.html", context)


def _move(request, address, kind):
    slug, pk, number = address
    _, standard = writable_standard(request, slug, pk)
    row = _row(request, standard, kind, number)
    is_up = request.POST.get("up") == "yes"
    _do(request, lambda: kind.move(**{kind.name: row}, up=is_up, by=request.user))
    return redirect("standard_draft", slug, pk)


def _do(request, deed):
    try:
        deed()
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])


# --- Sources -----------------------------------------------------------------------------------


@page_methods
def add_source(request, slug, pk):
    """Name what the draft rests on."""
    return _add(request, slug, pk, SOURCE, AddSourceForm)


@page_methods
def change_source(request, slug, pk, row):
    """Name a source anew."""

    def form_of(found, standard):
        return ChangeSourceForm(request.POST or None, row=found, user=request.user)

    return _change(request, (slug, pk, row), SOURCE, form_of)


@page_methods
def remove_source(request, slug, pk, row):
    """Ask first; then take a source out of the draft."""
    return _remove(request, (slug, pk, row), SOURCE)


@require_POST
def move_source(request, slug, pk, row):
    """Exchange a source with the one before or after it."""
    return _move(request, (slug, pk, row), SOURCE)


# --- Measures ----------------------------------------------------------------------------------


@page_methods
def add_measure(request, slug, pk):
    """Write a measure into the draft."""
    return _add(request, slug, pk, MEASURE, AddMeasureForm)


@page_methods
def change_measure(request, slug, pk, row):
    """Write a measure anew."""

    def form_of(found, standard):
        sent = request.POST or None
        return ChangeMeasureForm(sent, row=found, standard=standard, user=request.user)

    return _change(request, (slug, pk, row), MEASURE, form_of)


@page_methods
def remove_measure(request, slug, pk, row):
    """Ask first; then take a measure out of the draft."""
    return _remove(request, (slug, pk, row), MEASURE)


@require_POST
def move_measure(request, slug, pk, row):
    """Exchange a measure with the one before or after it."""
    return _move(request, (slug, pk, row), MEASURE)
