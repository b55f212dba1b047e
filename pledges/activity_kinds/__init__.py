"""What this room tells of who did what."""

from partnerships.activity import register
from pledges import activity
from pledges.activity_kinds import launches, measures, outreach, pledges, reports


def register_all():
    """Have the events of this room told with those of the others."""
    register(activity.ACTIONS, activity.DEPUTIES, activity.SERVED_DOMAINS, activity.MILESTONES)
    register(activity.UPDATES, activity.ANSWERS)
    for part in (pledges, launches, measures, outreach, reports):
        register(*part.KINDS)
