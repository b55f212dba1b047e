"""Verbs on audits: start one, hold files against measures, finish it, make actions of gaps."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.events import REMOVED
from partnerships.permissions import check
from pledges.actions import add_action
from pledges.training import held, hold, same
from practice import permissions
from practice.models import (
    Audit,
    AuditAction,
    AuditedFile,
    AuditMeasure,
    Finding,
    Outcome,
    StandardMeasure,
    StandardServed,
    StandardVersion,
)
from rpcportal.kit.meanwhile import fingerprint
from rpcportal.kit.quoting import quoted

MOST_FILES = 50
WORDS = ("name", "organisation", "held_on", "sample")
FINISHED = (
    "This audit is finished, so it cannot change any more. What you have written is below, for "
    "you to take elsewhere."
)
CHANGED = (
    "Somebody has saved files or chosen measures in this audit since this page was made. Look at "
    "its results first, then finish it."
)
STAYS = "A finished audit stays: others may have built on it."


def check_may_audit(by, audit):
    """Raise PermissionDenied with a sentence unless ``by`` may work on this audit."""
    check(permissions.audit_refusal, by, audit.partnership, audit.organisation)


def held_audit(audit):
    """As it stands, held against everyone else; ValidationError when it is removed or finished."""
    standing = _held(audit)
    if standing is None:
        raise ValidationError("Somebody has removed this audit meanwhile, so nothing was saved.")
    if standing.finished_at:
        raise ValidationError(FINISHED)
    return standing


def _held(audit):
    # Not against those whose rows merely name it: a file's own row does. And nothing else is read
    # with it: after waiting, what was joined would still be as it was before.
    rows = Audit.objects.select_for_update(no_key=True)
    return rows.filter(pk=audit.pk).first()


# --- The audit itself -------------------------------------------------------------------------


@transaction.atomic
def start_audit(*, partnership, by, files, request_key=None, **words):
    """Begin an audit of so many files; returns it. The same click twice is one.

    ``words``: those of WORDS. Raises PermissionDenied and ValidationError.
    """
    check(permissions.audit_refusal, by, partnership, words["organisation"])
    hold(partnership)
    made = request_key and Audit.objects.filter(request_key=request_key).first()
    if made:
        return same(made, (made.partnership_id, made.made_by_id), (partnership.pk, by.pk))
    _check_day(words["held_on"])
    audit = Audit.objects.create(
        partnership=partnership, made_by=by, request_key=request_key, **words
    )
    _set_files(audit, files)
    return audit


@transaction.atomic
def change_audit(*, audit, by, files, **words):
    """Say anew what is audited, and how many files; returns it. Its words as in start_audit."""
    standing = held_audit(audit)
    check_may_audit(by, standing)
    check(permissions.audit_refusal, by, standing.partnership, words["organisation"])
    _check_day(words["held_on"])
    for name in WORDS:
        setattr(standing, name, words[name])
    standing.save(update_fields=WORDS)
    _set_files(standing, files)
    return standing


def _check_day(day):
    if day > timezone.localdate():
        raise ValidationError({"held_on": "“Day of the audit” must be today or in the past"})


def _set_files(audit, wanted):
    """As many files as are wanted; one that holds something is never taken away."""
    if not 1 <= wanted <= MOST_FILES:
        raise ValidationError({"files": f"An audit has 1 to {MOST_FILES} files"})
    standing = {each.position: each for each in audit.files.prefetch_related("findings")}
    for position in range(1, wanted + 1):
        if position not in standing:
            AuditedFile.objects.create(audit=audit, position=position)
    for position in sorted(standing, reverse=True):
        if position <= wanted:
            break
        if standing[position].reference or standing[position].findings.all():
            raise ValidationError(
                {"files": f"File {position} has been looked at already: keep {position} files, or "
                 "empty that one first"}
            )  # fmt: skip
        standing[position].delete()


def measures_to_choose(partnership, today):
    """The measures of the partnership's own standards in force, standard by standard."""
    in_force = StandardVersion.objects.in_force(today).filter(standard__partnership=partnership)
    return (
        StandardMeasure.objects.filter(version__in=in_force)
        .select_related("version__standard__pillar__model")
        .order_by(
            "version__standard__pillar__model__name",
            "version__standard__pillar__model",
            "version__standard__pillar__position",
            "version__standard__pillar",
            "version__standard__position",
            "version__standard",
            "position",
            "pk",
        )
    )


