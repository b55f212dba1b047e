"""A question on the screen, answers by phone, and what became of them: you said, we did."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Occasion, Participant, Partnership, User
from practice.querysets import PromptQuerySet
from rpcportal.kit.guards import OfOnePartnership
from rpcportal.kit.tracking import tracked

OF_PROMPT = "(SELECT partnership_id FROM practice_prompt WHERE id = NEW.prompt_id)"


@tracked(exclude=["version"], within="partnership")
class Prompt(models.Model):
    """One question to a room. Phones join through ``occasion``, made when it is opened."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="prompts")
    question = models.CharField(max_length=300)
    help = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField()
    where = models.CharField(max_length=150, blank=True, help_text="At which workshop or event.")
    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="prompt"
    )
    version = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts what changed on the screen, for its polls."
    )
    request_key = models.UUIDField(null=True, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PromptQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        triggers = [OfOnePartnership("occasion")]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("prompt", args=[self.partnership.slug, self.pk])


@tracked(within="prompt")
class YouSaid(models.Model):
    """What several answers had in common, and what was done about it."""

    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="you_said")
    said = models.CharField(max_length=300)
    did = models.TextField(blank=True, help_text="Empty until something was done.")
    did_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "you said"
        ordering = ["prompt", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(did="") | Q(did_on__isnull=False), name="did_it_on_a_day"
            )
        ]

    def __str__(self):
        return self.said


@tracked(exclude=["request_key"], within="prompt")
class PromptAnswer(models.Model):
    """What one phone wrote. Who holds the phone nobody knows."""

    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="prompt_answers"
    )
    words = models.CharField(max_length=280)
    request_key = models.UUIDField(unique=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Taken off the screen.")
    you_said = models.ForeignKey(
        YouSaid, on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )

    class Meta:
        ordering = ["written_at", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="said_to_the_same_prompt",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT 1 FROM practice_yousaid
                               WHERE id = NEW.you_said_id AND prompt_id <> NEW.prompt_id) THEN
                        RAISE EXCEPTION 'What was said belongs to another question.'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = 'said_to_the_same_prompt';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return self.words
