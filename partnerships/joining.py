"""Joining an event on a phone without an account: its door, its codes, and who came in.

A launch or a workshop opens an occasion and shows its code and a QR code. Whoever types the one
or scans the other says where they come from and is a participant: a row without a name, and a
signed cookie of this event alone. Each room registers its kind of event and the page that its
phones are led to; whether somebody may open the door is for that room to say.
"""

import secrets
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from partnerships.limits import (
    EVENT_CODES_EVERYWHERE,
    EVENT_CODES_FROM_ADDRESS,
    client_address,
    take,
)
from partnerships.models import Occasion, Participant

# The letters of sign-in codes but Q: no vowels, so that no code is a word, and no figures, so
# that a phone's keyboard stays as it is.
ALPHABET = "BCDFGHJKLMNPRSTVWXZ"
LENGTH = 6
# What somebody types who took a letter for what looks like it.
MISREAD = str.maketrans("01258IOQU", "DLZSBLDDV")
TRIES = 20  # of 47 million codes: a second collision in a row is a fault of the generator
STAYS = timedelta(days=1)  # how long after the event a phone still finds what it wrote
SALT = "joined an event"
ENTRY_PATH = "/join/"  # short: people type it from the screen
UNUSED = timedelta(days=30)  # how long after its event a row is kept that nothing refers to

OVER = "It has ended already: open it again with a new code."
PAST = "Choose a time that is still to come"
TOO_OFTEN = (
    "Too many codes that belong to no event were typed from here. Scan the QR code on the screen, "
    "which always works, or wait 5 minutes and type the code again."
)


@dataclass(frozen=True)
class Kind:
    """A kind of event: the name of its phone page's URL, which takes the occasion's number; what
    it is called on the way in; whether the sector is asked of who is not in the list; and whether
    those who come in say where they come from at all.
    """

    phone_page: str
    called: str
    asks_sector: bool
    asks_organisation: bool = True


KINDS = {}


def register(kind, *, phone_page, called="the event", asks_organisation=True, asks_sector=False):
    """Tell what a kind of event does with its phones."""
    KINDS[kind] = Kind(phone_page, called, asks_sector, asks_organisation)


# --- Codes ----------------------------------------------------------------------------------


def new_code():
    """A code that nobody can foretell."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_in(typed):
    """The code that somebody meant: in any case, with spaces or hyphens, a 0 for a D. "" when
    no code is made like that.
    """
    signs = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(each for each in signs if each.isalnum()).translate(MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spoken_code(occasion):
    """The code in two halves, as it is shown and said."""
    return f"{occasion.code[:3]} {occasion.code[3:]}"


def join_path(occasion):
    """The path that the QR code holds."""
    return reverse("join_event", args=[occasion.key])


# --- The door -------------------------------------------------------------------------------


@transaction.atomic
def open_occasion(*, partnership, kind, closes_at, by):
    """Open the door of an event; returns the occasion. Its code is no other open event's."""
    KINDS[kind]  # a kind that nobody registered would lead its phones nowhere
    _check_is_to_come(closes_at)
    for _ in range(TRIES):
        occasion = Occasion(
            partnership=partnership,
            kind=kind,
            code=new_code(),
            closes_at=closes_at,
            opened_by=by,
        )
        try:
            with transaction.atomic():
                occasion.save(force_insert=True)
        except IntegrityError as error:
            if "occasion_code_once_while_open" not in str(error):
                raise
        else:
            return occasion
    raise RuntimeError("No code of an event is free.")


@transaction.atomic
def open_anew(*, standing, partnership, kind, closes_at, by):
    """Open the door of an event whose last one, ``standing``, is over or was never there."""
    if standing and standing.closed_at is None:
        # Its time ran out: closed for good, so that its code is free again.
        close_occasion(occasion=standing, by=by)
    return open_occasion(partnership=partnership, kind=kind, closes_at=closes_at, by=by)


@transaction.atomic
def close_occasion(*, occasion, by):
    """Close the door; returns the occasion. Twice is once, at the first moment."""
    standing = _held(occasion)
    if standing.closed_at is None:
        standing.closed_at = timezone.now()
        standing.save(update_fields=["closed_at"])
    return standing


