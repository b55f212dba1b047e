"""Verbs of the planning tool that write several rows. Each is one transaction.

Saving a domain's page is long enough for a module of its own: planning/saving.py.
"""

import uuid
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.permissions import check, check_may
from planning import permissions
from planning.facts import readiness_of
from planning.models import Assessment, Entry, EvidenceReference, PriorityAction, Status
from planning.outline import outline_of
from rpcportal.kit.roles import Permission


class NotReady(PermissionDenied):
    """Something has to be mended before the sheet can be agreed; the message says what."""


@contextmanager
def closing_noticed():
    """Turn the database's refusal to change an agreed sheet into its sentence.

    The page had looked before it wrote, so this happens only when someone agrees the
    sheet in the very moment in which someone else saves.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") != "sheet_closed":
            raise
        raise permissions.SheetClosed(
            "This sheet was agreed a moment ago, so it can no longer change. "
            "A coordinator can reopen it as a new version."
        ) from error


def start_assessment(*, partnership, framework, assessed_on, by, request_key=None, **details):
    """A new assessment with an empty entry for each domain.

    ``request_key`` names the page that asked: asking twice gives the same assessment.
    ``details``: note, illustrative.
    """
    check_may(by, Permission.START, partnership.pk)
    return create_assessment(
        partnership=partnership,
        framework=framework,
        assessed_on=assessed_on,
        by=by,
        request_key=request_key,
        **details,
    )


@transaction.atomic
def create_assessment(
    *,
    partnership,
    framework,
    assessed_on,
    by=None,
    request_key=None,
    note="",
    illustrative=False,
    import_digest="",
):
    """The rows of a new assessment. ``start_assessment`` checks who asks; imports call this."""
    fields = {
        "partnership": partnership,
        "framework": framework,
        "assessed_on": assessed_on,
        "note": note,
        "status": Status.ILLUSTRATIVE if illustrative else Status.DRAFT,
        "import_digest": import_digest,
        "created_by": by,
    }
    if request_key is None:
        assessment, is_new = Assessment.objects.create(**fields), True
    else:
        # The key comes with a form. The same form for another partnership, or sent again
        # with another day, asks for another assessment.
        key = uuid.uuid5(request_key, f"{partnership.pk} {framework.pk} {assessed_on}")
        assessment, is_new = Assessment.objects.get_or_create(
            request_key=key, partnership=partnership, defaults=fields
        )
    if is_new:
        domains = outline_of(framework).domains
        Entry.objects.bulk_create(
            Entry(assessment=assessment, domain_id=domain.pk) for domain in domains
        )
    return assessment


def change_details(*, assessment, assessed_on, note, illustrative, by):
    """Change the date, the words at the head, and whether it is an illustration."""
    check(permissions.details_refusal, by, assessment)
    assessment.assessed_on = assessed_on
    assessment.note = note
    assessment.status = Status.ILLUSTRATIVE if illustrative else Status.DRAFT
    with closing_noticed():
        assessment.save(update_fields=["assessed_on", "note", "status"])


@transaction.atomic
def agree_sheet(*, assessment, name, role, on, by):
    """Record that the partnership agreed the sheet; from now on it cannot change.

    ``name`` and ``role``: who agreed it for the partnership; ``on``: that day. The same
    click twice is one agreement. Raises NotReady when the readiness check finds something
    that must be mended.
    """
    sheet = locked(assessment)
    if sheet.status == Status.AGREED and sheet.agreement == (name, role, on, by.pk):
        return sheet
    check(permissions.agree_refusal, by, sheet)
    if on is not None and on < sheet.assessed_on:
        raise NotReady("The day it was agreed cannot be before the assessment itself.")
    if musts := readiness_of(sheet).musts:
        raise NotReady(f"This sheet is not ready to be agreed. {musts[0].sentence}")
    sheet.status = Status.AGREED
    sheet.agreed_name, sheet.agreed_role, sheet.agreed_on = name, role, on
    sheet.agreed_area = sheet.partnership.area
    sheet.agreed_partnership = sheet.partnership.name
    sheet.agreed_recorded_by, sheet.agreed_recorded_at = by, timezone.now()
    sheet.save()
    return sheet


@transaction.atomic
def reopen_sheet(*, assessment, reason, by):
    """Make a new version to work on and keep the old one, superseded; returns the new one.

    The same click twice returns the same new version.
    """
    old = locked(assessment)
    if old.status == Status.SUPERSEDED and (later := _next_version(old)):
        check_may(by, Permission.REOPEN, old.partnership_id)
        return later
    check(permissions.reopen_refusal, by, old)
    old.status = Status.SUPERSEDED
    old.save(update_fields=["status"])
    new = Assessment.objects.create(
        partnership_id=old.partnership_id,
        framework_id=old.framework_id,
        assessed_on=old.assessed_on,
        note=old.note,
        version=old.version + 1,
        previous_version=old,
        reopening_reason=reason,
        created_by=by,
    )
    _copy_entries(old, new)
    _copy_actions(old, new)
    return new


def locked(assessment):
    """The assessment as it stands, held against everyone else until the transaction ends."""
    rows = Assessment.objects.select_related("partnership", "framework")
    return rows.select_for_update(of=("self",)).get(pk=assessment.pk)


def _next_version(assessment):
    return Assessment.objects.filter(previous_version=assessment).first()


def _copy_entries(old, new):
    for entry in old.entries.with_words():
        references = list(entry.references.all())
        entry.pk, entry.assessment, entry.writers = None, new, {}
        entry.save(force_insert=True)
        for reference in references:
            reference.pk, reference.entry, reference.writers = None, entry, {}
        EvidenceReference.objects.bulk_create(references)


def _copy_actions(old, new):
    for action in old.priority_actions.with_domains():
        action.pk, action.assessment, action.writers = None, new, {}
        action.save(force_insert=True)
        action.domains.set(action.domain_pks)


def remove_reference(*, reference, by):
    """Take a reference off the sheet. Removing it twice is harmless."""
    assessment = reference.entry.assessment
    check(permissions.score_refusal, by, assessment)
    with closing_noticed():
        # Locked, so that nobody's words come to wait for this row in the same moment.
        row = EvidenceReference.objects.select_for_update().filter(pk=reference.pk).first()
        _refuse_unsettled(assessment, f"reference-{reference.key}-")
        if row is not None:
            row.delete()


def remove_action(*, action, by, only_from=None):
    """Take a priority action off the sheet, or only off the domain ``only_from``.

    An action always serves a domain: taken off its last one, it is off the sheet.
    """
    check(permissions.score_refusal, by, action.assessment)
    with closing_noticed():
        row = PriorityAction.objects.select_for_update().filter(pk=action.pk).first()
        _refuse_unsettled(action.assessment, f"action-{action.key}-")
        if row is None:
            return
        if only_from is not None and row.domains.exclude(pk=only_from).exists():
            row.domains.remove(only_from)
        else:
            row.delete()


def _refuse_unsettled(assessment, prefix):
    waiting = assessment.entries.filter(unsettled__part__startswith=prefix)
    if waiting.exists():
        raise PermissionDenied(
            "Two people wrote in this one at the same time. Settle the two texts first, "
            "then remove it: nobody's words are lost that way."
        )
