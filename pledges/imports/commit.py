"""A spreadsheet's way into the register: kept for its preview, then written through the verbs."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.models import Partnership
from partnerships.permissions import check
from pledges import actions, permissions
from pledges.imports import together
from pledges.imports.parsed import ParsedPlan
from pledges.imports.plan import make_plan
from pledges.imports.rules import day_of
from pledges.imports.standing import Standing
from pledges.imports.words import changed_words, is_told, new_words, update_words
from pledges.models import Action, PlanImport, Pledge

KEPT = timedelta(days=1)
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
    check(permissions.no_plan_refusal, by, partnership)
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
    refused = _write(plan.right, held.partnership, by)
    told += [f"Row {row}: {sentence}" for row, sentence in refused.items()]
    _end(held, [*left, *refused])
    new, changed = (
        sum(row.row not in refused for row in rows) for rows in (plan.new, plan.changed)
    )
    return Outcome(new, changed, tuple(told))


def is_done(plan_import):
    """Whether nothing of it waits any more."""
    return PlanImport.objects.filter(pk=plan_import.pk, done_at__isnull=False).exists()


def _held(plan_import, by):
    """The file, held against a second click, and the partnership, whose numbers may grow."""
    rows = PlanImport.objects.select_related("partnership", "by").select_for_update(of=("self",))
    held = rows.get(pk=plan_import.pk)
    check(import_refusal, by, held)
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


def _write(rows, partnership, by):
    """Write rows; number of the row -> the sentence with which it was refused.

    Most rows are written together; one by one those that move from plan to plan, where more
    than their own words is looked at.
    """
    one_by_one = [row for row in rows if row.action and row.found.get("organisation")]
    others = [row for row in rows if not (row.action and row.found.get("organisation"))]
    refused = together.write(others, partnership=partnership, by=by)
    for row in one_by_one:
        if sentence := _refused(row, by):
            refused[row.row] = sentence
    return dict(sorted(refused.items()))


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
    action = actions.add_action(
        organisation=row.found["organisation"],
        by=by,
        domains=row.found.get("domains", ()),
        **new_words(row),
    )
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
    _tell(row.action, row, by)


def _tell(action, row, by):
    if is_told(row):
        actions.tell_of(action=action, by=by, **update_words(row, action.due_on))


def _change_words(row, by):
    words = changed_words(row)
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


def forget_old_imports(now):
    """Files that nobody imported within a day are gone, and those that were."""
    PlanImport.objects.older_than(now - KEPT).delete()
