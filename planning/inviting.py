"""Verbs on who is invited to a workshop: organisations, and whom of them, if that is known.

Nothing is sent here; the links for scoring beforehand go out in planning/prework.py.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q

from partnerships.models import Membership, Organisation
from planning.models import Invitee
from planning.workshop_planning import held_to_change

WORDS = ("organisation", "organisation_words", "name", "email")
WHO = "Choose an organisation, or write the name of one that is not in the list"
ONE_OF_BOTH = "Choose an organisation in the list or write one, but not both"
GONE = (
    "Somebody has taken this line off the list meanwhile. What you typed is below: add it again, "
    "if they are to come"
)
IS_INVITED = "{email} is invited already, for {organisation}"
IS_INVITED_WITHOUT = (
    "{organisation} is invited already. Add an e-mail address to invite a person of theirs too"
)


def invitees_of(workshop):
    """Everybody who is invited, with the organisation's name, as they were added."""
    return workshop.invitees.select_related("organisation").order_by("pk")


def counts_of(workshop):
    """(rows, how many of them have an e-mail address)."""
    addressed = Count("pk", filter=~Q(email=""))
    found = workshop.invitees.aggregate(rows=Count("pk"), addressed=addressed)
    return found["rows"], found["addressed"]


@transaction.atomic
def add_invitee(*, workshop, by, **words):
    """Invite an organisation, or one person of it; returns the row. The same twice is one.

    ``words``: a value for each of WORDS. Raises ValidationError with field -> sentence.
    """
    standing = held_to_change(workshop, by)
    _check_one_organisation(words)
    if there := standing.invitees.filter(**words).first():
        return there
    _check_is_new(standing, words)
    return standing.invitees.create(**words)


@transaction.atomic
def change_invitee(*, invitee, by, **words):
    """Write a row anew; returns it. ``words`` and what is raised as for ``add_invitee``.

    At another address it is somebody else's row, with a number of its own: the link that was sent
    to the first address leads to no paper of theirs.
    """
    workshop = held_to_change(invitee.workshop, by)
    _check_one_organisation(words)
    standing = held_invitee(invitee)
    _check_is_new(workshop, words, apart_from=standing)
    if standing.invited_at and standing.email.casefold() != words["email"].casefold():
        standing.delete()
        return workshop.invitees.create(**words)
    if any(getattr(standing, name) != words[name] for name in WORDS):
        for name in WORDS:
            setattr(standing, name, words[name])
        standing.save()
    return standing


@transaction.atomic
def remove_invitee(*, invitee, by):
    """Invite them no more; the link for scoring beforehand that they may have ends with it."""
    workshop = held_to_change(invitee.workshop, by)
    workshop.invitees.filter(pk=invitee.pk).delete()


def held_invitee(invitee):
    """The row as it stands; whoever holds the workshop holds it too. ValidationError: gone."""
    found = Invitee.objects.select_related("organisation").filter(pk=invitee.pk).first()
    if found is None:
        raise ValidationError(GONE)
    return found


@transaction.atomic
def add_all_organisations(*, workshop, by):
    """Invite every organisation of the partnership that is not invited yet; returns how many."""
    standing = held_to_change(workshop, by)
    there = standing.invitees.exclude(organisation=None).values("organisation_id")
    missing = Organisation.objects.filter(partnership=standing.partnership).exclude(pk__in=there)
    made = [Invitee(workshop=standing, organisation=each) for each in missing.order_by("name")]
    return len(Invitee.objects.bulk_create(made))


@transaction.atomic
def invite_people(*, workshop, people, organisation, by):
    """Invite a list of people, pairs of address and name; returns how many are new.

    ``organisation``: of all of them. None takes what each says: the one that they belong to
    here, and for strangers what follows the @ of their address, until somebody writes it better.
    """
    standing = held_to_change(workshop, by)
    there = {each.casefold() for each in standing.invitees.values_list("email", flat=True)}
    asked = {email.casefold(): (email, name) for email, name in people}
    new = [pair for email, pair in asked.items() if email not in there]
    known = {} if organisation else _organisations_of(standing.partnership, new)
    for email, name in new:
        theirs = organisation or known.get(email.casefold())
        words = "" if theirs else email.rpartition("@")[2][:150]
        standing.invitees.create(
            organisation=theirs, organisation_words=words, name=name, email=email
        )
    return len(new)


def _organisations_of(partnership, people):
    """By address, the organisation of each who belongs to exactly one here."""
    emails = [email for email, _ in people]
    members = (
        Membership.objects.filter(partnership=partnership, user__email__in=emails)
        .annotate(number=Count("organisations"))
        .filter(number=1)
        .select_related("user")
        .prefetch_related("organisations")
    )
    return {each.user.email.casefold(): each.organisations.all()[0] for each in members}


def _check_one_organisation(words):
    if words["organisation"] and words["organisation_words"]:
        raise ValidationError({"organisation_words": ONE_OF_BOTH})
    if not words["organisation"] and not words["organisation_words"]:
        raise ValidationError({"organisation": WHO})


def _check_is_new(workshop, words, apart_from=None):
    """Nobody is invited twice: a person by their address, an organisation without one."""
    others = workshop.invitees.select_related("organisation")
    if apart_from:
        others = others.exclude(pk=apart_from.pk)
    if email := words["email"]:
        if other := others.filter(email__iexact=email).first():
            sentence = IS_INVITED.format(email=email, organisation=other.organisation_name)
            raise ValidationError({"email": sentence})
        return
    theirs = words["organisation"]
    if theirs and others.filter(email="", organisation=theirs).exists():
        raise ValidationError({"organisation": IS_INVITED_WITHOUT.format(organisation=theirs)})
