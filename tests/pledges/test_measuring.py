"""Verbs on measures and readings: who may, what is refused, and what stands afterwards."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.handing_over import hand_over, open_work
from pledges import measuring
from pledges.models import Measure, Reading
from rpcportal.kit.roles import Role
from tests.factories.frameworks import make_small_framework
from tests.factories.measures import NO_LINE, make_measure, make_reading
from tests.factories.people import make_area, make_member

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 30)


def record(measure, by, **told):
    return measuring.record_reading(
        measure=measure, by=by, **{"read_on": DAY, "value": Decimal(150)} | told
    )


# --- Who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["lead", "editor", "reader"])
def test_what_is_measured_is_decided_by_coordinator_and_facilitator(area, measure, role):
    person = getattr(area, role)
    for do in (
        lambda: measuring.add_measure(partnership=area.partnership, by=person, name="x"),
        lambda: measuring.change_measure(measure=measure, by=person, domains=[], name="x"),
        lambda: measuring.end_measure(measure=measure, by=person, ended_on=DAY),
    ):
        with pytest.raises(PermissionDenied, match="A coordinator or facilitator can"):
            do()


def test_the_whole_partnerships_figures_are_recorded_by_all_who_log(area, measure):
    for number, person in enumerate([area.coordinator, area.facilitator, area.lead, area.editor]):
        record(measure, person, read_on=DAY - timedelta(days=number))
    with pytest.raises(PermissionDenied, match="Your role in this partnership does not let you"):
        record(measure, area.reader, read_on=date(2025, 1, 1))


def test_an_organisations_figures_are_recorded_by_its_people_its_owner_and_who_writes_for_all(
    area, library
):
    theirs = make_member(area.partnership, Role.EDITOR, organisation=library)
    measure = make_measure(area.partnership, organisation=library, owner=area.lead)
    for number, person in enumerate([theirs, area.lead, area.coordinator, area.facilitator]):
        record(measure, person, read_on=DAY - timedelta(days=number))
    with pytest.raises(PermissionDenied, match="This measure belongs to Library"):
        record(measure, area.editor, read_on=date(2025, 1, 1))
    reading = Reading.objects.first()
    for do in (
        lambda: measuring.correct_reading(
            reading=reading, by=area.editor, read_on=DAY, value=1, source="", comment=""
        ),
        lambda: measuring.rate_reading(reading=reading, by=area.editor, rating="red", reason="x"),
        lambda: measuring.remove_reading(reading=reading, by=area.editor),
    ):
        with pytest.raises(PermissionDenied, match="This measure belongs to Library"):
            do()


def test_nobody_of_another_partnership_does_anything(measure):
    stranger = make_area("bury", "Bury Together", "Bury").coordinator
    reading = make_reading(measure, stranger)
    for do in (
        lambda: measuring.end_measure(measure=measure, by=stranger, ended_on=DAY),
        lambda: record(measure, stranger),
        lambda: measuring.remove_reading(reading=reading, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            do()


def test_who_cannot_record_cannot_own_but_an_owner_who_is_a_reader_by_now_stays(area, measure):
    words = {"by": area.coordinator, "domains": []}
    with pytest.raises(PermissionDenied, match="cannot own a measure"):
        measuring.change_measure(measure=measure, owner=area.reader, **words)
    Measure.objects.update(owner=area.reader)
    measuring.change_measure(measure=measure, owner=area.reader, name="Other", **words)
    measure.refresh_from_db()
    assert (measure.name, measure.owner) == ("Other", area.reader)


# --- Measures ---------------------------------------------------------------------------------


def test_the_same_page_sent_twice_adds_one_measure_and_one_reading(area):
    domain = make_small_framework().domains.first()
    words = {"partnership": area.partnership, "by": area.coordinator, "name": "Couples"}
    key = uuid.uuid4()
    made = [
        measuring.add_measure(request_key=key, domains=[domain], **words) for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    assert list(made[0].domains.all()) == [domain]
    assert record(made[0], area.lead, request_key=key) == record(
        made[0], area.lead, request_key=key
    )
    with pytest.raises(ValidationError, match="This page was sent before"):
        record(made[0], area.coordinator, request_key=key)
    with pytest.raises(ValidationError, match="This page was sent before"):
        measuring.add_measure(request_key=key, **words | {"by": area.facilitator})


def test_domains_that_stay_leave_no_trace_of_having_gone(area, measure):
    domains = list(make_small_framework().domains.all()[:3])
    through = Measure.domains.through
    for wanted in (domains[:2], domains[1:]):
        measuring.change_measure(measure=measure, by=area.coordinator, domains=wanted)
    assert set(measure.domains.all()) == set(domains[1:])
    labels = list(
        through.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", "domain")
    )
    first, second, third = (each.pk for each in domains)
    assert sorted(labels) == sorted(
        [("added", first), ("added", second), ("removed", first), ("added", third)]
    )


def test_a_measure_ends_and_goes_on(area, measure):
    today = timezone.localdate()
    measuring.end_measure(measure=measure, by=area.coordinator, ended_on=today)
    assert list(Measure.objects.current(today)) == []
    assert list(Measure.objects.ended(today)) == [measure]
    measuring.end_measure(measure=measure, by=area.coordinator, ended_on=None)
    assert list(Measure.objects.current(today)) == [measure]


def test_the_database_keeps_figures_and_their_days_together(area):
    for words in ({"baseline_on": None}, {"target": None}):
        with (
            pytest.raises(IntegrityError, match="_on_a_day"),
            transaction.atomic(),
        ):
            make_measure(area.partnership, **words)
    make_measure(area.partnership, **NO_LINE)


# --- Readings ---------------------------------------------------------------------------------


def test_a_day_has_one_figure_and_is_past_and_before_the_end(area, measure):
    boss, today = area.coordinator, timezone.localdate()
    record(measure, boss)
    with pytest.raises(
        ValidationError, match="There is a reading of 30 June 2025 already: 150 couples"
    ):
        record(measure, boss)
    with pytest.raises(ValidationError, match="That day is still to come"):
        record(measure, boss, read_on=today + timedelta(days=1))
    record(measure, boss, read_on=today)
    measuring.end_measure(measure=measure, by=boss, ended_on=date(2025, 7, 1))
    with pytest.raises(ValidationError, match="This measure ended on 1 July 2025"):
        record(measure, boss, read_on=date(2025, 7, 2))
    record(measure, boss, read_on=date(2025, 7, 1))


def test_a_reading_is_corrected_and_the_history_keeps_what_stood_there(area, measure):
    reading = record(measure, area.lead)
    measuring.correct_reading(
        reading=reading, by=area.coordinator, read_on=DAY, value=Decimal("15.5"), source="Return",
        comment="A slip",
    )  # fmt: skip
    reading.refresh_from_db()
    assert (reading.value, reading.recorded_by) == (Decimal("15.5"), area.lead)
    values = Reading.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", "value")
    assert list(values) == [("added", Decimal(150)), ("changed", Decimal("15.5"))]


def test_a_correction_does_not_put_two_on_one_day(area, measure):
    reading = record(measure, area.lead)
    record(measure, area.lead, read_on=date(2025, 3, 31))
    with pytest.raises(ValidationError, match="There is a reading of 31 March 2025 already"):
        measuring.correct_reading(
            reading=reading, by=area.lead, read_on=date(2025, 3, 31), value=1, source="", comment=""
        )


def test_a_rating_by_hand_wants_a_reason_and_can_be_taken_back(area, measure):
    reading = record(measure, area.lead)
    with pytest.raises(ValidationError, match="Say why it is rated otherwise"):
        measuring.rate_reading(reading=reading, by=area.lead, rating="red", reason="")
    measuring.rate_reading(reading=reading, by=area.lead, rating="red", reason="Half is missing")
    reading.refresh_from_db()
    assert (reading.rating, reading.rating_reason) == ("red", "Half is missing")
    measuring.rate_reading(reading=reading, by=area.lead, rating="", reason="Half is missing")
    reading.refresh_from_db()
    assert (reading.rating, reading.rating_reason) == ("", "")
    with pytest.raises(IntegrityError, match="reading_rated_with_a_reason"), transaction.atomic():
        Reading.objects.update(rating="red")


def test_a_reading_that_is_removed_stays_in_the_history_and_twice_is_once(area, measure):
    reading = record(measure, area.lead)
    for _ in range(2):
        measuring.remove_reading(reading=reading, by=area.lead)
    assert Reading.objects.count() == 0
    assert Reading.pgh_event_model.objects.filter(pgh_label="removed").count() == 1
    with pytest.raises(ValidationError, match="Somebody has removed this reading meanwhile"):
        measuring.rate_reading(reading=reading, by=area.lead, rating="red", reason="x")


# --- What is late, and who leaves -------------------------------------------------------------


def test_late_are_ones_own_measures_that_are_read_still(area, django_assert_num_queries):
    def mine(name, *days, added=date(2024, 12, 31), **words):
        measure = make_measure(area.partnership, **{"name": name, "owner": area.lead} | words)
        measure.created_at = datetime.combine(added, time(12), UTC)
        measure.save()
        for day in days:
            make_reading(measure, area.lead, read_on=day)
        return measure

    today = date(2026, 2, 1)
    never_read = mine("B")
    once_read = mine("A", date(2025, 1, 1))
    mine("Fresh", date(2026, 1, 1), date(2025, 1, 1))
    mine("New", added=date(2026, 1, 1))
    mine("Ended", date(2025, 1, 1), ended_on=today)
    mine("Somebody else’s", date(2025, 1, 1), owner=area.coordinator)
    with django_assert_num_queries(2):
        assert measuring.late_for(area.lead, today) == [once_read, never_read]
    area.lead.memberships.all().delete()
    assert measuring.late_for(area.lead, today) == []


def test_the_measures_of_someone_who_leaves_go_to_a_colleague_but_not_the_ended_ones(area):
    mine = make_measure(area.partnership, owner=area.lead)
    ended = make_measure(area.partnership, owner=area.lead, ended_on=DAY)
    assert ("Sees to measures", ["Couples helped"]) in open_work(area.lead, area.partnership)
    memberships = area.partnership.memberships
    moved = hand_over(
        membership=memberships.get(user=area.lead),
        to=memberships.get(user=area.editor),
        by=area.coordinator,
    )
    assert moved == 1
    mine.refresh_from_db()
    ended.refresh_from_db()
    assert (mine.owner, ended.owner) == (area.editor, area.lead)
