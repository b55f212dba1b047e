"""What this room tells of who did what: training, champions, peer reviews, events and publicity."""

from django.db.models import OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, NOTICED, REMOVED
from partnerships.models import Organisation
from planning.activity import quoted_start
from pledges.activity import number_of, slug_of
from pledges.models import (
    Action,
    Attendance,
    Champion,
    ChampionKind,
    Course,
    PeerReview,
    Publicity,
    ReviewAction,
    Session,
    Setting,
    TrainingTarget,
)

OF_TRAINING = {"key": "training", "label": "Training"}
OF_CHAMPIONS = {"key": "champions", "label": "Champions and family ambassadors"}
OF_REVIEWS = {"key": "peer_reviews", "label": "Peer reviews"}
OF_PUBLICITY = {"key": "publicity", "label": "Events and publicity"}


def _done(row, labels, thing):
    """“added …”, “removed …” or “changed the day of …”."""
    words = {ADDED: f"added {thing}", REMOVED: f"removed {thing}"}
    return words.get(row.label) or changed(row, labels, thing)


def _there(model):
    return one_of(model.objects.filter(pk=OuterRef("pgh_obj_id")), "pk")


def _organisation_name(path="organisation_id"):
    return one_of(Organisation.objects.filter(pk=OuterRef(path)), "name")


def _link(name, facts):
    """To the page of the thing itself, while it is there."""
    return reverse(name, args=[facts["slug"], facts["there"]]) if facts["there"] else ""


# --- Training ---------------------------------------------------------------------------------

COURSE_LABELS = {
    "name": "the name",
    "provider": "who gives it",
    "about": "what it is about",
    "ended_on": "the day from which it is no longer held",
    "created_by": "who added it",
    "created_at": "when it was added",
}


def _course_facts(events):
    return events.annotate(slug=slug_of("partnership_id"), there=_there(Course)).values(
        "pgh_id", "name", "slug", "there"
    )


def _describe_course(row, facts):
    thing = f"the course {quoted_start(facts['name'])}"
    return Sentence(_done(row, COURSE_LABELS, thing), _link("course", facts))


COURSES = Kind(
    **OF_TRAINING,
    events=Course.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=COURSE_LABELS,
    facts=_course_facts,
    describe=_describe_course,
)

SESSION_LABELS = {
    "course": "the course",
    "held_on": "the day",
    "place": "the place",
    "note": "the note",
    "recorded_by": "who recorded it",
    "recorded_at": "when it was recorded",
}


def _courses(partnership):
    return Course.objects.of(partnership).values("pk")


def _session_facts(events):
    course = Course.objects.filter(pk=OuterRef("course_id")).order_by()
    return events.annotate(
        course_name=one_of(course, "name"),
        slug=one_of(course, "partnership__slug"),
        there=_there(Session),
    ).values("pgh_id", "held_on", "course_name", "slug", "there")


def _describe_session(row, facts):
    course = quoted_start(facts["course_name"]) if facts["course_name"] else "a course"
    thing = f"the session of {facts['held_on']:%-d %B %Y} of {course}"
    return Sentence(_done(row, SESSION_LABELS, thing), _link("training_session", facts))


SESSIONS = Kind(
    **OF_TRAINING,
    events=Session.pgh_event_model,
    within="course",
    own=_courses,
    labels=SESSION_LABELS,
    facts=_session_facts,
    describe=_describe_session,
)

ATTENDANCE_LABELS = {
    "organisation": "the organisation",
    "setting": "the setting",
    "people": "the number",
}


def _sessions(partnership):
    return Session.objects.of(partnership).values("pk")


def _attendance_facts(events):
    session = Session.objects.filter(pk=OuterRef("session_id")).order_by()
    return events.annotate(
        name=_organisation_name(),
        held_on=one_of(session, "held_on"),
        slug=one_of(session, "course__partnership__slug"),
        there=one_of(session, "pk"),
    ).values("pgh_id", "name", "setting", "people", "held_on", "slug", "there")


def _describe_attendance(row, facts):
    place = facts["name"] or Setting(facts["setting"]).label
    when = f"the session of {facts['held_on']:%-d %B %Y}" if facts["held_on"] else "a session"
    if row.fields == ("people",):
        words = f"changed the number from {place} at {when} to {facts['people']:,}"
    else:
        words = _done(row, ATTENDANCE_LABELS, f"{facts['people']:,} people from {place} at {when}")
    return Sentence(words, _link("training_session", facts))


ATTENDANCES = Kind(
    **OF_TRAINING,
    events=Attendance.pgh_event_model,
    within="session",
    own=_sessions,
    labels=ATTENDANCE_LABELS,
    facts=_attendance_facts,
    describe=_describe_attendance,
)

TARGET_LABELS = {
    "words": "the words",
    "people": "the number",
    "from_on": "the first day",
    "by_on": "the day by which it is to be reached",
    "course": "the course that counts",
}


def _target_facts(events):
    return events.annotate(slug=slug_of("partnership_id")).values("pgh_id", "words", "slug")


