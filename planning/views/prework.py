"""Scoring before a workshop, for those who run it: the links, how many papers, the report."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from planning import prework as scoring
from planning import prework_pages
from planning.prework_report import ORDERS, WIDEST, PreworkReport, prework_pdf
from planning.running import hide_remark
from planning.views.workshop_loading import run_workshop
from rpcportal.kit.downloads import file_response
from rpcportal.kit.methods import page_methods


@require_safe
def prework_report(request, pk, workshop):
    """While people score: the links and how many there are. Afterwards: what they said."""
    found = scoring.count_if_over(run_workshop(request, pk, workshop))
    if found.prework_counted_at:
        context = prework_pages.report_page(_report(request, found))
        return render(request, "planning/prework_report.html", context)
    address = request.build_absolute_uri(reverse("prework", args=[found.prework_key]))
    context = prework_pages.sending_page(found, address)
    return render(request, "planning/prework_sending.html", context)


@require_safe
def prework_report_pdf(request, pk, workshop):
    """The report on paper; 404 before there is one."""
    found = scoring.count_if_over(run_workshop(request, pk, workshop))
    if not found.prework_counted_at:
        raise Http404
    report = _report(request, found)
    name = f"{report.outline.filename}.pdf"
    return file_response(prework_pdf(report), name, "application/pdf")


def _report(request, workshop):
    order = request.GET.get("order", WIDEST)
    return PreworkReport.of(workshop, order if order in ORDERS else WIDEST)


@require_POST
def send_prework(request, pk, workshop):
    """Send the link to those who have none yet, or remind everybody else."""
    found = run_workshop(request, pk, workshop)
    remind = request.POST.get("to") == "again"
    try:
        number = scoring.send_links(workshop=found, remind=remind, by=request.user)
    except scoring.Ended as ended:
        messages.warning(request, str(ended))
    else:
        messages.success(request, prework_pages.sent_words(number))
    return redirect("prework_report", pk, workshop)


@page_methods
def end_prework(request, pk, workshop):
    """End it early and count, after asking."""
    found = run_workshop(request, pk, workshop)
    if request.method == "POST":
        scoring.count_prework(workshop=found, by=request.user)
        return redirect("prework_report", pk, workshop)
    if not found.takes_prework:
        return redirect("prework_report", pk, workshop)
    context = {**prework_pages.about(found), "partnership": found.partnership}
    context["number"] = scoring.paper_count(found)
    return render(request, "planning/prework_end.html", context)


@require_POST
def hide_prework_remark(request, pk, workshop, remark):
    """Keep a text out of what others are shown, or put it back."""
    found = run_workshop(request, pk, workshop)
    one = get_object_or_404(scoring.remarks_before(found), pk=remark)
    if request.POST.get("hidden") not in {"yes", "no"}:
        raise Http404
    is_hidden = request.POST["hidden"] == "yes"
    hide_remark(remark=one, is_hidden=is_hidden, by=request.user)
    messages.success(request, "The text is hidden." if is_hidden else "The text is shown again.")
    order = request.POST.get("order", WIDEST)
    query = f"?order={order}" if order in ORDERS and order != WIDEST else ""
    number = one.ballot.entry.domain.number
    path = reverse("prework_report", args=[pk, workshop])
    return redirect(f"{path}{query}#domain-{number}")
