"""The register as files: exactly the actions that the page shows, all pages of them."""

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from partnerships.actions import record_download
from pledges.exports import register_csv, register_workbook
from pledges.register import ActionTable, RegisterForm
from pledges.views.loading import visible_partnership
from rpcportal.kit.downloads import CSV, EXCEL, file_response


@require_safe
def register_xlsx(request, slug):
    """For Excel, and a note of who took it: it names the people who own actions."""
    partnership, actions = _asked_for(request, slug)
    return file_response(register_workbook(actions), _name(partnership, "xlsx"), EXCEL)


@require_safe
def register_csv_file(request, slug):
    """As comma-separated values, sent while they are read."""
    partnership, actions = _asked_for(request, slug)
    lines = register_csv(actions) if request.method == "GET" else ()
    response = StreamingHttpResponse(lines, content_type=CSV)
    name = _name(partnership, "csv")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


def _asked_for(request, slug):
    partnership = visible_partnership(request, slug)
    form = RegisterForm(request.GET, partnership=partnership, user=request.user)
    table = ActionTable(form.chosen().by_urgency())
    if request.GET.getlist("sort"):
        table.order_by = request.GET.getlist("sort")
    if request.method == "GET":
        record_download(what="Actions", by=request.user, partnership=partnership)
    return partnership, table.data.data


def _name(partnership, ending):
    return f"Actions of {partnership.name} {timezone.localdate():%Y-%m-%d}.{ending}"
