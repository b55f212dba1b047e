"""What the pages of pledges show, as values that their templates only print."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnerships.manifestos import manifesto_refusal
from partnerships.models import Manifesto, Organisation
from pledges import lapsing, permissions, pledging
from pledges.models import Action, Pledge
from pledges.querysets.plans import UNSIGNED_STATUSES
from pledges.register import ActionTable
from pledges.tables import NotYetTable, PledgeTable, status_tag


def register_page(partnership, request):
    """The context of the register of pledges."""
    pledges = Pledge.objects.of(partnership).select_related("organisation", "partnership")
    signed = pledges.ever_signed().with_last_word().order_by("organisation__name")
    standing = Pledge.objects.of(partnership).standing().count()

    def page_of(organisation):
        return reverse("pledge", args=[partnership.slug, organisation.pk])

    return {
        "partnership": partnership,
        "manifesto": Manifesto.objects.newest(partnership),
        "standing": standing,
        "organisations": partnership.organisations.count(),
        "table": PledgeTable(signed).show(request),
        "not_yet": NotYetTable(not_yet_of(partnership), page_of=page_of).show(request),
        "manifesto_refusal": manifesto_refusal(request.user, partnership),
    }


def not_yet_of(partnership):
    """The organisations that have not signed, each with ``pledge_status`` if one is prepared."""
    unsigned = Q(pledge__isnull=True) | Q(pledge__status__in=UNSIGNED_STATUSES)
    organisations = Organisation.objects.filter(unsigned, partnership=partnership)
    return organisations.annotate(pledge_status=F("pledge__status")).order_by("name")


def pledge_page(organisation, request):
    """The context of one organisation's pledge, whether there is one or not."""
    user, partnership = request.user, organisation.partnership
    pledge = Pledge.objects.filter(organisation=organisation).with_last_word().with_names().first()
    signings = list(pledge.signings.all()) if pledge else []
    actions = Action.objects.filter(pledge=pledge) if pledge else Action.objects.none()
    return {
        "partnership": partnership,
        "organisation": organisation,
        "pledge": pledge,
        "status_tag": status_tag(pledge.status) if pledge else "",
        "manifesto": Manifesto.objects.newest(partnership),
        "signings": signings,
        "lapses": _lapses_on(pledge),
        "actions": ActionTable(
            actions.with_names().by_urgency(), exclude=("number", "organisation", "updated_at")
        ).show(request),
        "has_actions": actions.exists(),
        "sign_refusal": permissions.sign_refusal(user, organisation),
        "may_invite": pledge is None and not pledging.invite_refusal(user, partnership),
        "may_draft": _is_unsigned(pledge) and not pledging.draft_refusal(user, organisation),
        "may_write": not permissions.write_refusal(user, organisation),
    }


def _is_unsigned(pledge):
    return pledge is None or pledge.status in UNSIGNED_STATUSES


def _lapses_on(pledge):
    """The day on which it lapses unless there is a word, once the first reminder is due."""
    if pledge is None or not pledge.stands or pledge.last_word is None:
        return None
    is_near = lapsing.reminder_due(pledge.last_word, timezone.localdate())
    return lapsing.lapses_on(pledge.last_word) if is_near else None
