"""The demo's launch and its notes: fixtures/demo/launch.yaml.

It lies in the past, so the event, its phones and their notes are written as rows; what becomes of
the notes goes through the verbs that people's clicks go through.
"""

from datetime import datetime, time, timedelta

import yaml
from django.conf import settings
from django.utils import timezone

from partnerships.joining import new_code
from partnerships.models import Manifesto, Occasion, Participant
from pledges import confirming
from pledges.launching import KIND
from pledges.models import Action, Launch, LaunchNote

FILE = settings.BASE_DIR / "fixtures" / "demo" / "launch.yaml"


def load(partnership, coordinator, today=None):
    """Write the launch of the demo partnership, which has its register already."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    PastLaunch(partnership, coordinator, today or timezone.localdate()).load(content)


class PastLaunch:
    """One loading: the partnership, who writes, and the day from which days are counted."""

    def __init__(self, partnership, coordinator, today):
        self.partnership, self.coordinator, self.today = partnership, coordinator, today
        self.organisations = {each.name: each for each in partnership.organisations.all()}

    def load(self, content):
        """The launch, and what became of each note."""
        day = self.today + timedelta(days=content["day"])
        opened = _moment(day, content["opened"])
        self.launch = Launch.objects.create(
            partnership=self.partnership,
            name=content["name"],
            held_on=day,
            place=content["place"],
            manifesto=Manifesto.objects.newest(self.partnership),
            occasion=self._event(opened, content["hours"]),
            created_by=self.coordinator,
            created_at=opened - timedelta(days=14),
        )
        self.settled_at = _moment(day + timedelta(days=content["confirmed_after"]), 10)
        for minute, each in enumerate(content["notes"], 20):
            note = self._note(each, opened + timedelta(minutes=minute))
            self._settle(note, each)

    def _event(self, opened, hours):
        ends = opened + timedelta(hours=hours)
        return Occasion.objects.create(
            partnership=self.partnership, kind=KIND, code=new_code(), opened_by=self.coordinator,
            opened_at=opened, closes_at=ends, closed_at=ends,
        )  # fmt: skip

    def _note(self, content, written):
        organisation = self.organisations.get(content.get("organisation"))
        says = {
            "organisation": organisation,
            "organisation_words": content.get("organisation_words", ""),
        }
        phone = Participant.objects.create(
            occasion=self.launch.occasion, joined_at=written - timedelta(minutes=2), **says
        )
        return LaunchNote.objects.create(
            launch=self.launch, participant=phone, name=content["name"], role=content["role"],
            words=content["words"], first_action=content["action"],
            email=content.get("email", ""), written_at=written, changed_at=written, **says,
        )  # fmt: skip

    def _settle(self, note, content):
        status = content.get("status", "confirmed")
        if status == "waiting":
            return
        if status == "set_aside":
            settled = confirming.set_aside(note=note, is_aside=True, by=self.coordinator)
        else:
            settled = self._confirm(note, content)
        settled.settled_at = self.settled_at
        settled.save(update_fields=["settled_at"])

    def _confirm(self, note, content):
        """Bring it into the register; an action that is there already is not made twice."""
        plan = confirming.Planner(self.launch).plan(note)
        of_plan = Action.objects.of(self.partnership).filter(organisation=note.organisation)
        there = of_plan.saying([note.first_action]).first()
        due = self.today + timedelta(days=content["due"]) if "due" in content else None
        confirmed = confirming.confirm(
            note=note, by=self.coordinator, organisation=note.organisation, signs=plan.signs,
            name=note.name, role=note.role, words=note.words,
            action="" if there else note.first_action,
            owner_words=confirming.owner_of(note), due_on=due,
        ).note  # fmt: skip
        self._set_back(confirmed, there)
        return confirmed

    def _set_back(self, note, there):
        """It was done some days after the launch."""
        if there:
            note.action = there
            note.save(update_fields=["action"])
        else:
            note.action.created_at = note.action.updated_at = self.settled_at
            note.action.save(update_fields=["created_at", "updated_at"])
        if note.signing:
            note.signing.recorded_at = self.settled_at
            note.signing.save(update_fields=["recorded_at"])


def _moment(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour)))
