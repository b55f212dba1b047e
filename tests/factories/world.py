"""Two areas side by side. Everything that people wrote in the first one holds CANARY."""

from dataclasses import dataclass, replace

from partnerships.mail import post
from partnerships.models import Invitation, Membership, Occasion, Organisation, PublicPage, User
from planning.actions import reopen_sheet
from planning.models import (
    Assessment,
    Domain,
    Entry,
    EvidenceReference,
    Framework,
    PriorityAction,
    UnsettledText,
)
from pledges.calendar import new_address
from pledges.models import (
    Action,
    BoardReport,
    Launch,
    LaunchNote,
    Measure,
    Milestone,
    Narrative,
    PlanImport,
    Pledge,
    PledgeStatus,
    Reading,
    Signing,
)
from practice.models import EvidenceStatement
from tests.factories.actions import make_milestone, make_plain_pledge, make_plan_action, make_update
from tests.factories.assessments import agree, entry_of, make_action, make_agreed, make_full
from tests.factories.audits import AuditsOfArea, audits_of
from tests.factories.frameworks import load_rpc_2018
from tests.factories.imports import make_plan_import
from tests.factories.joining import make_occasion
from tests.factories.launches import make_launch, make_note
from tests.factories.measures import make_area_measure
from tests.factories.outreach import OutreachOfArea, outreach_of
from tests.factories.people import Area, make_area, make_invitation, make_organisation
from tests.factories.pledges import make_manifesto, make_pledge
from tests.factories.practice import LibraryOfArea, library_of
from tests.factories.prompts import PromptsOfArea, prompts_of
from tests.factories.public import make_public_page, make_starter, make_statement
from tests.factories.reflections import ReflectingOfArea, reflecting_of
from tests.factories.reports import make_report_of_world
from tests.factories.resources import ResourcesOfArea, resources_of
from tests.factories.serving import ServingOfArea, serving_of
from tests.factories.workshops import WorkshopsOfArea, workshops_of

CANARY = "Kanarienvogel"
MAIL_OF_WORLD = "mail of the world"  # the key of the only one; the demo shows it to everyone
WORDS = {
    Entry: ["evidence", "gaps", "reason", "dissent", "not_applicable_reason"],
    EvidenceReference: ["title", "location", "shows"],
    PriorityAction: ["what", "measure", "owner"],
    Organisation: ["name"],
    Membership: ["job_title"],
    Invitation: ["name", "job_title"],
    UnsettledText: ["text"],
    Action: ["what", "measure", "owner_words"],
    Milestone: ["what"],
    Pledge: ["words", "champion"],
    Signing: ["name", "role", "words"],
    PublicPage: ["campaign", "introduction", "logo_words", "contact_name", "help_words"],
    EvidenceStatement: ["claim", "figure", "population", "source"],
    Launch: ["name", "place"],
    LaunchNote: ["name", "role", "words", "first_action"],
    Measure: ["name", "meaning", "unit_words", "source"],
    Reading: ["source", "comment", "rating_reason"],
    BoardReport: ["board_words"],
    Narrative: ["words"],
}


@dataclass(frozen=True)
class Belongings:
    """What an area has: one of every kind of thing that has an address.

    ``reference``, ``action`` and ``unsettled`` stand under domain 1 of ``draft``, for which
    the partner editor is responsible. The lead and the partner editor come from
    ``organisation``. ``token`` opens ``invitation``. ``plan_action`` is the first line of the
    organisation's plan; it waits for the second one, and ``milestone`` is its only step.
    The organisation has signed its ``pledge``; ``unsigned``, to which all who write belong as
    well, has not, and has drafted nothing. ``drafted`` is the pledge of another one of theirs.
    """

    draft: Assessment
    agreed: Assessment
    superseded: Assessment
    reopened: Assessment
    reference: EvidenceReference
    action: PriorityAction
    unsettled: UnsettledText
    organisation: Organisation
    invitation: Invitation
    token: str
    plan_action: Action
    milestone: Milestone
    plan_import: PlanImport
    pledge: Pledge
    unsigned: Organisation
    drafted: Pledge
    public_page: PublicPage
    evidence: EvidenceStatement
    starter_evidence: EvidenceStatement
    occasion: Occasion
    launch: Launch
    note: LaunchNote
    planned: Launch
    measure: Measure
    reading: Reading
    board_report: BoardReport
    outreach: OutreachOfArea
    library: LibraryOfArea
    resources: ResourcesOfArea
    reflecting: ReflectingOfArea
    serving: ServingOfArea
    audits: AuditsOfArea
    prompts: PromptsOfArea
    workshops: WorkshopsOfArea


