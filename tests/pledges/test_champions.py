"""Champions and family ambassadors: who may record whom, what is shown, what is forgotten."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import Download
from pledges import outreach
from pledges.models import Champion
from pledges.outreach_holdings import entries
from pledges.outreach_retention import forget_former_champions
from tests.factories.actions import make_plain_pledge
from tests.factories.bad_input import shown
from tests.factories.outreach import make_champion
from tests.factories.people import client_of, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(area):
    return make_organisation(area.partnership, "Theirs")


def path(area, name, *more, **query):
    return reverse(name, args=[area.partnership.slug, *more], query=query)


def sent(organisation, **more):
    return {
        "kind": "champion",
        "name": "Dagny Oyelaran",
        "organisation": organisation.pk if organisation else "",
        "since-day": "1",
        "since-month": "3",
        "since-year": "2026",
        "request_key": str(uuid.uuid4()),
    } | more


def test_a_lead_records_those_of_their_own_organisation_alone(area, ours, theirs):
    client = client_of(area.lead)
    assert client.post(path(area, "add_champion"), sent(ours)).status_code == 302
    assert "has no such choice" in shown(client.post(path(area, "add_champion"), sent(theirs)))
    nobody = client.post(path(area, "add_champion"), sent(None))
    assert "Choose the organisation they belong to" in shown(nobody)
    assert [each.organisation for each in Champion.objects.all()] == [ours]
    words = {"partnership": area.partnership, "since": date(2026, 3, 1), "name": "x"}
    for organisation in (theirs, None):
        with pytest.raises(PermissionDenied, match="of your own organisation"):
            outreach.add_champion(by=area.lead, organisation=organisation, **words)


def test_a_lead_does_not_change_or_take_over_those_of_others(area, ours, theirs):
    champion = make_champion(area.partnership, theirs)
    client = client_of(area.lead)
    for name in ("change_champion", "remove_champion"):
        response = client.post(path(area, name, champion.pk), sent(ours))
        assert response.status_code == 403
        assert "belongs to Theirs" in shown(response)
    mine = make_champion(area.partnership, ours)
    with pytest.raises(PermissionDenied, match="belongs to Theirs"):
        outreach.change_champion(
            champion=mine, by=area.lead, organisation=theirs, since=date(2026, 3, 1)
        )


def test_a_coordinator_records_somebody_of_no_organisation(area):
    body = sent(None, kind="ambassador", email="marigold@families.example")
    assert client_of(area.coordinator).post(path(area, "add_champion"), body).status_code == 302
    assert Champion.objects.get().organisation is None


def test_of_an_ambassador_no_job_title_is_kept(area, ours):
    body = sent(ours, kind="ambassador", role="Mother of two")
    response = client_of(area.lead).post(path(area, "add_champion"), body)
    assert "Of a family ambassador no job title is kept" in shown(response)
    assert not Champion.objects.exists()


def test_nobody_ends_before_they_begin(area, ours):
    body = sent(ours) | {"until-day": "28", "until-month": "2", "until-year": "2026"}
    response = client_of(area.lead).post(path(area, "add_champion"), body)
    assert "“Until” must be the same day as “Since” or later" in shown(response)
    with pytest.raises(ValidationError, match="same day"):
        outreach.add_champion(
            partnership=area.partnership, by=area.lead, organisation=ours, name="x",
            since=date(2026, 3, 1), until=date(2026, 2, 28),
        )  # fmt: skip


def test_the_same_click_twice_is_one_and_somebody_elses_key_is_refused(area, ours):
    body = sent(ours)
    for _ in range(2):
        assert client_of(area.lead).post(path(area, "add_champion"), body).status_code == 302
    assert Champion.objects.count() == 1
    response = client_of(area.coordinator).post(path(area, "add_champion"), body)
    assert "This page was sent before" in shown(response)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 2, 28), []),
        (date(2026, 3, 1), ["A", "B"]),
        (date(2026, 3, 31), ["A", "B"]),
        (date(2026, 4, 1), ["A"]),
    ],
)
def test_the_first_and_the_last_day_count(area, ours, day, names):
    make_champion(area.partnership, ours, "A")
    make_champion(area.partnership, ours, "B", until=date(2026, 3, 31))
    assert [each.name for each in outreach.champions_of(area.partnership, day)] == names


def test_whom_a_pledge_names_is_offered_to_be_recorded(area, ours, theirs):
    make_plain_pledge(ours, champion="Casimir Bell")
    make_champion(area.partnership, theirs)
    client = client_of(area.lead)
    page = shown(client.get(path(area, "champions")))
    address = path(area, "add_champion", organisation=ours.pk)
    assert "Casimir Bell" in page
    assert "Record as a champion" in page
    assert f'href="{address}"' in page
    form = shown(client.get(address))
    assert 'value="Casimir Bell"' in form
    assert f'<option value="{ours.pk}" selected' in form
    assert "Record" not in shown(client_of(area.reader).get(path(area, "champions")))


def test_lists_take_as_many_queries_for_3_as_for_60(area):
    client = client_of(area.coordinator)
    numbers = []
    for first, last in ((0, 3), (3, 60)):
        for number in range(first, last):
            organisation = make_organisation(area.partnership, f"Organisation {number}")
            make_champion(area.partnership, organisation)
            make_champion(area.partnership, organisation, until=date(2026, 3, 2))
            make_organisation(area.partnership, f"Nobody {number}")
        client.get(path(area, "champions"))
        with CaptureQueriesContext(connection) as queries:
            client.get(path(area, "champions"))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


# --- Forgetting -------------------------------------------------------------------------------


def at_three(year, month, day):
    return datetime(year, month, day, 3, tzinfo=UTC)


def test_two_years_after_the_last_day_nobody_is_named_any_more(area, ours):
    until = date(2024, 2, 29)
    champion = make_champion(
        area.partnership, ours, role="Teacher", email="a@b.example", since=until, until=until
    )
    going_on = make_champion(area.partnership, ours, "Goes On", since=until)
    forget_former_champions(at_three(2026, 2, 28))
    champion.refresh_from_db()
    assert champion.name == "Dagny Oyelaran"
    for _ in range(2):
        forget_former_champions(at_three(2026, 3, 1))
    champion.refresh_from_db()
    going_on.refresh_from_db()
    assert (champion.name, champion.email, champion.role) == ("", "", "")
    assert going_on.name == "Goes On"
    assert "Name forgotten" in shown(client_of(area.reader).get(path(area, "champions")))
    labels = Champion.pgh_event_model.objects.filter(pgh_obj=champion.pk)
    assert "removed" not in set(labels.values_list("pgh_label", flat=True))


def test_the_day_itself_is_the_first_on_which_nobody_is_named(area, ours):
    champion = make_champion(area.partnership, ours, since=date(2024, 3, 1), until=date(2024, 3, 5))
    for day, name in ((4, "Dagny Oyelaran"), (5, "")):
        forget_former_champions(at_three(2026, 3, day))
        champion.refresh_from_db()
        assert champion.name == name


def test_no_name_and_no_address_is_in_the_history(area, ours):
    kept = {field.name for field in Champion.pgh_event_model._meta.fields}
    assert not kept & {"name", "email"}


def test_a_person_sees_the_entry_under_their_address_and_nobody_elses(area, ours):
    make_champion(area.partnership, ours, "Somebody", email=area.reader.email.upper())
    make_champion(area.partnership, ours, "Else", email="else@b.example")
    assert [each["Name"] for each in entries(area.reader)] == ["Somebody"]


def test_who_takes_the_file_is_noted(area, ours):
    make_champion(area.partnership, ours, "=Formula", email="a@b.example")
    response = client_of(area.reader).get(path(area, "champions_csv"))
    assert "'=Formula" in b"".join(response.streaming_content).decode("utf-8-sig")
    assert Download.objects.get().what == "Champions and family ambassadors"
