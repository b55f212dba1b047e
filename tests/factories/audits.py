"""Audits, as rows. Each call makes new ones."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from practice.models import Audit, AuditAction, AuditedFile, AuditMeasure, Finding

DAY = date(2026, 3, 2)


def make_audit(partnership, by, measures=(), *, files=3, held_on=DAY, **words):
    """An audit in progress that holds so many files against these measures."""
    words = {"name": "Family network meetings"} | words
    audit = Audit.objects.create(partnership=partnership, made_by=by, held_on=held_on, **words)
    for position, measure in enumerate(measures, 1):
        AuditMeasure.objects.create(audit=audit, measure=measure, position=position)
    for position in range(1, files + 1):
        AuditedFile.objects.create(audit=audit, position=position)
    return audit


def find(audit, number, *outcomes, note=""):
    """What file ``number`` shows of the measures, in their order; None leaves one out."""
    file = audit.files.get(position=number)
    for asked, outcome in zip(audit.measures.all(), outcomes, strict=False):
        if outcome:
            Finding.objects.create(file=file, audit_measure=asked, outcome=outcome, note=note)
    return file


def finish(audit, by, learnt=""):
    """Close it; returns it as it stands."""
    audit.learnt, audit.finished_by = learnt, by
    audit.finished_at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    audit.save()
    return audit


@dataclass(frozen=True)
class AuditsOfArea:
    """What the walks need: ``open`` with a gap in ``asked``, ``begun`` without any measure, and
    ``finished``.
    """

    open: Audit
    asked: AuditMeasure
    begun: Audit
    finished: Audit


def audits_of(area, organisation, measure, action, song=""):
    """One of each, of an area's organisation; ``action`` was made of the gap of the open one."""

    def make(words, *measures):
        text = f"{song}{words}"
        return make_audit(
            area.partnership,
            area.coordinator,
            measures,
            organisation=organisation,
            name=text,
            sample=text,
        )

    audit, finished = make("audit", measure), make("finished audit", measure)
    audit.files.filter(position=1).update(reference=f"{song}file")
    find(audit, 1, "not", note=f"{song}note")
    find(finished, 1, "partly", note=f"{song}note")
    finish(finished, area.coordinator, f"{song}learnt")
    AuditAction.objects.create(audit_measure=audit.measures.get(), action=action)
    return AuditsOfArea(audit, audit.measures.get(), make("begun audit"), finished)
