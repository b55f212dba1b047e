"""Coming in to an event without an account: the page of the QR code, and the phone's cookie."""

import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.test import RequestFactory
from django.utils import timezone

from partnerships import daily, joining, limits
from partnerships.models import Occasion, Participant
from tests.factories.joining import (
    HOUR,
    end,
    join_by_qr,
    make_launch_to_join,
    make_occasion,
    make_participant,
    make_phone_note,
    phone,
    phone_at,
)
from tests.factories.people import make_area, make_organisation
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def occasion(area):
    return make_occasion(area.partnership, area.coordinator)


@pytest.fixture
def with_sectors(monkeypatch):
    """An event of the kind that asks for the sector, as workshops do."""
    kind = joining.Kind("launch_phone", "the workshop", asks_sector=True)
    monkeypatch.setitem(joining.KINDS, "launch", kind)


def text(response):
    return response.content.decode()


def asked(client):
    """A request as that phone makes it."""
    request = RequestFactory().get("/")
    request.COOKIES = {name: each.value for name, each in client.cookies.items()}
    return request


# --- Coming in ----------------------------------------------------------------------------------


def test_whoever_scans_says_where_they_come_from_and_is_in(area, occasion):
    housing = make_organisation(area.partnership)
    client = phone()
    page = text(client.get(joining.join_path(occasion)))
    assert "Join the pledge launch" in page
    assert area.partnership.name in page
    response = join_by_qr(client, occasion, {"organisation": housing.pk, "organisation_words": ""})

    assert (response.status_code, response.url) == (302, f"/launch/{occasion.pk}/")
    participant = Participant.objects.get()
    assert (participant.occasion, participant.organisation) == (occasion, housing)
    assert joining.participant_of(asked(client), occasion) == participant


def test_an_organisation_that_is_not_in_the_list_is_said_in_words(occasion):
    phone_at(occasion, {"organisation_words": "  Harbour\nCafé "})

    assert Participant.objects.get().organisation_words == "Harbour Café"


def test_a_name_that_is_in_the_list_is_the_one_in_the_list(area, occasion):
    housing = make_organisation(area.partnership)
    phone_at(occasion, {"organisation_words": "HOUSING association"})

    participant = Participant.objects.get()
    assert (participant.organisation, participant.organisation_words) == (housing, "")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"organisation_words": ""}, "Choose your organisation, or type its name"),
        ({"organisation_words": "Café", "organisation": "own"}, "leave one of the two empty"),
        ({"organisation": "foreign"}, "has no such choice"),
        ({"organisation_words": "x" * 151}, "the most it can hold is 150"),
        ({"organisation_words": "a\0b"}, "invisible character"),
        ({"request_key": "1"}, "cannot be read"),
    ],
)
def test_what_cannot_be_taken_is_said(area, occasion, body, sentence):
    other = make_area("bury", "Bury Together", "Bury")
    numbers = {
        "own": make_organisation(area.partnership).pk,
        "foreign": make_organisation(other.partnership).pk,
    }
    body = {name: numbers.get(value, value) for name, value in body.items()}
    response = join_by_qr(phone(), occasion, body)

    assert response.status_code == 200
    assert sentence in text(response)
    assert not Participant.objects.exists()


def test_where_the_list_is_empty_the_name_is_asked_for(occasion):
    page = text(phone().get(joining.join_path(occasion)))

    assert "Your organisation" in page
    assert "not in the list" not in page
    assert "or type its name" in text(join_by_qr(phone(), occasion, {"organisation_words": ""}))


@pytest.mark.usefixtures("with_sectors")
@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ({"organisation": "own", "organisation_words": ""}, "housing"),
        ({"organisation_words": "Café", "sector": "voluntary"}, "voluntary"),
        ({"organisation_words": "", "sector": "police"}, "police"),
    ],
)
def test_where_the_sector_is_asked_for_it_is_known_of_everybody(area, occasion, body, kept):
    own = make_organisation(area.partnership)
    phone_at(occasion, {k: own.pk if v == "own" else v for k, v in body.items()})

    assert Participant.objects.get().sector == kept


