"""The pages of board reports and their files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from pledges import reporting
from pledges.models import BoardReport
from pledges.report_forms import FinishForm, ReportForm
from rpcportal.board_report.gathering import figures_of
from rpcportal.board_report.outline import Outline
from rpcportal.board_report.pages import as_read, drafting, words_forms
from rpcportal.board_report.printed import report_pdf
from rpcportal.board_report.tables import BoardReportTable
from rpcportal.kit.downloads import file_response
from rpcportal.kit.methods import page_methods
from rpcportal.kit.word import WORD, outline_word


def _visible_report(request, slug, pk):
    return get_object_or_404(
        BoardReport.objects.visible_to(request.user).with_everything(),
        partnership__slug=slug,
        pk=pk,
    )


@require_safe
def board_reports(request, slug):
    """All reports of a partnership."""
    partnership = visible_partnership(request, slug)
    reports = BoardReport.objects.of(partnership).for_list()
    context = {
        "partnership": partnership,
        "table": BoardReportTable(reports).show(request),
        "refusal": reporting.report_refusal(request.user, partnership),
    }
    return render(request, "board_report/board_reports.html", context)


@page_methods
def add_board_report(request, slug):
    """Choose board and period; the figures are taken at once."""
    partnership = visible_partnership(request, slug)
    check(reporting.report_refusal, request.user, partnership)
    form = ReportForm(
        request.POST or None, partnership=partnership, user=request.user, gather=figures_of
    )
    if request.method == "POST" and form.is_valid() and (made := form.save()):
        return redirect(made)
    return render(
        request, "board_report/add_board_report.html", {"partnership": partnership, "form": form}
    )


@page_methods
@words_come_back(BoardReport, "board_reports")
def board_report(request, slug, pk):
    """A report; of a draft, for those who may write, with the boxes beside the figures."""
    report = _visible_report(request, slug, pk)
    if request.method == "POST":
        return _write(request, report)
    if reporting.change_refusal(request.user, report):
        return render(request, "board_report/board_report.html", _context(report, request.user))
    return render(
        request, "board_report/draft.html", drafting(report, words_forms(report, request.user))
    )


def _context(report, user):
    return {
        "partnership": report.partnership,
        "report": report,
        "outline": Outline.of(report),
        "refusal": reporting.report_refusal(user, report.partnership),
    }


def _write(request, report):
    """Keep the words of every section, then do what the button says."""
    check(reporting.report_refusal, request.user, report.partnership)
    forms = words_forms(report, request.user, request.POST)
    are_kept = [form.is_valid() and form.save() for form in forms]
    if not all(are_kept):
        return render(request, "board_report/draft.html", drafting(report, forms), status=422)
    then = request.POST.get("then")
    if then == "figures":
        return _take_again(request, report)
    if then == "finish":
        return redirect("finish_board_report", report.partnership.slug, report.pk)
    messages.success(request, "Your words are saved.")
    return redirect(report)


def _take_again(request, report):
    try:
        reporting.take_figures_again(report=report, by=request.user, gather=figures_of)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, "The figures are of today. Your words are saved.")
    return redirect(report)


@page_methods
def finish_board_report(request, slug, pk):
    """Read it once more, and finish it."""
    report = _visible_report(request, slug, pk)
    check(reporting.report_refusal, request.user, report.partnership)
    if report.finished_at:
        return redirect(report)  # the same click twice, or an old page
    data = request.POST if request.method == "POST" else None
    form = FinishForm(data, report=report, user=request.user, as_read=as_read)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The report is finished. From now on it cannot change.")
        return redirect(report)
    context = {**_context(report, request.user), "form": form}
    return render(request, "board_report/finish.html", context)


@page_methods
@twice_is_once(BoardReport, "board_reports")
def remove_board_report(request, slug, pk):
    """Remove a draft."""
    report = _visible_report(request, slug, pk)
    check(reporting.change_refusal, request.user, report)
    if request.method == "POST":
        reporting.remove_report(report=report, by=request.user)
        messages.success(request, "The draft is removed.")
        return redirect("board_reports", slug)
    context = {"partnership": report.partnership, "report": report}
    return render(request, "board_report/remove.html", context)


@require_safe
def board_report_pdf(request, slug, pk):
    """The report as a PDF."""
    outline = Outline.of(_visible_report(request, slug, pk))
    return file_response(report_pdf(outline), f"{outline.filename}.pdf", "application/pdf")


@require_safe
def board_report_word(request, slug, pk):
    """The report as a Word file."""
    outline = Outline.of(_visible_report(request, slug, pk))
    return file_response(outline_word(outline), f"{outline.filename}.docx", WORD)
