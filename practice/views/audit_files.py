"""One file of an audit, an action made of a gap, and an audit as files to take away."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnerships.permissions import check
from partnerships.views.removed import words_come_back
from pledges.domains import domains_of
from practice import auditing
from practice.audit_file_form import FileForm
from practice.audit_files import as_csv, as_workbook
from practice.audit_forms import GapActionForm
from practice.audit_results import AuditReport, is_done
from practice.models import Audit, AuditedFile
from practice.views.loading import audit_refusal, visible_audit
from rpcportal.kit.downloads import EXCEL, csv_response, dated_name, file_response
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


@page_methods
def audit_file(request, slug, pk, number):
    """Hold one file against all measures. What was typed comes back, whoever removed what."""

    @words_come_back(Audit, "audits")
    def look(request, slug, pk):
        found = visible_audit(request, slug, pk, Audit.objects.with_everything())
        removed = None
        if request.method == "POST" and not found.files.filter(position=number).exists():
            removed = auditing.number_of_removed(found, number)
        if removed:
            come_back = words_come_back(AuditedFile, "audits", within="audit__partnership")
            return come_back(_look_at_file)(request, slug, removed)
        return _look_at_file(request, slug, found, number)

    return look(request, slug, pk)


def _look_at_file(request, slug, audit, number):
    check(audit_refusal, request.user, audit)
    files = list(audit.files.all())
    file = next((each for each in files if each.position == number), None)
    if file is None:
        raise Http404
    asked = list(audit.measures.all())
    if not asked and request.method != "POST":
        return redirect("audit_measures", slug, audit.pk)
    if audit.finished_at and request.method != "POST":
        return redirect(audit)
    file.audit = audit
    sent = request.POST if request.method == "POST" else None  # empty boxes are an answer
    form = FileForm(sent, file=file, asked=asked, user=request.user)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, f"File {number} is saved.")
        if request.POST.get("then") == "next" and number < len(files):
            return redirect("audit_file", slug, audit.pk, number + 1)
        return redirect(audit)
    context = {
        "partnership": audit.partnership,
        "audit": audit,
        "file": file,
        "form": form,
        "is_last": number >= len(files),
        "file_count": len(files),
        "done_count": sum(is_done(each, asked) for each in files),
    }
    return render(request, "practice/audit_file.html", context)


@page_methods
def gap_action(request, slug, pk, asked):
    """Make an action of the register of a gap."""
    audit = visible_audit(request, slug, pk, Audit.objects.with_everything())
    check(audit_refusal, request.user, audit)
    report = AuditReport.of(audit)
    result = next((each for each in report.measures if each.asked.pk == asked), None)
    gap = get_object_or_404(audit.measures.select_related("measure__version"), pk=asked)
    gap.audit = audit
    if not result.is_gap:
        messages.error(request, "No file shows a gap in this measure.")
        return redirect(audit)
    form = GapActionForm(
        request.POST or None,
        asked=gap,
        result=result,
        user=request.user,
        domains=domains_of(audit.partnership),
    )
    if request.method == "POST" and form.is_valid() and (made := saved(form)):
        messages.success(request, f"Action {made.number} is in the register.")
        return redirect(audit)
    context = {"partnership": audit.partnership, "audit": audit, "result": result, "form": form}
    return render(request, "practice/audit_action.html", context)


# --- Files to take away -----------------------------------------------------------------------


def _report(request, slug, pk):
    return AuditReport.of(visible_audit(request, slug, pk, Audit.objects.with_everything()))


def _name(what, report, ending):
    return dated_name(f"{what}, {report.audit.name},", report.audit.partnership, ending)


@require_safe
def xlsx(request, slug, pk):
    """Results and findings for Excel."""
    report = _report(request, slug, pk)
    return file_response(as_workbook(report), _name("Audit", report, "xlsx"), EXCEL)


@require_safe
def results_csv(request, slug, pk):
    """The results as comma-separated values."""
    return _csv(request, slug, pk, "Results")


@require_safe
def findings_csv(request, slug, pk):
    """The findings as comma-separated values."""
    return _csv(request, slug, pk, "Findings")


def _csv(request, slug, pk, what):
    report = _report(request, slug, pk)
    return csv_response(request, lambda: as_csv(what, report), _name(what, report, "csv"))
