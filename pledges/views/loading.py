"""What every view of this room begins with: things inside the person's own partnerships."""

from django.shortcuts import get_object_or_404

from pledges.models import Action, Milestone, Pledge


def visible_action(request, slug, number):
    """One action with all that its page shows; 404 outside."""
    return get_object_or_404(
        Action.objects.visible_to(request.user).with_everything(),
        partnership__slug=slug,
        number=number,
    )


def visible_milestone(request, slug, number, pk):
    """One step of an action; 404 outside."""
    return get_object_or_404(
        Milestone.objects.visible_to(request.user),
        action__partnership__slug=slug,
        action__number=number,
        pk=pk,
    )


def visible_pledge(request, slug, pk):
    """The pledge of an organisation, by the organisation's number; 404 outside."""
    return get_object_or_404(
        Pledge.objects.visible_to(request.user).with_names(),
        partnership__slug=slug,
        organisation=pk,
    )
