"""How every page about a workshop finds it: in the user's scope, or 404."""

from django.shortcuts import get_object_or_404

from partnerships.permissions import check, remember_role
from planning.balloting import workshop_refusal
from planning.models import Workshop


def visible_workshop(request, pk, workshop):
    """Workshop number ``workshop`` on the assessment ``pk``, if the user may see it."""
    found = get_object_or_404(
        Workshop.objects.visible_to(request.user).with_role().with_context(),
        assessment_id=pk,
        pk=workshop,
    )
    remember_role(request.user, found.partnership_id, found.member_role)
    return found


def run_workshop(request, pk, workshop):
    """The same for somebody who may run it; 403 with a sentence for the others."""
    found = visible_workshop(request, pk, workshop)
    check(workshop_refusal, request.user, found.partnership)
    return found
