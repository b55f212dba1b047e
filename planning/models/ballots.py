"""Secret ballots: who votes is known while one is open; once it is closed, only what was counted.

A vote has no history, and its row is deleted in the transaction that counts it, so neither the
portal nor who reads its database can tell who voted what. The database holds that (room_guards).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.models import Participant, Sector, User
from planning.models.assessment import Entry, PriorityAction, half_steps
from planning.models.room_guards import (
    CALLED_OFF,
    DOTS_NO_MORE,
    LEVEL_ON_THE_SCALE,
    OPEN,
    REVEALED,
    of_one_assessment,
    only_while_open,
    steps_of_a_ballot,
)
from planning.models.workshops import Paper, Workshop
from planning.querysets import BallotQuerySet, DotRoundQuerySet, RemarkQuerySet
from rpcportal.kit.tracking import tracked


class BallotState(models.TextChoices):
    """Where a ballot stands. It leaves OPEN once, and then stands for ever."""

    OPEN = OPEN, "Open"
    REVEALED = REVEALED, "Revealed"
    CALLED_OFF = CALLED_OFF, "Called off"


class BallotKind(models.TextChoices):
    """What is asked."""

    LEVEL = "level", "The progress level of a domain"
    RATING = "rating", "How the workshop was"


class SecretBallot(models.Model):
    """What everybody's private answer to one question has in common."""

    state = models.CharField(max_length=20, choices=BallotState, default=BallotState.OPEN)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    voters = models.PositiveIntegerField(default=0, help_text="How many voted, once it is closed.")
    present = models.PositiveIntegerField(default=0, help_text="How many phones were in by then.")

    class Meta:
        abstract = True

    @property
    def is_open(self):
        """Whether it takes votes."""
        return self.state == BallotState.OPEN

    @property
    def is_revealed(self):
        """Whether everybody may see what was counted."""
        return self.state == BallotState.REVEALED


@tracked(within="workshop")
class Ballot(SecretBallot):
    """One round of private votes. Round 0 holds what was scored before the workshop."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="ballots")
    kind = models.CharField(max_length=10, choices=BallotKind, default=BallotKind.LEVEL)
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="ballots"
    )
    round = models.PositiveSmallIntegerField(default=1)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BallotState.values), name="ballot_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=BallotKind.LEVEL, entry__isnull=False)
                | Q(kind=BallotKind.RATING, entry__isnull=True),
                name="ballot_asks_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=BallotState.OPEN) ^ Q(closed_at__isnull=False),
                name="ballot_closed_at_a_moment",
            ),
            models.UniqueConstraint(
                "workshop",
                condition=Q(state=BallotState.OPEN, round__gt=0),
                name="ballot_one_open",
            ),
            models.UniqueConstraint(
                "workshop",
                "kind",
                "entry",
                "round",
                condition=~Q(state=BallotState.CALLED_OFF),
                name="ballot_round_once",
                nulls_distinct=False,
            ),
        ]
        triggers = [of_one_assessment(), steps_of_a_ballot("planning_vote", "ballot_id")]

    def __str__(self):
        about = self.entry.domain if self.entry_id else self.get_kind_display()
        return f"{about}, round {self.round}"


class SecretVote(models.Model):
    """One phone's private answer. ``revision`` says which answer a page had seen when it was
    sent, so that a late packet or a forgotten tab changes nothing (planning/balloting.py).
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Vote(SecretVote):
    """One phone's vote while its ballot is open. No level means “don't know”."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="votes")
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    reason = models.CharField(max_length=280, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("ballot", "participant", name="vote_once"),
            models.CheckConstraint(condition=half_steps("level"), name="vote_half_steps"),
        ]
        triggers = [only_while_open("planning_ballot", "ballot_id", LEVEL_ON_THE_SCALE)]

    def __str__(self):
        return f"Vote in {self.ballot}"


class PaperScore(models.Model):
    """What one paper says of one domain, beforehand. Neither a level nor “don't know” means that
    it was not answered. Like the paper it has no history.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="scores")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    does_not_know = models.BooleanField(default=False)
    strength = models.TextField(blank=True)
    improvement = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint("paper", "entry", name="paper_score_once"),
            models.CheckConstraint(condition=half_steps("level"), name="paper_score_half_steps"),
            models.CheckConstraint(
                condition=Q(does_not_know=False) | Q(level__isnull=True),
                name="paper_score_says_one_thing",
            ),
        ]
        triggers = [
            of_one_assessment(
                here="(SELECT w.assessment_id FROM planning_workshop w JOIN planning_paper p"
                " ON p.workshop_id = w.id WHERE p.id = NEW.paper_id)"
            )
        ]

    def __str__(self):
        return f"Score on {self.paper}"


