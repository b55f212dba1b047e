"""The register: what each partner organisation does, and what became of it."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Organisation, Partnership, User
from planning.models import Domain, PriorityAction
from pledges.models.pledges import Pledge
from pledges.querysets import ActionQuerySet, AnswerQuerySet, MilestoneQuerySet
from rpcportal.kit.tracking import tracked


class ActionStatus(models.TextChoices):
    """How far an action is. That it is overdue is no status: the dates say so."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETE = "complete", "Complete"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Rating(models.TextChoices):
    """How it goes, for what is in progress alone (facts.md, 3.3: two fields, as Bracknell
    Forest keeps them). The words stand beside the colour wherever it is shown.
    """

    GREEN = "green", "On track"
    AMBER = "amber", "At risk"
    RED = "red", "Off track"


OPEN_STATUSES = (ActionStatus.NOT_STARTED, ActionStatus.IN_PROGRESS)


@tracked(exclude=["request_key", "updated_at", "search"], within="partnership")
class Action(models.Model):
    """A line of an organisation's action plan."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="actions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveIntegerField(help_text="Its reference within the partnership.")
    request_key = models.UUIDField(
        null=True, unique=True, help_text="Made by the page, so that saving twice makes one."
    )
    what = models.CharField(max_length=500)
    measure = models.TextField(blank=True, help_text="How we will know.")
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_actions"
    )
    owner_words = models.CharField(
        max_length=200, blank=True, help_text="An owner who has no account."
    )
    deputies = models.ManyToManyField(User, through="Deputy", related_name="deputised_actions")
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=ActionStatus, default=ActionStatus.NOT_STARTED)
    rating = models.CharField(max_length=10, choices=Rating, blank=True)
    rating_reason = models.TextField(blank=True)
    rated_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    difference = models.TextField(blank=True, help_text="What difference it made.")
    where_seen = models.TextField(blank=True, help_text="Where that can be seen.")
    withdrawn_because = models.TextField(blank=True)
    domains = models.ManyToManyField(Domain, through="ServedDomain", related_name="actions")
    pledge = models.ForeignKey(
        Pledge, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    priority_action = models.ForeignKey(
        PriorityAction, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    blocked_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="blocks"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When somebody last told of it."
    )
    search = models.GeneratedField(
        expression=SearchVector("what", "measure", "owner_words", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["partnership", "due_on", "number"], name="action_by_due"),
            models.Index(fields=["partnership", "-updated_at", "number"], name="action_by_news"),
            models.Index(fields=["partnership", "status"], name="action_by_status"),
            # For the daily work, which asks about every partnership at once.
            models.Index(
                fields=["due_on"],
                name="action_open_by_due",
                condition=Q(status__in=("not_started", "in_progress")),
            ),
            # For the register of one partnership (docs/decisions/0014-a-register-of-a-million.md):
            # what it filters and sorts by, so that only the rows of a page are read.
            models.Index(
                fields=["partnership", "number"],
                include=[
                    *("id", "organisation", "owner", "owner_words", "due_on", "status"),
                    *("rating", "updated_at"),
                ],
                name="action_in_short",
            ),
            GinIndex(fields=["partnership", "search"], name="action_words"),
        ]
        constraints = [
            models.UniqueConstraint("partnership", "number", name="action_number_once"),
            models.UniqueConstraint(
                "priority_action", "organisation", name="priority_action_once_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ActionStatus.values), name="action_status_known"
            ),
            models.CheckConstraint(
                condition=Q(rating="")
                | Q(rating__in=Rating.values, status=ActionStatus.IN_PROGRESS),
                name="action_rated_while_in_progress",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(due_on__gte=F("starts_on")),
                name="action_due_after_start",
            ),
            models.CheckConstraint(
                condition=Q(status=ActionStatus.COMPLETE) ^ Q(completed_on__isnull=True),
                name="action_completed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(blocked_by__isnull=True) | ~Q(blocked_by=F("id")),
                name="action_not_blocked_by_itself",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.what}"

    def get_absolute_url(self):
        return reverse("action", args=[self.partnership.slug, self.number])

    @property
    def is_open(self):
        """Whether something is still to be done."""
        return self.status in OPEN_STATUSES

    @property
    def owner_name(self):
        """Who sees to it, by an account or in words; an empty text when nobody does."""
        return str(self.owner) if self.owner_id else self.owner_words


@tracked(within="action")
class Deputy(models.Model):
    """That somebody stands in for the owner."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("action", "user", name="deputy_once")]

    def __str__(self):
        return f"{self.user} stands in for the owner of {self.action}"


@tracked(within="action")
class ServedDomain(models.Model):
    """That an action serves a domain of the planning tool."""

    # No index of its own: that of the constraint finds the domains of an action, and without
    # reading the rows.
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+", db_index=False)
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("action", "domain", name="served_domain_once")]

    def __str__(self):
        return f"{self.action} serves {self.domain}"


@tracked(within="action")
class Milestone(models.Model):
    """A step on the way, with a day."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    what = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self):
        return self.what


@tracked(within="action")
class Update(models.Model):
    """What somebody told of an action on a day: words, and what changed with them.

    ``…_before`` and ``…_after`` are the same where it did not change. Updates are added and
    never rewritten: together they tell how the action went.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    request_key = models.UUIDField(unique=True)
    text = models.TextField(blank=True)
    status_before = models.CharField(max_length=20, choices=ActionStatus)
    status_after = models.CharField(max_length=20, choices=ActionStatus)
    rating_before = models.CharField(max_length=10, choices=Rating, blank=True)
    rating_after = models.CharField(max_length=10, choices=Rating, blank=True)
    due_before = models.DateField(null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)
    due_reason = models.TextField(blank=True, help_text="Why the day was moved.")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-written_at", "-pk"]
        triggers = [pgtrigger.Protect(name="update_stays", operation=pgtrigger.Update)]

    def __str__(self):
        return f"Update on {self.action}"

    @property
    def moved_due(self):
        """Whether it gave the action another day."""
        return self.due_before != self.due_after


@tracked(within="partnership")
class Answer(models.Model):
    """That a priority action is taken on by nobody, and why."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    priority_action = models.OneToOneField(
        PriorityAction, on_delete=models.PROTECT, related_name="answer"
    )
    because = models.TextField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AnswerQuerySet.as_manager()

    def __str__(self):
        return f"No action on {self.priority_action}"
