"""The register as files: exactly the actions that the page shows, all pages of them."""

from django.views.decorators.http import require_safe

from partnerships.actions import record_download
from partnerships.views.loading import visible_partnership
from pledges.exports import register_csv, register_workbook
from pledges.register import ActionTable, RegisterForm
from rpcportal.kit.downloads import EXCEL, csv_response, dated_name, file_response


@require_safe
def register_xlsx(request, slug):
    """For Excel, and a note of who took it: it names the people who own actions."""
    partnership, actions = _asked_for(request, slug)
    name = dated_name("Actions", partnership, "xlsx")
    return file_response(register_workbook(actions), name, EXCEL)


@require_safe
def register_csv_file(request, slug):
    """As comma-separated values, sent while they are read."""
    partnership, actions = _asked_for(request, slug)
    name = dated_name("Actions", partnership, "csv")
    return csv_response(request, lambda: register_csv(actions), name)


def _asked_for(request, slug):
    partnership = visible_partnership(request, slug)
    form = RegisterForm(request.GET, partnership=partnership, user=request.user)
    table = ActionTable(form.chosen().by_urgency())
    if request.GET.getlist("sort"):
        table.order_by = request.GET.getlist("sort")
    if request.method == "GET":
        record_download(what="Actions", by=request.user, partnership=partnership)
    return partnership, table.data.data
