"""Verbs on invitations: ask people in, ask again, take it back, and come in."""

import hashlib
import secrets
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from partnerships import limits
from partnerships.actions import check_another_coordinator
from partnerships.mail import post
from partnerships.models import Invitation, Membership, OutgoingMail, Partnership, User
from partnerships.models.invitations import LIFETIME
from partnerships.permissions import check_may, check_may_still
from rpcportal.kit.roles import Permission, Role

SIGN_IN_FIRST = "You have an account already. Sign in first, then join."


class NotOpen(PermissionDenied):
    """The invitation cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Outcome:
    """What became of one address: ``invitation`` is None where a ``sentence`` says why."""

    email: str
    invitation: Invitation | None
    sentence: str = ""


def invite(*, partnership, people, role, by, organisation=None, link=None):
    """Invite each of ``people``, pairs of address and name; returns an Outcome for each.

    Whoever is in the partnership, or invited, already is left as they are. ``link`` makes a
    full address of a path. Raises TooOften beyond 200 invitations an hour.
    """
    check_may(by, Permission.MANAGE_PEOPLE, partnership.pk)
    limits.check(limits.INVITATIONS_OF_PERSON, by.pk, number=len(people))
    asked = {"partnership": partnership, "role": role, "organisation": organisation}
    return [
        _invite_one(link, **asked, email=email.strip().lower(), name=name, invited_by=by)
        for email, name in people
    ]


def _invite_one(link, *, partnership, email, **asked):
    member = partnership.memberships.filter(user__email__iexact=email).first()
    if member:
        role = member.get_role_display().lower()
        return Outcome(email, None, f"{email} is in the partnership already, as {role}.")
    token = new_token()
    try:
        with transaction.atomic():
            invitation = Invitation(
                partnership=partnership,
                email=email,
                **asked,
                token_digest=digest(token),
                expires_at=timezone.now() + LIFETIME,
            )
            invitation.save()
            _mail(invitation, token, link)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "invitation_open_once":
            raise
        sentence = f"{email} has been invited already. Open it in the list to send it again."
        return Outcome(email, None, sentence)
    return Outcome(email, invitation)


@transaction.atomic
def invite_by_link(*, partnership, email, role=Role.COORDINATOR):
    """An invitation by whoever runs the portal, for a command to print; returns its path.

    No mail is sent. An open one to the same address gives way to it. Raises LastCoordinator
    where it would leave the partnership without one.
    """
    member = partnership.memberships.filter(user__email__iexact=email.strip()).first()
    if member and role != Role.COORDINATOR:
        check_another_coordinator(member)
    partnership.invitations.open().to_address(email).update(revoked_at=timezone.now())
    token = new_token()
    invitation = Invitation(
        partnership=partnership,
        role=role,
        email=email.strip().lower(),
        token_digest=digest(token),
        expires_at=timezone.now() + LIFETIME,
    )
    invitation.full_clean()
    invitation.save()
    return path_of(token)


@transaction.atomic
def send_again(*, invitation, by, link):
    """Send it again with a new link; the one before stops working. Two weeks begin anew."""
    locked = _locked(invitation)
    check_may_still(by, Permission.MANAGE_PEOPLE, locked.partnership_id)
    limits.check(limits.INVITATIONS_OF_PERSON, by.pk)
    if not locked.is_open:
        raise NotOpen(_why_not_open(locked))
    token = new_token()
    locked.token_digest = digest(token)
    locked.expires_at = timezone.now() + LIFETIME
    locked.save(update_fields=["token_digest", "expires_at"])
    _mail(locked, token, link)


@transaction.atomic
def revoke(*, invitation, by):
    """Take it back: the link stops working. Taking it back twice is harmless."""
    locked = _locked(invitation)
    check_may_still(by, Permission.MANAGE_PEOPLE, locked.partnership_id)
    if locked.revoked_at:
        return
    if locked.accepted_at:
        raise NotOpen(_why_not_open(locked))
    locked.revoked_at, locked.revoked_by = timezone.now(), by
    locked.save(update_fields=["revoked_at", "revoked_by"])


def find(token):
    """The invitation that a link's secret opens, or None."""
    rows = Invitation.objects.select_related("partnership", "organisation", "invited_by")
    return rows.filter(token_digest=digest(token)).first()


