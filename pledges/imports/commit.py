"""A spreadsheet's way into the register: kept for its preview, then written through the verbs."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.models import Partnership
from pledges import actions, permissions
from pledges.imports.parsed import ParsedPlan
from pledges.imports.plan import make_plan
from pledges.imports.rules import (
    day_of,
    due_reason,
    rating_of,
    status_of,
    told_text,
)
from pledges.imports.standing import Standing
from pledges.models import Action, ActionStatus, PlanImport, Pledge
from pledges.statuses import rating_that_stands

KEPT = timedelta(days=1)
WORDS = {"measure", "what"}
TOLD = {"status", "rating", "due_on", "difference", "where_seen"}
SOMETHING_WRONG = (
    "Nothing was imported, because some rows cannot be read. Mend the file and choose it again, "
    "or import the rows that are right."
)


@dataclass(frozen=True)
class Outcome:
    """What an import did: how many rows, and the sentences about those it left alone."""

    new: int = 0
    changed: int = 0
    left: tuple[str, ...] = ()


@transaction.atomic
def keep(*, parsed, data, name, partnership, by):
    """Keep what a file says until it is imported. The same file twice is kept once."""
    permissions.check(permissions.no_plan_refusal, by, partnership)
    seen = Standing.of(parsed, partnership=partnership, by=by).prints()
    kept, _ = PlanImport.objects.update_or_create(
        partnership=partnership,
        by=by,
        digest=hashlib.sha256(data).hexdigest(),
        done_at=None,
        defaults={
            "name": name, "parsed": parsed.as_json(), "seen": seen, "made_at": timezone.now(),
        },
    )  # fmt: skip
    return kept


def preview(plan_import, *, by, today=None):
    """What an import would write, as the register stands now."""
    return make_plan(
        ParsedPlan.of_json(plan_import.parsed),
        partnership=plan_import.partnership,
        by=by,
        today=today or timezone.localdate(),
        seen=plan_import.seen,
    )


def import_refusal(user, plan_import):
    """Why ``user`` may not import this file, or an empty sentence."""
    if plan_import.by_id != user.pk:
        return f"{plan_import.by} has chosen this file, and nobody else can import it."
    return permissions.no_plan_refusal(user, plan_import.partnership)


@transaction.atomic
def look_again(*, plan_import, by):
    """Take what stands in the register now as seen: what others changed can be overwritten."""
    held = _held(plan_import, by)
    if held.done_at is None:
        parsed = ParsedPlan.of_json(held.parsed)
        held.seen = Standing.of(parsed, partnership=held.partnership, by=by).prints()
        held.save(update_fields=["seen"])


@transaction.atomic
def import_plan(*, plan_import, by, is_partial=False, today=None):
    """Write what the preview showed, and return an Outcome; None if it was written before.

    A row whose action somebody has changed since is left alone and waits in ``plan_import``.
    Raises ValidationError with a sentence if a row is wrong, unless ``is_partial``.
    """
    held = _held(plan_import, by)
    if held.done_at is not None:
        return None
    _lock_actions(held)
    plan = preview(held, by=by, today=today)
    if plan.wrong and not is_partial:
        raise ValidationError(SOMETHING_WRONG)
    left = [each.row for each in plan.meanwhile]
    told = [f"Row {each.row}: somebody has changed action {each.action.number} meanwhile."
            for each in plan.meanwhile]  # fmt: skip
    written = {True: 0, False: 0}
    for row in plan.right:
        if sentence := _refused(row, by):
            told.append(f"Row {row.row}: {sentence}")
            left.append(row.row)
        else:
            written[row.action is None] += 1
    _end(held, left)
    return Outcome(written[True], written[False], tuple(told))


def is_done(plan_import):
    """Whether nothing of it waits any more."""
    return PlanImport.objects.filter(pk=plan_import.pk, done_at__isnull=False).exists()


def _held(plan_import, by):
    """The file, held against a second click, and the partnership, whose numbers may grow."""
    rows = PlanImport.objects.select_related("partnership", "by").select_for_update(of=("self",))
    held = rows.get(pk=plan_import.pk)
    permissions.check(import_refusal, by, held)
    Partnership.objects.select_for_update(no_key=True).get(pk=held.partnership_id)
    return held


def _lock_actions(held):
    numbers = [int(number) for number in held.seen]
    rows = Action.objects.of(held.partnership).filter(number__in=numbers).order_by("pk")
    list(rows.select_for_update().values_list("pk"))


def _end(held, left):
    """Done; or, when rows wait for another look, those rows and no others."""
    if left:
        left = set(left)
        held.parsed["rows"] = [row for row in held.parsed["rows"] if row[0] in left]
    else:
        held.parsed, held.seen, held.done_at = {"rows": [], "notes": []}, {}, timezone.now()
    held.save()


def _refused(row, by):
    """Write a row; the sentence with which a verb refused it, or an empty one."""
    try:
        with transaction.atomic():
            if row.action is None:
                _add(row, by)
            else:
                _change(row, by)
    except ValidationError as error:
        return " ".join(error.messages)
    except PermissionDenied as error:
        return str(error)
    return ""


def _add(row, by):
    after, found = row.after, row.found
    owner = found.get("owner")
    action = actions.add_action(
        organisation=found["organisation"],
        by=by,
        domains=found.get("domains", ()),
        what=after["what"],
        measure=after["measure"],
        owner=owner,
        owner_words="" if owner else after["owner"],
        starts_on=day_of(after["starts_on"]),
        due_on=day_of(after["due_on"]),
        blocked_by=found.get("blocked_by"),
    )
    if status_of(after["status"]) != ActionStatus.NOT_STARTED:
        _tell(action, row, by)


def _change(row, by):
    """Words by one verb, the rest by an update; in the order in which the days fit."""
    starts, due = day_of(row.after["starts_on"]), row.action.due_on
    steps = [_change_words, _tell_changes]
    if starts and due and starts > due:
        steps.reverse()
    for step in steps:
        step(row, by)


def _tell_changes(row, by):
    if TOLD & set(row.changed):
        _tell(row.action, row, by)


def _tell(action, row, by):
    after = row.after
    status = status_of(after["status"])
    due_on = day_of(after["due_on"])
    actions.tell_of(
        action=action,
        by=by,
        request_key=uuid.uuid4(),
        text=told_text(row.before, after),
        status=status,
        rating=rating_that_stands(status, rating_of(after["rating"])),
        due_on=due_on,
        due_reason=due_reason(action.due_on, due_on),
        difference=after["difference"],
        where_seen=after["where_seen"],
        on=day_of(after["completed_on"]) if status == ActionStatus.COMPLETE else None,
    )


def _change_words(row, by):
    words = _changed_words(row)
    organisation = row.found.get("organisation")
    if not words and not organisation and "domains" not in row.changed:
        return
    action = row.action
    if organisation and action.pledge_id:
        words["pledge"] = Pledge.objects.of(action.partnership).of_organisation(organisation)
    domains = row.found.get("domains", ()) if "domains" in row.changed else action.domains.all()
    actions.change_action(
        action=action,
        by=by,
        organisation=organisation or action.organisation,
        domains=domains,
        deputies=list(action.deputies.all()),
        **words,
    )


def _changed_words(row):
    changed, after, found = set(row.changed), row.after, row.found
    words = {name: after[name] for name in changed & WORDS}
    if "starts_on" in changed:
        words["starts_on"] = day_of(after["starts_on"])
    if "blocked_by" in changed:
        words["blocked_by"] = found.get("blocked_by")
    if "owner" in changed:
        owner = found.get("owner")
        words |= {"owner": owner, "owner_words": "" if owner else after["owner"]}
    return words


def forget_old_imports(now):
    """Files that nobody imported within a day are gone, and those that were."""
    PlanImport.objects.older_than(now - KEPT).delete()
