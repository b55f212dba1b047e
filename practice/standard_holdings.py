"""What is held about a person in standards and resources (partnerships/holdings.py shows it)."""

from django.db.models import Q

from partnerships.holdings import link_to, own_partnerships, register
from practice.models import Resource, Standard, StandardVersion


def register_all():
    """Have this room's part told with the others."""
    register("Standards and resources that you see to", sees_to)
    register("Versions of standards that you wrote or approved", versions)


def sees_to(user):
    """What one is reminded to review."""
    own = own_partnerships(user)
    standards = Standard.objects.filter(owner=user).with_statement().select_related("partnership")
    resources = Resource.objects.filter(owner=user).select_related("partnership")
    found = [(each.statement, each) for each in standards]
    found += [(each.name, each) for each in resources]
    return [
        {"What": link_to(each, own, name), "To be reviewed on": each.review_on}
        for name, each in found
    ]


def versions(user):
    """Drafts that one wrote last, approvals that one recorded, and, in one's own partnerships,
    those that carry one's name.
    """
    own = own_partnerships(user)
    mine = Q(written_by=user) | Q(approved_recorded_by=user)
    if user.name:
        mine |= Q(approved_name__icontains=user.name, standard__partnership__in=own)
    rows = StandardVersion.objects.filter(mine, standard__partnership__isnull=False)
    name = user.name.casefold()
    return [
        {
            "Standard": link_to(each.standard, own, each.statement),
            "Version": each.number,
            "You wrote it": _yes(each.written_by_id == user.pk),
            "You recorded its approval": _yes(each.approved_recorded_by_id == user.pk),
            "Your name is on it": _yes(name and name in each.approved_name.casefold()),
        }
        for each in rows.select_related("standard__partnership").order_by("standard", "number")
    ]


def _yes(is_so):
    return "Yes" if is_so else "No"
