"""The demo's training, champions, peer reviews, events and publicity: fixtures/demo/outreach.yaml.

All of it goes through the verbs that people's clicks go through.
"""

from datetime import timedelta

import yaml
from django.conf import settings
from django.utils import timezone

from pledges import outreach, peer_reviews, training

FILE = settings.BASE_DIR / "fixtures" / "demo" / "outreach.yaml"


def load(partnership, coordinator, today=None):
    """Write training and outreach of the demo partnership; its register is there already."""
    Outreach(partnership, coordinator, today or timezone.localdate()).load(
        yaml.safe_load(FILE.read_text(encoding="utf-8"))
    )


class Outreach:
    """One loading: the partnership, who writes, and the day from which days are counted."""

    def __init__(self, partnership, coordinator, today):
        self.partnership, self.by, self.today = partnership, coordinator, today
        self.organisations = {each.name: each for each in partnership.organisations.all()}

    def load(self, content):
        """All that the file holds."""
        asked = {"partnership": self.partnership, "by": self.by}
        self.courses = {
            each["name"]: training.add_course(**asked, **each) for each in content["courses"]
        }
        for each in content["targets"]:
            self._target(each)
        for each in content["sessions"]:
            self._session(each)
        for each in content["champions"]:
            self._champion(each)
        for each in content["reviews"]:
            self._review(each)
        for each in content["publicity"]:
            self._publicity(each)

    def _day(self, number):
        return None if number is None else self.today + timedelta(days=number)

    def _organisation(self, name):
        return self.organisations[name] if name else None

    def _target(self, content):
        training.add_target(
            partnership=self.partnership,
            by=self.by,
            words=content["words"],
            people=content["people"],
            from_on=self._day(content["from"]),
            by_on=self._day(content["by"]),
            course=self.courses.get(content.get("course")),
        )

    def _session(self, content):
        training.record_session(
            course=self.courses[content["course"]],
            by=self.by,
            held_on=self._day(content["day"]),
            place=content["place"],
            note=content.get("note", ""),
            rows=[(self._organisation(name), *rest) for name, *rest in content["rows"]],
        )

    def _champion(self, content):
        outreach.add_champion(
            partnership=self.partnership,
            by=self.by,
            kind=content["kind"],
            name=content["name"],
            role=content.get("role", ""),
            organisation=self._organisation(content["organisation"]),
            email=content["email"],
            since=self._day(content["since"]),
            until=self._day(content.get("until")),
        )

    def _review(self, content):
        review = peer_reviews.add_review(
            partnership=self.partnership,
            by=self.by,
            held_on=self._day(content["day"]),
            reviewer=self._organisation(content.get("reviewer")),
            reviewer_words=content.get("reviewer_words", ""),
            subject=self._organisation(content.get("subject")),
            subject_words=content.get("subject_words", ""),
            **{name: content[name] for name in peer_reviews.TEXTS},
        )
        peer_reviews.tie_actions(
            review=review,
            by=self.by,
            actions=peer_reviews.actions_numbered(self.partnership, content.get("actions", ())),
        )

    def _publicity(self, content):
        outreach.add_publicity(
            partnership=self.partnership,
            by=self.by,
            kind=content["kind"],
            title=content["title"],
            organisation=self._organisation(content["organisation"]),
            held_on=self._day(content["day"]),
            reached=content.get("reached"),
            link=content.get("link", ""),
            note=content.get("note", ""),
        )
