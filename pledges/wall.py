"""What the projector shows at a launch: the code to join with, and the wall of notes.

Both look for news every two seconds. A stamp says what a page has shown already, so that a
look that finds nothing new costs one query.
"""

from dataclasses import dataclass

from django.urls import reverse

from partnerships import joining
from pledges.launching import is_open
from rpcportal.kit.qr import qr_svg

QR_TITLE = "QR code: scan it with your phone to join"


@dataclass(frozen=True)
class Door:
    """How phones come in: the QR code, and what is typed instead."""

    qr: str
    address: str  # without https://, as people type it
    code: str

    @classmethod
    def of(cls, launch, absolute):
        """``absolute`` makes a full address of a path. None while the launch is not open."""
        if not is_open(launch):
            return None
        typed = absolute(reverse("join")).partition("://")[2].rstrip("/")
        return cls(
            qr=qr_svg(absolute(joining.join_path(launch.occasion)), title=QR_TITLE),
            address=typed.removeprefix("www."),
            code=joining.spoken_code(launch.occasion),
        )


@dataclass(frozen=True)
class Card:
    """One note as everybody in the room may read it: nobody's name, no e-mail address."""

    pk: int
    organisation: str
    role: str
    words: str
    action: str
    is_new: bool

    @classmethod
    def of(cls, note, newest_seen):
        return cls(
            pk=note.pk,
            organisation=note.organisation_name,
            role=note.role,
            words=" ".join(note.words.split()),  # a line for each letter would fill the wall
            action=note.first_action,
            is_new=newest_seen is not None and note.pk > newest_seen,
        )


@dataclass(frozen=True)
class Wall:
    """The wall at one moment."""

    stamp: str
    newest: int  # the number of the newest note; 0 for none
    cards: list
    organisations: int
    signed: int

    @classmethod
    def of(cls, launch, newest_seen=None):
        """``newest_seen``: the newest note that the page shows already; None for a fresh page."""
        notes = list(launch.notes.on_the_wall().with_organisations())
        return cls(
            stamp=stamp_of(launch),
            newest=max((note.pk for note in notes), default=0),
            cards=[Card.of(note, newest_seen) for note in notes],
            organisations=len(organisations_of(notes)),
            signed=len(organisations_of(note for note in notes if note.signs)),
        )

    @property
    def said(self):
        """What is said aloud of it: said again only when it is another one."""
        return f"{self.organisations}-{self.signed}"

    @property
    def count(self):
        """“12 organisations”, for the head of the wall."""
        return in_words(self.organisations)


def organisations_of(notes):
    """The organisations that these notes name, each once, however it was written."""
    return {" ".join(note.organisation_name.split()).casefold() for note in notes}


def in_words(number):
    """“1 organisation”, “12 organisations”."""
    return f"{number} organisation{'' if number == 1 else 's'}"


def stamp_of(launch):
    """Says how a launch looks: another one, and a page that shows it is out of date."""
    return f"{launch.version}{'o' if is_open(launch) else 'c'}"
