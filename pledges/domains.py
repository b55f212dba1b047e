"""The domains of the planning tool that actions can serve."""

from planning.models import Domain


def domains_of(partnership):
    """The domains to choose from: those of the framework of the newest assessment."""
    newest = partnership.assessments.order_by("-assessed_on", "-created_at").first()
    domains = (
        Domain.objects.filter(framework_id=newest.framework_id) if newest else Domain.objects.none()
    )
    return domains.order_by("number")
