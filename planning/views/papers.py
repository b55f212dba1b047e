"""Scoring before a workshop, without an account: whoever has the link of a paper has the paper.

An unknown link, that of a paper which was counted, and that of somebody who is invited no more
end on one page, which says nothing of any workshop.
"""

from functools import wraps

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render

from partnerships import limits
from partnerships.views.rooms import for_phones
from planning import prework as scoring
from planning import prework_pages
from planning.outline import outline_of
from planning.prework_forms import BeginForm, ScoreForm
from rpcportal.kit.methods import page_methods


def unlisted(view):
    """Have no search engine keep a page whose address is a secret."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered


@for_phones
@page_methods
@unlisted
def prework(request, key):
    """The link that everybody may have: what this is; begin, and have a paper of one's own."""
    workshop = scoring.workshop_at(key)
    if workshop is None:
        raise Http404
    return _begin(request, workshop)


@for_phones
@page_methods
@unlisted
def paper(request, key):
    """A paper: its domains, and what is answered. Who came by e-mail begins it here."""
    found, invitee = scoring.paper_at(key)
    if found is None and invitee is None:
        return _gone(request)
    if found is None:
        return _begin(request, invitee.workshop, invitee)
    if not found.workshop.takes_prework:
        return _closed(request, found.workshop)
    if request.method == "POST":  # begun in another tab meanwhile
        return redirect("paper", key)
    context = prework_pages.paper_page(found, request.build_absolute_uri(request.path))
    return render(request, "planning/paper.html", context)


@for_phones
@page_methods
@unlisted
def paper_domain(request, key, number):
    """Say something of one domain."""
    found, invitee = scoring.paper_at(key)
    if found is None:
        if invitee and invitee.workshop.takes_prework:
            return redirect("paper", key)
        return _closed(request, invitee.workshop) if invitee else _gone(request)
    outline = outline_of(found.workshop.assessment.framework)
    domain = outline.by_number.get(number)
    entry = prework_pages.entry_at(found.workshop, domain)
    if entry is None:
        raise Http404
    if not found.workshop.takes_prework:
        return _closed(request, found.workshop)
    score = scoring.scores_of(found).get(entry.pk)
    form = ScoreForm(
        _sent(request), paper=found, entry=entry, score=score, outline=outline, domain=domain
    )
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid() and form.save():
                return redirect(_next(request, found, outline, number))
        except ValidationError:
            return _closed(request, found.workshop)
        status = 422
    context = prework_pages.domain_page(found, form, domain, outline)
    return render(request, "planning/paper_domain.html", context, status=status)


def _sent(request):
    """What was sent, be it nothing; None where nothing was."""
    return request.POST if request.method == "POST" else None


def _next(request, found, outline, number):
    """Where the pressed button leads: the next domain, the one before, or the list."""
    ways = {"next": outline.after, "back": outline.before}
    beside = ways.get(request.POST.get("then"), lambda number: None)(number)
    if beside:
        return prework_pages.domain_path(found, beside.number)
    return prework_pages.paper_path(found)


def _begin(request, workshop, invitee=None):
    if not workshop.takes_prework:
        return _closed(request, workshop)
    form = BeginForm(_sent(request), workshop=workshop, invitee=invitee)
    if request.method == "POST" and form.is_valid():
        limits.check(scoring.PAPERS_FROM_ADDRESS, limits.client_address(request))
        try:
            return redirect("paper", form.save().link)
        except ValidationError:
            return _closed(request, workshop)
    context = {**prework_pages.about(workshop), "form": form, "invitee": invitee}
    context["total"] = len(outline_of(workshop.assessment.framework).domains)
    return render(request, "planning/prework.html", context)


def _closed(request, workshop):
    """The time is over. What somebody sent too late they see once more."""
    context = prework_pages.about(workshop)
    outline = outline_of(workshop.assessment.framework)
    context["typed"] = prework_pages.typed(request.POST, outline)
    return render(request, "planning/paper_closed.html", context)


def _gone(request):
    context = {"typed": prework_pages.typed_words(request.POST)}
    return render(request, "planning/paper_gone.html", context, status=404)
