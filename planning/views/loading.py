"""How every page about an assessment finds it: in the user's scope, or 404."""

from django.shortcuts import get_object_or_404

from planning.models import Assessment
from planning.outline import outline_of


def visible_assessment(request, pk):
    """The assessment with its partnership and framework, if the user may see it."""
    return get_object_or_404(Assessment.objects.visible_to(request.user).with_context(), pk=pk)


def visible_entry(request, pk, number):
    """One domain's entry with its assessment, if the user may see it."""
    assessment = visible_assessment(request, pk)
    domain = outline_of(assessment.framework).by_number.get(number)
    entry = get_object_or_404(assessment.entries, domain_id=domain.pk if domain else None)
    entry.assessment = assessment
    return entry
