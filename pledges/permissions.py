"""Who may write which organisation's action plan and pledge. Every no is a sentence."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from partnerships.models import Affiliation, Membership, Organisation, User
from partnerships.permissions import may, membership_of, refusal_for
from pledges.models import Action, Deputy
from rpcportal.kit.roles import GRANTS, Permission, Role

OWN_PLAN = (
    "You can write the action plan of your own organisation, and this action belongs to "
    "{organisation}. A coordinator or facilitator can write it too."
)
OWN_PLEDGE = (
    "You can sign the pledge of your own organisation, and this one is that of {organisation}. "
    "A coordinator or facilitator can record it too."
)


def write_refusal(user, organisation):
    """Why ``user`` may not write this organisation's plan, or an empty sentence."""
    both = Permission.WRITE_ALL, Permission.WRITE_OWN
    return _refusal(user, organisation, *both, OWN_PLAN)


def sign_refusal(user, organisation):
    """Why ``user`` may not sign this organisation's pledge, or an empty sentence."""
    both = Permission.SIGN_ALL, Permission.SIGN_OWN
    return _refusal(user, organisation, *both, OWN_PLEDGE)


def _refusal(user, organisation, everybodys, own, sentence):
    if may(user, everybodys, organisation.partnership_id):
        return ""
    if refused := refusal_for(user, own, organisation.partnership_id):
        return refused
    member = membership_of(user, organisation.partnership_id)
    theirs = Affiliation.objects.filter(membership__user=user, organisation=organisation)
    if member and theirs.exists():
        return ""
    return sentence.format(organisation=organisation)


def no_plan_refusal(user, partnership):
    """Why there is no plan that ``user`` may write, or an empty sentence."""
    if plans_of(user, partnership).exists():
        return ""
    if refused := refusal_for(user, Permission.WRITE_OWN, partnership.pk):
        return refused
    if may(user, Permission.WRITE_ALL, partnership.pk):
        return "There is no organisation yet. Add one under “People” first."
    return (
        "You do not belong to an organisation of this partnership yet, so there is no plan to "
        "write. A coordinator can say which one is yours."
    )


def answer_refusal(user, partnership):
    """Why ``user`` may not answer priority actions for the whole area, or an empty sentence."""
    return refusal_for(user, Permission.WRITE_ALL, partnership.pk)


def plans_of(user, partnership):
    """The organisations whose plans ``user`` may write."""
    organisations = Organisation.objects.filter(partnership=partnership)
    if may(user, Permission.WRITE_ALL, partnership.pk):
        return organisations
    if not may(user, Permission.WRITE_OWN, partnership.pk):
        return organisations.none()
    return organisations.filter(affiliations__membership__user=user)


def people_who_write(partnership):
    """The members who can own an action, by name."""
    return partnership.memberships.who_may(Permission.WRITE_OWN).with_names().by_name()


def people_of_plans(partnership):
    """The people to ask the register about: who can own an action, who owns one, and who of the
    members stands in on one. Whom the portal has forgotten is nobody to ask about.
    """
    stands_in = Deputy.objects.filter(user=OuterRef("user"), action__partnership=partnership)
    roles = [role for role in Role if Permission.WRITE_OWN in GRANTS[role]]
    members = partnership.memberships.filter(Q(role__in=roles) | Exists(stands_in))
    owners = Action.objects.of(partnership).filter(owner__isnull=False)
    known = members.filter(user__is_active=True).order_by().values_list("user_id")
    # As one list of numbers, for each of which the index of people is asked.
    found = known.union(owners.order_by().values_list("owner_id"))
    return User.objects.filter(pk__in=found, anonymised_at__isnull=True).order_by("name", "email")


def check_writes(user, partnership):
    """Raise PermissionDenied unless this person of the partnership can own an action."""
    writers = Membership.objects.who_may(Permission.WRITE_OWN)
    if writers.of(user, partnership.pk) is None:
        raise PermissionDenied(f"{user} cannot write here, and so cannot own an action.")


def log_refusal(user, partnership):
    """Why ``user`` may not record sessions, champions, reviews and events, or an empty sentence."""
    return refusal_for(user, Permission.LOG, partnership.pk)


def figures_refusal(user, partnership):
    """Why ``user`` may not decide on measures, courses and targets, or an empty sentence."""
    return refusal_for(user, Permission.FIGURES, partnership.pk)
