"""The demo's audits: fixtures/demo/audits.yaml, through the verbs that people's clicks go through.

Nothing is made where no standard of the partnership's own is in force.
"""

import uuid
from datetime import datetime, time, timedelta

import yaml
from django.conf import settings
from django.utils import timezone

from practice import auditing
from practice.models import Audit, Outcome

FILE = settings.BASE_DIR / "fixtures" / "demo" / "audits.yaml"
LETTERS = {
    "m": Outcome.MET,
    "p": Outcome.PARTLY,
    "n": Outcome.NOT,
    "a": Outcome.NOT_APPLICABLE,
    "-": "",
}


def load(partnership, coordinator, today=None):
    """Write the audits of the demo partnership."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    loading = Audits(partnership, coordinator, today or timezone.localdate())
    for each in content["audits"]:
        loading.audit(each)


class Audits:
    """One loading: the partnership, who writes, and the day from which days are counted."""

    def __init__(self, partnership, coordinator, today):
        self.partnership, self.by, self.today = partnership, coordinator, today
        self.organisations = {each.name: each for each in partnership.organisations.all()}
        self.in_force = list(auditing.measures_to_choose(partnership, today))

    def audit(self, content):
        """One audit, as far as it has come."""
        asked = [
            (self._measure(each["begins"]), each)
            for each in content["measures"]
            if self._measure(each["begins"])
        ]
        if not asked:
            return
        audit = auditing.start_audit(
            partnership=self.partnership,
            by=self.by,
            name=content["name"],
            organisation=self.organisations.get(content.get("organisation")),
            held_on=self._day(content["day"]),
            sample=content["sample"],
            files=content["files"],
        )
        measures = [measure for measure, _ in asked]
        auditing.choose_measures(audit=audit, by=self.by, measures=measures)
        self._findings(audit, [each for _, each in asked])
        Audit.objects.filter(pk=audit.pk).update(made_at=self._moment(content["day"]))
        if "finished" in content:
            auditing.finish_audit(audit=audit, by=self.by, learnt=content["learnt"])
            finished_at = self._moment(content["finished"])
            Audit.objects.filter(pk=audit.pk).update(finished_at=finished_at)
        if "action" in content:
            self._action(audit, content["action"])

    def _measure(self, begins):
        return next((each for each in self.in_force if each.text.startswith(begins)), None)

    def _findings(self, audit, contents):
        asked = list(audit.measures.all())
        for file in audit.files.all():
            found = {
                each: (
                    LETTERS[content["found"][file.position - 1]],
                    content.get("notes", {}).get(file.position, ""),
                )
                for each, content in zip(asked, contents, strict=True)
            }
            auditing.save_file(file=file, by=self.by, reference="", found=found)

    def _action(self, audit, content):
        measure = self._measure(content["measure"])
        if audit.organisation is None or measure is None:
            return
        auditing.make_action(
            asked=audit.measures.get(measure=measure),
            by=self.by,
            organisation=audit.organisation,
            request_key=uuid.uuid4(),
            what=content["what"],
            measure="The next audit finds a genogram that is up to date on more files.",
            owner_words=content["owner_words"],
            due_on=self._day(content["due"]),
        )

    def _day(self, number):
        return self.today + timedelta(days=number)

    def _moment(self, number):
        return timezone.make_aware(datetime.combine(self._day(number), time(16, 20)))
