"""The demo's workshops: fixtures/demo/workshop.yaml.

What lies in the past is written as rows; votes are counted as in the room, by what counts them
there, so nobody's vote is in the demo either.
"""

import uuid
from datetime import datetime, time, timedelta
from decimal import Decimal

import yaml
from django.conf import settings
from django.utils import timezone

from partnerships.joining import new_code
from partnerships.models import Occasion
from planning.agenda import proposal
from planning.balloting import KIND, REMARKS, keep
from planning.levels import parse_level
from planning.models import (
    Ballot,
    BallotKind,
    BallotState,
    DotRound,
    RemarkKind,
    Stage,
    Status,
    Workshop,
)
from planning.outline import outline_of

FILE = settings.BASE_DIR / "fixtures" / "demo" / "workshop.yaml"


def load(partnership, coordinator, today=None):
    """Write the workshops of the demo partnership, which has its assessments already."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    today = today or timezone.localdate()
    sheets = {each.status: each for each in partnership.assessments.order_by("assessed_on")}
    if draft := sheets.get(Status.DRAFT):
        day = today + timedelta(days=content["planned"]["day"])
        planned = PastWorkshop(draft, coordinator, content["planned"], day)
        planned.invite(today)
    if agreed := sheets.get(Status.AGREED):
        held = PastWorkshop(agreed, coordinator, content["finished"], agreed.assessed_on)
        held.hold()


class PastWorkshop:
    """One loading: the sheet, who writes, what is written, and the day of the workshop."""

    def __init__(self, assessment, coordinator, content, day):
        self.coordinator, self.content = coordinator, content
        self.entries = {each.domain.number: each for each in assessment.entries.in_order()}
        self.top = outline_of(assessment.framework).top
        found = assessment.partnership.organisations.all()
        self.organisations = {each.name: each for each in found}
        starts_at = time.fromisoformat(content["starts_at"])
        self.began = timezone.make_aware(datetime.combine(day, starts_at))
        self.workshop = Workshop.objects.create(
            assessment=assessment,
            name=content["name"],
            held_on=day,
            starts_at=starts_at,
            place=content["place"],
            to_read=content.get("to_read", "").strip(),
            created_by=coordinator,
            created_at=self.began - timedelta(days=content["planned_before"]),
        )
        lines = proposal(list(self.entries.values()), content["agenda"])
        for position, line in enumerate(lines, start=1):
            self.workshop.agenda.create(
                position=position, title=line.title, entry=line.entry, minutes=line.minutes
            )

    # --- Before it ----------------------------------------------------------------------------

    def invite(self, today):
        """Who is invited, and what they scored beforehand."""
        ended = today + timedelta(days=self.content["prework_closed"])
        closed_at = timezone.make_aware(datetime.combine(ended, time(17)))
        for each in self.content["invited"]:
            self.workshop.invitees.create(
                **self._organisation(each),
                name=each.get("name", ""),
                email=each.get("email", ""),
                invited_at=closed_at - timedelta(days=14) if "email" in each else None,
            )
        for each in self.content["prework"]:
            said = [(RemarkKind.STRENGTH, text) for text in each["strengths"]]
            said += [(RemarkKind.IMPROVEMENT, text) for text in each["improvements"]]
            self._ballot(each, closed_at, said, entry=self.entries[each["domain"]], round=0)
        self.workshop.prework_closes_at = self.workshop.prework_counted_at = closed_at
        self.workshop.save()

    def _organisation(self, each):
        return {
            "organisation": self.organisations.get(each.get("organisation")),
            "organisation_words": each.get("organisation_words", ""),
        }

    # --- In the room --------------------------------------------------------------------------

    def hold(self):
        """Votes, the parking list, dots, the rating, and who came."""
        content = self.content
        ends = self.began + timedelta(hours=content["hours"])
        self.workshop.occasion = Occasion.objects.create(
            partnership=self.workshop.partnership, kind=KIND, code=new_code(),
            opened_by=self.coordinator, opened_at=self.began, closes_at=ends, closed_at=ends,
        )  # fmt: skip
        self.workshop.save()
        for each in content["ballots"]:
            self._vote(each, entry=self.entries[each["domain"]], round=each.get("round", 1))
        self._vote(content["rating"], kind=BallotKind.RATING, entry=None)
        self._dots(content["dots"])
        for each in content["parked"]:
            self._park(each)
        for each in content["attendance"]:
            self.workshop.attendances.create(**self._organisation(each), people=each["people"])
        self.workshop.stage = Stage.CLOSING
        self.workshop.what_next = content["what_next"].strip()
        self.workshop.closed_at, self.workshop.closed_by = ends, self.coordinator
        self.workshop.save()

    def _vote(self, each, *, kind=BallotKind.LEVEL, **about):
        at = self.began + timedelta(minutes=each["minute"])
        said = [(REMARKS[kind], text) for text in each["reasons"]]
        present = sum(self.content["phones"].values())
        self._ballot(each, at, said, kind=kind, present=present, **about)

    def _ballot(self, each, at, said, *, present=0, **about):
        """A ballot that was open for three minutes, counted as in the room."""
        ballot = Ballot.objects.create(
            workshop=self.workshop,
            opened_by=self.coordinator,
            opened_at=at - timedelta(minutes=3),
            **about,
        )
        votes = [
            (sector, self._level(level, ballot.kind))
            for sector, levels in each["votes"].items()
            for level in levels.split()
        ]
        keep(ballot, votes=votes, remarks=said)
        ballot.voters, ballot.present = len(votes), present
        _close(ballot, at, self.coordinator)

    def _level(self, text, kind):
        if text == "?":
            return None
        return Decimal(text) if kind == BallotKind.RATING else parse_level(text, top=self.top)

    def _dots(self, content):
        at = self.began + timedelta(minutes=content["minute"])
        dots = DotRound.objects.create(
            workshop=self.workshop, about="gaps", dots=content["dots"],
            opened_by=self.coordinator, opened_at=at - timedelta(minutes=4),
        )  # fmt: skip
        by_domain = sorted(content["gaps"], key=lambda each: each["domain"])
        for position, each in enumerate(by_domain, start=1):
            dots.items.create(
                position=position,
                text=each["text"],
                entry=self.entries[each["domain"]],
                dots=each["dots"],
            )
        dots.voters, dots.present = content["voters"], content["present"]
        _close(dots, at, self.coordinator)

    def _park(self, each):
        parked_at = self.began + timedelta(hours=2)
        is_settled = bool(each["outcome"])
        self.workshop.parked_points.create(
            text=each["text"],
            entry=self.entries.get(each.get("domain")),
            request_key=uuid.uuid4(),
            parked_by=self.coordinator,
            parked_at=parked_at,
            outcome=each["outcome"],
            settled_by=self.coordinator if is_settled else None,
            settled_at=parked_at + timedelta(hours=1) if is_settled else None,
        )


def _close(ballot, at, by):
    ballot.state, ballot.closed_at, ballot.closed_by = BallotState.REVEALED, at, by
    ballot.save()
