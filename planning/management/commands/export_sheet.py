"""``manage.py export_sheet --partnership SLUG --format pdf --out FILE``: the sheet as a file."""

import os
import tempfile
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from planning.models import Assessment
from planning.reports import RecordingSheet
from planning.sheet_pdf import sheet_pdf


class Command(BaseCommand):
    help = "Write a partnership's recording sheet to a file: the newest, or that of a date."

    def add_arguments(self, parser):
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day of the assessment")
        parser.add_argument("--format", choices=["pdf"], default="pdf")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *, partnership, date, out, **options):
        assessment = _chosen(partnership, date)
        self._note_others(assessment)
        sheet = RecordingSheet.of(assessment, timezone.localdate())
        _write(out, sheet_pdf(sheet))
        self.stdout.write(f"Wrote {sheet.title} ({sheet.status.lower()}) to {out}.")

    def _note_others(self, assessment):
        same_day = Assessment.objects.comparable_with(assessment).filter(
            assessed_on=assessment.assessed_on
        )
        if same_day.exists():
            self.stdout.write(
                "Please note: there is more than one assessment of that day; this is the one that "
                "was started last. The others can be downloaded from their pages."
            )


def _chosen(slug, day):
    assessments = Assessment.objects.filter(partnership__slug=slug).with_context()
    if not assessments.exists():
        raise CommandError(f"The partnership “{slug}” does not exist or has no assessment.")
    if day is None:
        return assessments.current().order_by("-assessed_on", "-created_at").first()
    try:
        day = date.fromisoformat(day)
    except ValueError:
        raise CommandError(f"“{day}” is not a date. Write it like 2018-07-30.") from None
    found = assessments.filter(assessed_on=day).order_by("-version", "-created_at").first()
    if found is None:
        days = assessments.order_by("assessed_on").values_list("assessed_on", flat=True).distinct()
        known = ", ".join(sorted({f"{each:%Y-%m-%d}" for each in days}))
        raise CommandError(f"There is no assessment of {day}. There are: {known}.")
    return found


def _write(path, content):
    """All of the file or nothing of it: a full disk leaves no stump."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                Path(file.name).replace(path)
            except OSError:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
