"""Documents of the library: the handbook, a pillar, a standard, the poster, the measures."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from practice.handbook import handbook_of, handbook_of_pillar, handbook_of_standard
from practice.models import ModelPart
from practice.papers import handbook_pdf, measures_csv, poster_pdf, poster_svg
from practice.poster import poster_of
from practice.views.loading import visible_in_library, visible_model, visible_standard
from rpcportal.kit.downloads import csv_response, dated_name, file_response
from rpcportal.kit.word import WORD, outline_word

PDF, SVG = "application/pdf", "image/svg+xml"


def _whole(request, slug, pk):
    """The partnership, and the handbook of a model."""
    partnership, model = visible_model(request, slug, pk)
    return partnership, model, handbook_of(model, partnership, timezone.localdate())


@require_safe
def handbook(request, slug, pk):
    """The whole handbook, to read and to print from the browser."""
    partnership, model, outline = _whole(request, slug, pk)
    context = {"partnership": partnership, "model": model, "outline": outline}
    return render(request, "practice/handbook.html", context)


@require_safe
def handbook_as_pdf(request, slug, pk):
    """The whole handbook as a PDF."""
    *_, outline = _whole(request, slug, pk)
    return file_response(handbook_pdf(outline), f"{outline.filename}.pdf", PDF)


@require_safe
def handbook_as_word(request, slug, pk):
    """The whole handbook as a Word file."""
    *_, outline = _whole(request, slug, pk)
    return file_response(outline_word(outline), f"{outline.filename}.docx", WORD)


def _pillar(request, slug, pk):
    partnership, pillar = visible_in_library(request, slug, ModelPart.objects.pillars(), pk)
    return handbook_of_pillar(pillar, partnership, timezone.localdate())


@require_safe
def pillar_as_pdf(request, slug, pk):
    """A pillar with its standards as a PDF."""
    outline = _pillar(request, slug, pk)
    return file_response(handbook_pdf(outline), f"{outline.filename}.pdf", PDF)


@require_safe
def pillar_as_word(request, slug, pk):
    """A pillar with its standards as a Word file."""
    outline = _pillar(request, slug, pk)
    return file_response(outline_word(outline), f"{outline.filename}.docx", WORD)


def _standard(request, slug, pk, number):
    partnership, standard = visible_standard(request, slug, pk)
    version = get_object_or_404(standard.versions, number=number)
    return handbook_of_standard(version, partnership, timezone.localdate())


@require_safe
def standard_as_pdf(request, slug, pk, number):
    """A version of a standard as a PDF."""
    outline = _standard(request, slug, pk, number)
    return file_response(handbook_pdf(outline), f"{outline.filename}.pdf", PDF)


@require_safe
def standard_as_word(request, slug, pk, number):
    """A version of a standard as a Word file."""
    outline = _standard(request, slug, pk, number)
    return file_response(outline_word(outline), f"{outline.filename}.docx", WORD)


@require_safe
def poster(request, slug, pk):
    """A model on one page, with what it shows in words below."""
    partnership, model = visible_model(request, slug, pk)
    drawn = poster_of(model, model.parts.all())
    context = {"partnership": partnership, "model": model, "poster": drawn}
    return render(request, "practice/poster.html", context)


@require_safe
def poster_as_svg(request, slug, pk):
    """The poster as a drawing that can be printed at any size."""
    _, model = visible_model(request, slug, pk)
    drawn = poster_of(model, model.parts.all())
    return file_response(poster_svg(drawn), f"{model.name}.svg", SVG)


@require_safe
def poster_as_pdf(request, slug, pk):
    """The poster as a PDF of one page."""
    partnership, model = visible_model(request, slug, pk)
    return file_response(poster_pdf(model, partnership), f"{model.name}.pdf", PDF)


@require_safe
def measures_as_csv(request, slug, pk):
    """All measures of a model that are in force, as comma-separated values."""
    partnership, model = visible_model(request, slug, pk)
    today = timezone.localdate()
    name = dated_name(f"Practice measures, {model.name},", partnership, "csv")
    return csv_response(request, lambda: measures_csv(model, today), name)
