"""The demo's practice model: fixtures/demo/practice.yaml, through the verbs that people use."""

from datetime import timedelta

import yaml
from django.conf import settings
from django.utils import timezone

from partnerships.models import User
from practice import starter_content
from practice.approving import approve_draft
from practice.arranging import change_details
from practice.models import PracticeModel, Standard
from practice.sources_and_measures import MEASURE_WORDS, change_measure
from practice.taking_on import take_on
from practice.versions import fingerprint_of
from practice.writing import begin_draft, change_words, draft_of

FILE = settings.BASE_DIR / "fixtures" / "demo" / "practice.yaml"


def load(partnership, coordinator, today=None):
    """Have the demo partnership take a practice model on, approve most of it and change it once."""
    starter_content.load_starters()  # script/run has done so; the demo can be loaded by itself
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    starter = PracticeModel.objects.starters().get(key=content["takes_on"])
    model = take_on(model=starter, partnership=partnership, by=coordinator)
    loading = Practice(starter, model, coordinator, today or timezone.localdate())
    approval = content["approval"]
    for key, standard in loading.standards.items():
        if key not in approval["not_yet"]:
            loading.approve(standard, approval, amendment="")
    for each in content["amendments"]:
        loading.amend(each, approval)
    for each in content["owners"]:
        loading.own(each)


class Practice:
    """One loading: the standards by the key of the starters that they were copied from."""

    def __init__(self, starter, model, coordinator, today):
        self.by, self.today = coordinator, today
        self.standards = dict(zip(_in_order(starter, "key"), _in_order(model), strict=True))

    def approve(self, standard, content, amendment):
        """Record that the board approved its draft."""
        approve_draft(
            standard=standard,
            seen=fingerprint_of([draft_of(standard)]),
            by=self.by,
            name=content["name"],
            role=content["role"],
            on=self._day(content["approved"]),
            effective_on=self._day(content["effective"]),
            amendment=amendment,
        )

    def amend(self, content, approval):
        """Write a next version in which one measure has another unit, and approve it."""
        standard = self.standards[content["key"]]
        draft = begin_draft(standard=standard, by=self.by)
        change_words(
            standard=standard,
            by=self.by,
            statement=draft.statement,
            about=content["about"],
            descriptors=draft.descriptors,
            amendment=content["amendment"],
        )
        measure = draft.measures.get(text=content["measure"])
        words = {name: getattr(measure, name) for name in MEASURE_WORDS}
        words["limit_unit"] = content["limit_unit"]
        change_measure(measure=measure, by=self.by, **words)
        self.approve(standard, {**approval, **content}, content["amendment"])

    def own(self, content):
        """Say who looks after a standard, and when it is looked at again."""
        standard = self.standards[content["key"]]
        change_details(
            standard=standard,
            owner=User.objects.get(email=content["person"]),
            review_on=self._day(content["review"]),
            pillar=standard.pillar,
            place=standard.position,
            by=self.by,
        )

    def _day(self, number):
        return self.today + timedelta(days=number)


def _in_order(model, name=None):
    rows = Standard.objects.filter(pillar__model=model, withdrawn_on__isnull=True).select_related(
        "pillar__model__partnership", "partnership"
    )
    return [getattr(row, name) if name else row for row in rows.in_order()]
