"""What becomes of the notes of a launch: a signing and an action in the register, or nothing.

A note names an organisation, in the list or in its own words. The first note of an organisation
signs; the later ones add their actions.
"""

import uuid
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships import inviting
from partnerships.actions import save_organisation
from partnerships.doors import tell_screens
from partnerships.limits import TooOften
from partnerships.models import Organisation
from partnerships.permissions import check, refusal_for
from pledges import pledging
from pledges.actions import add_action
from pledges.lapsing import next_review
from pledges.launching import launch_refusal, locked_note
from pledges.models import LaunchNote, NoteStatus, Signing
from rpcportal.kit.roles import Permission, Role

SET_ASIDE = "This note has been set aside meanwhile. Take it up again first."
CONFIRMED = "This note is in the register already, and cannot be set aside any more."
WORDS_CHANGED = (
    "Since this note was written, the launch was opened again with other words to sign. It stays "
    "set aside."
)
SIGNED_HERE = "{organisation} has signed at this launch already, by {name}."
ADD_THE_ACTION = " Untick the signature to add this note’s action alone."
LONGEST_OWNER = 200


@dataclass(frozen=True)
class Plan:
    """What will be made of a note. ``organisation`` is None where none of that name is known.

    ``signs``: whether a signing comes of it. ``why_not``: the sentence, where they signed on the
    phone and none does. ``may_sign``: whether one may come of it all the same. ``is_clear``:
    nothing about it needs a person's eye.
    """

    note: LaunchNote
    organisation: Organisation | None
    signs: bool
    why_not: str
    may_sign: bool
    is_clear: bool


class Planner:
    """Says what will be made of the notes of one launch, in as many queries for many as for one."""

    def __init__(self, launch):
        self.launch = launch
        known = launch.partnership.organisations.all()
        self.by_name = {plain(each.name): each for each in known}
        self.by_pk = {each.pk: each for each in self.by_name.values()}
        signings = Signing.objects.filter(pledge__partnership=launch.partnership)
        self.signed_at = signings_at(launch)
        self.signed_version = set(
            signings.filter(manifesto=launch.manifesto_id).values_list(
                "pledge__organisation_id", flat=True
            )
        )
        later = signings.filter(signed_on__gt=day_of(launch))
        self.signed_later = set(later.values_list("pledge__organisation_id", flat=True))

    def plans(self, notes):
        """A Plan for each of these notes, the oldest of which comes first."""
        found, seen = [], Counter()
        for note in notes:
            plan = self.plan(note, is_first=not seen[self._key(note)])
            seen[self._key(note)] += plan.signs
            found.append(plan)
        return found

    def plan(self, note, *, is_first=True):
        """``is_first``: no other note of the same organisation waits before it and signs."""
        organisation = self._organisation(note)
        why_not = self._why_not(note, organisation, is_first)
        signs = note.signs and not why_not
        return Plan(
            note=note,
            organisation=organisation,
            signs=signs,
            why_not=why_not,
            may_sign=organisation is None or organisation.pk not in self.signed_at,
            is_clear=signs and organisation is not None and bool(note.name and note.role),
        )

    def _key(self, note):
        organisation = self._organisation(note)
        return organisation.pk if organisation else plain(note.organisation_words)

    def _organisation(self, note):
        if note.organisation_id:
            return self.by_pk.get(note.organisation_id)
        return self.by_name.get(plain(note.organisation_words))

    def _why_not(self, note, organisation, is_first):
        if not note.signs:
            return ""
        pk = organisation.pk if organisation else None
        if pk in self.signed_at:
            return SIGNED_HERE.format(organisation=organisation, name=self.signed_at[pk])
        if not is_first:
            return "Another note of the same organisation comes first, and signs."
        if pk in self.signed_version:
            return f"{organisation} has signed these words before."
        if pk in self.signed_later:
            return f"{organisation} has signed since the launch."
        return ""


def plain(name):
    """A name as names are compared: in lower case, with single spaces."""
    return " ".join(name.split()).casefold()


def signings_at(launch):
    """Organisation -> who signed for it, by the notes of this launch that were confirmed."""
    notes = launch.notes.filter(signing__isnull=False)
    return dict(notes.values_list("organisation_id", "signing__name"))


def day_of(launch):
    """The day that signings get: that of the launch, which is not to be in the future."""
    return min(launch.held_on, timezone.localdate())


def add_refusal(user, partnership):
    """Why ``user`` may not add an organisation to the list, or an empty sentence."""
    return refusal_for(user, Permission.SETTINGS, partnership.pk)


def invite_refusal(user, partnership):
    """Why ``user`` may not invite people, or an empty sentence."""
    return refusal_for(user, Permission.MANAGE_PEOPLE, partnership.pk)


@dataclass(frozen=True)
class Outcome:
    """What became of a note, and a ``sentence`` about its invitation where there is one."""

    note: LaunchNote
    sentence: str = ""


