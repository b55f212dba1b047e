"""What workshops tell of who did what."""

from partnerships.activity import register
from planning.activity_kinds import closing, room, tables, workshops


def register_all():
    """Have the events of workshops told with those of sheets."""
    for part in (workshops, room, tables, closing):
        register(*part.KINDS)
