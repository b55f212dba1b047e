"""``manage.py import_sheet FILE --partnership SLUG``: a Word recording sheet as areas keep it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnerships.models import Partnership
from planning.imports import commit_sheet, word_sheet
from planning.levels import format_level
from planning.models import Framework
from planning.outline import outline_of
from rpcportal.kit.office import MAX_FILE


class Command(BaseCommand):
    help = (
        "Read a Word recording sheet into a partnership. What cannot be understood is listed "
        "by row, and then nothing is written. The same sheet twice is written once."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--framework", default="rpc-2018", metavar="SLUG")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be written, and write nothing"
        )

    def handle(self, *, file, partnership, framework, dry_run, **options):
        partnership = _one(Partnership, partnership, "partnership")
        framework = _one(Framework, framework, "framework")
        sheet = word_sheet.parse(_read(file), outline=outline_of(framework))
        if sheet.problems:
            for problem in sheet.problems:
                self.stderr.write(f"{problem.where}: {problem.sentence}")
            raise CommandError(f"{file.name} was not imported. Nothing was written.")
        self._note_area(sheet, partnership)
        if dry_run:
            self._describe(sheet)
            self.stdout.write("This was a dry run: nothing was written.")
            return
        assessment, is_new = commit_sheet.commit(
            sheet, partnership=partnership, framework=framework
        )
        if is_new:
            self._describe(sheet)
            self.stdout.write(f"Imported into {partnership.name}: {assessment}.")
        else:
            self.stdout.write(
                f"This sheet is in {partnership.name} already ({assessment}). Nothing was written."
            )

    def _note_area(self, sheet, partnership):
        if sheet.area and sheet.area.casefold() != partnership.area.casefold():
            self.stdout.write(
                f"Please note: the sheet names its area “{sheet.area}”, "
                f"the partnership’s is “{partnership.area}”."
            )

    def _describe(self, sheet):
        kind = "illustrative" if sheet.illustrative else "draft"
        self.stdout.write(f"{sheet.assessed_on:%-d %B %Y}, {kind}")
        for entry in sheet.entries:
            self.stdout.write(f"  {entry.number:>2}  {_level(entry)}")
        self.stdout.write(f"  {len(sheet.actions)} priority actions")


def _level(entry):
    if entry.not_applicable_reason:
        return "not applicable"
    return "not yet scored" if entry.level is None else format_level(entry.level)


def _one(model, slug, what):
    found = model.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(model.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise CommandError(f"There is no {what} “{slug}”. There are: {known or 'none yet'}.")
    return found


def _read(file):
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_FILE + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
