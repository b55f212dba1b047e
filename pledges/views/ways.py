"""Other ways to look at the register: a board and a timeline, of what the address asks for."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.views.loading import visible_partnership
from pledges import permissions
from pledges.board import board
from pledges.register import RegisterForm
from pledges.timeline import timeline


def _asked(request, slug):
    partnership = visible_partnership(request, slug)
    form = RegisterForm(request.GET, partnership=partnership, user=request.user)
    context = {
        "partnership": partnership,
        "form": form,
        "query": request.GET.urlencode(),
    }
    return form.chosen().with_names(), context


@require_safe
def board_page(request, slug):
    """A column for each status."""
    found, context = _asked(request, slug)
    plans = permissions.plans_of(request.user, context["partnership"])
    own = set(plans.values_list("pk", flat=True))
    return render(request, "pledges/board.html", context | {"columns": board(found), "own": own})


@require_safe
def timeline_page(request, slug):
    """From when to when each action runs."""
    found, context = _asked(request, slug)
    return render(request, "pledges/timeline.html", context | {"timeline": timeline(found)})
