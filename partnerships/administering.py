"""What portal administrators do to accounts. They read and write nothing of anybody's work.

``by`` is the administrator, or None for a command that somebody typed on the server. The
database's triggers write down every change, with the person who made it.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string

from partnerships.anonymising import check_another_administrator, check_can_go, held
from partnerships.mail import post


class NotPossible(PermissionDenied):
    """It cannot be done to this account; the message says why, and what to do instead."""


EMPTIED = "This account was emptied. Invite the person again."
SWITCHED_OFF = "{name}’s account is switched off. Switch it on first."


@transaction.atomic
def switch_off(*, user, by):
    """Nobody signs in with the account any more, and its sessions end. Everything else stays."""
    _check(by)
    person = held(user.pk)
    check_can_go(person)
    person.is_active = False
    person.save(update_fields=["is_active"])


@transaction.atomic
def switch_on(*, user, by):
    """The account can be signed in with again."""
    _check(by)
    person = held(user.pk)
    if person.anonymised_at:
        raise NotPossible(EMPTIED)
    person.is_active = True
    person.save(update_fields=["is_active"])


@transaction.atomic
def make_administrator(*, user, by):
    """Let the person into the administration, from their next sign-in step on."""
    _check(by)
    person = held(user.pk)
    if person.anonymised_at:
        raise NotPossible(EMPTIED)
    if not person.is_active:
        raise NotPossible(SWITCHED_OFF.format(name=person))
    person.is_portal_administrator = True
    person.save(update_fields=["is_portal_administrator"])


@transaction.atomic
def unmake_administrator(*, user, by):
    """Take the administration away; never from the last one."""
    _check(by)
    person = held(user.pk)
    check_another_administrator(person)
    person.is_portal_administrator = False
    person.save(update_fields=["is_portal_administrator"])


@transaction.atomic
def remove_second_step(*, user, by):
    """Take app, passkeys and recovery codes away from someone who lost them; how many there were.

    The person is told, in case somebody else asked for it in their name.
    """
    _check(by)
    number, _ = Authenticator.objects.filter(user=held(user.pk)).delete()
    if number:
        _tell(user.email, "Your second step was removed", "second_step_removed", user)
    return number


@transaction.atomic
def change_address(*, user, email, by):
    """Give the account another e-mail address; both addresses are told.

    What it was tied to at the council goes: the next person with the old address is another.
    """
    _check(by)
    person = held(user.pk)
    if person.anonymised_at:
        raise NotPossible(EMPTIED)
    before, person.email = person.email, email.strip().lower()
    person.full_clean(exclude=["password"])
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    SocialAccount.objects.filter(user=person).delete()
    for address in (before, person.email):
        _tell(address, "Your e-mail address was changed", "address_changed", person)


def _check(by):
    if by is not None and not by.is_staff:
        raise PermissionDenied("Only a portal administrator can do this.")


def _tell(address, subject, template, person):
    body = render_to_string(f"partnerships/mail/{template}.txt", {"user": person})
    post(to=address, subject=subject, body=body)