@pytest.mark.usefixtures("with_sectors")
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"organisation_words": ""}, "type its name, or choose a sector"),
        ({"organisation_words": "Café"}, "Choose the sector of your organisation"),
        ({"organisation_words": "Café", "sector": "pirates"}, "has no such choice"),
    ],
)
def test_a_sector_that_is_missing_is_asked_for(occasion, body, sentence):
    assert sentence in text(join_by_qr(phone(), occasion, body))


def test_a_phone_without_cookies_reads_why(occasion):
    client = phone(enforce_csrf_checks=True)
    response = join_by_qr(client, occasion)

    assert response.status_code == 403
    assert "Allow cookies for this site" in text(response)


# --- Nothing of the event is told to others -----------------------------------------------------


def test_an_ended_event_answers_byte_for_byte_as_one_that_never_was(area, occasion):
    closed = make_occasion(area.partnership, area.coordinator)
    joining.close_occasion(occasion=closed, by=area.coordinator)
    later = make_occasion(
        area.partnership,
        area.coordinator,
        opened_at=timezone.now() + HOUR,
        closes_at=timezone.now() + 2 * HOUR,
    )
    keys = [end(occasion).key, closed.key, later.key, uuid.uuid4()]
    for method in ("get", "post"):
        answers = [getattr(phone(), method)(f"/join/{key}/") for key in keys]
        assert {each.status_code for each in answers} == {404}
        assert len({each.content for each in answers}) == 1
        assert not any(each.cookies for each in answers)


def test_an_event_that_ends_while_the_page_is_open_lets_nobody_in(occasion, monkeypatch):
    monkeypatch.setattr(joining, "join", lambda **_: None)  # it ended between two lines
    response = join_by_qr(phone(), occasion)

    assert (response.status_code, response.cookies.get(joining.cookie_name(occasion.pk))) == (
        404,
        None,
    )
    monkeypatch.undo()
    assert joining.join(occasion=end(occasion), request_key=uuid.uuid4()) is None
    assert not Participant.objects.exists()


# --- The phone is remembered ----------------------------------------------------------------------


def test_the_cookie_is_signed_of_this_event_alone_and_kept_until_a_day_after(occasion):
    client = phone()
    cookie = join_by_qr(client, occasion).cookies[f"joined-{occasion.pk}"]

    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert timedelta(hours=24) < timedelta(seconds=cookie["max-age"]) <= timedelta(hours=25)
    assert str(Participant.objects.get().key) in cookie.value


def test_over_https_the_cookie_is_for_https_alone(occasion):
    cookie = join_by_qr(phone(), occasion, secure=True).cookies[f"joined-{occasion.pk}"]

    assert cookie["secure"] is True


def test_in_production_no_other_host_can_set_the_cookie(occasion, settings):
    settings.PRODUCTION = True
    name = f"__Host-joined-{occasion.pk}"
    cookie = join_by_qr(phone(), occasion, secure=True).cookies[name]

    assert (cookie["path"], cookie["domain"], cookie["secure"]) == ("/", "", True)


def test_a_phone_that_comes_back_is_where_it_was(occasion):
    client = phone_at(occasion)
    for response in (
        client.get(joining.join_path(occasion)),
        join_by_qr(client, occasion, {"organisation_words": "Another"}),
        join_by_qr(client, end(occasion)),
    ):
        assert (response.status_code, response.url) == (302, f"/launch/{occasion.pk}/")
    assert Participant.objects.get().organisation_words == "Harbour Café"


def test_the_same_click_twice_is_one_participant(occasion):
    key = uuid.uuid4()
    first, second = phone(), phone()  # the second answer is the one that the phone keeps
    join_by_qr(first, occasion, {"request_key": key})
    join_by_qr(second, occasion, {"request_key": key})

    participant = Participant.objects.get()
    assert joining.participant_of(asked(second), occasion) == participant


@pytest.mark.django_db(transaction=True)
def test_the_same_click_at_the_same_moment_is_one_participant():
    area = make_area()
    occasion = make_occasion(area.partnership, area.coordinator)
    body = {"request_key": uuid.uuid4()}
    answers = at_once(*[lambda: join_by_qr(phone(), occasion, body)] * 8)

    assert {each.status_code for each in answers} == {302}
    assert Participant.objects.count() == 1


