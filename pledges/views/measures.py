"""Measures, their readings, and both as files."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.actions import record_download
from partnerships.events import Position, was_removed
from partnerships.permissions import check
from partnerships.telling import turning
from partnerships.views.loading import visible_partnership
from pledges import history, measuring, permissions
from pledges.domains import domains_of
from pledges.measure_files import measures_workbook, readings_csv
from pledges.measure_forms import (
    AddMeasureForm,
    ChangeMeasureForm,
    CorrectForm,
    EndForm,
    RateForm,
    RecordForm,
)
from pledges.measure_list import Line, MeasuresForm, MeasureTable, late_tag
from pledges.models import Measure, Reading
from pledges.rating import rating_words, rule_rating, show_of
from pledges.trends import MOST, ReadingTable, rated_tag, trend_of
from rpcportal.kit.downloads import EXCEL, csv_response, dated_name, file_response
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


def _visible_measure(request, slug, pk):
    """One measure with all that its pages name; 404 outside."""
    return get_object_or_404(
        Measure.objects.visible_to(request.user).with_everything(), partnership__slug=slug, pk=pk
    )


def _visible_reading(request, slug, pk, reading):
    """One reading, whose people may change it; 404 outside, 403 for the others."""
    found = get_object_or_404(
        Reading.objects.visible_to(request.user).with_names(),
        measure__partnership__slug=slug,
        measure=pk,
        pk=reading,
    )
    check(measuring.reading_refusal, request.user, found.measure)
    return found


def _context(measure, form=None, **more):
    return {"partnership": measure.partnership, "measure": measure, "form": form, **more}


# --- Lists and files --------------------------------------------------------------------------


@require_safe
def measures(request, slug):
    """What the partnership measures, or those that are asked for."""
    partnership = visible_partnership(request, slug)
    form = MeasuresForm(request.GET, partnership=partnership)
    context = {
        "partnership": partnership,
        "form": form,
        "table": MeasureTable(form.lines()).show(request),
        "may_add": not permissions.figures_refusal(request.user, partnership),
        "is_narrowed": any(form.cleaned_data.values()),
    }
    return render(request, "pledges/measures.html", context)


@require_safe
def measures_xlsx(request, slug):
    """For Excel, and a note of who took it: it names who owns measures and records readings."""
    partnership = _taken(request, slug)
    name = dated_name("Measures", partnership, "xlsx")
    return file_response(measures_workbook(partnership), name, EXCEL)


@require_safe
def measures_csv(request, slug):
    """All readings as comma-separated values, sent while they are read."""
    partnership = _taken(request, slug)
    name = dated_name("Measures", partnership, "csv")
    return csv_response(request, lambda: readings_csv(partnership), name)


def _taken(request, slug):
    partnership = visible_partnership(request, slug)
    if request.method == "GET":
        record_download(what="Measures", by=request.user, partnership=partnership)
    return partnership


# --- One measure ------------------------------------------------------------------------------


@page_methods
def add_measure(request, slug):
    """Say that something is measured from now on."""
    partnership = visible_partnership(request, slug)
    check(permissions.figures_refusal, request.user, partnership)
    form = AddMeasureForm(
        request.POST or None,
        partnership=partnership,
        user=request.user,
        domains=domains_of(partnership),
    )
    if request.method == "POST" and form.is_valid() and (made := saved(form)):
        messages.success(request, f"“{made}” is measured from now on.")
        return redirect(made)
    return render(request, "pledges/measure_add.html", {"partnership": partnership, "form": form})


@require_safe
def measure(request, slug, pk):
    """What a measure tells, where it stands, and how that came."""
    found = _visible_measure(request, slug, pk)
    readings = Reading.objects.of(found).with_names().order_by("-read_on")
    refusal = measuring.reading_refusal(request.user, found)
    table = ReadingTable(readings, measure=found, may_change=not refusal).show(request)
    line = Line.of(found, timezone.localdate())
    context = _context(
        found,
        line=line,
        baseline=show_of(found, found.baseline),
        rated_tag=rated_tag(line.said) if line.said else "",
        late_tag=late_tag(),
        trend=trend_of(found, list(readings[:MOST]), table.paginator.count) if line.said else None,
        table=table,
        refusal=refusal,
        may_change=not permissions.figures_refusal(request.user, found.partnership),
    )
    return render(request, "pledges/measure.html", context)


@page_methods
def change_measure(request, slug, pk):
    """Say anew what is measured."""
    found = _visible_measure(request, slug, pk)
    check(permissions.figures_refusal, request.user, found.partnership)
    form = ChangeMeasureForm(
        request.POST or None,
        measure=found,
        user=request.user,
        domains=domains_of(found.partnership) | found.domains.all(),
    )
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The measure is saved.")
        return redirect(found)
    return render(request, "pledges/measure_change.html", _context(found, form))


@page_methods
def end_measure(request, slug, pk):
    """Say from which day on a measure is read no more."""
    found = _visible_measure(request, slug, pk)
    check(permissions.figures_refusal, request.user, found.partnership)
    sent = request.POST if request.method == "POST" else None  # an empty day is an answer
    form = EndForm(sent, measure=found, user=request.user)
    if request.method == "POST" and form.is_valid() and (ended := saved(form)):
        ended_on = ended.ended_on
        said = f"is no longer read from {ended_on:%-d %B %Y}" if ended_on else "goes on"
        messages.success(request, f"“{found}” {said}.")
        return redirect(found)
    return render(request, "pledges/measure_end.html", _context(found, form))


@require_safe
def measure_history(request, slug, pk):
    """What was changed in a measure and its readings, by whom and when."""
    found = _visible_measure(request, slug, pk)
    page, told = history.measure_history(found, Position.parse(request.GET.get("older")))
    newest_url, older_url = turning(request.GET, page.older)
    context = _context(found, told=told, newest_url=newest_url, older_url=older_url)
    return render(request, "pledges/measure_history.html", context)


# --- Readings ---------------------------------------------------------------------------------


@page_methods
def record_reading(request, slug, pk):
    """Say what a measure was on a day."""
    found = _visible_measure(request, slug, pk)
    check(measuring.reading_refusal, request.user, found)
    form = RecordForm(request.POST or None, measure=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The reading is recorded.")
        return redirect(found)
    return render(request, "pledges/measure_record.html", _context(found, form))


@page_methods
def correct_reading(request, slug, pk, reading):
    """Write a reading anew."""
    found = _visible_reading(request, slug, pk, reading)
    form = CorrectForm(request.POST or None, reading=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The reading is corrected. What stood there is in the history.")
        return redirect(found.measure)
    return render(
        request, "pledges/measure_correct.html", _context(found.measure, form, reading=found)
    )


@page_methods
def rate_reading(request, slug, pk, reading):
    """Give a reading another colour than the rule's, with a reason."""
    found = _visible_reading(request, slug, pk, reading)
    by_rule = rule_rating(found.measure, found)
    rule_words = rating_words(by_rule) if by_rule else "no colour"
    form = RateForm(request.POST or None, reading=found, user=request.user, rule_words=rule_words)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The rating is saved.")
        return redirect(found.measure)
    return render(
        request, "pledges/measure_rate.html", _context(found.measure, form, reading=found)
    )


@page_methods
def remove_reading(request, slug, pk, reading):
    """Take a reading out."""
    measure = _visible_measure(request, slug, pk)
    if request.method == "POST" and was_removed(Reading, reading, measure=measure):
        return redirect(measure)  # the same click twice, or somebody else's
    found = _visible_reading(request, slug, pk, reading)
    if request.method == "POST":
        measuring.remove_reading(reading=found, by=request.user)
        messages.success(request, "The reading is removed. The history keeps it.")
        return redirect(found.measure)
    figure = show_of(found.measure, found.value)
    context = _context(found.measure, reading=found, figure=figure)
    return render(request, "pledges/measure_remove.html", context)
