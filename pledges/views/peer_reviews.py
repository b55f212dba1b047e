"""Peer reviews: who looked at whose work, what was found, and what came of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships.events import Position
from partnerships.permissions import check
from partnerships.telling import turning
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from pledges import outreach_history, peer_reviews, permissions
from pledges.models import PeerReview
from pledges.outreach_tables import PeerReviewTable
from pledges.peer_review_forms import PeerReviewForm, ReviewActionForm
from pledges.register import status_tag
from pledges.views.loading import visible_action
from pledges.views.outreach_loading import (
    visible_review,
)
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


@require_safe
def reviews(request, slug):
    """All peer reviews, held and planned."""
    partnership = visible_partnership(request, slug)
    rows = PeerReview.objects.of(partnership).with_names().with_action_count()
    context = {
        "partnership": partnership,
        "table": PeerReviewTable(rows, today=timezone.localdate()).show(request),
        "refusal": permissions.log_refusal(request.user, partnership),
    }
    return render(request, "pledges/peer_reviews.html", context)


@require_safe
def review(request, slug, pk):
    """One peer review and the actions that came of it."""
    found = visible_review(request, slug, pk)
    context = {
        "partnership": found.partnership,
        "review": found,
        "is_planned": found.held_on > timezone.localdate(),
        "actions": [(each, status_tag(each.status)) for each in found.actions.all()],
        "refusal": permissions.log_refusal(request.user, found.partnership),
    }
    return render(request, "pledges/peer_review.html", context)


@page_methods
def add_review(request, slug):
    """Record a peer review, held or planned."""
    partnership = visible_partnership(request, slug)
    check(permissions.log_refusal, request.user, partnership)
    form = PeerReviewForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and (made := form.save()):
        messages.success(request, "The peer review is recorded.")
        return redirect(made)
    context = {"partnership": partnership, "form": form}
    return render(request, "pledges/peer_review_form.html", context)


@page_methods
@words_come_back(PeerReview, "peer_reviews")
def change_review(request, slug, pk):
    """Write a peer review anew."""
    found = visible_review(request, slug, pk)
    partnership = found.partnership
    check(permissions.log_refusal, request.user, partnership)
    form = PeerReviewForm(
        request.POST or None, partnership=partnership, user=request.user, review=found
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The peer review is saved.")
        return redirect(found)
    context = {"partnership": partnership, "form": form, "review": found}
    return render(request, "pledges/peer_review_form.html", context)


@page_methods
@twice_is_once(PeerReview, "peer_reviews")
def remove_review(request, slug, pk):
    """Take a peer review off; its actions stay."""
    found = visible_review(request, slug, pk)
    check(permissions.log_refusal, request.user, found.partnership)
    if request.method == "POST":
        peer_reviews.remove_review(review=found, by=request.user)
        messages.success(request, "The peer review is removed.")
        return redirect("peer_reviews", slug)
    context = {"partnership": found.partnership, "review": found}
    return render(request, "pledges/peer_review_remove.html", context)


@require_safe
def review_history(request, slug, pk):
    """What was changed in a peer review, by whom and when."""
    found = visible_review(request, slug, pk)
    older = Position.parse(request.GET.get("older"))
    page, told = outreach_history.review_history(found, older)
    newest_url, older_url = turning(request.GET, page.older)
    context = {
        "partnership": found.partnership,
        "review": found,
        "told": told,
        "newest_url": newest_url,
        "older_url": older_url,
    }
    return render(request, "pledges/peer_review_history.html", context)


@page_methods
def add_review_action(request, slug, pk):
    """Say which actions came of a review, or write one."""
    found = visible_review(request, slug, pk)
    check(permissions.log_refusal, request.user, found.partnership)
    form = ReviewActionForm(request.POST or None, review=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "It stands under what came of the review.")
        return redirect(found)
    context = {"partnership": found.partnership, "form": form, "review": found}
    return render(request, "pledges/peer_review_action.html", context)


@require_POST
def untie_review_action(request, slug, pk, number):
    """Say that an action did not come of a review after all."""
    found = visible_review(request, slug, pk)
    action = visible_action(request, slug, number)
    peer_reviews.untie_action(review=found, action=action, by=request.user)
    messages.success(request, f"Action {number} stays in the register, but not here.")
    return redirect(found)