@transaction.atomic
def choose_measures(*, audit, by, measures):
    """Say which measures the files are held against, in this order; returns the audit.

    One that was looked at in a file already stays: taking it away would take those words away.
    """
    standing = held_audit(audit)
    check_may_audit(by, standing)
    if not measures:
        raise ValidationError({"measures": "Choose at least one measure"})
    asked = {each.measure_id: each for each in standing.measures.prefetch_related("findings")}
    wanted = {each.pk for each in measures}
    for number, each in asked.items():
        if number in wanted:
            continue
        if each.findings.all():
            raise ValidationError(
                {"measures": f"{quoted(str(each.measure), limit=90)} has been looked at in a file "
                 "already, so it stays: tick it again"}
            )  # fmt: skip
        each.delete()
    for position, measure in enumerate(measures, 1):
        if measure.pk not in asked:
            AuditMeasure.objects.create(audit=standing, measure=measure, position=position)
        elif asked[measure.pk].position != position:
            asked[measure.pk].position = position
            asked[measure.pk].save(update_fields=["position"])
    return standing


def fingerprint_of(audit):
    """A short digest of all that an audit ``with_everything`` holds."""
    asked = [each.measure_id for each in audit.measures.all()]
    found = [
        (file.position, file.reference, each.audit_measure_id, each.outcome, each.note)
        for file in audit.files.all()
        for each in file.findings.all()
    ]
    return fingerprint(repr((asked, len(audit.files.all()), found)))


@transaction.atomic
def finish_audit(*, audit, by, learnt, seen=""):
    """Close it for ever, with what was learnt; returns it. Twice is once.

    ``seen``: the fingerprint of what was read, if that is known: just that is closed.
    """
    closed = _held(audit)
    if closed and closed.finished_at and (closed.learnt, closed.finished_by_id) == (learnt, by.pk):
        return closed
    standing = held_audit(audit)
    check_may_audit(by, standing)
    if not Finding.objects.filter(file__audit=standing).exists():
        raise ValidationError("Nothing has been looked at yet. Look at a file first; then finish.")
    if seen and seen != fingerprint_of(Audit.objects.with_everything().get(pk=standing.pk)):
        raise ValidationError(CHANGED)
    standing.learnt = learnt
    standing.finished_by, standing.finished_at = by, timezone.now()
    standing.save(update_fields=["learnt", "finished_by", "finished_at"])
    return standing


@transaction.atomic
def remove_audit(*, audit, by):
    """Take an unfinished audit off, with all that was found. Twice is once."""
    check_may_audit(by, audit)
    standing = _held(audit)
    if standing is None:
        return
    check_may_audit(by, standing)
    if standing.finished_at:
        raise ValidationError(STAYS)
    standing.delete()


# --- A file -----------------------------------------------------------------------------------


def number_of_removed(audit, position):
    """The number of a file that was taken out of an audit, or None."""
    events = AuditedFile.pgh_event_model.objects.filter(pgh_label=REMOVED)
    there = events.filter(audit=audit, position=position).order_by("-pgh_id")
    return there.values_list("pgh_obj_id", flat=True).first()


def held_file(file):
    """As it stands with its findings, held against everyone else, and its audit with it."""
    audit = held_audit(file.audit)
    standing = held(AuditedFile.objects, file)
    standing.audit = audit
    return standing


@transaction.atomic
def save_file(*, file, by, reference, found):
    """Write what a file shows; returns it.

    ``found``: AuditMeasure -> (outcome, note); an empty outcome says that it was not looked at.
    Rows are written where they differ, so that the history tells of changes alone.
    """
    standing = held_file(file)
    check_may_audit(by, standing.audit)
    if standing.reference != reference:
        standing.reference = reference
        standing.save(update_fields=["reference"])
    there = {each.audit_measure_id: each for each in standing.findings.all()}
    for asked, (outcome, note) in found.items():
        _set_finding(standing, asked, there.get(asked.pk), outcome, note)
    return standing


def _set_finding(file, asked, finding, outcome, note):
    if not outcome:
        if note:
            raise ValidationError(f"Say what the file shows of {quoted(str(asked), limit=90)}")
        if finding:
            finding.delete()
        return
    if finding and (finding.outcome, finding.note) == (outcome, note):
        return
    finding = finding or Finding(file=file, audit_measure=asked)
    finding.outcome, finding.note = outcome, note
    finding.save()


# --- What is done about it --------------------------------------------------------------------


@transaction.atomic
def make_action(*, asked, by, organisation, request_key, **words):
    """Make an action of the register of a gap; returns it. The same click twice is one.

    ``asked``: the AuditMeasure. ``words`` as in pledges.actions.add_action. The action serves
    the standard, whose page shows it.
    """
    check_may_audit(by, asked.audit)
    gaps = asked.findings.filter(outcome__in=[Outcome.NOT, Outcome.PARTLY])
    if not gaps.exists():
        raise ValidationError("No file shows a gap in this measure any more.")
    action = add_action(organisation=organisation, by=by, request_key=request_key, **words)
    _, is_new = AuditAction.objects.get_or_create(action=action, defaults={"audit_measure": asked})
    if is_new:
        StandardServed.objects.get_or_create(
            standard=asked.measure.version.standard,
            action=action,
            pledge=None,
            defaults={"linked_by": by},
        )
    return action
