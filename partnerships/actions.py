"""Verbs that make partnerships, and change accounts, memberships and organisations."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.text import slugify

from partnerships.mail import post
from partnerships.models import Download, Membership, Partnership
from partnerships.permissions import check_may, check_may_still
from rpcportal.kit.roles import Permission, Role


class NameTaken(Exception):
    """Another partnership has this name already; the message says so."""


@transaction.atomic
def create_partnership(*, name, area="", slug=""):
    """A partnership that nobody is in yet.

    Raises NameTaken, and ValidationError by field for what cannot be stored.
    """
    made_from_the_name = {field for field, given in (("slug", slug), ("area", area)) if not given}
    slug = slug or slugify(name)[:50]
    if name and not slug:
        sentence = f"None can be made from “{name}”. Give one with --slug."
        raise ValidationError({"slug": sentence})
    if Partnership.objects.filter(slug=slug).exists():
        raise NameTaken(
            f"There is a partnership with the short name “{slug}” already. "
            "Give another name, or another short name with --slug."
        )
    partnership = Partnership(name=name, slug=slug, area=area or name)
    partnership.full_clean(exclude=made_from_the_name)
    partnership.save()
    return partnership


@transaction.atomic
def rename(*, user, name):
    """Give oneself another name; the past shows it too."""
    user.name = name
    user.save(update_fields=["name"])


@transaction.atomic
def choose_password(*, user, password):
    """Set a password and tell the person by e-mail, in case it was somebody else.

    Every session but the caller's ends, because each holds a digest of the password.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    post(
        to=user.email,
        subject="Your password was changed",
        body=render_to_string("partnerships/mail/password_changed.txt", {"user": user}),
    )


LAST_COORDINATOR = (
    "{name} is the only coordinator of {partnership}. Make somebody else coordinator first: "
    "a partnership always has one."
)


class LastCoordinator(PermissionDenied):
    """Nobody would be left to run the partnership; the message says what to do first."""


@transaction.atomic
def change_membership(*, membership, role, organisations, job_title, by):
    """Give a member another role, other organisations, another job title."""
    locked = _locked_with_partnership(membership)
    check_may_still(by, Permission.MANAGE_PEOPLE, locked.partnership_id)
    if role != Role.COORDINATOR:
        check_another_coordinator(locked)
    if any(each.partnership_id != locked.partnership_id for each in organisations):
        raise PermissionDenied("The organisation belongs to another partnership.")
    locked.role, locked.job_title = role, job_title
    locked.save(update_fields=["role", "job_title"])
    locked.organisations.set(organisations)
    return locked


@transaction.atomic
def end_membership(*, membership, by):
    """The person leaves the partnership, from the next page they ask for. What they did stays."""
    locked = _locked_with_partnership(membership)
    check_may_still(by, Permission.MANAGE_PEOPLE, locked.partnership_id)
    check_another_coordinator(locked)
    locked.delete()


def _locked_with_partnership(membership):
    """The membership as it stands; its partnership is held, so that two cannot leave at once."""
    Partnership.objects.select_for_update().get(pk=membership.partnership_id)
    rows = Membership.objects.select_related("user", "partnership")
    locked = rows.filter(pk=membership.pk).first()
    if locked is None:
        raise PermissionDenied(f"{membership.user} has left {membership.partnership} already.")
    return locked


def check_another_coordinator(membership):
    """Raise LastCoordinator when a coordinator's going would leave the partnership without."""
    if membership.role != Role.COORDINATOR:
        return
    others = membership.partnership.memberships.coordinators().exclude(pk=membership.pk)
    if not others.exists():
        raise LastCoordinator(
            LAST_COORDINATOR.format(name=membership.user, partnership=membership.partnership)
        )


@transaction.atomic
def save_organisation(*, organisation, by):
    """Add an organisation, or give one another name or sector."""
    check_may(by, Permission.SETTINGS, organisation.partnership_id)
    organisation.save()
    return organisation


@transaction.atomic
def change_settings(*, partnership, second_factor_required, by):
    """Say whether the coordinators need a second step to sign in."""
    check_may(by, Permission.SETTINGS, partnership.pk)
    partnership.second_factor_required = second_factor_required
    partnership.save(update_fields=["second_factor_required"])


def record_download(*, what, by, partnership=None):
    """Note that personal data left the portal: ``what`` it was, and who took it."""
    return Download.objects.create(what=what, user=by, partnership=partnership)
