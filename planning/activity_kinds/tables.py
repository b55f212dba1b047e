"""What is told of tables and what they wrote."""

from django.db.models import F, OuterRef

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from planning.activity_kinds.workshops import (
    OF_WORKSHOPS,
    called,
    domain_of,
    link_to_workshop,
    of_workshop,
    workshops_in,
)
from planning.models import TableEntry, Workshop, WorkshopTable
from rpcportal.kit.quoting import quoted

TableEvent = WorkshopTable.pgh_event_model
A_PHONE = "Somebody in the room"


def _table_name(facts):
    return quoted(facts["name"]) if facts["name"] else f"table {facts['number']}"


# --- Tables -----------------------------------------------------------------------------------

TABLE_LABELS = {"name": "the name", "number": "the number", "workshop": "the workshop"}


def _table_facts(events):
    return of_workshop(events, "name", "number")


def _describe_table(row, facts):
    table = _table_name(facts)
    words = {
        ADDED: f"set up {table} for {called(facts)}",
        REMOVED: f"removed {table} from {called(facts)}",
    }
    done = words.get(row.label) or changed(row, TABLE_LABELS, f"{table} of {called(facts)}")
    return Sentence(done, link_to_workshop(facts))


TABLES = Kind(
    **OF_WORKSHOPS,
    events=TableEvent,
    within="workshop",
    own=workshops_in,
    labels=TABLE_LABELS,
    facts=_table_facts,
    describe=_describe_table,
)

# --- What they wrote --------------------------------------------------------------------------

ENTRY_LABELS = {
    "level": "the level",
    "evidence": "the evidence",
    "gaps": "the gaps",
    "actions": "the actions",
    "entry": "the domain",
    "taken_over_at": "when its words were put on the sheet",
    "updated_at": "when it was written",
}
# When it was written stands beside every line already.
_TOLD = {name: label for name, label in ENTRY_LABELS.items() if name != "updated_at"}


def _tables_ever(partnership):
    """The numbers of all tables, those that were removed too."""
    here = TableEvent.objects.filter(workshop__in=workshops_in(partnership))
    return here.values("pgh_obj_id").distinct()


def _entry_facts(events):
    table = TableEvent.objects.filter(pgh_obj_id=OuterRef("table_id")).order_by("-pgh_id")
    placed = events.annotate(
        workshop_id=one_of(table, "workshop_id"),
        name=one_of(table, "name"),
        number=one_of(table, "number"),
    )
    workshop = Workshop.objects.filter(pk=OuterRef("workshop_id")).order_by()
    return placed.annotate(
        there=one_of(workshop, "pk"),
        called=one_of(workshop, "name"),
        sheet=one_of(workshop, "assessment_id"),
        domain=domain_of(),
        taken=F("taken_over_at"),
    ).values("pgh_id", "called", "sheet", "there", "name", "number", "domain", "taken")


def _describe_entry(row, facts):
    whose = f"{_table_name(facts)} of {called(facts)}"
    about = facts["domain"] or "a domain"
    who = A_PHONE if row.person is None and row.by_web else ""
    if row.label == ADDED:
        done = f"wrote about {about} for {whose}"
    elif row.label == REMOVED:
        done = f"removed what {whose} wrote about {about}"
    elif row.fields == ("taken_over_at",):
        done = f"put what {whose} wrote about {about} on the sheet"
    else:
        done = f"{changed(row, _TOLD, about)} for {whose}"
    return Sentence(done, link_to_workshop(facts), who=who)


TABLE_ENTRIES = Kind(
    **OF_WORKSHOPS,
    events=TableEntry.pgh_event_model,
    within="table",
    own=_tables_ever,
    labels=ENTRY_LABELS,
    facts=_entry_facts,
    describe=_describe_entry,
)

KINDS = [TABLES, TABLE_ENTRIES]
