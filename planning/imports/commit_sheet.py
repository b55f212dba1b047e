"""Writing a parsed recording sheet: one transaction, and the same sheet only once."""

import hashlib
import uuid

from django.db import IntegrityError, transaction

from planning.actions import create_assessment
from planning.models import Assessment, PriorityAction
from planning.outline import outline_of


class SheetProblems(Exception):
    """The sheet cannot be taken over as it is; ``problems`` says where and why."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


def digest_of(sheet):
    """The SHA-256 of what a sheet says, whatever its file looks like."""
    said = (
        sheet.assessed_on,
        sheet.illustrative,
        sheet.note,
        [
            (e.number, str(e.level), e.not_applicable_reason, e.evidence, e.gaps)
            for e in sheet.entries
        ],
        [(a.what, a.domains) for a in sheet.actions],
    )
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def commit(sheet, *, partnership, framework, by=None):
    """Write a ParsedSheet as an assessment; returns (assessment, is_new).

    The same sheet twice gives the first assessment again, whatever became of it since.
    Raises SheetProblems, and then nothing is written.
    """
    if sheet.problems:
        raise SheetProblems(sheet.problems)
    known = {"partnership": partnership, "framework": framework, "import_digest": digest_of(sheet)}
    if existing := Assessment.objects.filter(**known).first():
        return existing, False
    try:
        return _write(sheet, known, by), True
    except IntegrityError:
        # Someone imported the same sheet in this very moment.
        existing = Assessment.objects.filter(**known).first()
        if existing is None:
            raise
        return existing, False


@transaction.atomic
def _write(sheet, known, by):
    assessment = create_assessment(
        assessed_on=sheet.assessed_on,
        note=sheet.note,
        illustrative=sheet.illustrative,
        by=by,
        **known,
    )
    parsed = {entry.number: entry for entry in sheet.entries}
    outline = outline_of(known["framework"])
    for entry in assessment.entries.in_order():
        _fill(entry, parsed[entry.domain.number])
    for action in sheet.actions:
        row = PriorityAction.objects.create(
            assessment=assessment, key=uuid.uuid4(), what=action.what
        )
        row.domains.set([outline.by_number[number].pk for number in action.domains])
    return assessment


def _fill(entry, parsed):
    entry.level = parsed.level
    entry.not_applicable_reason = parsed.not_applicable_reason
    entry.not_applicable = bool(parsed.not_applicable_reason)
    entry.evidence, entry.gaps = parsed.evidence, parsed.gaps
    entry.save()
