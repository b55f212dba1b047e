"""Views of one thing that somebody may have removed meanwhile."""

import re
from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from partnerships.events import was_removed
from partnerships.views.loading import visible_partnership

NOT_TYPED = ("csrfmiddlewaretoken", "seen", "request_key", "rows", "then", "add_row")
NO_WORD = re.compile("[-_]+")


def twice_is_once(model, page, within="partnership"):
    """For a view that removes one thing: the same click once more, or after somebody else, leads
    to ``page`` as the first one did. ``within``: the way from the thing to its partnership.
    """

    return _where_removed(model, within, lambda request, slug: redirect(page, slug))


def words_come_back(model, page, within="partnership"):
    """For a view that changes one thing: when somebody has removed it meanwhile, what was typed
    is shown, to be taken from there. The rest as in ``twice_is_once``.
    """

    return _where_removed(model, within, lambda request, slug: typed_again(request, slug, page))


def typed_again(request, slug, page, *, status=410):
    """What was typed about something that is gone, to be taken from there."""
    typed = [
        (NO_WORD.sub(" ", name).strip().capitalize(), text)
        for name, text in request.POST.items()
        if text.strip() and not name.endswith(NOT_TYPED)
    ]
    context = {"page": reverse(page, args=[slug]), "typed": typed}
    return render(request, "partnerships/removed_meanwhile.html", context, status=status)


def _where_removed(model, within, answer):
    def decorate(view):
        @wraps(view)
        def looking(request, slug, pk):
            def is_gone():
                where = {within: visible_partnership(request, slug)}
                return was_removed(model, pk, **where)

            if request.method == "POST" and is_gone():
                return answer(request, slug)
            try:
                return view(request, slug, pk)
            except (Http404, ObjectDoesNotExist):
                if request.method == "POST" and is_gone():  # in this very moment
                    return answer(request, slug)
                raise

        return looking

    return decorate
