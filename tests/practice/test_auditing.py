"""Verbs on audits: started, changed, files held against measures, finished, made into actions."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from pledges.models import Action
from practice import auditing
from practice.models import Audit, AuditAction, AuditedFile, Finding, StandardServed
from tests.factories.audits import DAY, find, finish, make_audit
from tests.factories.people import make_area, make_member, make_organisation
from tests.factories.practice import make_part, make_practice_model, make_standard, make_version

KEY = uuid.UUID("00000000-0000-4000-8000-000000000001")
OTHER_KEY = uuid.UUID("00000000-0000-4000-8000-000000000002")


@pytest.fixture
def version(area):
    pillar = make_part(make_practice_model(area.partnership))
    return make_standard(pillar, measures=3).versions.get()


@pytest.fixture
def measures(version):
    return list(version.measures.all())


@pytest.fixture
def audit(area, organisation, measures):
    return make_audit(area.partnership, area.coordinator, measures, organisation=organisation)


def start(area, by=None, **words):
    words = {"name": "Network meetings", "organisation": None, "held_on": DAY, "sample": "",
             "files": 3, "request_key": KEY} | words  # fmt: skip
    return auditing.start_audit(partnership=area.partnership, by=by or area.coordinator, **words)


def change(audit, by, **words):
    words = {"name": "N", "organisation": audit.organisation, "held_on": DAY, "sample": "",
             "files": 3} | words  # fmt: skip
    return auditing.change_audit(audit=audit, by=by, **words)


def save(audit, by, *said, number=1, reference=""):
    """``said``: (outcome, note) of the measures in their order."""
    found = dict(zip(audit.measures.all(), said, strict=False))
    file = audit.files.get(position=number)
    return auditing.save_file(file=file, by=by, reference=reference, found=found)


def sentences(call, *args, **kwargs):
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        call(*args, **kwargs)
    return " ".join(refused.value.messages)


# --- Who may ----------------------------------------------------------------------------------


def test_a_lead_audits_the_practice_of_their_own_organisation_and_no_other(area, organisation):
    lead = make_member(area.partnership, "lead", organisation=organisation)
    assert start(area, lead, organisation=organisation).made_by == lead
    other = make_organisation(area.partnership, "Police")
    for whose in (other, None):
        with pytest.raises(PermissionDenied, match="of your own organisation"):
            start(area, lead, organisation=whose, request_key=OTHER_KEY)


def test_a_lead_cannot_give_an_audit_away_or_take_one(area, organisation, audit):
    lead = make_member(area.partnership, "lead", organisation=organisation)
    other = make_organisation(area.partnership, "Police")
    with pytest.raises(PermissionDenied):
        change(audit, lead, organisation=other)
    theirs = make_audit(area.partnership, area.coordinator, organisation=other)
    with pytest.raises(PermissionDenied):
        change(theirs, lead, organisation=organisation)


@pytest.mark.parametrize("role", ["editor", "reader"])
def test_no_verb_is_for_editors_and_readers(area, organisation, audit, measures, role):
    person = make_member(area.partnership, role, organisation=organisation)
    asked = audit.measures.first()
    find(audit, 1, "not")
    calls = [
        lambda: start(area, person, organisation=organisation),
        lambda: change(audit, person),
        lambda: auditing.choose_measures(audit=audit, by=person, measures=measures),
        lambda: save(audit, person, ("met", "")),
        lambda: auditing.finish_audit(audit=audit, by=person, learnt=""),
        lambda: auditing.remove_audit(audit=audit, by=person),
        lambda: auditing.make_action(
            asked=asked, by=person, organisation=organisation, request_key=KEY, what="x"
        ),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied), transaction.atomic():
            call()


# --- Start and change -------------------------------------------------------------------------


def test_started_twice_it_is_one_and_numbers_its_files(area):
    assert start(area) == start(area)
    assert [each.position for each in Audit.objects.get().files.all()] == [1, 2, 3]


def test_the_same_page_for_somebody_else_is_a_sentence(area):
    start(area)
    assert "was sent before" in sentences(start, area, area.facilitator)


@pytest.mark.parametrize("files", [0, 51, -1])
def test_there_are_1_to_50_files(area, files):
    assert sentences(start, area, files=files) == "An audit has 1 to 50 files"
    assert not Audit.objects.exists()


def test_no_audit_of_a_day_to_come(area):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "today or in the past" in sentences(start, area, held_on=tomorrow)


def test_files_come_and_go_at_the_end_but_none_that_holds_something(area, audit):
    change(audit, area.coordinator, files=5)
    change(audit, area.coordinator, files=2)
    assert audit.files.count() == 2
    find(audit, 2, "met")
    said = sentences(change, audit, area.coordinator, files=1)
    assert said == "File 2 has been looked at already: keep 2 files, or empty that one first"
    assert audit.files.count() == 2


# --- Measures ---------------------------------------------------------------------------------


def test_measures_in_force_of_ones_own_standards_can_be_chosen(area, version):
    today = date(2026, 11, 22)
    pillar = version.standard.pillar
    make_standard(pillar, position=2, draft=True)
    make_standard(make_part(make_practice_model()))  # starter content
    make_standard(make_part(make_practice_model(make_area("bury").partnership)))
    later = make_version(version.standard, number=2, measures=1, effective_on=date(2027, 1, 1))
    offered = auditing.measures_to_choose(area.partnership, today)
    assert list(offered) == list(version.measures.all())
    assert list(auditing.measures_to_choose(area.partnership, date(2027, 1, 1))) == list(
        later.measures.all()
    )


def test_a_measure_that_was_looked_at_stays(area, audit, measures):
    find(audit, 1, "met")
    said = sentences(
        auditing.choose_measures, audit=audit, by=area.coordinator, measures=measures[1:]
    )
    assert "has been looked at in a file already" in said
    auditing.choose_measures(audit=audit, by=area.coordinator, measures=measures[:2])
    assert [each.measure for each in audit.measures.all()] == measures[:2]


def test_at_least_one_measure(area, audit):
    said = sentences(auditing.choose_measures, audit=audit, by=area.coordinator, measures=[])
    assert said == "Choose at least one measure"


# --- Files ------------------------------------------------------------------------------------


def test_a_file_is_written_where_it_differs_and_the_history_tells_of_that_alone(area, audit):
    save(audit, area.coordinator, ("met", ""), ("not", "No date"), reference="A7")
    events = Finding.pgh_event_model.objects
    before = events.count()
    save(audit, area.coordinator, ("met", ""), ("partly", "No date"), ("", ""), reference="A7")
    assert events.count() == before + 1
    save(audit, area.coordinator, ("", ""), ("partly", "No date"), reference="A7")
    assert [each.outcome for each in Finding.objects.all()] == ["partly"]


def test_a_note_without_an_answer_is_a_sentence(area, audit):
    said = sentences(save, audit, area.coordinator, ("met", ""), ("", "A note"))
    assert said.startswith("Say what the file shows of")
    assert not Finding.objects.exists()


# --- The end ----------------------------------------------------------------------------------


def test_finished_twice_is_once_and_then_nothing_changes(area, audit, measures):
    find(audit, 1, "not")
    for _ in range(2):
        auditing.finish_audit(audit=audit, by=area.coordinator, learnt="We talk earlier.")
    audit.refresh_from_db()
    assert (audit.finished_by, audit.learnt) == (area.coordinator, "We talk earlier.")
    for call in (
        lambda: change(audit, area.coordinator),
        lambda: auditing.choose_measures(audit=audit, by=area.coordinator, measures=measures),
        lambda: save(audit, area.coordinator, ("met", "")),
        lambda: auditing.finish_audit(audit=audit, by=area.coordinator, learnt="Other"),
    ):
        assert sentences(call) == auditing.FINISHED
    assert sentences(auditing.remove_audit, audit=audit, by=area.coordinator) == auditing.STAYS
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditedFile.objects.create(audit=audit, position=9)


def test_an_audit_of_nothing_is_not_finished(area, audit):
    said = sentences(auditing.finish_audit, audit=audit, by=area.coordinator, learnt="")
    assert said == "Nothing has been looked at yet. Look at a file first; then finish."


def test_removed_twice_is_once_and_its_actions_stay(area, organisation, audit):
    find(audit, 1, "not")
    make_action(area, organisation, audit)
    for _ in range(2):
        auditing.remove_audit(audit=audit, by=area.coordinator)
    assert (Audit.objects.count(), Finding.objects.count(), Action.objects.count()) == (0, 0, 1)


# --- Actions ----------------------------------------------------------------------------------


def make_action(area, organisation, audit, key=KEY, by=None):
    return auditing.make_action(
        asked=audit.measures.first(),
        by=by or area.coordinator,
        organisation=organisation,
        request_key=key,
        what="Hold the meeting earlier",
    )


def test_a_gap_becomes_an_action_that_serves_the_standard_and_twice_is_once(
    area, organisation, audit, version
):
    find(audit, 1, "partly")
    finish(audit, area.coordinator)
    first, again = (make_action(area, organisation, audit) for _ in range(2))
    assert first == again
    assert make_action(area, organisation, audit, OTHER_KEY) != first
    assert AuditAction.objects.count() == Action.objects.count() == 2
    served = StandardServed.objects.filter(action=first)
    assert [(each.standard, each.linked_by) for each in served] == [
        (version.standard, area.coordinator)
    ]


def test_where_there_is_no_gap_there_is_no_action(area, organisation, audit):
    find(audit, 1, "met")
    assert "No file shows a gap" in sentences(make_action, area, organisation, audit)
    assert not Action.objects.exists()


def test_a_lead_makes_actions_in_their_own_plan_alone(area, organisation, audit):
    lead = make_member(area.partnership, "lead", organisation=organisation)
    find(audit, 1, "not")
    assert make_action(area, organisation, audit, by=lead)
    other = make_organisation(area.partnership, "Police")
    with pytest.raises(PermissionDenied):
        make_action(area, other, audit, OTHER_KEY, by=lead)
