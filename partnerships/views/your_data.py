"""What the portal holds about the person who asks."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships import actions, holdings
from partnerships.tables import holdings_parts
from rpcportal.kit.downloads import file_response


@require_safe
def your_data(request):
    """Everything, to read."""
    held = holdings.held_about(request.user)
    context = {
        "parts": holdings_parts(held, request),
        "empty": [label for label, rows in held if not rows],
    }
    return render(request, "partnerships/your_data.html", context)


@require_safe
def your_data_file(request):
    """Everything, as a file for other programs, and a note that it was taken."""
    if request.method == "GET":
        actions.record_download(what="What the portal holds about oneself", by=request.user)
    name = f"rpc-portal-your-data-{timezone.localdate():%Y-%m-%d}.json"
    return file_response(holdings.as_json(request.user), name, "application/json")
