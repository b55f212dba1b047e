"""How every page about an assessment finds it: in the user's scope, or 404."""

from django.shortcuts import get_object_or_404

from partnerships.permissions import remember_role
from planning.models import Assessment
from planning.outline import outline_of


def visible_assessment(request, pk):
    """The assessment with its partnership and framework, if the user may see it."""
    assessment = get_object_or_404(
        Assessment.objects.visible_to(request.user).with_role().with_context(), pk=pk
    )
    remember_role(request.user, assessment.partnership_id, assessment.member_role)
    return assessment


def visible_entry(request, pk, number):
    """One domain's entry with its assessment, if the user may see it."""
    assessment = visible_assessment(request, pk)
    domain = outline_of(assessment.framework).by_number.get(number)
    entry = get_object_or_404(
        assessment.entries.select_related("responsible"), domain_id=domain.pk if domain else None
    )
    entry.assessment = assessment
    return entry
