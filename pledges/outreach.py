"""Champions and family ambassadors, and events and publicity: lists and verbs."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery

from partnerships.permissions import check, check_may, may
from pledges import permissions
from pledges.models import Champion, ChampionKind, PeerReview, Pledge, Publicity
from pledges.permissions import log_refusal
from pledges.training import held, hold, same
from rpcportal.kit.roles import Permission

OWN_CHAMPIONS = (
    "You can record the champions and family ambassadors of your own organisation, and this one "
    "belongs to {organisation}. A coordinator or facilitator can record them all."
)
NO_ORGANISATION = "no organisation"
DAYS_IN_ORDER = "“Until” must be the same day as “Since” or later"


# --- Lists ------------------------------------------------------------------------------------


def champions_of(partnership, day):
    """The champions and family ambassadors on a day, by organisation and name."""
    return Champion.objects.of(partnership).serving(day).with_names()


def reviews_of(partnership, from_on=None, to_on=None):
    """The peer reviews from one day to another, newest first, with their actions."""
    return PeerReview.objects.of(partnership).between(from_on, to_on).with_actions()


def publicity_of(partnership, from_on=None, to_on=None):
    """Events and publicity from one day to another, newest first."""
    return Publicity.objects.of(partnership).between(from_on, to_on).with_names()


def without_champion(partnership, day):
    """The organisations that have no champion on a day, by name, with ``named_in_pledge``: whom
    their pledge names as one.
    """
    served = Champion.objects.of(partnership).serving(day).of_kind(ChampionKind.CHAMPION)
    organisations = served.filter(organisation__isnull=False).values("organisation")
    pledge = Pledge.objects.filter(organisation=OuterRef("pk")).values("champion")
    without = partnership.organisations.exclude(pk__in=organisations)
    return without.annotate(named_in_pledge=Subquery(pledge[:1])).order_by("name")


# --- Who may ----------------------------------------------------------------------------------


def organisations_for(user, partnership):
    """The organisations whose champions ``user`` may record."""
    return permissions.plans_of(user, partnership)


def records_all(user, partnership):
    """Whether ``user`` may record the champions of every organisation, and of none."""
    return not log_refusal(user, partnership) and may(user, Permission.WRITE_ALL, partnership.pk)


def champion_refusal(user, partnership, organisation):
    """Why ``user`` may not record a champion of this organisation (None: of no one), or ""."""
    if refused := log_refusal(user, partnership):
        return refused
    if may(user, Permission.WRITE_ALL, partnership.pk):
        return ""
    theirs = organisations_for(user, partnership)
    if organisation is not None and theirs.filter(pk=organisation.pk).exists():
        return ""
    return OWN_CHAMPIONS.format(organisation=organisation or NO_ORGANISATION)


def no_champion_refusal(user, partnership):
    """Why there is no organisation whose champion ``user`` may record, or an empty sentence."""
    if refused := log_refusal(user, partnership):
        return refused
    if may(user, Permission.WRITE_ALL, partnership.pk):
        return ""
    return permissions.no_plan_refusal(user, partnership)


# --- Champions and family ambassadors ---------------------------------------------------------


@transaction.atomic
def add_champion(*, partnership, by, organisation, since, request_key=None, **words):
    """Record a champion or family ambassador; returns them. The same click twice is one.

    ``words``: kind, name, role, email, until. Raises PermissionDenied and ValidationError.
    """
    check(champion_refusal, by, partnership, organisation)
    hold(partnership)
    made = request_key and Champion.objects.filter(request_key=request_key).first()
    if made:
        return same(made, (made.partnership_id, made.recorded_by_id), (partnership.pk, by.pk))
    _check_days(since, words.get("until"))
    return Champion.objects.create(
        partnership=partnership,
        organisation=organisation,
        since=since,
        request_key=request_key,
        recorded_by=by,
        **words,
    )


def held_champion(champion):
    """As it stands, held against everyone else."""
    return held(Champion.objects.select_related("partnership", "organisation"), champion)


@transaction.atomic
def change_champion(*, champion, by, organisation, since, **words):
    """Put a champion's entry right, or end it by a last day."""
    standing = held_champion(champion)
    check(champion_refusal, by, standing.partnership, standing.organisation)
    check(champion_refusal, by, standing.partnership, organisation)
    _check_days(since, words.get("until"))
    standing.organisation, standing.since = organisation, since
    for name, value in words.items():
        setattr(standing, name, value)
    standing.save()
    return standing


@transaction.atomic
def remove_champion(*, champion, by):
    """Take an entry off for good, name and e-mail address with it. Twice is once."""
    check(champion_refusal, by, champion.partnership, champion.organisation)
    Champion.objects.filter(pk=champion.pk).delete()


def _check_days(since, until):
    if until and until < since:
        raise ValidationError({"until": DAYS_IN_ORDER})


# --- Events and publicity ---------------------------------------------------------------------


@transaction.atomic
def add_publicity(*, partnership, by, request_key=None, **words):
    """Record an event or something that was published; returns it. The same click twice is one."""
    check_may(by, Permission.LOG, partnership.pk)
    hold(partnership)
    made = request_key and Publicity.objects.filter(request_key=request_key).first()
    if made:
        return same(made, (made.partnership_id, made.recorded_by_id), (partnership.pk, by.pk))
    return Publicity.objects.create(
        partnership=partnership, request_key=request_key, recorded_by=by, **words
    )


def held_publicity(publicity):
    """As it stands, held against everyone else."""
    return held(Publicity.objects.select_related("partnership", "organisation"), publicity)


@transaction.atomic
def change_publicity(*, publicity, by, **words):
    """Write it anew."""
    standing = held_publicity(publicity)
    check_may(by, Permission.LOG, standing.partnership_id)
    for name, value in words.items():
        setattr(standing, name, value)
    standing.save()
    return standing


@transaction.atomic
def remove_publicity(*, publicity, by):
    """Take it off; the history keeps it. Twice is once."""
    check_may(by, Permission.LOG, publicity.partnership_id)
    Publicity.objects.filter(pk=publicity.pk).delete()
