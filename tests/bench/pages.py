"""The pages that are measured, and the demo data they show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, User
from planning.models import Assessment, EvidenceReference, PriorityAction
from planning.reports import COLUMNS, RecordingSheet
from practice.handbook import handbook_of
from practice.models import PracticeModel
from tests.bench.asking import Visitor


@dataclass(frozen=True)
class Page:
    """A page, and the visitor who asks for it."""

    name: str
    path: str
    visitor: Visitor

    @property
    def slug(self):
        """A name for its floor."""
        return self.name.replace(",", "").replace(" ", "-")

    def get(self):
        """The page's bytes."""
        return self.visitor.get(self.path)

    @property
    def floor(self):
        """The page that it is measured against."""
        return Page(f"floor of {self.name}", reverse("floor", args=[self.slug]), self.visitor)


@dataclass(frozen=True)
class Paper:
    """A PDF: its address, the page with the same content, and the HTML that it is made from."""

    name: str
    path: str
    page: Page
    html: Callable
    rounds: int = 15

    def get(self):
        """The PDF's bytes."""
        return self.page.visitor.get(self.path)


@dataclass(frozen=True)
class Demo:
    """The demo partnership's draft, and its domain with most references and actions."""

    partnership: Partnership
    draft: object
    entry: object

    @classmethod
    def find(cls):
        partnership = Partnership.objects.get()
        draft = partnership.assessments.get(status="draft")
        entry = (
            draft.entries.filter(domain__priority_actions__assessment=draft)
            .annotate(
                rows=Count("references", distinct=True)
                + Count("domain__priority_actions", distinct=True)
            )
            .order_by("-rows")
            .select_related("domain")
            .first()
        )
        return cls(partnership, draft, entry)

    def pages(self):
        """Every page that is measured; the recording sheet's is ``sheet``."""
        coordinator = _visitor("coordinator")
        slug, pk, number = self.partnership.slug, self.draft.pk, self.entry.domain.number
        domain = reverse("domain", args=[pk, number])
        addresses = {
            "partnership": reverse("partnership", args=[slug]),
            "task list": reverse("assessment", args=[pk]),
            "domain": domain,
            "profile": reverse("profile", args=[pk]),
            "sheet": reverse("sheet", args=[pk]),
            "agree": reverse("agree", args=[pk]),
            "framework": reverse("framework", args=[self.draft.framework.slug]),
            "people": reverse("people", args=[slug]),
            "library": reverse("library", args=[slug]),
            "handbook": reverse("handbook", args=self._of_model()),
        }
        pages = {name: Page(name, path, coordinator) for name, path in addresses.items()}
        pages["domain, reader"] = Page("domain, reader", domain, _visitor("reader"))
        return pages

    def papers(self, pages):
        """Every PDF that is measured: the recording sheet, and the handbook of the model with
        most standards, which has about 25 pages."""
        sheet = Paper(
            "the recording sheet", reverse("sheet_pdf", args=[self.draft.pk]), pages["sheet"],
            self._sheet_html,
        )  # fmt: skip
        handbook = Paper(
            "the handbook", reverse("handbook_pdf", args=self._of_model()), pages["handbook"],
            self._handbook_html, rounds=5,
        )  # fmt: skip
        return [sheet, handbook]

    def _of_model(self):
        models = PracticeModel.objects.of(self.partnership)
        model = models.annotate(size=Count("parts__standards")).order_by("-size", "-pk").first()
        return [self.partnership.slug, model.pk]

    def _sheet_html(self):
        assessment = Assessment.objects.with_context().get(pk=self.draft.pk)
        sheet = RecordingSheet.of(assessment, timezone.localdate())
        return render_to_string("planning/pdf/sheet.html", {"sheet": sheet, "columns": COLUMNS})

    def _handbook_html(self):
        model = PracticeModel.objects.get(pk=self._of_model()[1])
        outline = handbook_of(model, self.partnership, timezone.localdate())
        return render_to_string("practice/pdf/handbook.html", {"outline": outline})

    def have_rows(self, count):
        """Give the measured domain ``count`` references and actions, in place of its own."""
        self.entry.references.all().delete()
        self.draft.priority_actions.all().delete()
        for number in range(count):
            EvidenceReference.objects.create(entry=self.entry, key=uuid4(), title=f"Note {number}")
            action = PriorityAction.objects.create(
                assessment=self.draft,
                key=uuid4(),
                what=f"Train team {number}",
                due=date(2026, 9, 30) + timedelta(days=number),
            )
            action.domains.add(self.entry.domain)


def _visitor(role):
    return Visitor(User.objects.get(memberships__role=role))
