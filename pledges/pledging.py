"""Verbs on pledges: invite an organisation, draft its words, sign, renew, withdraw."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from partnerships.mail import base_address, post
from partnerships.models import Affiliation, Manifesto, Membership, Organisation
from partnerships.permissions import check, refusal_for
from pledges import permissions
from pledges.models import Pledge, Signing
from pledges.models.pledges import PledgeStatus
from rpcportal.kit.roles import Permission

NO_MANIFESTO = (
    "There is nothing to sign yet: a coordinator writes the manifesto and the words of the pledge "
    "first."
)
OWN_WORDS = (
    "The words of {organisation} are drafted by its own people. You can say what you think of "
    "them before they sign."
)
FUTURE = "“Date it was signed” must be today or in the past"
# Until it is signed for the first time, a pledge is prepared.
UNSIGNED = (PledgeStatus.INVITED, PledgeStatus.DRAFT)


class WordsChanged(Exception):
    """The partnership's pledge has other words by now than those that were read."""


def draft_refusal(user, organisation):
    """Why ``user`` may not draft this organisation's words, or an empty sentence."""
    if refused := refusal_for(user, Permission.WRITE_OWN, organisation.partnership_id):
        return refused
    theirs = Affiliation.objects.filter(membership__user=user, organisation=organisation)
    return "" if theirs.exists() else OWN_WORDS.format(organisation=organisation)


def invite_refusal(user, partnership):
    """Why ``user`` may not invite organisations to pledge, or an empty sentence."""
    return refusal_for(user, Permission.SIGN_ALL, partnership.pk)


def pledge_of(organisation):
    """The organisation's pledge, or None."""
    return Pledge.objects.filter(organisation=organisation).first()


