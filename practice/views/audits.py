"""Audits: the list, one audit with what it found, and what it found over time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from pledges.register import status_tag
from practice import auditing, permissions
from practice.audit_forms import (
    ChangeAuditForm,
    ChooseMeasuresForm,
    FinishForm,
    StartAuditForm,
    WhoseForm,
)
from practice.audit_results import AuditReport
from practice.audit_tables import AuditTable, state_tag
from practice.audit_trends import by_measure, by_standard, newest_practice
from practice.models import Audit
from practice.views.loading import audit_refusal, visible_audit
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


def _context(audit, **more):
    return {"partnership": audit.partnership, "audit": audit, "tag": state_tag(audit), **more}


@require_safe
def audits(request, slug):
    """All audits, the newest first."""
    partnership = visible_partnership(request, slug)
    rows = Audit.objects.of(partnership).with_names().with_progress()
    context = {
        "partnership": partnership,
        "table": AuditTable(rows).show(request),
        "refusal": permissions.start_audit_refusal(request.user, partnership),
    }
    return render(request, "practice/audits.html", context)


@page_methods
def start_audit(request, slug):
    """Begin an audit; its measures are chosen next."""
    partnership = visible_partnership(request, slug)
    check(permissions.start_audit_refusal, request.user, partnership)
    form = StartAuditForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and (made := saved(form)):
        return redirect("audit_measures", slug, made.pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "practice/audit_start.html", context)


@require_safe
def audit(request, slug, pk):
    """How far an audit is, what it found, and what is done about it."""
    found = visible_audit(request, slug, pk, Audit.objects.with_everything())
    report = AuditReport.of(found)
    next_file = report.next_file
    context = _context(
        found,
        report=report,
        refusal=audit_refusal(request.user, found),
        files=[(each, len(each.findings.all())) for each in found.files.all()],
        measure_count=len(report.measures),
        next_file=next_file,
        next_words=f"Go on with file {next_file.position}" if next_file else "",
        earlier=by_measure(found, report),
        actions=[
            (each.action, status_tag(each.action.status), asked)
            for asked in found.measures.all()
            for each in asked.actions.all()
        ],
    )
    return render(request, "practice/audit.html", context)


@require_safe
def audit_grid(request, slug, pk):
    """Every file against every measure, on one page."""
    found = visible_audit(request, slug, pk, Audit.objects.with_everything())
    context = _context(
        found,
        files=found.files.all(),
        rows=AuditReport.of(found).grid(),
        refusal=audit_refusal(request.user, found),
    )
    return render(request, "practice/audit_grid.html", context)


@page_methods
@words_come_back(Audit, "audits")
def change_audit(request, slug, pk):
    """Say anew what is audited, and how many files."""
    found = visible_audit(request, slug, pk)
    check(audit_refusal, request.user, found)
    if found.finished_at and request.method != "POST":
        return redirect(found)
    form = ChangeAuditForm(request.POST or None, audit=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The audit is saved.")
        return redirect(found)
    return render(request, "practice/audit_start.html", _context(found, form=form))


@page_methods
@words_come_back(Audit, "audits")
def audit_measures(request, slug, pk):
    """Choose the measures that files are held against."""
    found = visible_audit(request, slug, pk, Audit.objects.with_measures())
    check(audit_refusal, request.user, found)
    if found.finished_at and request.method != "POST":
        return redirect(found)
    offered = auditing.measures_to_choose(found.partnership, timezone.localdate())
    form = ChooseMeasuresForm(
        request.POST or None, audit=found, user=request.user, measures=offered
    )
    if request.method == "POST" and form.is_valid() and saved(form):
        return redirect(found)
    return render(request, "practice/audit_measures.html", _context(found, form=form))


@page_methods
@words_come_back(Audit, "audits")
def finish_audit(request, slug, pk):
    """Ask first, and for what was learnt; then nothing in the audit changes any more."""
    found = visible_audit(request, slug, pk, Audit.objects.with_everything())
    check(audit_refusal, request.user, found)
    if found.finished_at and request.method != "POST":
        return redirect(found)
    sent = request.POST if request.method == "POST" else None  # an empty box is an answer
    form = FinishForm(sent, audit=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The audit is finished. You can still make actions of its gaps.")
        return redirect(found)
    context = _context(found, form=form, report=AuditReport.of(found))
    return render(request, "practice/audit_finish.html", context)


@page_methods
@twice_is_once(Audit, "audits")
def remove_audit(request, slug, pk):
    """Ask first; then take an unfinished audit off."""
    found = visible_audit(request, slug, pk)
    check(audit_refusal, request.user, found)
    if found.finished_at:
        messages.error(request, auditing.STAYS)
        return redirect(found)
    if request.method == "POST":
        try:
            auditing.remove_audit(audit=found, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
            return redirect(found)
        messages.success(request, "The audit is removed.")
        return redirect("audits", slug)
    return render(request, "practice/audit_remove.html", _context(found))


@require_safe
def audit_results(request, slug):
    """What finished audits of one practice found, standard by standard, over time."""
    partnership = visible_partnership(request, slug)
    newest = newest_practice(partnership)
    asked = request.GET if "organisation" in request.GET else None
    form = WhoseForm(asked, partnership=partnership, initial={"organisation": newest})
    chosen = asked is not None and form.is_valid()
    organisation = form.cleaned_data["organisation"] if chosen else newest
    context = {
        "partnership": partnership,
        "form": form,
        "organisation": organisation,
        "trends": by_standard(partnership, organisation),
    }
    return render(request, "practice/audit_results.html", context)
