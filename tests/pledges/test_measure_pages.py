"""The pages of measures: the list and its filters, a measure, its forms, its history."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from pledges.models import Measure, Reading
from tests.factories.frameworks import make_small_framework
from tests.factories.measures import NO_LINE, make_measure, make_reading
from tests.factories.people import client_of, make_organisation

pytestmark = pytest.mark.django_db
DAY = {"read_on-day": "30", "read_on-month": "6", "read_on-year": "2025"}
WORDS = {
    "name": "Couples helped", "unit": "number", "unit_words": "couples", "better": "higher",
    "frequency": "quarterly", "request_key": "00000000-0000-4000-8000-000000000001",
}  # fmt: skip
LINE = {
    "baseline": "1,250.5", "baseline_on-day": "1", "baseline_on-month": "1",
    "baseline_on-year": "2025", "target": "2 000", "target_on-day": "1", "target_on-month": "1",
    "target_on-year": "2027",
}  # fmt: skip


def address(name, *args, **query):
    return reverse(name, args=["rochdale", *args], query=query)


def page(user, path, **sent):
    """What the page says, as one line of text."""
    client = client_of(user)
    response = client.post(path, sent) if sent else client.get(path)
    assert response.status_code == 200
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def names(area, **query):
    response = client_of(area.reader).get(address("measures", **query))
    rows = html.fromstring(response.content.decode()).xpath("//tbody/tr")
    return [row.xpath("string(th)").strip() for row in rows]


# --- The list ---------------------------------------------------------------------------------


@pytest.fixture
def several(area):
    today = timezone.localdate()
    library = make_organisation(area.partnership, "Library")

    def make(name, value=None, days=0, **words):
        line = {"baseline_on": today - timedelta(days=800), "target_on": today}
        measure = make_measure(area.partnership, name=name, **line | words)
        measure.created_at -= timedelta(days=800)
        measure.save()
        if value is not None:
            make_reading(measure, area.lead, value, today - timedelta(days=days))

    make("Green", 200, organisation=library)
    make("Amber", 195)
    make("Red", 100, organisation=library)
    make("Late", 200, days=200)
    make("Unread", ended_on=today + timedelta(days=1))
    make("Unrated", 200, **NO_LINE)
    make("Ended", 200, days=1, ended_on=today)
    return area


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Amber", "Green", "Late", "Red", "Unrated", "Unread"]),
        ({"show": "late"}, ["Late", "Unread"]),
        ({"show": "ended"}, ["Ended"]),
        ({"rating": "green"}, ["Green", "Late"]),
        ({"rating": "amber"}, ["Amber"]),
        ({"rating": "red"}, ["Red"]),
        ({"rating": "none"}, ["Unrated", "Unread"]),
        ({"rating": "strange", "organisation": "nought"},
         ["Amber", "Green", "Late", "Red", "Unrated", "Unread"]),
        ({"sort": "rating"}, ["Red", "Amber", "Green", "Late", "Unrated", "Unread"]),
        ({"sort": "-name"}, ["Unread", "Unrated", "Red", "Late", "Green", "Amber"]),
    ],
)  # fmt: skip
def test_what_each_filter_and_each_sort_shows(several, query, found):
    assert names(several, **query) == found


def test_every_column_sorts_also_where_nothing_stands(several):
    for column in ("name", "belongs_to", "latest", "target", "rating", "due_on"):
        for way in ("", "-"):
            assert len(names(several, sort=f"{way}{column}")) == 6


def test_one_organisations_measures(several):
    library = several.partnership.organisations.get()
    assert names(several, organisation=library.pk) == ["Green", "Red"]


def test_the_list_says_in_words_what_stands_where(several):
    said = page(several.reader, address("measures"))
    for words in ("Amber: at risk", "195 couples", "Not rated", "Late", "How the colour is worked"):
        assert words in said


def test_three_hundred_take_as_many_queries_as_three(area):
    today, counts = timezone.localdate(), set()
    for how_many in (3, 297):
        made = Measure.objects.bulk_create(
            Measure(partnership=area.partnership, name=f"Measure {each}", owner=area.lead)
            for each in range(how_many)
        )
        Reading.objects.bulk_create(
            Reading(measure=made[0], read_on=today - timedelta(days=each), value=each,
                    recorded_by=area.lead)
            for each in range(how_many)
        )  # fmt: skip
        client = client_of(area.coordinator)
        paths = [
            address("measures"),
            *(address(name, made[0].pk) for name in ("measure", "measure_history")),
        ]
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as context:
                assert client.get(path).status_code == 200
            found.append(len(context))
        counts.add(tuple(found))
    assert len(counts) == 1


# --- One measure ------------------------------------------------------------------------------


def test_a_measure_without_a_reading_says_so_and_draws_nothing(area, measure):
    response = client_of(area.reader).get(measure.get_absolute_url())
    said = response.content.decode()
    assert "Nothing has been read yet." in said
    assert "rpc-trend" not in said.replace("css", "")


def test_a_measure_says_where_it_stands_why_and_who_recorded_it(area, measure):
    domain = make_small_framework().domains.get(number=1)
    measure.domains.set([domain])
    make_reading(measure, area.lead, 140, source="Annual return", comment="Two sites are missing")
    said = page(area.reader, measure.get_absolute_url())
    for words in (
        "140 couples on 31 December 2025 Amber: at risk", "Expected by that day: 150 couples.",
        "200 couples by 31 December 2026. Higher is better.", "100 couples on 31 December 2024",
        "Annual return", "Two sites are missing", str(area.lead), str(domain), "Every quarter",
    ):  # fmt: skip
        assert words in said
    assert "Record a reading" not in said


def test_the_day_of_recording_is_that_of_our_clocks(area, measure):
    in_summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July
    make_reading(measure, area.lead, recorded_at=in_summer)
    assert f"{area.lead}, 1 Jul 2026" in page(area.reader, address("measure", measure.pk))


def test_a_rating_by_hand_shows_its_reason_instead(area, measure):
    reading = make_reading(measure, area.lead, 140)
    path = address("rate_reading", measure.pk, reading.pk)
    assert "By the rule (Amber: at risk)" in page(area.lead, path)
    assert client_of(area.lead).post(path, {"rating": "green", "reason": "Late returns"}).url
    said = page(area.reader, measure.get_absolute_url())
    assert "Green: on track Rated by hand: Late returns" in said
    assert "By hand: Late returns" in said
    assert "By hand" in page(area.reader, address("measures"))


def test_a_rating_by_hand_without_a_reason_is_asked_for_one(area, measure):
    reading = make_reading(measure, area.lead, 140)
    said = page(area.lead, address("rate_reading", measure.pk, reading.pk), rating="green")
    assert "Say why it is rated otherwise than by the rule." in said


# --- Forms about measures ---------------------------------------------------------------------


def test_a_measure_is_added_with_figures_as_people_type_them(area):
    response = client_of(area.coordinator).post(address("add_measure"), WORDS | LINE)
    made = Measure.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.baseline, made.target) == (Decimal("1250.50"), Decimal(2000))
    assert (made.created_by, made.target_on) == (area.coordinator, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"baseline": "many"}, "“Baseline” must be a number, like 1,250.5"),
        ({"target": "£2"}, "“Target” is not measured in pounds: take the £ away, or change"),
        ({"target": "1.234"}, "“Target” must have at most two figures after the point"),
        ({"baseline_on-day": "", "baseline_on-month": "", "baseline_on-year": ""},
         "Enter the day of the baseline: a figure is of a day"),
        ({"target": ""}, "Enter the target of that day, or empty the day"),
        ({"target_on-year": "2025"}, "“Day of the target” must be after the baseline’s"),
        ({"target": "1"}, "The target is below the baseline, and higher is better: check which"),
        ({"better": "lower"}, "The target is above the baseline, and lower is better: check"),
        ({"name": ""}, "Enter what is measured"),
        ({"target": "=1+1"}, "“Target” must be a number, like 1,250.5"),
        ({"target": "1" * 500}, "“Target” has 500 characters; the most it can hold is 120."),
        ({"name": "a\0b"}, "held an invisible character that cannot be stored"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_measure_is_told_by_a_sentence(area, wrong, sentence):
    assert sentence in page(area.coordinator, address("add_measure"), **WORDS | LINE | wrong)
    assert not Measure.objects.exists()


def test_a_change_by_somebody_else_meanwhile_is_not_overwritten_unseen(area, measure):
    path = address("change_measure", measure.pk)
    client = client_of(area.coordinator)
    form = html.fromstring(client.get(path).content.decode()).forms[-1]
    sent = dict(form.form_values()) | {"name": "Mine"}
    assert (sent["baseline"], sent["target"]) == ("100", "200")
    Measure.objects.update(name="Theirs")
    said = page(area.coordinator, path, **sent)
    assert "Someone else has changed this measure meanwhile. It is now called “Theirs”" in said
    measure.refresh_from_db()
    assert measure.name == "Theirs"


def test_a_change_that_nobody_crosses_is_saved(area, measure):
    path = address("change_measure", measure.pk)
    client = client_of(area.coordinator)
    form = html.fromstring(client.get(path).content.decode()).forms[-1]
    assert client.post(path, dict(form.form_values()) | {"target": "250"}).status_code == 302
    measure.refresh_from_db()
    assert measure.target == 250


def test_a_measure_is_ended_and_taken_up_again(area, measure):
    path, client = address("end_measure", measure.pk), client_of(area.facilitator)
    day = {"ended_on-day": "1", "ended_on-month": "7", "ended_on-year": "2025"}
    assert client.post(path, day).status_code == 302
    assert "no longer read from 1 July 2025" in page(area.reader, measure.get_absolute_url())
    client.post(path, {})
    measure.refresh_from_db()
    assert measure.ended_on is None


# --- Forms about readings ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "typed", "value"),
    [("number", "1,250.5", "1250.5"), ("pounds", "£1,200", "1200"), ("percent", "45%", "45")],
)
def test_a_reading_is_recorded_as_it_is_typed(area, unit, typed, value):
    measure = make_measure(area.partnership, unit=unit, source="The return")
    path = address("record_reading", measure.pk)
    assert "The return" in client_of(area.lead).get(path).content.decode()
    sent = DAY | {"value": typed, "source": "R", "request_key": WORDS["request_key"]}
    client = client_of(area.lead)
    for _ in range(2):
        assert client.post(path, sent).url == measure.get_absolute_url()
    assert Reading.objects.get().value == Decimal(value)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": ""}, "Enter the figure"),
        ({"value": "a few"}, "“Figure” must be a number, like 1,250.5"),
        ({"read_on-day": ""}, "“Which day is the figure of?” must include a day"),
        ({"read_on-year": "2099"}, "That day is still to come: a reading is of a day past."),
        ({"read_on-day": "31", "read_on-month": "12"}, "There is a reading of 31 December 2025"),
    ],
)
def test_what_is_wrong_in_a_reading_is_told_by_a_sentence(area, measure, wrong, sentence):
    make_reading(measure, area.lead)
    sent = DAY | {"read_on-year": "2025", "value": "12", "request_key": WORDS["request_key"]}
    assert sentence in page(area.lead, address("record_reading", measure.pk), **sent | wrong)
    assert Reading.objects.count() == 1


def test_a_reading_corrected_by_somebody_else_meanwhile_is_shown(area, measure):
    reading = make_reading(measure, area.lead)
    path, client = address("correct_reading", measure.pk, reading.pk), client_of(area.lead)
    form = html.fromstring(client.get(path).content.decode()).forms[-1]
    sent = dict(form.form_values()) | {"value": "160"}
    Reading.objects.update(value=170)
    said = page(area.lead, path, **sent)
    assert "It now says: 170 couples on 31 December 2025." in said
    form = html.fromstring(client.post(path, sent).content.decode()).forms[-1]
    assert client.post(path, dict(form.form_values())).status_code == 302
    reading.refresh_from_db()
    assert reading.value == 160


def test_a_reading_is_removed_after_a_question_and_the_history_tells_of_it(area, measure):
    reading = make_reading(measure, area.lead)
    path = address("remove_reading", measure.pk, reading.pk)
    assert "It said 150 couples." in page(area.lead, path)
    for _ in range(2):
        assert client_of(area.lead).post(path).url == measure.get_absolute_url()
    said = page(area.reader, address("measure_history", measure.pk))
    assert "Removed. The reading of 31 December 2025" in said
    assert "150" in said


def test_a_reading_of_another_measure_is_not_found_under_this_one(area, measure):
    reading = make_reading(make_measure(area.partnership), area.lead)
    for name in ("correct_reading", "rate_reading", "remove_reading"):
        path = address(name, measure.pk, reading.pk)
        assert client_of(area.lead).get(path).status_code == 404


def test_who_may_not_record_reads_why(area):
    library = make_organisation(area.partnership, "Library")
    measure = make_measure(area.partnership, organisation=library)
    assert "This measure belongs to Library" in page(area.editor, measure.get_absolute_url())
    response = client_of(area.editor).get(address("record_reading", measure.pk))
    assert response.status_code == 403
    assert "This measure belongs to Library" in response.content.decode()
