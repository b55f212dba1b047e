"""“I have read this and commit to it”: the verb, who may, and what the pages ask of it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Prefetch, Q
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone

from partnerships.models import Affiliation, Membership, Organisation
from partnerships.permissions import check, may, refusal_for
from pledges.reminding import News
from practice.commitments import (
    Asked,
    Itself,
    Numbers,
    asked,
    is_shown,
    people_by_organisation,
    who_committed_to_all,
)
from practice.models import Commitment, StandardVersion, VersionState
from practice.versions import differences
from rpcportal.kit.quoting import quoted
from rpcportal.kit.roles import Permission

# How far back an e-mail looks: a month, for those who have one a month, and some days.
LATELY = timedelta(days=35)
FOR_ORGANISATION = (
    "You can commit for your own organisation when you are its partner lead. For {organisation}, "
    "its partner lead, a coordinator or a facilitator can."
)
NOT_HERE = "One of the standards is no longer in this library, so nobody can commit to it."
STARTER = (
    "{standard} came with the portal. Take its practice model on first: then people commit to "
    "your own."
)
DRAFT = "{standard} is still a draft: people commit to it once it is approved and in force."
NOT_YET = "{standard} is in force from {day}. Commit to it from that day."
WITHDRAWN = "{standard} is withdrawn. Nobody works to it any more, so nobody commits to it."
AMENDED = (
    "{standard} was amended while you read. Nothing is recorded for it: read what it says now, "
    "then commit to that."
)


# --- Who may ------------------------------------------------------------------------------------


def commit_refusal(user, partnership, organisation=None):
    """Why ``user`` may not commit, for themselves or an organisation; or an empty sentence."""
    if refused := refusal_for(user, Permission.VIEW, partnership.pk):
        return refused
    if organisation is None or may(user, Permission.SIGN_ALL, partnership.pk):
        return ""
    own = Affiliation.objects.filter(membership__user=user, organisation=organisation)
    if may(user, Permission.SIGN_OWN, partnership.pk) and own.exists():
        return ""
    return FOR_ORGANISATION.format(organisation=organisation)


def names_refusal(user, partnership):
    """Why ``user`` may not see who committed, or an empty sentence."""
    return refusal_for(user, Permission.SEE_ACTIVITY, partnership.pk)


# --- The verb -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """How many versions are committed to now, and a sentence for each that could not be."""

    number: int
    refused: tuple[str, ...]


@transaction.atomic
def commit(*, partnership, versions, by, organisation=None):
    """Commit to these versions (numbers of rows), as they were read; returns an Outcome.

    Twice is once. What is not in force any more is refused with a sentence and not replaced by
    what came after it: nobody has read that.
    """
    check(commit_refusal, by, partnership, organisation)
    today = timezone.localdate()
    found = StandardVersion.objects.filter(pk__in=versions).select_related(
        "standard__pillar__model"
    )
    found = [each for each in found if each.standard.partnership_id in (None, partnership.pk)]
    current = set(_in_force(partnership, today).values_list("pk", flat=True))
    refused = [_why_not(each, today) for each in found if each.pk not in current]
    if len(found) < len(set(versions)):
        refused.append(NOT_HERE)
    read = [each for each in found if each.pk in current]
    Commitment.objects.bulk_create(
        [
            Commitment(partnership=partnership, version=each, user=by, organisation=organisation)
            for each in read
        ],
        ignore_conflicts=True,  # who was there before, perhaps a moment ago, stays
    )
    return Outcome(len(read), tuple(refused))


def _why_not(version, today):
    standard = version.standard
    words = {"standard": quoted(version.statement)}
    if standard.partnership_id is None:
        return STARTER.format(**words)
    if version.state == VersionState.DRAFT:
        return DRAFT.format(**words)
    gone = (standard.withdrawn_on, standard.pillar.model.retired_on)
    if any(day is not None and day <= today for day in gone):
        return WITHDRAWN.format(**words)
    if version.effective_on > today:
        return NOT_YET.format(**words, day=f"{version.effective_on:%-d %B %Y}")
    return AMENDED.format(**words)


# --- What is in force, and what waits -----------------------------------------------------------


def _in_force(partnership, today):
    return StandardVersion.objects.in_force(today).filter(standard__partnership=partnership)


def in_force_of(partnership, today):
    """The versions that people of a partnership work to, model by model and pillar by pillar."""
    return (
        _in_force(partnership, today)
        .select_related("standard__pillar__model")
        .order_by(
            "standard__pillar__model__name",
            "standard__pillar__model",
            "standard__pillar__position",
            "standard__position",
            "standard",
        )
    )


def waiting_for(partnership, user, today, organisation=None):
    """What waits for a person, or for an organisation: a list of commitments.Asked."""
    last = Commitment.objects.of(partnership).whose(user, organisation).last_to_each_standard()
    return asked(in_force_of(partnership, today), last)


@dataclass(frozen=True)
class Reading:
    """One standard to be read: what waits, and word by word what changed, where it changed."""

    asked: Asked
    since: object  # the commitment to the version before
    changes: list


def to_read(partnership, user, today, *, organisation=None, most):
    """(the first Readings of what waits, how many wait). As many queries for few as for many."""
    waiting = waiting_for(partnership, user, today, organisation)
    shown = waiting[:most]
    whole = _whole(pk=[each.version.pk for each in shown])
    before = (
        Commitment.objects.of(partnership)
        .whose(user, organisation)
        .filter(version__standard__in=[each.version.standard_id for each in shown])
        .order_by("version__number")
        .prefetch_related(Prefetch("version", _whole()))
    )
    earlier = {each.version.standard_id: each for each in before}
    return [
        _reading(each, whole[each.version.pk], earlier.get(each.version.standard_id))
        for each in shown
    ], len(waiting)


def _whole(pk=None):
    """Versions with what they hold; by their numbers when those are given."""
    versions = StandardVersion.objects.select_related("standard__pillar__model")
    versions = versions.prefetch_related("sources", "measures")
    return versions if pk is None else versions.in_bulk(pk)


def _reading(each, version, before):
    changes = differences(before.version, version) if before else []
    return Reading(Asked(version, each.before), before, changes)


def changed_since(partnership, user, today):
    """How many standards changed since a person committed to them: one query."""
    mine = Commitment.objects.of(partnership).whose(user)
    same = mine.filter(version__standard=OuterRef("standard"))
    found = _in_force(partnership, today).filter(Exists(same))
    return found.exclude(Exists(mine.filter(version=OuterRef("pk")))).count()


# --- Asked again, once by e-mail ----------------------------------------------------------------


def _changed_versions(today):
    """Versions with one before them that came into force lately, the newest of each standard."""
    # In force from the day it was meant for, or from the day it was approved after that.
    begins = Greatest("effective_on", TruncDate("approved_recorded_at"))
    changed = StandardVersion.objects.in_force(today).annotate(begins=begins).filter(number__gt=1)
    return changed.filter(begins__gte=today - LATELY, begins__lt=today)


def people_asked_again(today):
    """Those who committed to an earlier version of what changed lately, as numbers."""
    changed = _changed_versions(today).values("standard")
    rows = Commitment.objects.of_people().filter(version__standard__in=changed)
    return rows.order_by().values_list("user", flat=True).distinct()


def asked_again(user, since, today):
    """What changed since a person committed to it and since the day of their last e-mail, as
    reminding.News; None for nothing. What they have committed to anew is not asked again.
    """
    mine = Commitment.objects.visible_to(user).whose(user)
    same = mine.filter(version__standard=OuterRef("standard"))
    found = _changed_versions(today).filter(Exists(same))
    found = found.exclude(Exists(mine.filter(version=OuterRef("pk"))))
    if since is not None:
        found = found.filter(begins__gte=since)
    versions = list(found.select_related("standard__partnership").order_by("begins", "pk"))
    if not versions:
        return None
    number = len(versions)
    return News(
        subject=f"{number} standard{'' if number == 1 else 's'} changed",
        heading="Practice standards that changed since you committed to them:",
        lines=[(each.statement, _page(each.standard)) for each in versions],
    )


def _page(standard):
    return standard.page_in(standard.partnership)


# --- Organisations ------------------------------------------------------------------------------


def own_organisations(partnership, user):
    """Those that a person comes from, by name."""
    return list(partnership.organisations.filter(affiliations__membership__user=user))


def numbers_of(partnership, viewer, in_force):
    """How the people of each organisation, and the organisations, stand to these versions: a
    list of commitments.Numbers, by name, people without an organisation last.
    """
    sees_all = not names_refusal(viewer, partnership)
    members = Membership.objects.filter(partnership=partnership, user__is_active=True)
    everyone = set(members.values_list("user", flat=True))
    links = Affiliation.objects.filter(membership__partnership=partnership)
    people = people_by_organisation(links.values_list("organisation", "membership__user"), everyone)
    to_these = Commitment.objects.of(partnership).filter(version__in=in_force)
    pairs = to_these.of_people().values_list("user", "version")
    done = who_committed_to_all(pairs, len(in_force))
    stand = _organisations_themselves(partnership, in_force)
    own = {each for each, found in people.items() if each and viewer.pk in found}

    def numbers(organisation):
        pk = organisation and organisation.pk
        found = people.get(pk, set())
        return Numbers(
            organisation=organisation,
            people=len(found),
            committed=len(found & done),
            itself=stand(pk) if organisation else None,
            is_shown=is_shown(len(found), sees_all=sees_all, is_own=pk in own),
            is_own=pk in own,
            may_commit=bool(organisation) and may_commit(viewer, partnership, is_own=pk in own),
        )

    rows = [numbers(each) for each in Organisation.objects.filter(partnership=partnership)]
    return [*rows, numbers(None)] if people[None] else rows


def may_commit(user, partnership, *, is_own):
    """Whether a person may commit for an organisation, which is their own or not."""
    own = is_own and may(user, Permission.SIGN_OWN, partnership.pk)
    return own or may(user, Permission.SIGN_ALL, partnership.pk)


def _organisations_themselves(partnership, in_force):
    current = {each.standard_id: each.number for each in in_force}
    rows = (
        Commitment.objects.of(partnership)
        .of_organisations()
        .filter(version__standard__in=current)
        .order_by()
        .values_list("organisation", "version__standard")
        .annotate(number=Max("version__number"), at=Max("made_at"))
    )
    found = {}
    for organisation, standard, number, at in rows:
        found.setdefault(organisation, []).append((number == current[standard], at))

    def itself(pk):
        rows = found.get(pk, [])
        done = sum(is_current for is_current, _ in rows)
        last = max((at for _, at in rows), default=None)
        return Itself(len(in_force), done, len(rows) - done, last)

    return itself


# --- On the standard's page ---------------------------------------------------------------------


def in_force_version(standard, partnership, today):
    """The version of a standard that people of the partnership can commit to, or None."""
    found = _in_force(partnership, today).filter(standard=standard)
    return found.prefetch_related("sources", "measures").first()


def commitments_to(standard, user, organisations):
    """(one's own commitments to the versions of a standard, those of some organisations by their
    number): each the last one, or None.
    """
    asked_about = Q(user=user, organisation__isnull=True) | Q(organisation__in=organisations)
    rows = Commitment.objects.filter(asked_about, version__standard=standard)
    rows = rows.select_related("version").prefetch_related("version__measures", "version__sources")
    mine, theirs = None, {}
    for each in rows.order_by("version__number"):
        if each.organisation_id is not None:
            theirs[each.organisation_id] = each
        elif each.user_id == user.pk:
            mine = each
    return mine, {each.pk: theirs.get(each.pk) for each in organisations}
