"""The end of a workshop: who came, what happens next, and the close.

Phones are forgotten 30 days after the event, so who came is written down when the workshop closes,
as numbers of an organisation or a sector. Until then it is counted from the phones that joined,
and put right by those who run the room: not everybody has a phone, and some have two.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from partnerships.doors import close_door, tell_screens
from partnerships.models import Participant, Sector
from planning.balloting import check_nothing_is_open, held_workshop
from planning.models import Stage, Workshop, WorkshopAttendance

SOMETHING_IS_OPEN = (
    "A vote or dots are open. Close them, or call them off, and then close the workshop."
)
MOST_PEOPLE = 999
NOT_SAID = "Not said"
SECTORS = dict(Sector.choices)


@dataclass(frozen=True)
class Group:
    """Whom people came for: an organisation of the list, one in words, or a sector."""

    organisation_id: int | None
    organisation_words: str
    sector: str
    name: str

    @classmethod
    def of(cls, organisation_id, name, words, sector):
        """``name``: of the organisation, if there is one. Words go before a sector."""
        if organisation_id:
            return cls(organisation_id, "", "", name)
        if words:
            return cls(None, words, "", words)
        return cls(None, "", sector, SECTORS.get(sector, NOT_SAID))

    @property
    def key(self):
        """The same for the same organisation, however it was written."""
        if self.organisation_id:
            return f"o{self.organisation_id}"
        if self.organisation_words:
            return f"w{' '.join(self.organisation_words.split()).casefold()}"
        return f"s{self.sector}"


@dataclass(frozen=True)
class Came:
    """How many came of a group: ``people`` as it stands, or as the phones say until somebody has
    said otherwise; ``phones``: how many of them joined with a phone.
    """

    group: Group
    people: int
    phones: int
    is_kept: bool


# --- Who came ---------------------------------------------------------------------------------


def attendance_of(workshop):
    """A Came for each group, by name (two queries). What was set to 0 is among them."""
    kept = {row.key: (row, people) for row, people in _kept(workshop)}
    phones = _phones(workshop)
    found = [
        Came(group, people, phones[key][1] if key in phones else 0, is_kept=True)
        for key, (group, people) in kept.items()
    ]
    found += [
        Came(group, number, number, is_kept=False)
        for key, (group, number) in phones.items()
        if key not in kept
    ]
    return sorted(found, key=lambda each: (each.group.name.casefold(), each.group.key))


def _kept(workshop):
    rows = workshop.attendances.select_related("organisation")
    return [(_group_of(row), row.people) for row in rows]


def _group_of(row):
    name = row.organisation.name if row.organisation_id else ""
    return Group.of(row.organisation_id, name, row.organisation_words, row.sector)


def _phones(workshop):
    """Group's key -> the group and its phones, of whichever door had the most of them.

    A door that was opened anew has a new code, and people who were in come in by it once more.
    """
    history = Workshop.pgh_event_model.objects.filter(pgh_obj=workshop.pk)
    rows = (
        Participant.objects.filter(occasion__in=history.values("occasion"))
        .order_by("organisation_words", "sector")
        .values_list(
            "occasion_id",
            "organisation_id",
            "organisation__name",
            "organisation_words",
            "sector",
        )
        .annotate(number=Count("pk"))
    )
    doors = {}
    for occasion, organisation, name, words, sector, number in rows:
        group = Group.of(organisation, name, words, sector)
        of_door = doors.setdefault(occasion, {})
        known, before = of_door.get(group.key, (group, 0))
        of_door[group.key] = (known, before + number)
    found = {}
    for of_door in doors.values():
        for key, (group, number) in of_door.items():
            if number > found.get(key, (group, 0))[1]:
                found[key] = (group, number)
    return found


def absent(workshop, came):
    """The names of the organisations that were invited and are not among ``came``."""
    there = {each.group.key for each in came if each.people}
    invited = {}
    for row in workshop.invitees.select_related("organisation").order_by("pk"):
        name = row.organisation.name if row.organisation_id else ""
        group = Group.of(row.organisation_id, name, row.organisation_words, "")
        invited.setdefault(group.key, group.name)
    return sorted((name for key, name in invited.items() if key not in there), key=str.casefold)


@transaction.atomic
def save_attendance(*, workshop, people, by):
    """Write down how many came: pairs of Group and number, 0 for nobody; returns the workshop.

    What is not named stays as it is. The same again changes nothing.
    """
    standing = held_workshop(workshop, by)
    _write(standing, people)
    return standing


def _write(workshop, people):
    rows = workshop.attendances.select_related("organisation")
    there = {_group_of(row).key: row for row in rows}
    for group, number in people:
        row = there.get(group.key)
        if row is None:
            there[group.key] = WorkshopAttendance.objects.create(
                workshop=workshop,
                organisation_id=group.organisation_id,
                organisation_words=group.organisation_words,
                sector=group.sector,
                people=number,
            )
        elif row.people != number:
            row.people = number
            row.save(update_fields=["people"])


# --- What happens next, and the close ---------------------------------------------------------


@transaction.atomic
def say_what_next(*, workshop, what_next, by):
    """Write down what happens next; phones and the projector show it at the end."""
    standing = held_workshop(workshop, by)
    if standing.what_next != what_next:
        standing.what_next = what_next
        standing.save(update_fields=["what_next"])
        tell_screens(standing)
    return standing


@transaction.atomic
def close_workshop(*, workshop, by):
    """Close the door and the workshop, and keep who came; returns the workshop. Twice is once.

    Raises ValidationError while a vote or dots are open.
    """
    standing = held_workshop(workshop, by)
    if standing.closed_at is not None:
        return standing
    check_nothing_is_open(standing, SOMETHING_IS_OPEN)
    close_door(standing, by=by)  # first: then nobody comes in who is not counted
    new = [(each.group, each.people) for each in attendance_of(standing) if not each.is_kept]
    _write(standing, new)
    standing.closed_at, standing.closed_by = timezone.now(), by
    standing.stage, standing.timer_ends_at = Stage.CLOSING, None
    standing.save(update_fields=["closed_at", "closed_by", "stage", "timer_ends_at"])
    tell_screens(standing)
    return standing


@transaction.atomic
def reopen_workshop(*, workshop, by):
    """Take up again what was closed by mistake; returns the workshop. Twice is once.

    Phones that were in are in. The door stays closed until somebody opens it.
    """
    standing = held_workshop(workshop, by)
    if standing.closed_at is not None:
        standing.closed_at = standing.closed_by = None
        standing.save(update_fields=["closed_at", "closed_by"])
        tell_screens(standing)
    return standing
