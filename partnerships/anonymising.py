"""Forgetting a person: what names them goes, what they did stays, by a “Former member”.

Names that were signed on a recording sheet stay as well: the sheet is a record of who agreed.
What people typed into texts is for people to look through.
"""

import json
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partnerships.actions import LAST_COORDINATOR, LastCoordinator
from partnerships.models import Invitation, Membership, OutgoingMail, Partnership, PublicPage, User
from partnerships.models.mail import MailState
from rpcportal.kit.roles import Role

# .invalid is nobody's (RFC 2606): nothing that is sent there by mistake arrives anywhere.
NOBODY = "former@anonymised.invalid"
LAST_ADMINISTRATOR = (
    "{name} is the only portal administrator. Make somebody else one first: there is always one."
)


# What other rooms forget of a person: each is called with the person, held, in the transaction.
FORGETTING = []


def register(forget):
    """Have a room forget what it holds of a person that is theirs alone."""
    FORGETTING.append(forget)


class LastAdministrator(PermissionDenied):
    """Nobody would be left to look after the portal; the message says what to do first."""


def only_coordinator_of(user):
    """The partnerships that nobody but ``user`` coordinates."""
    others = Membership.objects.coordinators().filter(partnership=OuterRef("pk"))
    theirs = Partnership.objects.filter(memberships__user=user, memberships__role=Role.COORDINATOR)
    return theirs.exclude(Exists(others.exclude(user=user))).order_by("name")


def held(pk):
    """The account as it stands, held until the end of the transaction, with its partnerships
    and the portal's administrators: of two who go at once, the second one counts.
    """
    theirs = Partnership.objects.filter(memberships__user=pk).order_by("pk")
    list(theirs.select_for_update(of=("self",)))
    administrators = User.objects.filter(is_portal_administrator=True).order_by("pk")
    list(administrators.select_for_update(no_key=True).values_list("pk"))
    return User.objects.with_last_use().select_for_update(of=("self",)).get(pk=pk)


def check_another_administrator(person):
    """Raise LastAdministrator when only ``person``, who is held, looks after the portal."""
    if person.is_staff and not User.objects.portal_administrators().exclude(pk=person.pk).exists():
        raise LastAdministrator(LAST_ADMINISTRATOR.format(name=person))


def check_can_go(person):
    """Raise LastAdministrator or LastCoordinator, with a sentence, when nobody would be left."""
    check_another_administrator(person)
    if alone := only_coordinator_of(person).first():
        raise LastCoordinator(LAST_COORDINATOR.format(name=person, partnership=alone))


@transaction.atomic
def anonymise(*, user):
    """Empty an account for good. Doing it twice is harmless.

    Raises LastCoordinator or LastAdministrator with a sentence where nobody would be left.
    """
    person = held(user.pk)
    if person.anonymised_at:
        return
    check_can_go(person)
    addresses = addresses_of(person)
    _forget_ways_in(person, addresses)
    person.memberships.all().delete()
    replacement = f"former-{person.pk}@anonymised.invalid"
    _forget_invitations(_is_any("email", addresses) | Q(accepted_by=person), replacement)
    _forget_mails(addresses, person.name)
    _forget_contacts(addresses)
    for forget in FORGETTING:
        forget(person)
    _empty_account(person, replacement)
    # Finished documents may show the name; they are made again when somebody wants them.
    transaction.on_commit(caches["documents"].clear)


@transaction.atomic
def forget_address(*, email):
    """Forget someone who was only ever invited; returns how many invitations that were."""
    number = _forget_invitations(Q(email__iexact=email), NOBODY)
    _forget_mails({email}, "")
    return number


def addresses_of(person):
    """Every address that the account has or had."""
    others = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {person.email, *others}


def _empty_account(person, email):
    person.name, person.email = "", email
    person.is_active = person.is_portal_administrator = False
    person.last_login = None
    person.set_unusable_password()
    person.anonymised_at = timezone.now()
    person.save()


def _forget_ways_in(person, addresses):
    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        model.objects.filter(user=person).delete()
    theirs = [each.pk for each in Session.objects.iterator() if _is_of(each, person, addresses)]
    Session.objects.filter(pk__in=theirs).delete()


def _is_of(session, person, addresses):
    """Whether a session is theirs: they are signed in, or half way in with a code or a link."""
    data = session.get_decoded()
    if "_auth_user_id" in data:
        return data["_auth_user_id"] == str(person.pk)
    text = json.dumps(data).lower()
    return any(address.lower() in text for address in addresses)


def _forget_invitations(which, replacement):
    found = Invitation.objects.filter(which)
    found.open().update(revoked_at=timezone.now())
    return found.update(email=replacement, name="", job_title="")


def _forget_contacts(addresses):
    """Their address is taken off public pages, with the name and the number beside it."""
    found = PublicPage.objects.filter(_is_any("contact_email", addresses))
    found.update(contact_name="", contact_email="", contact_phone="")


def _forget_mails(addresses, name):
    OutgoingMail.objects.filter(_is_any("to", addresses)).delete()
    # Only the demo keeps what was sent to others.
    ended = OutgoingMail.objects.exclude(state=MailState.WAITING)
    named = [*addresses, name] if name else addresses
    naming = _is_any("body", named, "icontains") | _is_any("subject", named, "icontains")
    ended.filter(naming).update(subject="", body="")


def _is_any(field, texts, lookup="iexact"):
    return reduce(or_, (Q(**{f"{field}__{lookup}": text}) for text in texts))
