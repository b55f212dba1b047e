"""Training, champions and publicity as files."""

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from partnerships.actions import record_download
from pledges.outreach_exports import as_csv, as_workbook
from pledges.views.loading import visible_partnership
from rpcportal.kit.downloads import CSV, EXCEL, file_response

PERSONAL = {"Champions": "Champions and family ambassadors"}  # what the note of it says


@require_safe
def xlsx(request, slug, what):
    """For Excel."""
    partnership = _asked_for(request, slug, what)
    return file_response(as_workbook(what, partnership), _name(what, partnership, "xlsx"), EXCEL)


@require_safe
def csv(request, slug, what):
    """As comma-separated values, sent while they are read."""
    partnership = _asked_for(request, slug, what)
    lines = as_csv(what, partnership) if request.method == "GET" else ()
    response = StreamingHttpResponse(lines, content_type=CSV)
    name = _name(what, partnership, "csv")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


def _asked_for(request, slug, what):
    """The partnership, and a note of who took it where the file names people."""
    partnership = visible_partnership(request, slug)
    if what in PERSONAL and request.method == "GET":
        record_download(what=PERSONAL[what], by=request.user, partnership=partnership)
    return partnership


def _name(what, partnership, ending):
    return f"{what} of {partnership.name} {timezone.localdate():%Y-%m-%d}.{ending}"