def test_one_page_key_at_two_events_is_two_participants(area, occasion):
    other = make_occasion(area.partnership, area.coordinator)
    key = uuid.uuid4()
    made = [joining.join(occasion=each, request_key=key) for each in (occasion, other)]

    assert [each.occasion for each in made] == [occasion, other]


def test_nobody_chooses_to_be_somebody_else(occasion):
    there = make_participant(occasion)
    joining.join(occasion=occasion, request_key=there.key)

    assert Participant.objects.count() == 2


def test_a_cookie_that_was_made_up_is_nothing(area, occasion):
    there = make_participant(occasion)
    name = joining.cookie_name(occasion.pk)
    forged = [
        "",
        "x",
        str(there.key),
        f"{there.key}:x:y",
        signing.TimestampSigner(key="another secret", salt=name).sign(str(there.key)),
        signing.get_cookie_signer(salt="something else").sign(str(there.key)),
        "\0",
        "é" * 5000,
    ]
    for value in forged:
        client = phone()
        client.cookies[name] = value
        assert joining.participant_of(asked(client), occasion) is None, value
        assert client.get(f"/launch/{occasion.pk}/").url == "/join/"


def test_the_cookie_of_another_event_is_nothing(area, occasion):
    other = make_occasion(area.partnership, area.coordinator)
    client = phone_at(other)
    client.cookies[joining.cookie_name(occasion.pk)] = client.cookies[
        joining.cookie_name(other.pk)
    ].value

    assert joining.participant_of(asked(client), occasion) is None
    assert joining.participant_of(asked(client), other) is not None


def test_a_phone_is_in_several_events(area, occasion):
    other = make_occasion(area.partnership, area.coordinator)
    client = phone_at(occasion)
    join_by_qr(client, other)

    assert joining.participant_of(asked(client), occasion).occasion == occasion
    assert joining.participant_of(asked(client), other).occasion == other


def test_who_it_is_costs_one_query_and_nothing_without_a_cookie(
    occasion, django_assert_num_queries
):
    client = phone_at(occasion)
    with django_assert_num_queries(1):
        participant = joining.participant_of(asked(client), occasion.pk)
        assert participant.occasion.partnership.name
    with django_assert_num_queries(0):
        assert joining.participant_of(asked(phone()), occasion.pk) is None


def test_joining_needs_no_session_and_no_account(occasion):
    client = phone_at(occasion)

    assert "session" not in client.cookies


def test_the_page_asks_as_little_of_the_database_for_a_long_list(
    area, occasion, django_assert_max_num_queries
):
    for number in range(100):
        make_organisation(area.partnership, f"Organisation {number}")
    with django_assert_max_num_queries(3):
        phone().get(joining.join_path(occasion))


# --- Forgetting -----------------------------------------------------------------------------------


def test_a_month_after_its_event_a_phone_that_left_nothing_is_forgotten(area, occasion):
    launch = make_launch_to_join(area.partnership, area.coordinator, occasion=occasion)
    writer = make_participant(occasion)
    make_phone_note(writer, launch)
    make_participant(occasion)
    elsewhere = make_participant(make_occasion(area.partnership, area.coordinator))
    forget = daily.JOBS["participants"]

    forget(occasion.closes_at + joining.UNUSED - HOUR)
    assert Participant.objects.count() == 3
    Occasion.objects.filter(pk=elsewhere.occasion.pk).update(
        closes_at=occasion.closes_at + timedelta(days=1)
    )
    for _ in range(2):
        forget(occasion.closes_at + joining.UNUSED + HOUR)
        assert set(Participant.objects.all()) == {writer, elsewhere}


def test_nobody_fills_an_event_with_phones(occasion, monkeypatch):
    few = limits.Limit("event joined, address", 2, 300)
    monkeypatch.setattr(limits, "EVENTS_JOINED_FROM_ADDRESS", few)
    phone_at(occasion)
    phone_at(occasion)
    refused = join_by_qr(phone(), occasion)
    assert refused.status_code == 429
    assert "That was tried too often" in text(refused)
    assert Participant.objects.count() == 2
