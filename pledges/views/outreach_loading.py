"""What the views of training and outreach begin with: things inside the person's partnerships."""

from django.shortcuts import get_object_or_404

from pledges.models import Champion, Course, PeerReview, Publicity, Session, TrainingTarget


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


def asked_year(request):
    """The year that the address asks for; None for all of them."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if year >= 1000 else None
