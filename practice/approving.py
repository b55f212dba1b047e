"""Verbs that put drafts in force: what is approved is what the page showed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.permissions import check
from practice import permissions
from practice.indexing import refresh
from practice.models import PracticeModel, Standard, StandardVersion, VersionState
from practice.versions import earliest_day, fingerprint_of
from rpcportal.kit.quoting import quoted

CHANGED = (
    "Somebody has changed what waits for approval since this page was made. What stands there now "
    "is below: read it, and approve it again."
)
NOTHING = "Nothing waits for approval any more: somebody has approved or discarded it meanwhile."
FUTURE = "“Date it was approved” must be today or in the past"
BEFORE_APPROVAL = "“In force from” must not be before the day on which it was approved"
BEFORE_LAST = (
    "“In force from” must not be before {day:%-d %B %Y}: from that day on version {number} of "
    "{standard} is in force"
)
NO_NOTE = "Enter what changed and why: people who committed to the version before will read it"
WITHDRAWN = (
    "This standard is withdrawn, or will be on a day that is set. Bring it back first; then its "
    "draft can be approved."
)
RETIRED = (
    "This practice model is retired, or will be on a day that is set. Go on with the model first; "
    "then its drafts can be approved."
)


def waiting_in(model):
    """The drafts of a model's standards that are not withdrawn, in reading order, with all that
    belongs to them.
    """
    drafts = StandardVersion.objects.drafts().with_everything().select_related("standard__pillar")
    mine = drafts.filter(standard__pillar__model=model, standard__withdrawn_on__isnull=True)
    return mine.order_by("standard__pillar__position", "standard__position", "standard")


def versions_before(drafts):
    """Number of a standard -> its last approved version, with all that belongs to it."""
    approved = StandardVersion.objects.filter(state=VersionState.APPROVED).with_everything()
    mine = approved.filter(standard__in=[each.standard_id for each in drafts])
    return {each.standard_id: each for each in mine.order_by("number")}


@transaction.atomic
def approve_draft(*, standard, seen, by, **approval):
    """Record that a named person or board approved the draft; returns the version.

    ``seen``: the fingerprint of what was read (versions.fingerprint_of). ``approval``: name,
    role, on, effective_on, amendment. From now on nothing in the version can change. The same
    click twice is one approval. Raises PermissionDenied, and ValidationError with a sentence.
    """
    check(permissions.approve_refusal, by, standard.partnership, standard)
    (standing,) = _held([standard.pk])
    if standing.withdrawn_on:
        raise ValidationError(WITHDRAWN)
    _refuse_retired(standing.pillar.model)
    draft = StandardVersion.objects.drafts().with_everything().filter(standard=standard).first()
    if draft is None:
        newest = standard.versions.order_by("-number").first()
        if newest and _is_this(newest, by, approval):
            return newest
        raise ValidationError(NOTHING)
    _approve([draft], seen, by, approval)
    return draft


@transaction.atomic
def approve_drafts(*, model, seen, by, **approval):
    """Record that all drafts of a practice model were approved; returns the versions.

    The rest as in ``approve_draft``; ``amendment`` is the note of those that have none yet.
    """
    check(permissions.approve_refusal, by, model.partnership, model)
    _held(Standard.objects.filter(pillar__model=model).values("pk"))
    drafts = list(waiting_in(model))
    if not drafts:
        raise ValidationError(NOTHING)
    _refuse_retired(PracticeModel.objects.get(pk=model.pk))
    _approve(drafts, seen, by, approval)
    return drafts


def _refuse_retired(model):
    """Nobody works by a standard of it, so none is put in force."""
    if model.retired_on:
        raise ValidationError(RETIRED)


def _held(numbers):
    rows = Standard.objects.filter(pk__in=numbers).order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def _is_this(version, by, approval):
    """Whether a version was approved by this very click before."""
    said = (approval["name"], approval["role"], approval["on"], approval["effective_on"])
    standing = (
        version.approved_name,
        version.approved_role,
        version.approved_on,
        version.effective_on,
    )
    return said == standing and version.approved_recorded_by_id == by.pk


def _approve(drafts, seen, by, approval):
    if seen != fingerprint_of(drafts):
        raise ValidationError(CHANGED, code="changed")
    _check(drafts, **approval)
    now = timezone.now()
    for draft in drafts:
        if draft.number > 1 and not draft.amendment:
            draft.amendment = approval["amendment"]
        draft.state = VersionState.APPROVED
        draft.approved_name, draft.approved_role = approval["name"], approval["role"]
        draft.approved_on, draft.effective_on = approval["on"], approval["effective_on"]
        draft.approved_recorded_by, draft.approved_recorded_at = by, now
        draft.save()
    refresh(*(draft.standard for draft in drafts))


def wants_a_note(drafts):
    """Whether one of them changes a standard and does not say yet what changed."""
    return any(each.number > 1 and not each.amendment for each in drafts)


def _check(drafts, *, name, role, on, effective_on, amendment):
    """Raise ValidationError with field -> sentence. A role may stay empty: a board has none."""
    problems = {}
    if on > timezone.localdate():
        problems["on"] = FUTURE
    if effective_on < on:
        problems["effective_on"] = BEFORE_APPROVAL
    elif sentence := _before_the_last_one(drafts, effective_on):
        problems["effective_on"] = sentence
    if not amendment and wants_a_note(drafts):
        problems["amendment"] = NO_NOTE
    if problems:
        raise ValidationError(problems)


def _before_the_last_one(drafts, effective_on):
    """What was in force on a day that has passed is never told otherwise later."""
    standards = [each.standard_id for each in drafts]
    earlier = StandardVersion.objects.filter(standard__in=standards, state=VersionState.APPROVED)
    by_standard = {}
    for version in earlier:
        by_standard.setdefault(version.standard_id, []).append(version)
    for versions in by_standard.values():
        day = earliest_day(versions)
        if effective_on < day:
            last = max(versions, key=lambda each: each.number)
            standard = quoted(last.statement)
            return BEFORE_LAST.format(day=day, number=last.number, standard=standard)
    return ""
