"""Two areas side by side. Everything that people wrote in the first one holds CANARY."""

from dataclasses import dataclass

from partnerships.models import Membership, Organisation, User
from planning.actions import reopen_sheet
from planning.models import (
    Assessment,
    Entry,
    EvidenceReference,
    Framework,
    PriorityAction,
    UnsettledText,
)
from tests.factories.assessments import agree, entry_of, make_action, make_agreed, make_full
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import Area, make_area, make_organisation

CANARY = "Kanarienvogel"
WORDS = {
    Entry: ["evidence", "gaps", "reason", "dissent", "not_applicable_reason"],
    EvidenceReference: ["title", "location", "shows"],
    PriorityAction: ["what", "measure", "owner"],
    Organisation: ["name"],
    Membership: ["job_title"],
    UnsettledText: ["text"],
}


@dataclass(frozen=True)
class World:
    """Area ``a`` with a draft, an agreed sheet and a superseded one, and area ``b`` with a draft.

    ``reference``, ``action`` and ``unsettled`` stand under domain 1 of the draft of ``a``.
    """

    a: Area
    b: Area
    framework: Framework
    draft: Assessment
    agreed: Assessment
    superseded: Assessment
    reopened: Assessment
    draft_of_b: Assessment
    reference: EvidenceReference
    action: PriorityAction
    unsettled: UnsettledText

    def person(self, name):
        """Who a test calls “reader of a” or “coordinator of b”."""
        role, _, area = name.partition(" of ")
        return getattr(getattr(self, area), role)


def make_world():
    """The two areas; no box in area ``a`` is without the canary."""
    framework = load_rpc_2018()
    a = make_area(f"{CANARY.lower()}-area", f"{CANARY} partnership", f"{CANARY} area")
    b = make_area("bury", "Bury Together", "Bury")
    for area in (a, b):
        make_organisation(area.partnership)
    superseded = make_agreed(a.partnership, framework, by=a.coordinator)
    reopened = reopen_sheet(assessment=superseded, reason=f"{CANARY} reason", by=a.coordinator)
    draft = make_full(a.partnership, framework, note=f"{CANARY} note", by=a.coordinator)
    entry = entry_of(draft, 1)
    world = World(
        a=a,
        b=b,
        framework=framework,
        draft=draft,
        agreed=_agreed_with_canary(a, framework),
        superseded=superseded,
        reopened=reopened,
        draft_of_b=make_full(b.partnership, framework, by=b.coordinator),
        reference=entry.references.get(),
        action=make_action(draft, [1], what="Begin", owner="x", measure="x"),
        unsettled=UnsettledText.objects.create(
            entry=entry, part="gaps", text="x", author=a.partner
        ),
    )
    _sing(a, [draft])
    for each in (draft, world.agreed, superseded):
        each.refresh_from_db()
    return world


def _agreed_with_canary(area, framework):
    assessment = make_full(area.partnership, framework, note=f"{CANARY} note")
    _sing(area, [assessment])
    return agree(assessment, by=area.coordinator)


def _sing(area, assessments):
    """Write the canary into every text of the assessments and of the area's people."""
    of_area = {Organisation: "partnership", Membership: "partnership"}
    of_sheet = {
        Entry: "assessment",
        EvidenceReference: "entry__assessment",
        PriorityAction: "assessment",
        UnsettledText: "entry__assessment",
    }
    for model, path in of_area.items():
        for row in model.objects.filter(**{path: area.partnership}):
            _sing_row(row, WORDS[model])
    for model, path in of_sheet.items():
        for row in model.objects.filter(**{f"{path}__in": assessments}):
            _sing_row(row, WORDS[model])
    for user in User.objects.filter(memberships__partnership=area.partnership):
        _sing_row(user, ["name"])


def _sing_row(row, fields):
    for field in fields:
        setattr(row, field, f"{CANARY} {field} {row.pk}")
    row.save()
