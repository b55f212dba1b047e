"""What the views of training and outreach begin with: things inside the person's partnerships."""

import re
from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from pledges import training
from pledges.models import Champion, Course, PeerReview, Publicity, Session, TrainingTarget
from pledges.views.loading import visible_partnership

NOT_TYPED = ("csrfmiddlewaretoken", "seen", "request_key", "rows", "then", "add_row")
NO_WORD = re.compile("[-_]+")


def visible_course(request, slug, pk):
    """A course; 404 outside."""
    return _visible(Course.objects.select_related("partnership"), request, slug, pk)


def visible_target(request, slug, pk):
    """A training target; 404 outside."""
    return _visible(TrainingTarget.objects.select_related("partnership"), request, slug, pk)


def visible_champion(request, slug, pk):
    """A champion or family ambassador; 404 outside."""
    return _visible(Champion.objects.with_names(), request, slug, pk)


def visible_review(request, slug, pk):
    """A peer review with its actions; 404 outside."""
    return _visible(PeerReview.objects.with_actions(), request, slug, pk)


def visible_publicity(request, slug, pk):
    """An event or publication; 404 outside."""
    return _visible(Publicity.objects.with_names(), request, slug, pk)


def _visible(rows, request, slug, pk):
    return get_object_or_404(rows.visible_to(request.user), partnership__slug=slug, pk=pk)


def visible_session(request, slug, pk):
    """A session with its numbers; 404 outside."""
    return get_object_or_404(
        Session.objects.visible_to(request.user).with_everything(),
        course__partnership__slug=slug,
        pk=pk,
    )


def twice_is_once(model, page, within="partnership"):
    """For a view that removes one thing: the same click once more, or after somebody else, leads
    to ``page`` as the first one did. ``within``: the way from the thing to its partnership.
    """

    return _where_removed(model, within, lambda request, slug: redirect(page, slug))


def words_come_back(model, page, within="partnership"):
    """For a view that changes one thing: when somebody has removed it meanwhile, what was typed
    is shown, to be taken from there. The rest as in ``twice_is_once``.
    """

    def show(request, slug):
        typed = [
            (NO_WORD.sub(" ", name).strip().capitalize(), text)
            for name, text in request.POST.items()
            if text.strip() and not name.endswith(NOT_TYPED)
        ]
        context = {"page": reverse(page, args=[slug]), "typed": typed}
        return render(request, "pledges/removed_meanwhile.html", context, status=410)

    return _where_removed(model, within, show)


def _where_removed(model, within, answer):
    def decorate(view):
        @wraps(view)
        def looking(request, slug, pk):
            if request.method == "POST":
                where = {within: visible_partnership(request, slug)}
                if training.is_removed(model, pk, **where):
                    return answer(request, slug)
            return view(request, slug, pk)

        return looking

    return decorate


def asked_year(request):
    """The year that the address asks for; None for all of them."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if year >= 1000 else None


__all__ = [
    "asked_year",
    "twice_is_once",
    "visible_champion",
    "visible_course",
    "visible_partnership",
    "visible_publicity",
    "visible_review",
    "visible_session",
    "visible_target",
    "words_come_back",
]
