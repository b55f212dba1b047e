"""Files that people take away."""

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def file_response(content, filename, content_type):
    """A file to keep: its name, its kind, and no copy of it in shared caches."""
    return _to_keep(HttpResponse(content, content_type=content_type), filename)


def csv_response(request, lines, filename):
    """Comma-separated values, sent while they are read; ``lines()`` gives them, and is not called
    for a request that wants no more than the headers.
    """
    content = lines() if request.method == "GET" else ()
    return _to_keep(StreamingHttpResponse(content, content_type=CSV), filename)


def streamed_response(request, pieces, filename, content_type, size):
    """A file of so many bytes that somebody else made, sent while it is read; ``pieces()`` gives
    it. No browser shows it as a page of ours, and nothing in it may do anything.
    """
    content = pieces() if request.method == "GET" else ()
    response = _to_keep(StreamingHttpResponse(content, content_type=content_type), filename)
    response["Content-Length"] = size
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def dated_name(what, whose, ending):
    """The name of a file: “Actions of Rochdale 2026-11-22.csv”."""
    return f"{what} of {whose} {timezone.localdate():%Y-%m-%d}.{ending}"


def _to_keep(response, filename):
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["Cache-Control"] = "private, no-store"
    return response
