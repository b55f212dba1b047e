"""Verbs that make partnerships and let people in."""

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.text import slugify

from partnerships.models import Membership, Partnership, User
from rpcportal.kit.roles import Role


class NameTaken(Exception):
    """Another partnership has this name already; the message says so."""


@transaction.atomic
def create_partnership(*, name, coordinator_email, area="", slug=""):
    """A partnership with its first coordinator; returns (partnership, coordinator).

    A person who has an account already becomes coordinator with it. Raises NameTaken, and
    ValidationError by field for what cannot be stored, an address that is none among it.
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
    coordinator = add_person(
        partnership=partnership, email=coordinator_email, role=Role.COORDINATOR
    )
    return partnership, coordinator


@transaction.atomic
def add_person(*, partnership, email, role, name=""):
    """Make someone a member with ``role``, or give a member another role; returns the user.

    Someone who has an account already keeps it. Raises ValidationError by field.
    """
    email = email.strip()
    user = User.objects.filter(email__iexact=email).first()
    user = user or User.objects.create_user(email, name)
    Membership.objects.update_or_create(user=user, partnership=partnership, defaults={"role": role})
    return user


def one_time_path(user):
    """The path of a link with which ``user`` sets a password, once, within a week."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("set_password", args=[uid, default_token_generator.make_token(user)])
