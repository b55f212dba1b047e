"""What someone knows who means ill: the ids of another partnership, and every field of a form."""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, Q
from lxml import html

from partnerships.models import (
    Affiliation,
    Download,
    Invitation,
    Manifesto,
    Membership,
    Occasion,
    Organisation,
    Participant,
    Partnership,
    PublicPage,
    User,
)
from planning.models import (
    AgendaItem,
    Assessment,
    Ballot,
    DotItem,
    DotRound,
    DotVote,
    Entry,
    EvidenceReference,
    Invitee,
    Paper,
    PaperScore,
    ParkedPoint,
    PriorityAction,
    Remark,
    TableEntry,
    Tally,
    UnsettledText,
    Vote,
    Workshop,
    WorkshopAttendance,
    WorkshopTable,
)
from pledges.models import (
    Action,
    Answer,
    Attendance,
    BoardReport,
    Champion,
    Course,
    Deputy,
    Follow,
    Launch,
    LaunchNote,
    Measure,
    MeasuredDomain,
    Milestone,
    Narrative,
    PeerReview,
    PlanImport,
    Pledge,
    Publicity,
    Reading,
    ReviewAction,
    ServedDomain,
    Session,
    Signing,
    TrainingTarget,
    Update,
)
from practice.models import (
    Audit,
    AuditAction,
    AuditedFile,
    AuditMeasure,
    Bearing,
    Commitment,
    CourseNeed,
    Definition,
    EvidenceStatement,
    Finding,
    LibraryEntry,
    LibraryWord,
    ModelPart,
    PracticeModel,
    PreferredWord,
    Prompt,
    PromptAnswer,
    Question,
    QuestionSet,
    Reflection,
    ReflectionAnswer,
    RelatedStandard,
    Resource,
    ResourceFile,
    Standard,
    StandardMeasure,
    StandardServed,
    StandardSource,
    StandardTool,
    StandardVersion,
    YouSaid,
)
from tests.addresses import ADDRESSES, path_of
from tests.factories.people import client_of

# Where the partnership of a row stands; tests/test_hostile_walk.py holds it to be complete.
AREA_OF = {
    Audit: "partnership",
    AuditAction: "audit_measure__audit__partnership",
    AuditMeasure: "audit__partnership",
    AuditedFile: "audit__partnership",
    Bearing: "partnership",
    Commitment: "partnership",
    CourseNeed: "partnership",
    Definition: "partnership",
    Finding: "file__audit__partnership",
    LibraryEntry: "partnership",
    LibraryWord: "partnership",
    ModelPart: "model__partnership",
    PracticeModel: "partnership",
    PreferredWord: "partnership",
    Prompt: "partnership",
    PromptAnswer: "prompt__partnership",
    Question: "set__partnership",
    QuestionSet: "partnership",
    Reflection: "partnership",
    ReflectionAnswer: "reflection__partnership",
    RelatedStandard: "standard__partnership",
    Resource: "partnership",
    ResourceFile: "resource__partnership",
    Standard: "partnership",
    StandardMeasure: "version__standard__partnership",
    StandardServed: "standard__partnership",
    StandardSource: "version__standard__partnership",
    StandardTool: "standard__partnership",
    StandardVersion: "standard__partnership",
    YouSaid: "prompt__partnership",
    AgendaItem: "workshop__assessment__partnership",
    Ballot: "workshop__assessment__partnership",
    DotItem: "dot_round__workshop__assessment__partnership",
    DotRound: "workshop__assessment__partnership",
    DotVote: "dot_round__workshop__assessment__partnership",
    Invitee: "workshop__assessment__partnership",
    Paper: "workshop__assessment__partnership",
    PaperScore: "paper__workshop__assessment__partnership",
    ParkedPoint: "workshop__assessment__partnership",
    Remark: "ballot__workshop__assessment__partnership",
    TableEntry: "table__workshop__assessment__partnership",
    Tally: "ballot__workshop__assessment__partnership",
    Vote: "ballot__workshop__assessment__partnership",
    Workshop: "assessment__partnership",
    WorkshopAttendance: "workshop__assessment__partnership",
    WorkshopTable: "workshop__assessment__partnership",
    Attendance: "session__course__partnership",
    Champion: "partnership",
    Course: "partnership",
    PeerReview: "partnership",
    Publicity: "partnership",
    ReviewAction: "review__partnership",
    Session: "course__partnership",
    TrainingTarget: "partnership",
    Action: "partnership",
    Answer: "partnership",
    Affiliation: "membership__partnership",
    Assessment: "partnership",
    BoardReport: "partnership",
    Deputy: "action__partnership",
    Download: "partnership",
    Entry: "assessment__partnership",
    EvidenceReference: "entry__assessment__partnership",
    Follow: "partnership",
    Invitation: "partnership",
    Launch: "partnership",
    LaunchNote: "launch__partnership",
    Manifesto: "partnership",
    Measure: "partnership",
    MeasuredDomain: "measure__partnership",
    Membership: "partnership",
    Milestone: "action__partnership",
    Narrative: "report__partnership",
    Occasion: "partnership",
    Organisation: "partnership",
    Participant: "occasion__partnership",
    PlanImport: "partnership",
    EvidenceStatement: "partnership",
    PublicPage: "partnership",
    Pledge: "partnership",
    PriorityAction: "assessment__partnership",
    Reading: "measure__partnership",
    ServedDomain: "action__partnership",
    Signing: "pledge__partnership",
    UnsettledText: "entry__assessment__partnership",
    Update: "action__partnership",
}
WORDS = "self::textarea or @type='text' or @type='email' or @type='password'"