def why_unusable(invitation, now):
    """Why a link cannot be used, with the mend; an empty sentence when it can."""
    if invitation is None:
        return "This link is not one of ours, or a newer e-mail has replaced it."
    if not invitation.is_open:
        return _why_not_open(invitation)
    if invitation.has_expired(now):
        return f"This link stopped working on {_day(invitation.expires_at)}."
    return ""


@transaction.atomic
def accept(*, invitation, by=None, name="", job_title=""):
    """Come in; returns the person. Without ``by`` an account is made for the address.

    Raises NotOpen when the link was used, taken back or is too old; PermissionDenied when
    ``by`` is somebody else, or when someone with an account has not signed in.
    """
    locked = _locked(invitation)
    if sentence := why_unusable(locked, timezone.now()):
        raise NotOpen(sentence)
    person = by or _new_person(locked, name)
    if person.email.lower() != locked.email.lower():
        raise PermissionDenied(f"This invitation is for {locked.email}.")
    membership, is_new = Membership.objects.get_or_create(
        user=person,
        partnership_id=locked.partnership_id,
        defaults={"role": locked.role, "job_title": job_title},
    )
    if is_new and locked.organisation_id:
        membership.organisations.add(locked.organisation_id)
    if not is_new and locked.invited_by_id is None:
        _let_in_again(membership, locked.role)
    locked.accepted_at, locked.accepted_by = timezone.now(), person
    locked.save(update_fields=["accepted_at", "accepted_by"])
    return person


def _let_in_again(membership, role):
    """A member whom whoever runs the portal has given a link gets the role it names."""
    Partnership.objects.select_for_update().get(pk=membership.partnership_id)
    if role != Role.COORDINATOR:
        check_another_coordinator(membership)
    membership.role = role
    membership.save(update_fields=["role"])


def has_account(invitation):
    """Whether the address belongs to somebody who signs in already."""
    return User.objects.filter(email__iexact=invitation.email).exists()


def _new_person(invitation, name):
    if has_account(invitation):
        raise PermissionDenied(SIGN_IN_FIRST)
    try:
        with transaction.atomic():
            return User.objects.create_user(invitation.email, name)
    except (IntegrityError, ValidationError):
        if not has_account(invitation):
            raise
        # Two invitations of one person, pressed at the same moment.
        raise PermissionDenied(SIGN_IN_FIRST) from None


def new_token():
    """A link's secret: 256 bits."""
    return secrets.token_urlsafe(32)


def digest(token):
    """What is kept of it."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def path_of(token):
    """The path of the link."""
    return reverse("invitation", args=[token])


def mail_about(invitation):
    """The name by which the post knows an invitation's mails."""
    return f"invitation {invitation.pk}"


def newest_mails(invitations):
    """By invitation's number, the newest mail that was written for it."""
    abouts = {mail_about(invitation): invitation.pk for invitation in invitations}
    mails = OutgoingMail.objects.filter(about__in=abouts).order_by("created_at", "pk")
    return {abouts[mail.about]: mail for mail in mails}


def _mail(invitation, token, link):
    context = {"invitation": invitation, "link": link(path_of(token))}
    post(
        to=invitation.email,
        subject=f"Join {invitation.partnership.name} on the RPC Portal",
        body=render_to_string("partnerships/mail/invitation.txt", context),
        about=mail_about(invitation),
    )


def _locked(invitation):
    rows = Invitation.objects.select_related("partnership", "organisation", "invited_by")
    return rows.select_for_update(of=("self",)).get(pk=invitation.pk)


def _why_not_open(invitation):
    if invitation.accepted_at:
        return f"This invitation was used on {_day(invitation.accepted_at)}. Sign in instead."
    return "This invitation was taken back."


def _day(moment):
    return f"{timezone.localdate(moment):%-d %B %Y}"
