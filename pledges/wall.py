"""What the projector shows at a launch: the wall of notes, and how many have signed.

Its pages look for news every two seconds. A stamp says what a page has shown already, so that a
look that finds nothing new costs one query.
"""

from dataclasses import dataclass

from partnerships.doors import stamp_of


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