@transaction.atomic
def confirm(
    *, note, by, organisation=None, new_name="", sector="", signs, name, role, words, action,
    owner=None, owner_words="", due_on=None, link=None,
):  # fmt: skip
    """Bring a note into the register; returns an Outcome. One that is there already stays.

    ``organisation``: None adds one of ``new_name`` and ``sector``, unless there is one of that
    name. ``signs``: record the signature, which no other note of this launch may have brought.
    ``link`` makes a full address of a path, and sends an invitation to the note's address; None
    sends none. Raises PermissionDenied, and ValidationError with sentences.
    """
    standing = locked_note(note)
    launch = standing.launch
    check(launch_refusal, by, launch.partnership)
    if standing.status == NoteStatus.CONFIRMED:
        return Outcome(standing)
    if standing.status == NoteStatus.SET_ASIDE:
        raise ValidationError(SET_ASIDE)
    organisation = organisation or _organisation_named(launch.partnership, new_name, sector, by)
    pledge = pledging.held(organisation)
    if signs:
        if before := signings_at(launch).get(organisation.pk):
            sentence = SIGNED_HERE.format(organisation=organisation, name=before)
            raise ValidationError(sentence + ADD_THE_ACTION)
        who = {"name": name, "role": role, "words": words or (pledge.words if pledge else "")}
        pledge, standing.signing = _sign(launch, organisation, pledge, by, **who)
    if action:
        standing.action = add_action(
            organisation=organisation, by=by, what=action, owner=owner, owner_words=owner_words,
            due_on=due_on, pledge=pledge,
        )  # fmt: skip
    standing.organisation = organisation
    _settle(standing, NoteStatus.CONFIRMED, by)
    return Outcome(standing, _invite(standing, organisation, by, link))


def _organisation_named(partnership, name, sector, by):
    there = next((each for each in partnership.organisations.all() if _is_named(each, name)), None)
    new = Organisation(partnership=partnership, name=name, sector=sector)
    return there or save_organisation(organisation=new, by=by)


def _is_named(organisation, name):
    return plain(organisation.name) == plain(name)


def _sign(launch, organisation, pledge, by, **who):
    """The pledge, and its signing under the version that was signed at the launch."""
    key, signed_on = uuid.uuid4(), day_of(launch)
    try:
        signed = pledging.sign(
            organisation=organisation,
            signed_on=signed_on,
            lead=pledge.lead if pledge else None,
            champion=pledge.champion if pledge else "",
            review_on=next_review(signed_on),
            manifesto=launch.manifesto,
            request_key=key,
            by=by,
            **who,
        )
    except ValidationError as error:  # by field; this form has no such fields
        raise ValidationError(error.messages) from None
    return signed, signed.signings.get(request_key=key)


def _settle(note, status, by):
    note.status, note.settled_by, note.settled_at = status, by, timezone.now()
    note.save(
        update_fields=["status", "settled_by", "settled_at", "organisation", "signing", "action"]
    )


def _invite(note, organisation, by, link):
    """Ask them in as the organisation's lead; why that did not happen, or an empty sentence."""
    if link is None or not note.email:
        return ""
    try:
        (outcome,) = inviting.invite(
            partnership=note.launch.partnership,
            people=[(note.email, note.name)],
            role=Role.LEAD,
            by=by,
            organisation=organisation,
            link=link,
        )
    except TooOften as error:
        return f"{note.email} is not invited yet. {error}"
    return outcome.sentence


def owner_of(note):
    """Who sees to the first action, in words: who wrote it, as far as that fits."""
    both = ", ".join(filter(None, [note.name, note.role]))
    return both if len(both) <= LONGEST_OWNER else note.name


def confirm_clear(*, launch, by, link=None):
    """Confirm all notes that need nobody's eye; returns (Outcomes, how many still wait).

    Each stands by itself: one that cannot be confirmed waits on, and the others go in. ``link``:
    as in ``confirm``, for those who left an address.
    """
    check(launch_refusal, by, launch.partnership)
    waiting = list(launch.notes.waiting())
    clear = [plan for plan in Planner(launch).plans(waiting) if plan.is_clear]
    outcomes = [outcome for plan in clear if (outcome := _confirmed(plan, by, link))]
    return outcomes, len(waiting) - len(outcomes)


@transaction.atomic
def _confirmed(plan, by, link):
    note = locked_note(plan.note)
    if note.changed_at != plan.note.changed_at:
        return None  # its phone has corrected it since
    try:
        return confirm(
            note=note, by=by, organisation=plan.organisation, signs=True, name=note.name,
            role=note.role, words=note.words, action=note.first_action,
            owner_words=owner_of(note) if note.first_action else "", link=link,
        )  # fmt: skip
    except ValidationError:
        return None  # it waits for somebody to look at it, and its page says why


@transaction.atomic
def set_aside(*, note, is_aside, by):
    """Leave a note out of the register and off the wall, without deleting it; or take it up again.

    Twice is once.
    """
    standing = locked_note(note)
    launch = standing.launch
    check(launch_refusal, by, launch.partnership)
    if standing.status == NoteStatus.CONFIRMED:
        raise ValidationError(CONFIRMED)
    if is_aside == (standing.status == NoteStatus.SET_ASIDE):
        return standing
    if is_aside:
        _settle(standing, NoteStatus.SET_ASIDE, by)
    else:
        if standing.signs and launch.manifesto.made_at > standing.changed_at:
            raise ValidationError(WORDS_CHANGED)
        standing.status, standing.settled_by, standing.settled_at = NoteStatus.WAITING, None, None
        standing.save(update_fields=["status", "settled_by", "settled_at"])
    tell_screens(launch)
    return standing
