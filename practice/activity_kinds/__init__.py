"""What the practice library tells of who did what."""

from partnerships.activity import register
from practice.activity_kinds import (
    audits,
    commitments,
    evidence,
    models,
    prompts,
    reflections,
    resources,
    serving,
    standards,
)


def register_all():
    """Have the events of this room told with those of the others."""
    for part in (
        models,
        standards,
        resources,
        evidence,
        serving,
        commitments,
        reflections,
        audits,
        prompts,
    ):
        register(*part.KINDS)