@dataclass(frozen=True)
class World:
    """Area ``a`` and area ``b``. What belongs to ``a`` has short names: ``world.draft``."""

    a: Area
    b: Area
    framework: Framework
    of_a: Belongings
    of_b: Belongings

    def __getattr__(self, name):
        if name not in Belongings.__dataclass_fields__:
            raise AttributeError(name)
        return getattr(self.of_a, name)

    @property
    def draft_of_b(self):
        return self.of_b.draft

    def mirrored(self):
        """The same world with the areas swapped: an address found in it lies in ``b``."""
        return replace(self, a=self.b, b=self.a, of_a=self.of_b, of_b=self.of_a)

    def person(self, name):
        """Who a test calls “reader of a” or “coordinator of b”."""
        role, _, area = name.partition(" of ")
        return getattr(getattr(self, area), role)

    def membership(self, name):
        """What that person is in the area."""
        return Membership.objects.get(
            user=self.person(name), partnership=getattr(self, name[-1]).partnership
        )


def make_world():
    """The two areas; no box in area ``a`` is without the canary."""
    framework = load_rpc_2018()
    a = make_area(f"{CANARY.lower()}-area", f"{CANARY} partnership", f"{CANARY} area")
    b = make_area("bury", "Bury Together", "Bury")
    world = World(
        a, b, framework, _belongings(a, framework, f"{CANARY} "), _belongings(b, framework)
    )
    _sing(a, [world.draft])
    link = "Open this link: https://portal.example/"
    for area in (world.a, world.b):
        new_address(area.partner)
    post(to="somebody@else.example", subject="An e-mail", body=link, key=MAIL_OF_WORLD)
    for each in (world.draft, world.agreed, world.superseded, world.organisation, world.invitation):
        each.refresh_from_db()
    for each in (world.plan_action, world.milestone, world.pledge, world.unsigned, world.launch):
        each.refresh_from_db()
    _name_again(world.plan_import, world.organisation)
    return world


def _name_again(plan_import, organisation):
    """The spreadsheet that waits names its organisation as it is called by now."""
    (row,) = plan_import.parsed["rows"]
    row[1]["organisation"] = organisation.name
    plan_import.save()


