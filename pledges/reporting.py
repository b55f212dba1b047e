"""Verbs on board reports: make one, take its figures again, write beside them, finish it.

The figures come from above (rpcportal/board_report/gathering.py): whoever calls hands in
``gather``, a function of a report that gives them as plain values.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.models import Partnership
from partnerships.permissions import check, refusal_for
from pledges import boards
from pledges.models import Board, BoardReport, Narrative, Section
from rpcportal.kit.roles import Permission

FINISHED = "This report was finished on {day}. Nothing in it can be changed any more."


def report_refusal(user, partnership):
    """Why ``user`` may not make board reports, or an empty sentence."""
    return refusal_for(user, Permission.REPORT, partnership.pk)


def change_refusal(user, report):
    """Why ``user`` may not change this report, or an empty sentence."""
    return report_refusal(user, report.partnership) or finished_sentence(report)


def finished_sentence(report):
    """That the report is finished, and when; empty while it is a draft."""
    if report.finished_at is None:
        return ""
    return FINISHED.format(day=f"{timezone.localdate(report.finished_at):%-d %B %Y}")


@transaction.atomic
def make_report(
    *, partnership, by, gather, board, from_on, to_on, board_words="", request_key=None
):
    """A draft with the figures of today; returns it. The same click twice is one report.

    Raises PermissionDenied, and ValidationError with field -> sentence.
    """
    check(report_refusal, by, partnership)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if request_key and (made := BoardReport.objects.filter(request_key=request_key).first()):
        if (made.partnership_id, made.made_by_id) != (partnership.pk, by.pk):
            raise ValidationError(
                "This page was sent before, for something else. Open it once more."
            )
        return made
    if to_on < from_on:
        raise ValidationError({"to_on": "The last day must be the first day or later."})
    if board == Board.OTHER and not board_words:
        raise ValidationError({"board_words": "Enter the name of the board."})
    report = BoardReport(
        partnership=partnership,
        board=board,
        board_words=board_words if board == Board.OTHER else "",
        from_on=from_on,
        to_on=to_on,
        figures_at=timezone.now(),
        made_by=by,
        request_key=request_key,
    )
    report.figures = gather(report)
    report.save()
    return report


def held(report):
    """The report as it stands, held against everyone else until the transaction ends; None when
    somebody has removed it.
    """
    rows = BoardReport.objects.select_related("partnership")
    return rows.select_for_update(of=("self",), no_key=True).filter(pk=report.pk).first()


def _open(report, by):
    """``held``, when ``by`` may change it."""
    check(report_refusal, by, report.partnership)
    standing = held(report)
    if standing is None:
        raise ValidationError("Somebody has removed this report meanwhile.")
    if sentence := finished_sentence(standing):
        raise ValidationError(sentence)
    return standing


@transaction.atomic
def take_figures_again(*, report, by, gather):
    """Replace the figures of a draft by those of now; the words stay. Returns the report."""
    standing = _open(report, by)
    standing.figures_at = timezone.now()
    standing.figures = gather(standing)
    standing.save(update_fields=["figures", "figures_at"])
    return standing


@transaction.atomic
def write_narrative(*, report, section, words, by):
    """Write the words beside one section's figures; returns the Narrative.

    Raises PermissionDenied, and ValidationError when the report is finished or the words are
    too many for the first page.
    """
    standing = _open(report, by)
    if section not in boards.sections_of(standing.board):
        label = Section(section).label
        raise ValidationError(f"A report to this board has no section “{label}”.")
    if sentence := boards.words_problem(section, words):
        raise ValidationError(sentence)
    narrative = Narrative.objects.filter(report=standing, section=section).first()
    if narrative is None:
        narrative = Narrative(report=standing, section=section)
    elif narrative.words == words:
        return narrative
    narrative.words, narrative.written_by = words, by
    narrative.written_at = timezone.now()
    narrative.save()
    return narrative


@transaction.atomic
def finish_report(*, report, by):
    """Finish it: from now on neither figures nor words change. Finishing twice is once."""
    check(report_refusal, by, report.partnership)
    standing = held(report)
    if standing is None:
        raise ValidationError("Somebody has removed this report meanwhile.")
    if standing.finished_at is None:
        standing.finished_by, standing.finished_at = by, timezone.now()
        standing.save(update_fields=["finished_by", "finished_at"])
    return standing


@transaction.atomic
def remove_report(*, report, by):
    """Remove a draft with its words. Raises PermissionDenied for a finished one."""
    check(report_refusal, by, report.partnership)
    standing = held(report)
    if standing is None:
        return
    if sentence := finished_sentence(standing):
        raise PermissionDenied(sentence)
    standing.delete()
