"""Training, champions and publicity as files."""

from django.views.decorators.http import require_safe

from partnerships.actions import record_download
from partnerships.views.loading import visible_partnership
from pledges.outreach_exports import as_csv, as_workbook
from rpcportal.kit.downloads import EXCEL, csv_response, dated_name, file_response

PERSONAL = {"Champions": "Champions and family ambassadors"}  # what the note of it says


@require_safe
def xlsx(request, slug, what):
    """For Excel."""
    partnership = _asked_for(request, slug, what)
    return file_response(
        as_workbook(what, partnership), dated_name(what, partnership, "xlsx"), EXCEL
    )


@require_safe
def csv(request, slug, what):
    """As comma-separated values, sent while they are read."""
    partnership = _asked_for(request, slug, what)
    name = dated_name(what, partnership, "csv")
    return csv_response(request, lambda: as_csv(what, partnership), name)


def _asked_for(request, slug, what):
    """The partnership, and a note of who took it where the file names people."""
    partnership = visible_partnership(request, slug)
    if what in PERSONAL and request.method == "GET":
        record_download(what=PERSONAL[what], by=request.user, partnership=partnership)
    return partnership
