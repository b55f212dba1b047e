"""Commitments: what waits, reading and committing, who has by organisation, receipts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.actions import record_download
from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from practice import commitment_files, committing
from practice.commitment_tables import CommitmentTable, NumbersTable, OwnCommitmentTable
from rpcportal.kit.downloads import EXCEL, csv_response, dated_name, file_response
from rpcportal.kit.methods import page_methods

AT_ONCE = 25  # standards on one page to read
NOTHING_SENT = "No standard was named. Read below what waits, and commit from there."


@require_safe
def commitments(request, slug):
    """What waits for oneself and for one's organisations, and who has, by organisation."""
    partnership = visible_partnership(request, slug)
    today = timezone.localdate()
    in_force = list(committing.in_force_of(partnership, today))
    chosen = _chosen(request, in_force)
    numbers = committing.numbers_of(partnership, request.user, chosen) if in_force else []
    context = {
        "partnership": partnership,
        "in_force": in_force,
        "chosen": chosen[0] if request.GET.get("standard") else None,
        "waiting": committing.waiting_for(partnership, request.user, today),
        "own": [each for each in numbers if each.may_commit and each.is_own],
        "hides": any(each.people and not each.is_shown for each in numbers),
        "table": NumbersTable(numbers, partnership=partnership).show(request),
        "names_refusal": committing.names_refusal(request.user, partnership),
    }
    return render(request, "practice/commitments.html", context)


def _chosen(request, in_force):
    """The versions that the numbers are about: all, or the one of a standard."""
    asked = request.GET.get("standard")
    if not asked:
        return in_force
    if found := [each for each in in_force if str(each.standard_id) == asked]:
        return found
    raise Http404


@page_methods
def commit(request, slug):
    """Read what waits, and commit to it: for oneself, or ``for`` an organisation."""
    partnership = visible_partnership(request, slug)
    organisation = _organisation(request, partnership)
    check(committing.commit_refusal, request.user, partnership, organisation)
    if request.method == "POST":
        return _commit(request, partnership, organisation)
    readings, number = committing.to_read(
        partnership,
        request.user,
        timezone.localdate(),
        organisation=organisation,
        most=AT_ONCE,
    )
    context = {
        "partnership": partnership,
        "organisation": organisation,
        "readings": readings,
        "number": number,
        "more": number - len(readings),
    }
    return render(request, "practice/commit.html", context)


def _organisation(request, partnership):
    asked = (request.POST if request.method == "POST" else request.GET).get("for")
    if not asked:
        return None
    if not (asked.isdecimal() and len(asked) < 10):
        raise Http404
    return get_object_or_404(partnership.organisations, pk=asked)


def _commit(request, partnership, organisation):
    versions = _numbers(request.POST.getlist("only") or request.POST.getlist("shown"))
    if not versions:
        messages.error(request, NOTHING_SENT)
        return redirect("commit", partnership.slug)
    outcome = committing.commit(
        partnership=partnership, versions=versions, by=request.user, organisation=organisation
    )
    if outcome.number:
        whose = f"{organisation} is" if organisation else "You are"
        what = "this standard" if outcome.number == 1 else f"{outcome.number} standards"
        messages.success(request, f"{whose} committed to {what}.")
    for sentence in outcome.refused:
        messages.error(request, sentence)
    (back,) = _numbers([request.POST.get("standard", "")]) or [None]
    return (
        redirect("standard", partnership.slug, back)
        if back
        else redirect("commitments", partnership.slug)
    )


def _numbers(texts):
    """Those of these texts that are numbers of rows; nobody reads more than two hundred at once."""
    return [int(each) for each in texts[:200] if each.isdecimal() and len(each) < 10]


# --- Receipts -----------------------------------------------------------------------------------


@require_safe
def your_commitments(request, slug):
    """What one committed to, to keep or to print."""
    partnership = visible_partnership(request, slug)
    found = commitment_files.own_commitments(partnership, request.user)
    table = OwnCommitmentTable(found, partnership=partnership).show(request, per_page=200)
    context = {"partnership": partnership, "table": table, "today": timezone.localdate()}
    return render(request, "practice/your_commitments.html", context)


@require_safe
def your_commitments_file(request, slug, kind):
    """The same as a file."""
    partnership = visible_partnership(request, slug)
    found = commitment_files.own_commitments(partnership, request.user)
    return _file(request, kind, found, partnership, "Your commitments")


@require_safe
def who_committed(request, slug):
    """Commitments one by one, with names: for those who may see who did what."""
    partnership = visible_partnership(request, slug)
    check(committing.names_refusal, request.user, partnership)
    found = commitment_files.all_commitments(partnership)
    table = CommitmentTable(found, partnership=partnership).show(request)
    context = {"partnership": partnership, "table": table}
    return render(request, "practice/who_committed.html", context)


@require_safe
def commitments_file(request, slug, kind):
    """The same as a file; who took it is noted."""
    partnership = visible_partnership(request, slug)
    check(committing.names_refusal, request.user, partnership)
    if request.method == "GET":
        record_download(what="Commitments to standards", by=request.user, partnership=partnership)
    found = commitment_files.all_commitments(partnership)
    return _file(request, kind, found, partnership, "Commitments")


def _file(request, kind, found, partnership, what):
    name = dated_name(what, partnership, kind)
    if kind == "csv":
        return csv_response(request, lambda: commitment_files.as_csv(found, partnership), name)
    return file_response(commitment_files.as_workbook(found, partnership), name, EXCEL)
