"""Who wants to hear how something goes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.models import Organisation, Partnership, User
from planning.models import Domain
from pledges.models.actions import Action
from pledges.querysets import FollowQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked


def _only(name):
    others = {"action", "organisation", "domain"} - {name}
    return Q(**{f"{name}__isnull": False}, **{f"{each}__isnull": True for each in others})


@tracked(within="user")
class Follow(models.Model):
    """That a person follows an action, an organisation's plan or a domain of the partnership."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follows")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="follows"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    domain = models.ForeignKey(
        Domain, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user",
                "partnership",
                "action",
                "organisation",
                "domain",
                nulls_distinct=False,
                name="followed_once",
            ),
            models.CheckConstraint(
                condition=_only("action") | _only("organisation") | _only("domain"),
                name="follow_of_one_thing",
            ),
        ]
        triggers = [OfOnePartnership("action", "organisation")]

    def __str__(self):
        return f"{self.user} follows {self.action or self.organisation or self.domain}"
