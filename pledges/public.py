"""What of pledges and actions is public, where a partnership has published its page.

The reasons stand in docs/decisions/0012-what-is-public.md. In short: organisations, what they
said and what became of it; nobody's name, nothing that was withdrawn, nothing of an organisation
that wants its pledge not to be shown.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q

from pledges.models import Action, ActionStatus, Pledge, PledgeStatus

MOST_DEEDS = 20  # the newest; the others are counted


@dataclass(frozen=True)
class ShownPledge:
    """An organisation's pledge: no name of a person, not even of who signed."""

    organisation: str
    words: str
    role: str
    signed_on: date
    first_signed_on: date

    @property
    def renews(self):
        """Whether it was signed before, on another day."""
        return self.first_signed_on < self.signed_on


@dataclass(frozen=True)
class Deed:
    """Something that an organisation has finished."""

    what: str
    organisation: str
    completed_on: date
    difference: str
    where_seen: str


@dataclass(frozen=True)
class PublicRegister:
    """All that is shown of this room. ``changed_at``: when the newest of it was written."""

    pledges: tuple[ShownPledge, ...] = ()
    deeds: tuple[Deed, ...] = ()
    under_way: int = 0
    complete: int = 0
    changed_at: datetime | None = None

    @property
    def earlier(self):
        """How many finished actions are counted and not listed."""
        return self.complete - len(self.deeds)

    @property
    def summary(self):
        """“3 actions are complete and 1 is under way.”"""
        noun = "action is" if self.complete == 1 else "actions are"
        is_are = "is" if self.under_way == 1 else "are"
        return f"{self.complete:,} {noun} complete and {self.under_way:,} {is_are} under way."


def public_register(page):
    """The PublicRegister of a partnerships.models.PublicPage; as many queries whatever it holds."""
    pledges, signed_at = _pledges(page) if page.shows_pledges else ((), [])
    deeds, counts = _deeds(page) if page.shows_actions else ((), {})
    told_at = counts.pop("told_at", None)
    newest = max([*signed_at, *filter(None, [told_at])], default=None)
    return PublicRegister(pledges, deeds, **counts, changed_at=newest)


def _pledges(page):
    standing = Pledge.objects.of(page.partnership_id).standing().filter(is_shown=True)
    found = standing.select_related("organisation").prefetch_related("signings")
    shown, moments = [], []
    for pledge in found.order_by("organisation__name"):
        signings = list(pledge.signings.all())
        if not signings:
            continue
        newest = signings[0]
        moments.append(newest.recorded_at)
        shown.append(
            ShownPledge(
                organisation=pledge.organisation.name,
                words=pledge.words,
                role=newest.role,
                signed_on=newest.signed_on,
                first_signed_on=signings[-1].signed_on,
            )
        )
    return tuple(shown), moments


def _deeds(page):
    actions = Action.objects.of(page.partnership_id).exclude(_of_those_who_would_not())
    complete = actions.filter(status=ActionStatus.COMPLETE).select_related("organisation")
    deeds = tuple(
        Deed(
            what=each.what,
            organisation=each.organisation.name,
            completed_on=each.completed_on,
            difference=each.difference,
            where_seen=each.where_seen,
        )
        for each in complete.order_by("-completed_on", "-number")[:MOST_DEEDS]
    )
    is_complete, is_under_way = Q(status="complete"), Q(status="in_progress")
    counts = actions.aggregate(
        complete=Count("pk", filter=is_complete),
        under_way=Count("pk", filter=is_under_way),
        told_at=Max("updated_at", filter=is_complete | is_under_way),
    )
    return deeds, counts


def _of_those_who_would_not():
    """Of organisations that want their pledge not to be shown, or have taken it back."""
    withdrawn = Q(organisation__pledge__status=PledgeStatus.WITHDRAWN)
    return withdrawn | Q(organisation__pledge__is_shown=False)
