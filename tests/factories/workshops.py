"""Workshops, phones in them and their votes, as rows. Each call makes new ones."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from partnerships.models import Participant
from planning import balloting, prework
from planning.models import (
    Assessment,
    Ballot,
    DotItem,
    DotRound,
    DotVote,
    Invitee,
    Paper,
    PaperScore,
    ParkedPoint,
    Remark,
    TableEntry,
    Vote,
    Workshop,
    WorkshopAttendance,
    WorkshopTable,
)
from tests.factories.assessments import entry_of
from tests.factories.joining import make_occasion, make_participant

PARK_KEY = "00000000-0000-4000-8000-00000000{:04d}"


def make_workshop(assessment, by, *, is_open=True, **values):
    """A workshop of today; ``is_open``: phones can join for an hour."""
    values = {"name": "Workshop", "held_on": timezone.localdate(), **values}
    if is_open:
        kind = balloting.KIND
        values["occasion"] = make_occasion(assessment.partnership, by, kind=kind)
    return Workshop.objects.create(assessment=assessment, created_by=by, **values)


def make_phone(workshop, sector="council", **values):
    """A phone that is in."""
    return make_participant(workshop.occasion, sector=sector, **values)


def make_phones(workshop, number, sector="council"):
    """So many phones that are in."""
    return Participant.objects.bulk_create(
        Participant(occasion=workshop.occasion, sector=sector, organisation_words="Harbour Café")
        for _ in range(number)
    )


def make_ballot(workshop, number=1, **values):
    """An open vote on a domain, by its number on the sheet."""
    entry = entry_of(workshop.assessment, number)
    return Ballot.objects.create(
        workshop=workshop, **{"entry": entry, "opened_by": workshop.created_by, **values}
    )


def vote_of(ballot, participant, level="2", reason=""):
    """What one phone voted; level None for “don't know”."""
    level = None if level is None else Decimal(level)
    return Vote.objects.create(ballot=ballot, participant=participant, level=level, reason=reason)


def make_revealed(workshop, levels, number=1, **values):
    """A vote on a domain that was closed, with one phone for each level."""
    ballot = make_ballot(workshop, number, **values)
    for level, participant in zip(levels, make_phones(workshop, len(levels)), strict=True):
        vote_of(ballot, participant, level)
    return balloting.reveal(ballot=ballot, by=workshop.created_by)


def make_linked_paper(workshop, sector="council"):
    """A paper for scoring beforehand, with its ``link``."""
    link = uuid.uuid4()
    paper = Paper.objects.create(workshop=workshop, sector=sector, key=prework.kept_key(link))
    paper.link = link
    return paper


# --- The world ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class WorkshopsOfArea:
    """A workshop in the middle of a vote on domain 1, and one that is planned.

    Domain 2 has a revealed vote, and the dots are counted. ``prework`` is the planned one, which
    takes scores beforehand; ``paper`` is somebody's there. ``before`` was written beforehand on
    domain 3 of the first one, where papers are counted.
    """

    workshop: Workshop
    planned: Workshop
    closed: Workshop
    phone: Participant
    ballot: Ballot
    revealed: Ballot
    remark: Remark
    table: WorkshopTable
    dots: DotRound
    parked: ParkedPoint
    invitee: Invitee
    attendance: WorkshopAttendance
    paper: Paper
    before: Remark


def workshops_of(draft: Assessment, organisation, by, song=""):
    """The workshops of one area of the world, on its draft."""
    number = draft.pk % 10_000
    workshop = make_workshop(draft, by, name=f"{song}Workshop", place=f"{song}Hall")
    planned = make_workshop(
        draft,
        by,
        is_open=False,
        name=f"{song}Second workshop",
        to_read=f"{song}what to read",
        prework_closes_at=timezone.now() + timedelta(days=7),
    )
    first, second = entry_of(draft, 1), entry_of(draft, 2)
    revealed = make_revealed(workshop, ["1", "2", "2", "3", None], 2)
    phone = make_phone(workshop, organisation=organisation, organisation_words="")
    ballot = make_ballot(workshop, 1)
    vote_of(ballot, phone, "2.5", f"{song}reason")
    workshop.stage, workshop.entry = "domain", first
    workshop.save()
    workshop.agenda.create(position=1, title=f"{song}Welcome", minutes=10)
    planned.agenda.create(position=1, entry=first, minutes=15)
    table = workshop.tables.create(number=1, name=f"{song}Table")
    TableEntry.objects.create(table=table, entry=second, level=2, evidence=f"{song}evidence")
    paper = make_linked_paper(planned)
    PaperScore.objects.create(paper=paper, entry=first, level=2, strength=f"{song}strength")
    return WorkshopsOfArea(
        workshop=workshop,
        planned=planned,
        closed=make_workshop(
            draft,
            by,
            is_open=False,
            name=f"{song}Third workshop",
            closed_at=timezone.now(),
            closed_by=by,
        ),
        phone=phone,
        ballot=ballot,
        revealed=revealed,
        remark=revealed.remarks.create(kind="reason", text=f"{song}remark"),
        table=table,
        dots=_dots(workshop, phone, first, song),
        parked=workshop.parked_points.create(
            text=f"{song}parked", parked_by=by, request_key=PARK_KEY.format(number)
        ),
        invitee=planned.invitees.create(
            organisation=organisation, name=f"{song}Invited", email=f"invited{number}@a.example"
        ),
        attendance=workshop.attendances.create(organisation=organisation, people=2),
        paper=paper,
        before=_counted_before(workshop, song),
    )


def _counted_before(workshop, song):
    """What was written beforehand on domain 3; returns it."""
    Workshop.objects.filter(pk=workshop.pk).update(prework_counted_at=timezone.now())
    workshop.refresh_from_db()
    ballot = make_ballot(workshop, 3, round=0)
    votes = [("council", Decimal(level)) for level in (1, 2, 2, 3)]
    remarks = [("strength", f"{song}strength beforehand")]
    balloting.keep(ballot, votes=[*votes, ("council", None)], remarks=remarks)
    ballot.state, ballot.voters, ballot.closed_at = "revealed", 5, timezone.now()
    ballot.save()
    return ballot.remarks.get()


def _dots(workshop, phone, entry, song):
    """A round that was called off once, and has a row of each kind."""
    dots = DotRound.objects.create(workshop=workshop, about="gaps", opened_by=workshop.created_by)
    item = DotItem.objects.create(dot_round=dots, position=1, text=f"{song}gap", entry=entry)
    DotVote.objects.create(dot_round=dots, participant=phone, items=[item.pk, item.pk])
    return dots