def _describe_target(row, facts):
    thing = f"the training target {quoted_start(facts['words'])}"
    return Sentence(_done(row, TARGET_LABELS, thing), reverse("training", args=[facts["slug"]]))


TARGETS = Kind(
    **OF_TRAINING,
    events=TrainingTarget.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=TARGET_LABELS,
    facts=_target_facts,
    describe=_describe_target,
)

# --- Champions --------------------------------------------------------------------------------

CHAMPION_LABELS = {
    "kind": "what they are",
    "organisation": "the organisation",
    "since": "the first day",
    "until": "the last day",
    "recorded_by": "who recorded it",
}


def _champion_facts(events):
    return events.annotate(name=_organisation_name(), slug=slug_of("partnership_id")).values(
        "pgh_id", "kind", "name", "slug"
    )


def _describe_champion(row, facts):
    kind = ChampionKind(facts["kind"]).label.lower()
    thing = f"a {kind} of {facts['name'] or 'no organisation'}"
    if row.label == NOTICED:
        words = f"changed the name, job title or address of {thing}"
    else:
        words = _done(row, CHAMPION_LABELS, thing)
    return Sentence(words, reverse("champions", args=[facts["slug"]]))


CHAMPIONS = Kind(
    **OF_CHAMPIONS,
    events=Champion.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=CHAMPION_LABELS,
    facts=_champion_facts,
    describe=_describe_champion,
)

# --- Peer reviews -----------------------------------------------------------------------------

REVIEW_LABELS = {
    "reviewer": "who looked",
    "reviewer_words": "the name of who looked",
    "subject": "whose work was looked at",
    "subject_words": "the name of whose work was looked at",
    "held_on": "the day",
    "looked_at": "what was looked at",
    "strengths": "the strengths",
    "findings": "the findings",
    "recorded_by": "who recorded it",
}


def _review_facts(events):
    return events.annotate(
        reviewer_name=_organisation_name("reviewer_id"),
        subject_name=_organisation_name("subject_id"),
        slug=slug_of("partnership_id"),
        there=_there(PeerReview),
    ).values(
        "pgh_id", "reviewer_name", "reviewer_words", "subject_name", "subject_words", "slug",
        "there",
    )  # fmt: skip


def _described_review(facts):
    reviewer = facts["reviewer_name"] or facts["reviewer_words"] or "somebody"
    subject = facts["subject_name"] or facts["subject_words"] or "somebody"
    return f"the peer review of {subject} by {reviewer}"


def _describe_review(row, facts):
    words = _done(row, REVIEW_LABELS, _described_review(facts))
    return Sentence(words, _link("peer_review_history", facts))


REVIEWS = Kind(
    **OF_REVIEWS,
    events=PeerReview.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=REVIEW_LABELS,
    facts=_review_facts,
    describe=_describe_review,
)


def _reviews(partnership):
    return PeerReview.objects.of(partnership).values("pk")


def _tie_facts(events):
    review = PeerReview.objects.filter(pk=OuterRef("review_id")).order_by()
    action = Action.objects.filter(pk=OuterRef("action_id")).order_by()
    return events.annotate(
        reviewer_name=one_of(review, "reviewer__name"),
        reviewer_words=one_of(review, "reviewer_words"),
        subject_name=one_of(review, "subject__name"),
        subject_words=one_of(review, "subject_words"),
        slug=one_of(review, "partnership__slug"),
        there=one_of(review, "pk"),
        number=one_of(action, "number"),
    ).values(
        "pgh_id", "reviewer_name", "reviewer_words", "subject_name", "subject_words", "slug",
        "there", "number",
    )  # fmt: skip


def _describe_tie(row, facts):
    action = f"action {facts['number']}" if facts["number"] else "an action that is gone"
    review = _described_review(facts)
    came = "took {} off what came of {}" if row.label == REMOVED else "said that {} came of {}"
    return Sentence(came.format(action, review), _link("peer_review", facts))


TIES = Kind(
    **OF_REVIEWS,
    events=ReviewAction.pgh_event_model,
    within="review",
    own=_reviews,
    labels={"action": "the action"},
    facts=_tie_facts,
    describe=_describe_tie,
)

# --- Events and publicity ---------------------------------------------------------------------

PUBLICITY_LABELS = {
    "kind": "the kind",
    "title": "the title",
    "organisation": "the organisation",
    "held_on": "the day",
    "reached": "how many people it reached",
    "link": "the link",
    "note": "the note",
    "recorded_by": "who recorded it",
}


def _publicity_facts(events):
    return events.annotate(slug=slug_of("partnership_id")).values("pgh_id", "title", "slug")


def _describe_publicity(row, facts):
    thing = quoted_start(facts["title"])
    return Sentence(_done(row, PUBLICITY_LABELS, thing), reverse("publicity", args=[facts["slug"]]))


PUBLICITY = Kind(
    **OF_PUBLICITY,
    events=Publicity.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=PUBLICITY_LABELS,
    facts=_publicity_facts,
    describe=_describe_publicity,
)

KINDS = (COURSES, SESSIONS, ATTENDANCES, TARGETS, CHAMPIONS, REVIEWS, TIES, PUBLICITY)