@transaction.atomic
def extend_occasion(*, occasion, closes_at, by):
    """Have the door close by itself at another time; returns the occasion.

    One that ended by itself opens again, with its code. ValidationError when somebody closed it.
    """
    _check_is_to_come(closes_at)
    standing = _held(occasion)
    if standing.closed_at is not None:
        raise ValidationError(OVER)
    standing.closes_at = closes_at
    standing.save(update_fields=["closes_at"])
    return standing


def _held(occasion):
    return Occasion.objects.select_for_update().get(pk=occasion.pk)


def _check_is_to_come(closes_at):
    if closes_at <= timezone.now():
        raise ValidationError({"closes_at": PAST})


# --- Finding the event ------------------------------------------------------------------------


def occasion_of_code(request, code):
    """The open event of this code, or None. Only codes that are nobody's are counted, so that a
    room of any size comes in; ValidationError when too many were.
    """
    address = client_address(request)
    counts = ((EVENT_CODES_FROM_ADDRESS, address), (EVENT_CODES_EVERYWHERE, ""))
    _count(counts, number=0)  # before the look: a right guess must not come in after too many
    occasion = Occasion.objects.open(timezone.now()).filter(code=code).first()
    if occasion is None:
        _count(counts, number=1)
    return occasion


def _count(counts, *, number):
    for limit, subject in counts:
        if not take(limit, subject, number=number):
            raise ValidationError(TOO_OFTEN, code="too_often")


def occasion_of_key(key):
    """The event whose QR code holds this key, open or not; None when there never was one."""
    return Occasion.objects.select_related("partnership").filter(key=key).first()


# --- Who came in ------------------------------------------------------------------------------


def join(*, occasion, request_key, organisation=None, organisation_words="", sector=""):
    """Come in; the participant, or None when the event has ended. The same click twice is one.

    ``request_key`` is the page's. The participant's own key is made of it and of a secret, so
    that nobody can choose to be somebody else.
    """
    if not occasion.is_open():
        return None
    digest = salted_hmac(SALT, f"{occasion.pk} {request_key}", algorithm="sha256").digest()
    key = uuid.UUID(bytes=digest[:16], version=4)
    participant, _ = Participant.objects.get_or_create(
        key=key,
        defaults={
            "occasion": occasion,
            "organisation": organisation,
            "organisation_words": organisation_words,
            "sector": sector,
        },
    )
    participant.occasion = occasion  # spares a query when the row was there
    return participant


def cookie_name(occasion_pk):
    """The name of the cookie of one event."""
    return f"{'__Host-' if settings.PRODUCTION else ''}joined-{occasion_pk}"


def participant_of(request, occasion):
    """Whom the phone's cookie for this event names, or None. ``occasion``: it or its number.

    One query, which brings the event with it.
    """
    pk = getattr(occasion, "pk", occasion)
    key = key_of(request, pk)
    if not key:
        return None
    return Participant.objects.with_occasion().filter(key=key, occasion=pk).first()


def key_of(request, occasion_pk):
    """What the phone's cookie for this event holds, or an empty text. It was signed by us, so it
    is the key of a participant, who may be gone by now. It costs no query.
    """
    salt = f"{SALT} {occasion_pk}"
    return request.get_signed_cookie(cookie_name(occasion_pk), default="", salt=salt)


def remember(response, *, request, participant):
    """Give the phone its cookie, until a day after the event."""
    occasion = participant.occasion
    ends = max(occasion.closes_at, timezone.now()) + STAYS
    response.set_signed_cookie(
        cookie_name(occasion.pk),
        str(participant.key),
        salt=f"{SALT} {occasion.pk}",
        max_age=ends - timezone.now(),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def phone_path(occasion):
    """Where phones go that are in."""
    return reverse(KINDS[occasion.kind].phone_page, args=[occasion.pk])


# --- Forgetting -------------------------------------------------------------------------------


def forget_unused_participants(now):
    """Delete those whose event ended a month ago and who left nothing: no note, no vote."""
    ended = Participant.objects.of_events_that_ended_before(now - UNUSED)
    ended.that_nothing_refers_to().delete()
