"""Who did what in a partnership: the page, and the same as a file."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnerships import activity as who_did_what
from partnerships.actions import record_download
from partnerships.activity_form import FILE_COLUMNS, ActivityForm, ActivityTable, file_rows
from partnerships.events import Position
from partnerships.permissions import check_may
from partnerships.telling import turning
from partnerships.views.loading import visible_partnership
from rpcportal.kit import spreadsheets
from rpcportal.kit.downloads import CSV, EXCEL, dated_name, file_response
from rpcportal.kit.roles import Permission


def _partnership(request, slug):
    partnership = visible_partnership(request, slug)
    check_may(request.user, Permission.SEE_ACTIVITY, partnership.pk)
    return partnership


@require_safe
def activity(request, slug):
    """Everything that has a history, newest first, narrowed by whom, what and when."""
    partnership = _partnership(request, slug)
    form = ActivityForm(request.GET, partnership=partnership)
    place = Position.parse(request.GET.get("older"))
    lines, older = who_did_what.page_of(partnership, form.asked(), older_than=place)
    newest_url, older_url = turning(request.GET, older)
    context = {
        "partnership": partnership,
        "form": form,
        "table": ActivityTable(lines),
        "newest_url": newest_url,
        "older_url": older_url,
        "query": _without_place(request),
    }
    return render(request, "partnerships/activity.html", context)


@require_safe
def workbook_file(request, slug):
    """The same lines, all of them, for Excel."""
    return _file(request, slug, "xlsx")


@require_safe
def csv_file(request, slug):
    """The same lines, all of them, as comma-separated values."""
    return _file(request, slug, "csv")


def _file(request, slug, ending):
    partnership = _partnership(request, slug)
    form = ActivityForm(request.GET, partnership=partnership)
    page = f"{reverse('activity', args=[slug])}?{_without_place(request)}"
    if not form.is_valid():
        return redirect(page)
    try:
        rows = file_rows(who_did_what.every_line(partnership, form.asked()))
    except who_did_what.TooLong:
        most = f"{who_did_what.MOST_IN_FILE:,}"
        messages.warning(
            request, f"A file holds {most} lines, and these are more. Choose a shorter time."
        )
        return redirect(page)
    if request.method == "GET":
        record_download(what="Activity", by=request.user, partnership=partnership)
    name = dated_name("Activity", partnership, ending)
    if ending == "csv":
        return file_response(spreadsheets.csv_file(FILE_COLUMNS, rows), name, CSV)
    sheet = spreadsheets.Sheet("Activity", FILE_COLUMNS, rows)
    return file_response(spreadsheets.workbook([sheet]), name, EXCEL)


def _without_place(request):
    query = request.GET.copy()
    query.pop("older", None)
    return query.urlencode()