def _belongings(area, framework, song=""):
    partnership, coordinator = area.partnership, area.coordinator
    organisation = make_organisation(partnership)
    for membership in Membership.objects.filter(user__in=[area.lead, area.partner]):
        membership.organisations.add(organisation)
    superseded = make_agreed(partnership, framework, by=coordinator)
    reopened = reopen_sheet(assessment=superseded, reason=f"{song}reason", by=coordinator)
    draft = make_full(partnership, framework, note=f"{song}note", by=coordinator)
    entry = entry_of(draft, 1)
    Entry.objects.filter(pk=entry.pk).update(responsible=area.partner)
    pledge = _pledge(area, organisation, song)
    launch, unsigned = make_launch(partnership, coordinator), _unsigned(area)
    token = f"{song.strip()}token-of-{partnership.slug}"
    plan_action = _plan_action(area, organisation, draft, song)
    library = library_of(partnership, song)
    measure, reading = make_area_measure(area, organisation, entry.domain, song)
    return Belongings(
        draft=draft,
        agreed=_agreed(area, framework, song),
        superseded=superseded,
        reopened=reopened,
        reference=entry.references.get(),
        action=make_action(draft, [1], what="Begin", owner="x", measure="x"),
        unsettled=UnsettledText.objects.create(
            entry=entry, part="gaps", text="x", author=area.partner
        ),
        organisation=organisation,
        invitation=make_invitation(
            partnership,
            f"{song.strip().lower()}invited@{partnership.slug}.example",
            token=token,
            organisation=organisation,
            invited_by=coordinator,
        ),
        token=token,
        plan_action=plan_action,
        outreach=outreach_of(partnership, organisation, plan_action, song),
        library=library,
        resources=resources_of(library.resource, song),
        reflecting=reflecting_of(area, organisation, unsigned, library, song),
        audits=audits_of(area, organisation, library.measure, plan_action, song),
        prompts=prompts_of(area, song),
        workshops=workshops_of(draft, organisation, coordinator, song),
        serving=serving_of(library.standard, plan_action, song),
        milestone=make_milestone(plan_action),
        plan_import=make_plan_import(partnership, by=coordinator, name=f"{song}plan.csv"),
        pledge=pledge,
        unsigned=unsigned,
        drafted=_drafted(area),
        **_public(area),
        occasion=make_occasion(partnership, coordinator),
        launch=launch,
        note=make_note(launch, unsigned),
        planned=make_launch(partnership, coordinator, is_open=False),
        measure=measure,
        reading=reading,
        board_report=make_report_of_world(partnership, by=coordinator),
    )


def _plan_action(area, organisation, draft, song):
    other = make_plan_action(organisation, number=2, what="Find the money")
    action = make_plan_action(
        organisation,
        number=1,
        owner=area.lead,
        deputies=[area.editor],
        blocked_by=other,
        domains=[draft.entries.get(domain__number=1).domain],
    )
    make_update(action, by=area.coordinator, text=f"{song}update", status="in_progress")
    return action


def _pledge(area, organisation, song):
    words = {"vision": f"{song}vision", "body": f"{song}manifesto", "pledge": f"{song}promise"}
    make_manifesto(area.partnership, **words)
    return make_pledge(organisation, area.coordinator, lead=area.lead)


def _unsigned(area, name="Not signed"):
    organisation = make_organisation(area.partnership, name)
    people = [area.coordinator, area.facilitator, area.lead, area.partner]
    for membership in Membership.objects.filter(user__in=people):
        membership.organisations.add(organisation)
    return organisation


def _public(area):
    """What everybody sees of an area, and what it says there."""
    starter = EvidenceStatement.objects.starters().first() or make_starter()
    return {
        "public_page": make_public_page(area.partnership, area.coordinator, with_logo=True),
        "evidence": _evidence(area),
        "starter_evidence": starter,
    }


def _drafted(area):
    organisation = _unsigned(area, "Drafting")
    return make_plain_pledge(organisation, status=PledgeStatus.DRAFT, words="x")


def _agreed(area, framework, song):
    assessment = make_full(area.partnership, framework, note=f"{song}note")
    if song:
        _sing(area, [assessment])
    return agree(assessment, by=area.coordinator)


def _evidence(area):
    statement = make_statement(area.partnership, is_public=True, written_by=area.coordinator)
    domain = Domain.objects.order_by("pk").first()
    statement.bearings.create(partnership=area.partnership, domain=domain)
    return statement


def _sing(area, assessments):
    """Write the canary into every text of the assessments and of the area's people."""
    of_area = {Organisation: "partnership", Membership: "partnership", Invitation: "partnership"}
    of_area |= {Action: "partnership", Milestone: "action__partnership"}
    of_area |= {Pledge: "partnership", Signing: "pledge__partnership"}
    of_area |= {PublicPage: "partnership", EvidenceStatement: "partnership"}
    of_area |= {Launch: "partnership", LaunchNote: "launch__partnership"}
    of_area |= {Measure: "partnership", Reading: "measure__partnership"}
    of_area |= {BoardReport: "partnership", Narrative: "report__partnership"}
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
