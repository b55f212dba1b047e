"""Lists of course needs."""

from pledges.querysets.base import WithinPartnership


class CourseNeedQuerySet(WithinPartnership):
    """Course needs."""

    def with_names(self):
        """With course and partnership, by role and course."""
        return self.select_related("course__partnership", "partnership").order_by(
            "role", "course__name", "pk"
        )

    def of_role(self, role):
        """Those of one role, however it is spelt in capitals."""
        return self.filter(role__iexact=role)

    def of_course(self, course):
        """Those of one course."""
        return self.filter(course=course)