def held(organisation):
    """The pledge of an organisation that is held against everyone else, or None."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return Pledge.objects.select_for_update().filter(organisation=organisation).first()


def _new(organisation, status):
    return Pledge(
        organisation=organisation, partnership_id=organisation.partnership_id, status=status
    )


@transaction.atomic
def invite_to_pledge(*, organisation, by):
    """Ask an organisation to sign; its partner leads get an e-mail. Twice is once.

    Returns the pledge; one that is there already stays as it is.
    """
    check(invite_refusal, by, organisation.partnership)
    if standing := held(organisation):
        return standing
    pledge = _new(organisation, PledgeStatus.INVITED)
    pledge.save()
    address = base_address() + pledge.get_absolute_url()
    for member in leads_of(organisation):
        context = {"pledge": pledge, "person": member.user, "by": by, "address": address}
        post(
            to=member.user.email,
            subject=f"Will {organisation} sign the pledge of {organisation.partnership}?",
            body=render_to_string("pledges/mail/invited.txt", context),
            about=f"pledge {pledge.pk}",
            key=f"pledge {pledge.pk} invited, to {member.user_id}",
        )
    return pledge


def leads_of(organisation):
    """The memberships of those who may sign for an organisation because they come from it."""
    members = Membership.objects.who_may(Permission.SIGN_OWN).filter(organisations=organisation)
    return members.with_names().by_name()


@transaction.atomic
def draft_words(*, organisation, words, champion, lead, review_on, by):
    """Prepare a pledge that nobody has signed yet; returns it. Its own people do that."""
    check(draft_refusal, by, organisation)
    pledge = held(organisation) or _new(organisation, PledgeStatus.DRAFT)
    if pledge.status not in UNSIGNED:
        raise PermissionDenied(
            f"The pledge of {organisation} was signed meanwhile. Sign it again to change its words."
        )
    _check_lead(lead, pledge)
    pledge.status = PledgeStatus.DRAFT
    pledge.words, pledge.champion = words, champion
    pledge.lead, pledge.review_on = lead, review_on
    pledge.save()
    return pledge


@transaction.atomic
def sign(
    *, organisation, name, role, signed_on, words, lead, champion, review_on, request_key, by,
    seen_version=None, manifesto=None,
):  # fmt: skip
    """Sign for an organisation, or sign again, which renews; returns the pledge.

    It counts under the words of that day (``version_of``), unless it is known which version of
    the ``manifesto`` was signed. The same ``request_key`` twice is one
    signing. ``seen_version``: the version of the manifesto that was read, where one was. Raises
    PermissionDenied, ValidationError with field -> sentence, and WordsChanged.
    """
    check(permissions.sign_refusal, by, organisation)
    pledge = held(organisation) or _new(organisation, PledgeStatus.SIGNED)
    if pledge.pk and pledge.signings.filter(request_key=request_key).exists():
        return pledge
    versions = list(Manifesto.objects.filter(partnership=organisation.partnership_id))
    if not versions:
        raise ValidationError(NO_MANIFESTO)
    manifesto = manifesto or version_of(signed_on, versions)
    # Whoever signs for an earlier day signed on paper: what is on the page is not what they read.
    if seen_version is not None and manifesto == versions[0] and manifesto.number != seen_version:
        raise WordsChanged
    newest = pledge.signings.first() if pledge.pk else None
    _check_days(signed_on, review_on, newest)
    _check_lead(lead, pledge)
    pledge.status = PledgeStatus.RENEWED if newest else PledgeStatus.SIGNED
    pledge.withdrawn_because, pledge.lapsed_on = "", None
    pledge.words, pledge.champion = words, champion
    pledge.lead, pledge.review_on = lead, review_on
    pledge.save()
    Signing.objects.create(
        pledge=pledge, manifesto=manifesto, request_key=request_key, name=name, role=role,
        signed_on=signed_on, words=words, recorded_by=by,
    )  # fmt: skip
    return pledge


def version_of(day, versions):
    """The version of the manifesto that was the newest on a day, of these, newest first.

    What was signed before there was any counts under the first.
    """
    standing = [each for each in versions if timezone.localdate(each.made_at) <= day]
    return standing[0] if standing else versions[-1]


def _check_days(signed_on, review_on, newest):
    if signed_on > timezone.localdate():
        raise ValidationError({"signed_on": FUTURE})
    if newest and signed_on < newest.signed_on:
        raise ValidationError(
            {
                "signed_on": f"It was signed on {newest.signed_on:%-d %B %Y} already: a renewal is "
                "of that day or later"
            }
        )
    if review_on and review_on <= signed_on:
        raise ValidationError({"review_on": "“Look at it again on” must be after it was signed"})


def _check_lead(lead, pledge):
    if lead is None or lead.pk == pledge.lead_id:
        return
    if Membership.objects.of(lead, pledge.partnership_id) is None:
        raise PermissionDenied(f"{lead} does not belong to the partnership, and so cannot lead.")


@transaction.atomic
def change_details(*, pledge, champion, lead, review_on, is_shown, by):
    """Change what is around the words: what was signed stays as it was signed."""
    check(permissions.sign_refusal, by, pledge.organisation)
    standing = held(pledge.organisation)
    _check_lead(lead, standing)
    standing.champion, standing.lead = champion, lead
    standing.review_on, standing.is_shown = review_on, is_shown
    standing.save(update_fields=["champion", "lead", "review_on", "is_shown"])
    return standing


@transaction.atomic
def withdraw(*, pledge, because, by):
    """Take a pledge back, with the reason; returns it. Twice is once, with the first reason."""
    check(permissions.sign_refusal, by, pledge.organisation)
    standing = held(pledge.organisation)
    if standing.status == PledgeStatus.WITHDRAWN:
        return standing
    if not because:
        raise ValidationError({"because": "Say why the pledge is withdrawn"})
    standing.status, standing.withdrawn_because = PledgeStatus.WITHDRAWN, because
    standing.lapsed_on = None
    standing.save(update_fields=["status", "withdrawn_because", "lapsed_on"])
    return standing