@tracked(within="ballot")
class Tally(models.Model):
    """How many voted for one level; without one, how many did not know.

    ``sector`` is empty for the whole room, REST for small sectors together. Of fewer than five
    voters nothing is kept (planning/spreads.py).
    """

    REST = "rest"

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="tallies")
    sector = models.CharField(
        max_length=20, choices=[*Sector.choices, (REST, "Other sectors together")], blank=True
    )
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    votes = models.PositiveIntegerField()

    class Meta:
        ordering = ["sector", "level"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                "ballot", "sector", "level", name="tally_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(votes__gte=1), name="tally_counts_votes"),
        ]

    def __str__(self):
        return f"{self.votes} in {self.ballot}"


class RemarkKind(models.TextChoices):
    """What somebody was asked for."""

    REASON = "reason", "Reason"
    STRENGTH = "strength", "Strength"
    IMPROVEMENT = "improvement", "Improvement"
    COMMENT = "comment", "Comment"


@tracked(within="ballot")
class Remark(models.Model):
    """Words that came with a vote, of nobody: written in a random order when it was closed."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=20, choices=RemarkKind)
    text = models.TextField()
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Taken off the screen.")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class DotsAbout(models.TextChoices):
    """What the dots rank."""

    GAPS = "gaps", "Gaps"
    ACTIONS = "actions", "Priority actions"


@tracked(within="workshop")
class DotRound(SecretBallot):
    """Everybody spreads so many dots over gaps or actions, to rank them."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="dot_rounds")
    about = models.CharField(max_length=10, choices=DotsAbout)
    dots = models.PositiveSmallIntegerField(default=3)

    objects = DotRoundQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BallotState.values), name="dots_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=BallotState.OPEN) ^ Q(closed_at__isnull=False),
                name="dots_closed_at_a_moment",
            ),
            models.CheckConstraint(condition=Q(dots__in=[3, 5]), name="dots_three_or_five"),
            models.UniqueConstraint(
                "workshop", condition=Q(state=BallotState.OPEN), name="dots_one_open"
            ),
        ]
        triggers = [steps_of_a_ballot("planning_dotvote", "dot_round_id")]

    def __str__(self):
        return f"Dots on {self.get_about_display().lower()}"


@tracked(within="dot_round")
class DotItem(models.Model):
    """One thing that dots are put on, in the words it had when the round was opened."""

    dot_round = models.ForeignKey(DotRound, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    entry = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    priority_action = models.ForeignKey(
        PriorityAction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    dots = models.PositiveIntegerField(default=0, help_text="How many, once it is closed.")

    class Meta:
        ordering = ["position", "pk"]
        triggers = [
            of_one_assessment(
                here="(SELECT w.assessment_id FROM planning_workshop w JOIN planning_dotround r"
                " ON r.workshop_id = w.id WHERE r.id = NEW.dot_round_id)"
            )
        ]

    def __str__(self):
        return self.text[:60]


class DotVote(SecretVote):
    """Where one phone's dots lie while the round is open: the number of an item for each dot."""

    dot_round = models.ForeignKey(DotRound, on_delete=models.CASCADE, related_name="votes")
    items = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint("dot_round", "participant", name="dots_once"),
        ]
        triggers = [only_while_open("planning_dotround", "dot_round_id", DOTS_NO_MORE)]

    def __str__(self):
        return f"Dots in {self.dot_round}"
