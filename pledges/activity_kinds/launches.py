"""What this room tells of who did what: launches, their doors and their notes.

Who joins on a phone is not told: a participant is nobody by name, and has no history.
"""

from django.db.models import F, OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import OCCASION_LABELS, door_deed, one_of
from partnerships.events import ADDED, CHANGED, REMOVED
from partnerships.models import Occasion, Organisation
from pledges.activity import number_of, slug_of
from pledges.launching import KIND
from pledges.models import Launch, LaunchNote, NoteStatus

OF_LAUNCHES = {"key": "launches", "label": "Launches"}


# --- Launches ---------------------------------------------------------------------------------

LAUNCH_LABELS = {
    "name": "the name",
    "held_on": "the day",
    "place": "the place",
    "manifesto": "what is signed there",
    "occasion": "the code to join with",
    "request_key": "the page it was planned on",
    "created_by": "who planned it",
    "created_at": "when it was planned",
}


def _launches(partnership):
    return Launch.objects.of(partnership).values("pk")


def _link(facts):
    return reverse("launch", args=[facts["slug"], facts["there"]]) if facts["there"] else ""


def _launch_facts(events):
    there = one_of(Launch.objects.filter(pk=OuterRef("pgh_obj_id")), "pk")
    return events.annotate(there=there, slug=slug_of("partnership_id")).values(
        "pgh_id", "name", "slug", "there"
    )


def _describe_launch(row, facts):
    launch = f"the launch “{facts['name']}”"
    words = {ADDED: f"planned {launch}", REMOVED: f"removed {launch}"}
    done = words.get(row.label)
    if done is None and "occasion" in row.fields:
        done = f"opened {launch}"
    return Sentence(done or changed(row, LAUNCH_LABELS, launch), _link(facts))


LAUNCHES = Kind(
    **OF_LAUNCHES,
    events=Launch.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=LAUNCH_LABELS,
    facts=_launch_facts,
    describe=_describe_launch,
)

# --- Doors ------------------------------------------------------------------------------------


def _occasion_facts(events):
    launch = Launch.objects.filter(occasion=OuterRef("pgh_obj_id")).order_by()
    return events.annotate(
        there=one_of(launch, "pk"), name=one_of(launch, "name"), slug=slug_of("partnership_id")
    ).values("pgh_id", "name", "slug", "there")


def _doors(partnership):
    """Those of launches: another kind of event is told by the room that it belongs to."""
    return Occasion.objects.filter(partnership=partnership, kind=KIND).values("pk")


def _describe_occasion(row, facts):
    event = f"the launch “{facts['name']}”" if facts["name"] else "a launch"
    return Sentence(door_deed(row, event), _link(facts))


OCCASIONS = Kind(
    **OF_LAUNCHES,
    events=Occasion.pgh_event_model,
    within="pgh_obj",
    own=_doors,
    labels=OCCASION_LABELS,
    facts=_occasion_facts,
    describe=_describe_occasion,
)

# --- Notes ------------------------------------------------------------------------------------
# Who wrote one is personal data of somebody without an account, which the history does not keep.

NOTE_LABELS = {
    "launch": "the launch",
    "participant": "the phone",
    "organisation": "the organisation",
    "organisation_words": "the organisation’s name",
    "signs": "whether they sign",
    "words": "the own words",
    "first_action": "the first action",
    "written_at": "when it was written",
    "changed_at": "when it was changed",
    "hidden_at": "whether the wall shows it",
    "status": "what became of it",
    "settled_by": "who saw to it",
    "settled_at": "when somebody saw to it",
    "signing": "the signature that came of it",
    "action": "the action that came of it",
}
SETTLED = {
    NoteStatus.WAITING: "took {} up again",
    NoteStatus.CONFIRMED: "brought {} into the register",
    NoteStatus.SET_ASIDE: "set {} aside",
}
A_PHONE = "Somebody at the launch"


def _note_facts(events):
    launch = Launch.objects.filter(pk=OuterRef("launch_id")).order_by()
    organisation = Organisation.objects.filter(pk=OuterRef("organisation_id"))
    return events.annotate(
        there=one_of(launch, "pk"),
        name=one_of(launch, "name"),
        slug=one_of(launch, "partnership__slug"),
        listed=one_of(organisation, "name"),
        written=F("organisation_words"),
        is_hidden=F("hidden_at"),
    ).values("pgh_id", "name", "slug", "there", "listed", "written", "is_hidden", "status")


def _describe_note(row, facts):
    note = f"the note of {facts['listed'] or facts['written'] or 'an organisation that is gone'}"
    who = A_PHONE if row.person is None and row.by_web else ""
    return Sentence(_deed_on_note(row, facts, note), _link(facts), who=who)


def _deed_on_note(row, facts, note):
    words = {ADDED: f"left {note}", REMOVED: f"removed {note}"}
    if row.label in words:
        return words[row.label]
    if row.label != CHANGED:
        return f"changed who signed on {note}"
    if "status" in row.fields:
        return SETTLED[NoteStatus(facts["status"])].format(note)
    if "hidden_at" in row.fields:
        return f"hid {note} from the wall" if facts["is_hidden"] else f"showed {note} again"
    return changed(row, NOTE_LABELS, note)


NOTES = Kind(
    **OF_LAUNCHES,
    events=LaunchNote.pgh_event_model,
    within="launch",
    own=_launches,
    labels=NOTE_LABELS,
    facts=_note_facts,
    describe=_describe_note,
)

KINDS = (LAUNCHES, OCCASIONS, NOTES)
