"""The demo's manifesto, pledges and actions: fixtures/demo/register.yaml.

Updates and signings lie in the past, so their rows are written as they stand; all else goes
through the verbs that people's clicks go through.
"""

import uuid
from datetime import datetime, time, timedelta

import yaml
from django.conf import settings
from django.utils import timezone

from partnerships.models import Manifesto, User
from pledges.actions import add_action, add_milestone
from pledges.domains import domains_of
from pledges.models import Pledge, PledgeStatus, Signing, Update

FIRST_VERSION = -430  # the day of the manifesto: before anybody signed it
FILE = settings.BASE_DIR / "fixtures" / "demo" / "register.yaml"


def load(partnership, coordinator, today=None):
    """Write the register of the demo partnership."""
    Register(partnership, coordinator, today or timezone.localdate()).load(
        yaml.safe_load(FILE.read_text(encoding="utf-8"))
    )


class Register:
    """One loading: the partnership, who writes, and the day from which days are counted."""

    def __init__(self, partnership, coordinator, today):
        self.partnership, self.coordinator, self.today = partnership, coordinator, today
        self.organisations = {each.name: each for each in partnership.organisations.all()}
        self.domains = {each.number: each for each in domains_of(partnership)}

    def load(self, content):
        """All that the file holds."""
        manifesto = Manifesto.objects.create(
            partnership=self.partnership,
            number=1,
            made_by=self.coordinator,
            made_at=_morning(self._day(FIRST_VERSION)),
            **content["manifesto"],
        )
        for each in content["pledges"]:
            self._pledge(manifesto, each)
        for each in content["actions"]:
            self._action(each)

    def _day(self, number):
        return None if number is None else self.today + timedelta(days=number)

    def _person(self, email):
        return User.objects.get(email=email) if email else None

    def _pledge(self, manifesto, content):
        signings = content["signings"]
        pledge = Pledge.objects.create(
            partnership=self.partnership,
            organisation=self.organisations[content["organisation"]],
            status=PledgeStatus.RENEWED if len(signings) > 1 else PledgeStatus.SIGNED,
            words=signings[-1]["words"],
            lead=self._person(content.get("lead")),
            champion=content["champion"],
            review_on=self._day(signings[-1]["day"] + 365),
        )
        for each in signings:
            Signing.objects.create(
                pledge=pledge,
                manifesto=manifesto,
                request_key=uuid.uuid4(),
                name=each["name"],
                role=each["role"],
                signed_on=self._day(each["day"]),
                words=each["words"],
                recorded_by=self.coordinator,
            )

    def _action(self, content):
        organisation = self.organisations[content["organisation"]]
        pledge = Pledge.objects.filter(organisation=organisation).first()
        action = add_action(
            organisation=organisation,
            by=self.coordinator,
            what=content["what"],
            measure=content["measure"],
            owner=self._person(content.get("owner")),
            owner_words=content.get("owner_words", ""),
            starts_on=self._day(content.get("starts")),
            due_on=self._day(content["due"]),
            domains=[self.domains[number] for number in content["domains"]],
            pledge=pledge if content.get("pledged") else None,
        )
        told = [each["day"] for each in content.get("updates", ())]
        written = self._day(min([-1, *told, *filter(None, [content.get("starts")])]) - 7)
        action.created_at = action.updated_at = _morning(written)
        action.save()
        for each in content.get("milestones", ()):
            step = add_milestone(
                action=action, by=self.coordinator, what=each["what"], due_on=self._day(each["due"])
            )
            step.done_on = self._day(each.get("done"))
            step.save()
        for each in content.get("updates", ()):
            self._update(action, each)

    def _update(self, action, content):
        """Add an update of an earlier day, and bring the action to where it says."""
        day = self._day(content["day"])
        due = self._day(content["due"]) if "due" in content else action.due_on
        update = Update.objects.create(
            action=action,
            request_key=uuid.uuid4(),
            text=content["text"],
            status_before=action.status,
            status_after=content["status"],
            rating_before=action.rating,
            rating_after=content.get("rating", ""),
            due_before=action.due_on,
            due_after=due,
            due_reason=content.get("due_reason", ""),
            written_by=action.owner or self.coordinator,
            written_at=_morning(day),
        )
        action.status, action.rating, action.due_on = update.status_after, update.rating_after, due
        action.rated_on = day if update.rating_after else None
        action.rating_reason = update.text if update.rating_after else ""
        action.completed_on = day if action.status == "complete" else None
        action.difference = content.get("difference", "")
        action.where_seen = content.get("where", "")
        action.withdrawn_because = update.text if action.status == "withdrawn" else ""
        action.updated_at = update.written_at
        action.save()


def _morning(day):
    return timezone.make_aware(datetime.combine(day, time(10)))
