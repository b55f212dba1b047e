"""Rules of committing: what asks a person or an organisation, and what others may read of it.

They ask no database, no clock and no request: everything is handed in.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from practice.models import StandardVersion

FEWEST = 3  # people of whom a number may be shown to others: of fewer it would tell who
TOO_FEW = "Not shown: fewer than three people"
NOBODY = "Nobody belongs to it yet"
NO_ORGANISATION = "People without an organisation"


@dataclass(frozen=True)
class Asked:
    """A version in force that waits for a commitment, and the one that was committed to before."""

    version: StandardVersion
    before: int | None  # its number

    @property
    def is_new(self):
        """Whether nobody committed to any version of this standard before."""
        return self.before is None


def asked(in_force, last):
    """What waits: those in force without a commitment, those that changed first.

    ``last``: number of a standard -> number of the version that was committed to last.
    """
    waiting = [
        Asked(each, last.get(each.standard_id))
        for each in in_force
        if last.get(each.standard_id) != each.number
    ]
    return sorted(waiting, key=lambda each: each.is_new)


@dataclass(frozen=True)
class Numbers:
    """Of an organisation: how many of its people committed, and whether it did itself.

    ``organisation`` is None for the people who belong to none; then ``itself`` is None. All of
    ``committed`` committed to every standard that is asked about.
    """

    organisation: object
    people: int
    committed: int
    itself: "Itself | None"
    is_shown: bool
    is_own: bool = False
    may_commit: bool = False

    @property
    def name(self):
        """What the list calls it."""
        return self.organisation.name if self.organisation else NO_ORGANISATION

    @property
    def people_words(self):
        """“4 of 6”, or why there is no number."""
        if not self.people:
            return NOBODY
        return f"{self.committed} of {self.people}" if self.is_shown else TOO_FEW

    @property
    def share(self):
        """For sorting. What is not shown stands together, or the order would tell it."""
        return self.committed / self.people if self.people and self.is_shown else -1

    @property
    def itself_share(self):
        """For sorting: by how much the organisation itself committed to, then by when."""
        return self.itself.order if self.itself else (-1, 0, 0)


@dataclass(frozen=True)
class Itself:
    """How an organisation itself stands: to how many of ``asked`` standards it committed, and
    to how many in an earlier version only; and when it did last.
    """

    asked: int
    done: int
    earlier: int
    last_at: datetime | None

    @property
    def order(self):
        """More before less; of two alike, the later one."""
        return (self.done, self.earlier, self.last_at.timestamp() if self.last_at else 0)


def is_shown(people, *, sees_all, is_own):
    """Whether a reader may know how many of so many people committed."""
    return sees_all or is_own or people >= FEWEST


def people_by_organisation(affiliations, everyone):
    """Organisation -> its people, as numbers; under None those of ``everyone`` without one.

    ``affiliations``: pairs of organisation and person.
    """
    found = {}
    for organisation, person in affiliations:
        if person in everyone:
            found.setdefault(organisation, set()).add(person)
    some = set().union(*found.values()) if found else set()
    return {**found, None: set(everyone) - some}


def who_committed_to_all(pairs, wanted):
    """The people who committed to every one of so many standards; ``pairs`` of person and
    version, each once.
    """
    counts = Counter(person for person, _ in pairs)
    return {person for person, number in counts.items() if number >= wanted}
