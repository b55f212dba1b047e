"""Verbs on the register: write an action, tell of it, take a priority action on."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partnerships.events import REMOVED
from partnerships.models import Partnership
from partnerships.permissions import check
from pledges import permissions, statuses
from pledges.models import Action, ActionStatus, Answer, Deputy, Milestone, ServedDomain, Update
from rpcportal.kit.holding import held_row

ActionEvent = Action.pgh_event_model
# What an update changes, and nothing else does.
TOLD = (
    "status", "rating", "rating_reason", "rated_on", "completed_on", "withdrawn_because",
    "difference", "where_seen", "due_on", "updated_at",
)  # fmt: skip
WORDS = ("what", "measure", "owner", "owner_words", "starts_on", "pledge", "blocked_by")


@transaction.atomic
def add_action(*, organisation, by, request_key=None, domains=(), deputies=(), **words):
    """A new line of an organisation's plan; returns it. Asking twice gives the same one.

    ``words``: those of WORDS, ``due_on`` and ``priority_action``. Raises PermissionDenied.
    """
    check(permissions.write_refusal, by, organisation)
    # Held, so that two that are made at once have two numbers, and one asked for twice is one.
    partnership = _held(organisation.partnership_id)
    if request_key and (made := Action.objects.filter(request_key=request_key).first()):
        return _same(made, (made.partnership_id, made.created_by_id), (partnership.pk, by.pk))
    if taken := _taken_on(organisation, words.get("priority_action")):
        return taken
    _check_people(partnership, [words.get("owner"), *deputies])
    action = Action(
        partnership=partnership,
        organisation=organisation,
        number=next_number(partnership),
        request_key=request_key,
        created_by=by,
        **words,
    )
    action.save()
    _set_domains(action, domains)
    _set_deputies(action, deputies)
    return action


def _held(partnership_id):
    """The partnership, held against others who number or order its actions."""
    # Not against those whose rows merely name it: with them it would be a deadlock.
    return Partnership.objects.select_for_update(no_key=True).get(pk=partnership_id)


def _same(made, of_what, asked):
    """What a page has made already, if it is the one that was asked for."""
    if of_what != asked:
        raise ValidationError("This page was sent before, for something else. Open it once more.")
    return made


def _taken_on(organisation, priority_action):
    """What the organisation made of a priority action already, on this version of the sheet or
    an earlier one, or None.
    """
    if priority_action is None:
        return None
    taken = Action.objects.filter(organisation=organisation)
    return taken.filter(priority_action__key=priority_action.key).first()


def next_number(partnership):
    """One higher than any before; that of an action that was deleted is never given again."""
    removed = ActionEvent.objects.filter(partnership=partnership, pgh_label=REMOVED)
    sources = Action.objects.of(partnership), removed
    highest = [each.aggregate(highest=Max("number"))["highest"] or 0 for each in sources]
    return max(highest) + 1


def _check_people(partnership, people):
    for person in people:
        if person is not None:
            permissions.check_writes(person, partnership)


def _set_domains(action, domains):
    _set(ServedDomain, action, "domain", domains)


def _set_deputies(action, deputies):
    _set(Deputy, action, "user", deputies)


def _set(model, action, name, wanted):
    """Rows one by one where they differ, so that the history tells of changes alone."""
    standing = {getattr(row, f"{name}_id"): row for row in model.objects.filter(action=action)}
    wanted = {each.pk: each for each in wanted}
    for pk in standing.keys() - wanted.keys():
        standing[pk].delete()
    for pk in wanted.keys() - standing.keys():
        model.objects.create(action=action, **{name: wanted[pk]})


def locked(action):
    """The action as it stands, held against everyone else until the transaction ends."""
    rows = Action.objects.select_related("organisation", "partnership")
    return held_row(rows, action.pk, no_key=True)


def held(action):
    """``locked``, and the partnership with it: what changing a line asks for, in this order."""
    _held(action.partnership_id)  # of two who make their actions wait, one sees the other
    return locked(action)


@transaction.atomic
def change_action(*, action, by, organisation, domains, deputies, **words):
    """Write a line of a plan anew; its last day and status change by an update (``tell_of``).

    Raises PermissionDenied, and ValidationError with field -> sentence.
    """
    standing = held(action)
    check(permissions.write_refusal, by, standing.organisation)
    check(permissions.write_refusal, by, organisation)
    new_people = {words.get("owner"), *deputies} - {standing.owner, *standing.deputies.all()}
    _check_people(standing.partnership, new_people)
    _check_blocking(standing, words.get("blocked_by"))
    _check_moving(standing, organisation)
    standing.organisation = organisation
    for name, value in words.items():
        setattr(standing, name, value)
    standing.save(update_fields=["organisation", *words])
    _set_domains(standing, domains)
    _set_deputies(standing, deputies)
    return standing


def _check_blocking(action, blocked_by):
    """Nothing waits for itself, by however long a way."""
    seen, pk = {action.pk}, blocked_by and blocked_by.pk
    while pk is not None:
        if pk in seen:
            raise ValidationError(
                {"blocked_by": "That action waits for this one, so this one cannot wait for it."}
            )
        seen.add(pk)
        # Asked anew: it may have been made to wait since it was read.
        pk = Action.objects.values_list("blocked_by_id", flat=True).get(pk=pk)


def _check_moving(action, organisation):
    """An organisation takes a priority action on once."""
    taken = _taken_on(organisation, action.priority_action)
    if taken is not None and taken.pk != action.pk:
        sentence = f"{organisation} has taken this priority action on as action {taken.number}."
        raise ValidationError({"organisation": sentence})


@transaction.atomic
def tell_of(
    *, action, by, request_key, text, status, rating, due_on, due_reason="", difference="",
    where_seen="", on=None,
):  # fmt: skip
    """Add an update: what was done, and where the action stands now; returns it.

    ``text`` is also the reason of a rating that changed, and of a withdrawal. ``on``: the day,
    today if not given. The same click twice is one update. Raises PermissionDenied, and
    ValidationError with field -> sentence for what is missing (statuses.problems).
    """
    standing = locked(action)
    check(permissions.write_refusal, by, standing.organisation)
    if made := Update.objects.filter(request_key=request_key).first():
        return _same(made, (made.action_id, made.written_by_id), (standing.pk, by.pk))
    update = told(
        standing, by=by, request_key=request_key, text=text, status=status, rating=rating,
        due_on=due_on, due_reason=due_reason, difference=difference, where_seen=where_seen, on=on,
    )  # fmt: skip
    update.save()
    standing.save()
    return update


def told(
    action, *, by, request_key, text, status, rating, due_on, due_reason, difference, where_seen,
    on=None,
):  # fmt: skip
    """An Update, and the action brought to where it says that it stands; neither is saved.

    As ``tell_of``, which saves them; raises ValidationError as it does.
    """
    if found := statuses.problems(
        status=status, status_before=action.status, rating=rating,
        rating_before=action.rating, text=text, due_on=due_on, due_before=action.due_on,
        due_reason=due_reason, starts_on=action.starts_on, difference=difference,
    ):  # fmt: skip
        raise ValidationError(found)
    update = Update(
        action=action, request_key=request_key, text=text, written_by=by,
        status_before=action.status, status_after=status, rating_before=action.rating,
        rating_after=statuses.rating_that_stands(status, rating),
        due_before=action.due_on, due_after=due_on, due_reason=due_reason,
    )  # fmt: skip
    _follow(action, update, on or timezone.localdate(), difference, where_seen)
    return update


def is_told(action, request_key):
    """Whether the page of this key has sent its update on the action."""
    return action.updates.filter(request_key=request_key).exists()


def _follow(action, update, on, difference, where_seen):
    """Bring the action to where an update says that it stands."""
    if update.rating_after and update.rating_after != update.rating_before:
        action.rated_on, action.rating_reason = on, update.text
    if not update.rating_after:
        action.rated_on, action.rating_reason = None, ""
    is_complete = update.status_after == ActionStatus.COMPLETE
    is_withdrawn = update.status_after == ActionStatus.WITHDRAWN
    if update.status_after != update.status_before:
        action.completed_on = on if is_complete else None
        action.withdrawn_because = update.text if is_withdrawn else ""
    if is_complete:
        action.difference, action.where_seen = difference, where_seen
    else:  # Words that came too early are kept for the day when it is complete.
        action.difference = difference or action.difference
        action.where_seen = where_seen or action.where_seen
    action.status, action.rating = update.status_after, update.rating_after
    action.due_on, action.updated_at = update.due_after, update.written_at


@transaction.atomic
def add_milestone(*, action, by, what, due_on=None):
    """A step on the way."""
    standing = locked(action)
    check(permissions.write_refusal, by, standing.organisation)
    milestone, _ = Milestone.objects.get_or_create(action=standing, what=what, due_on=due_on)
    return milestone


@transaction.atomic
def tick_milestone(*, milestone, by, is_done, on=None):
    """Say that a step is done, or that it is not. Twice is once."""
    standing = locked(milestone.action)
    check(permissions.write_refusal, by, standing.organisation)
    milestone.refresh_from_db(fields=["done_on"])
    if bool(milestone.done_on) != is_done:
        milestone.done_on = (on or timezone.localdate()) if is_done else None
        milestone.save(update_fields=["done_on"])


@transaction.atomic
def answer_no_action(*, priority_action, partnership, because, by):
    """Say that nobody takes a priority action on, and why; it leaves the inbox."""
    check(permissions.answer_refusal, by, partnership)
    # Held, as by who takes one on: of two at the same moment the second one sees the first.
    _held(partnership.pk)
    if Action.objects.of(partnership).filter(priority_action__key=priority_action.key).exists():
        raise PermissionDenied("Somebody has taken this priority action on meanwhile.")
    answer, _ = Answer.objects.get_or_create(
        priority_action=priority_action,
        defaults={"partnership": partnership, "because": because, "answered_by": by},
    )
    return answer
