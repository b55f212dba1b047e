"""Lists of course needs."""

from pledges.querysets.base import WithinPartnership


class CourseNeedQuerySet(WithinPartnership):
    """Course needs."""
