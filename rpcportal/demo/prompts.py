"""The demo's questions to a room and what became of them: fixtures/demo/prompts.yaml.

They lie in the past, so events, phones, answers and what was done are written as rows.
"""

import uuid
from datetime import datetime, time, timedelta

import yaml
from django.conf import settings
from django.utils import timezone

from partnerships.joining import new_code
from partnerships.models import Occasion, Participant
from practice.models import Prompt, PromptAnswer, YouSaid
from practice.prompting import KIND

FILE = settings.BASE_DIR / "fixtures" / "demo" / "prompts.yaml"


def load(partnership, coordinator, today=None):
    """Write the questions of the demo partnership."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    loading = PastPrompts(partnership, coordinator, today or timezone.localdate())
    for each in content:
        loading.load(each)


class PastPrompts:
    """One loading: the partnership, who writes, and the day from which days are counted."""

    def __init__(self, partnership, coordinator, today):
        self.partnership, self.coordinator, self.today = partnership, coordinator, today

    def load(self, content):
        """One question, its answers, and what became of them."""
        day = self.today + timedelta(days=content["day"])
        opened = timezone.make_aware(datetime.combine(day, time(content["opened"])))
        prompt = Prompt.objects.create(
            partnership=self.partnership,
            question=content["question"],
            help=content["help"],
            asked_on=day,
            where=content["where"],
            occasion=self._event(opened, content["hours"]),
            made_by=self.coordinator,
            made_at=opened - timedelta(days=3),
        )
        said = {key: self._said(prompt, each, opened) for key, each in content["said"].items()}
        for minute, each in enumerate(content["answers"], 4):
            written = opened + timedelta(minutes=minute)
            PromptAnswer.objects.create(
                prompt=prompt,
                participant=Participant.objects.create(occasion=prompt.occasion, joined_at=opened),
                words=each["words"],
                request_key=uuid.uuid4(),
                written_at=written,
                hidden_at=written + timedelta(minutes=1) if each.get("hidden") else None,
                you_said=said.get(each.get("under")),
            )

    def _event(self, opened, hours):
        ends = opened + timedelta(hours=hours)
        return Occasion.objects.create(
            partnership=self.partnership, kind=KIND, code=new_code(), opened_by=self.coordinator,
            opened_at=opened, closes_at=ends, closed_at=ends,
        )  # fmt: skip

    def _said(self, prompt, content, opened):
        written = opened + timedelta(days=content.get("after", 1))
        return YouSaid.objects.create(
            prompt=prompt,
            said=content["said"],
            did=content.get("did", ""),
            did_on=timezone.localdate(written) if "did" in content else None,
            written_by=self.coordinator,
            written_at=written,
        )
