"""The recording sheet: on the page, as a PDF, agreed, reopened."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.permissions import check
from planning import actions, facts, permissions
from planning.forms import AgreeForm, ReopenForm
from planning.models import Status
from planning.presenting import with_domains
from planning.reports import COLUMNS, RecordingSheet
from planning.sheet_pdf import sheet_pdf
from planning.views.loading import visible_assessment
from rpcportal.kit.downloads import file_response


@require_safe
def sheet(request, pk):
    """The recording sheet as a page."""
    assessment = visible_assessment(request, pk)
    context = {
        "assessment": assessment,
        "partnership": assessment.partnership,
        "sheet": RecordingSheet.of(assessment, timezone.localdate()),
        "columns": COLUMNS,
        "reopen_refusal": permissions.reopen_refusal(request.user, assessment),
    }
    return render(request, "planning/sheet.html", context)


@require_safe
def pdf(request, pk):
    """The recording sheet as a PDF."""
    assessment = visible_assessment(request, pk)
    sheet = RecordingSheet.of(assessment, timezone.localdate())
    return file_response(sheet_pdf(sheet), f"{sheet.filename}.pdf", "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request, pk):
    """The readiness check, and the form that agrees the sheet."""
    assessment = visible_assessment(request, pk)
    refusal = permissions.agree_refusal(request.user, assessment)
    if request.method == "POST" and assessment.status == Status.AGREED:
        return redirect("sheet", pk)  # the same click twice
    if request.method == "POST":
        check(permissions.agree_refusal, request.user, assessment)
    form = AgreeForm(
        request.POST or None, assessment=assessment, user=request.user, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except actions.NotReady as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, "The sheet is agreed. From now on it cannot change.")
            return redirect("sheet", pk)
    readiness = facts.readiness_of(assessment)
    context = {
        "assessment": assessment,
        "partnership": assessment.partnership,
        "musts": with_domains(readiness.musts, assessment),
        "asks": with_domains(readiness.asks, assessment),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "planning/agree.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request, pk):
    """Reopen an agreed sheet as a new version."""
    assessment = visible_assessment(request, pk)
    form = ReopenForm(request.POST or None, assessment=assessment, user=request.user)
    if request.method == "POST" and form.is_valid():
        new = form.save()
        messages.success(
            request,
            f"Version {new.version} is open. Version {assessment.version} is kept as it was.",
        )
        return redirect(new)
    check(permissions.reopen_refusal, request.user, assessment)
    return render(
        request,
        "planning/reopen.html",
        {"form": form, "assessment": assessment, "partnership": assessment.partnership},
    )
