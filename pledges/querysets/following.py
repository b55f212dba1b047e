"""Lists of who follows what."""

from django.db.models import F, OuterRef, Q, QuerySet


class FollowQuerySet(QuerySet):
    """What people follow. Each person sees their own."""

    def visible_to(self, user):
        """Those of ``user``, in partnerships that they are a member of; not what they followed
        when they were one before.
        """
        return self.filter(
            user=user,
            partnership__memberships__user_id=user.pk,
            since__gte=F("partnership__memberships__joined_at"),
        )

    def with_names(self):
        """With what each is about."""
        return self.select_related("partnership", "action__partnership", "organisation", "domain")

    def by_thing(self):
        """Actions, then organisations, then domains, each in their own order."""
        return self.order_by(
            F("action__number").asc(nulls_last=True),
            F("organisation__name").asc(nulls_last=True),
            F("domain__number").asc(nulls_last=True),
            "pk",
        )

    def followers(self):
        """The numbers of all who follow something where they are still a member."""
        members = self.filter(user__is_active=True, partnership__memberships__user_id=F("user_id"))
        return members.order_by().values_list("user_id", flat=True).distinct()

    def that_tell_of(self, action, moment, *, served):
        """For a subquery: those that were there at a moment and of which this action is a part.

        ``action``: the path from the outer query to its action, “” where it is that itself.
        ``served``: a queryset of served domains.
        """

        def outer(name):
            return OuterRef(f"{action}__{name}" if action else name)

        domains = served.filter(action=OuterRef(outer("pk"))).values("domain")
        is_of = Q(action=outer("pk")) | Q(organisation=outer("organisation"))
        return self.filter(
            is_of | Q(domain__in=domains),
            partnership=outer("partnership"),
            since__lte=OuterRef(moment),
        )
