"""What tests of the console and of the projector ask and do."""

from planning import running
from planning.models import Stage
from tests.factories.assessments import entry_of


def path_of(workshop, end=""):
    """The address of one of a workshop's pages; ``end``: what follows its own."""
    return f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/{end}"


def at_domain(workshop, number=1):
    """Bring the room to a domain."""
    running.go_to(
        workshop=workshop,
        stage=Stage.DOMAIN,
        entry=entry_of(workshop.assessment, number),
        by=workshop.created_by,
    )
