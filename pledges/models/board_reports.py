"""What a board was told: figures as they stood, and the words beside them."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, User
from pledges.querysets import BoardReportQuerySet
from rpcportal.kit.tracking import tracked


class Board(models.TextChoices):
    """Whom a report is for."""

    STEERING = "steering", "Steering group"
    EARLY_HELP = "early_help", "Early help board"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse board"
    HEALTH = "health", "Health and wellbeing board"
    OTHER = "other", "Another board"


@tracked(exclude=["figures", "request_key"], within="partnership")
class BoardReport(models.Model):
    """One report, for one board and one period. Once it is finished nothing in it changes.

    ``figures`` is everything that the page, the PDF and the Word file show but the words
    (rpcportal/board_report/gathering.py says its shape), taken at ``figures_at``.
    """

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="board_reports"
    )
    board = models.CharField(max_length=20, choices=Board)
    board_words = models.CharField(max_length=150, blank=True, help_text="Another board's name.")
    from_on = models.DateField()
    to_on = models.DateField()
    figures = models.JSONField()
    figures_at = models.DateTimeField(default=timezone.now)
    request_key = models.UUIDField(null=True, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        ordering = ["-to_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="board_report_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) ^ Q(finished_by__isnull=False),
                name="board_report_finished_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="finished_report_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__finished_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"Report to {self.board_name}, {self.from_on} to {self.to_on}"

    def get_absolute_url(self):
        return reverse("board_report", args=[self.partnership.slug, self.pk])

    @property
    def board_name(self):
        """The board, by the list or in words."""
        return self.board_words or self.get_board_display()


class Section(models.TextChoices):
    """The parts of a report, in order."""

    MATTERS = "matters", "What matters"
    EXCEPTIONS = "exceptions", "Exceptions"
    DOMAINS = "domains", "Progress by domain"
    DATES = "dates", "Dates that moved"
    MEASURES = "measures", "Measures"
    PEOPLE = "people", "Training, champions and events"


@tracked(within="report")
class Narrative(models.Model):
    """Somebody's words beside the figures of one section of a report."""

    report = models.ForeignKey(BoardReport, on_delete=models.CASCADE, related_name="narratives")
    section = models.CharField(max_length=20, choices=Section)
    words = models.TextField(blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("report", "section", name="narrative_once")]
        triggers = [
            pgtrigger.Trigger(
                name="finished_words_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM pledges_boardreport
                               WHERE id IN (OLD.report_id, NEW.report_id)
                               AND finished_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'A finished report cannot change.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                """,
            )
        ]

    def __str__(self):
        return f"{self.get_section_display()} of {self.report}"