def areas_fields():
    """(model, foreign key, model that it leads to) of everything that belongs to an area."""
    for model in AREA_OF:
        for field in model._meta.fields:
            if field.is_relation and field.related_model in {*AREA_OF, User}:
                yield model, field.name, field.related_model


def strays(world, models=AREA_OF):
    """Rows (of some models) of one area that refer to something, or somebody, of the other."""
    members = {
        area.partnership.pk: {person.pk for person in people_of(area)}
        for area in (world.a, world.b)
    }
    found = []
    for model, name, to in areas_fields():
        if model not in models:
            continue
        rows = model.objects.exclude(**{f"{name}__isnull": True})
        if to is User:
            for area, people in members.items():
                others = set().union(*members.values()) - people
                found += rows.filter(**{AREA_OF[model]: area, f"{name}__in": others})
        else:
            theirs, own = f"{name}__{AREA_OF[to]}", AREA_OF[model]
            starters = Q(**{f"{theirs}__isnull": True, f"{own}__isnull": True})
            found += rows.exclude(starters).filter(~Q(**{theirs: F(own)}))
    return found


def people_of(area):
    return area.coordinator, area.facilitator, area.lead, area.editor, area.reader


def rows_of(area, models=None):
    """Everything that belongs to an area (of some models), and its people, as values."""
    ways = {**AREA_OF, User: None, Partnership: None}
    found = {}
    for model in ways if models is None else ways.keys() & models:
        if model is User:
            rows = User.objects.filter(pk__in=[person.pk for person in people_of(area)])
        elif model is Partnership:
            rows = Partnership.objects.filter(pk=area.partnership.pk)
        else:
            rows = model.objects.filter(**{ways[model]: area.partnership})
        found[model] = list(rows.order_by("pk").values_list())
    return found


def writes():
    """Table -> how many rows of it this transaction has written so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


def tables_written_since(before):
    """The tables whose rows were written since ``writes()`` gave ``before``."""
    now = writes()
    return {table for table in now if now[table] != before.get(table)}


def written_since(before):
    """The models whose rows were written since ``writes()`` gave ``before``."""
    tables = tables_written_since(before)
    return {model for model in apps.get_models() if model._meta.db_table in tables}


def ids_of(world):
    """Kind -> the number or key of something in area a, as forms and addresses write it."""
    a = world.a.partnership
    entry = world.reference.entry
    people = {
        f"{what} of {role}": str(found.pk)
        for role in ("coordinator", "editor")
        for what, found in (
            ("person", getattr(world.a, role)),
            ("membership", world.membership(f"{role} of a")),
        )
    }
    rows = {
        "partnership": a,
        "organisation": world.organisation,
        "invitation": world.invitation,
        "draft": world.draft,
        "agreed sheet": world.agreed,
        "entry": entry,
        "reference": world.reference,
        "action": world.action,
        "unsettled text": world.unsettled,
        "plan action": world.plan_action,
        "milestone": world.milestone,
        "course": world.outreach.course,
        "session": world.outreach.session,
        "training target": world.outreach.target,
        "champion": world.outreach.champion,
        "peer review": world.outreach.review,
        "publicity": world.outreach.publicity,
        "evidence statement": world.evidence,
    }
    return {
        **people,
        **{kind: str(row.pk) for kind, row in rows.items()},
        "short name": a.slug,
        "e-mail address": world.a.reader.email,
        "key of reference": str(world.reference.key),
        "key of action": str(world.action.key),
        "token": world.token,
    }


@contextmanager
def undone():
    """What the block writes is undone at its end; deferred rules are looked at first."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def sender(world, name):
    """Who may send the form of this address."""
    return client_of(None if ADDRESSES[name].guest else world.a.coordinator)


def form_of(world, name, client):
    """(what a browser would send from the page, the names of the boxes for words)."""
    path, body = path_of(name, world), dict(ADDRESSES[name].body(world))
    words = set()
    page = page_at(client, path)
    for form in page.forms if page is not None else ():
        if form.action in {None, "", path}:
            for field, value in form.form_values():
                body.setdefault(field, value)
            words |= set(form.xpath(f".//*[{WORDS}]/@name"))
    body.pop("csrfmiddlewaretoken", None)
    return body, words


def page_at(client, path):
    """The page at an address, taken apart; None where there is none to read."""
    response = client.get(path)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code != 200 or not is_page:
        return None
    return html.fromstring(response.content.decode())


def values_of(body):
    """Field -> its values as texts."""
    return {
        name: [str(each) for each in (value if isinstance(value, list | tuple) else [value])]
        for name, value in body.items()
    }


def boxes_of(world, name):
    """Every name on the page, also of what a browser leaves out: an empty tick box."""
    page = page_at(sender(world, name), path_of(name, world))
    return set() if page is None else set(page.xpath("//form//@name"))
