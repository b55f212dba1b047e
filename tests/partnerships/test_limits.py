"""Guesses are counted before they are looked at: exactly, per account and per address."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from partnerships import limits
from partnerships.models import OutgoingMail, TryCount
from tests.factories.people import PASSWORD, make_user
from tests.factories.ways_in import add_app, add_recovery_codes, app_code, long_ago, newest_code
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

REFUSED = "There were too many tries."
TOO_OFTEN = "That was tried too often. Wait 5 minutes, then try again."
STEP, ADD_APP = "/sign-in/second-step/", "/your-account/second-step/app/"


@pytest.fixture
def person():
    return make_user("ada@council.example", "Ada Marsh")


@pytest.fixture(autouse=True)
def in_one_stretch(monkeypatch):
    """No stretch of time ends while a test counts."""
    stand_still(monkeypatch, timezone.now().replace(minute=0, second=1))


def stand_still(monkeypatch, moment):
    """What is counted is counted at this moment; other clocks go on."""
    monkeypatch.setattr(limits, "timezone", SimpleNamespace(now=lambda: moment))


def sign_in(client, email, password="not the password", **options):
    return client.post("/sign-in/", {"login": email, "password": password}, **options)


def text(response):
    return response.content.decode()


# --- Counting ------------------------------------------------------------------------------

THREE = limits.Limit("test", 3, 60)


def test_as_many_as_allowed_and_no_more():
    assert [limits.take(THREE, "a") for _ in range(5)] == [True, True, True, False, False]
    assert limits.take(THREE, "b")


def test_upper_and_lower_case_are_one_subject():
    assert [limits.take(THREE, each) for each in ("a@b.c", "A@b.c", "a@B.c", "A@B.C")][-1] is False


def test_another_stretch_of_time_begins_anew(monkeypatch):
    for _ in range(4):
        limits.take(THREE, "a")
    stand_still(monkeypatch, limits.timezone.now() + timedelta(seconds=60))

    assert limits.take(THREE, "a")


@pytest.mark.django_db(transaction=True)
def test_fifty_tries_at_the_same_moment_are_fifty():
    limit = limits.Limit("test", 20, 60)
    answers = at_once(*[lambda: limits.take(limit, "a")] * 50)

    assert sorted(answers) == [False] * 30 + [True] * 20
    assert TryCount.objects.get().count == 50


@pytest.mark.django_db(transaction=True)
def test_fifty_passwords_at_the_same_moment_are_counted_and_ten_are_looked_at(person):
    answers = at_once(*[lambda: sign_in(Client(), person.email)] * 50)

    assert sum(REFUSED in text(answer) for answer in answers) == 40
    count = TryCount.objects.get(kind=limits.PASSWORD_OF_ACCOUNT.kind)
    assert count.count == 50
    assert REFUSED in text(sign_in(Client(), person.email, PASSWORD))


@pytest.mark.django_db(transaction=True)
def test_something_is_used_for_the_first_time_once():
    at = datetime(2026, 1, 1, tzinfo=UTC)
    answers = at_once(*[lambda: limits.first_time("used", "a", at=at)] * 10)

    assert sorted(answers) == [False] * 9 + [True]
    assert limits.first_time("used", "b", at=at)


def test_nobody_can_read_who_tried(person):
    sign_in(Client(), person.email)

    for row in TryCount.objects.all():
        assert "ada" not in str(vars(row))
        assert "127.0.0.1" not in str(vars(row))


def test_counts_of_yesterday_are_forgotten():
    limits.take(THREE, "a")
    limits.forget_old_counts(timezone.now() + timedelta(days=2))

    assert not TryCount.objects.exists()


# --- Each guess ----------------------------------------------------------------------------


def test_ten_passwords_for_one_account_from_anywhere(person):
    for number in range(10):
        page = sign_in(Client(), person.email.upper(), REMOTE_ADDR=f"10.0.0.{number}")
        assert REFUSED not in text(page)

    refused = sign_in(Client(), person.email, PASSWORD, REMOTE_ADDR="10.0.0.99")
    assert refused.status_code == 200
    assert "Wait 5 minutes, or sign in with a code" in text(refused)
    assert REFUSED not in text(sign_in(Client(), "somebody@else.example"))


def test_right_passwords_count_too(person):
    for _ in range(10):
        assert sign_in(Client(), person.email, PASSWORD).status_code == 302

    assert sign_in(Client(), person.email, PASSWORD).status_code == 200


def test_a_hundred_passwords_from_one_address_for_anybody(person):
    for number in range(100):
        assert REFUSED not in text(sign_in(Client(), f"person-{number}@else.example"))

    assert REFUSED in text(sign_in(Client(), person.email, PASSWORD))
    elsewhere = sign_in(Client(), person.email, PASSWORD, REMOTE_ADDR="10.0.0.1")
    assert elsewhere.status_code == 302


def test_an_account_that_does_not_exist_is_counted_alike(person):
    for email in (person.email, "nobody@council.example"):
        answers = [REFUSED in text(sign_in(Client(), email)) for _ in range(12)]
        assert answers == [False] * 10 + [True] * 2


def test_while_a_password_is_guessed_at_a_code_lets_in(client, person):
    for _ in range(11):
        sign_in(Client(), person.email)
    client.post("/sign-in/code/", {"email": person.email})

    code = newest_code(person.email)
    assert client.post("/sign-in/code/enter/", {"code": code}).status_code == 302


@pytest.mark.parametrize("email", ["ada@council.example", "nobody@council.example"])
def test_five_codes_to_one_address(person, email):
    for _ in range(5):
        assert Client().post("/sign-in/code/", {"email": email}).status_code == 302
    page = Client().post("/sign-in/code/", {"email": email})

    assert "That was tried too often. Wait 15 minutes, then try again." in text(page)
    assert OutgoingMail.objects.count() == 5


def test_sixty_codes_wanted_from_one_address():
    for number in range(60):
        asked = Client().post("/sign-in/code/", {"email": f"person-{number}@else.example"})
        assert asked.status_code == 302

    page = Client().post("/sign-in/code/", {"email": "one-more@else.example"})
    assert "tried too often" in text(page)


@pytest.mark.parametrize("email", ["ada@council.example", "nobody@council.example"])
def test_ten_guesses_at_the_codes_of_one_account_from_any_browser_of_one_address(person, email):
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.post("/sign-in/code/", {"email": email})
    pages = [
        text(client.post("/sign-in/code/enter/", {"code": "BBBB-BBBB"}))
        for client in clients
        for _ in range(3)
    ]

    assert [TOO_OFTEN in page for page in pages] == [False] * 10 + [True] * 2


def test_a_right_code_is_not_looked_at_after_too_many(client, person):
    client.post("/sign-in/code/", {"email": person.email})
    for _ in range(10):
        here = f"{person.email} from 127.0.0.1"
        limits.take(limits.CODE_GUESSES_OF_ACCOUNT_FROM_ADDRESS, here)
    page = client.post("/sign-in/code/enter/", {"code": newest_code(person.email)})

    assert TOO_OFTEN in text(page)


def test_a_stranger_cannot_use_up_the_codes_of_somebody_else(client, person):
    stranger = Client(REMOTE_ADDR="10.0.0.1")
    for _ in range(40):
        stranger.post("/sign-in/code/", {"email": person.email})
        stranger.post("/sign-in/code/enter/", {"code": "BBBB-BBBB"})

    assert client.post("/sign-in/code/", {"email": person.email}).status_code == 302
    code = newest_code(person.email)
    assert client.post("/sign-in/code/enter/", {"code": code}).status_code == 302


def test_thirty_codes_to_one_mailbox_from_wherever(person):
    for number in range(30):
        asking = Client(REMOTE_ADDR=f"10.0.0.{number}")
        assert asking.post("/sign-in/code/", {"email": person.email}).status_code == 302

    page = Client(REMOTE_ADDR="10.0.1.1").post("/sign-in/code/", {"email": person.email})
    assert "Wait 15 minutes" in text(page)


def test_ten_guesses_at_the_second_step(client, person):
    secret, codes = add_app(person), add_recovery_codes(person)
    sign_in(client, person.email, PASSWORD)
    for _ in range(10):
        assert "This code is not right" in text(client.post(STEP, {"code": "000000x"}))

    for code in (app_code(secret), codes[0]):
        assert TOO_OFTEN in text(client.post(STEP, {"code": code}))
    assert client.get("/").status_code == 302


def test_a_hundred_guesses_at_second_steps_from_one_address(client, person):
    secret = add_app(person)
    sign_in(client, person.email, PASSWORD)
    for _ in range(100):
        limits.take(limits.SECOND_FACTOR_FROM_ADDRESS, "127.0.0.1")

    assert TOO_OFTEN in text(client.post(STEP, {"code": app_code(secret)}))


def test_ten_passwords_when_asked_again(client, person):
    sign_in(client, person.email, PASSWORD)
    long_ago(client)
    for _ in range(9):
        page = client.post("/your-account/confirm/", {"password": "not this one"})
        assert "This is not your password" in text(page)

    assert REFUSED in text(client.post("/your-account/confirm/", {"password": PASSWORD}))


def test_ten_codes_when_asked_again(client, person):
    secret = add_app(person)
    sign_in(client, person.email, PASSWORD)
    client.post(STEP, {"code": app_code(secret)})
    long_ago(client)
    for _ in range(9):
        client.post("/your-account/confirm/code/", {"code": "000000x"})

    page = client.post("/your-account/confirm/code/", {"code": app_code(secret, later=1)})
    assert TOO_OFTEN in text(page)


def test_ten_codes_when_an_app_is_set_up(client, person):
    sign_in(client, person.email, PASSWORD)
    client.get(ADD_APP)
    for _ in range(10):
        client.post(ADD_APP, {"code": "000000x"})

    secret = client.session["mfa.totp.secret"]
    assert TOO_OFTEN in text(client.post(ADD_APP, {"code": app_code(secret)}))
    assert not person.authenticator_set.exists()


def test_a_hundred_passkeys_from_one_address(client):
    for _ in range(100):
        limits.take(limits.PASSKEYS_FROM_ADDRESS, "127.0.0.1")
    page = client.post("/sign-in/passkey/", {"credential": '{"id": "AA"}'}, follow=True)

    assert TOO_OFTEN in text(page)


def test_questions_for_passkeys_are_counted_because_each_is_a_session(client):
    for _ in range(300):
        limits.take(limits.PASSKEYS_ASKED_FROM_ADDRESS, "127.0.0.1")
    asked = client.get("/sign-in/passkey/", headers={"Accept": "application/json"})

    assert asked.status_code == 429
    assert TOO_OFTEN in text(asked)
    assert "session" not in asked.cookies


def test_ways_to_a_councils_sign_in_are_counted(client, settings):
    settings.ROOT_URLCONF = "tests.partnerships.single_sign_on_urls"
    for _ in range(limits.SINGLE_SIGN_ON_FROM_ADDRESS.most):
        limits.take(limits.SINGLE_SIGN_ON_FROM_ADDRESS, "127.0.0.1")
    answer = client.post("/sign-in/council/")

    assert answer.status_code == 429
    assert TOO_OFTEN in text(answer)
    assert "coordinator" not in text(answer).split("<main")[1].split("</main>")[0]


# --- Whose address -------------------------------------------------------------------------


def address(forwarded=None, remote="10.0.0.1"):
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return limits.client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **more))


@pytest.mark.parametrize("forwarded", ["1.2.3.4", "1.2.3.4, 5.6.7.8", "nonsense", ""])
def test_without_a_proxy_nobody_is_believed(settings, forwarded):
    settings.PROXIES = 0

    assert address(forwarded) == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "9.9.9.9, 1.2.3.4", "1.2.3.4"),  # the first one is what the client said of itself
        (2, "9.9.9.9, 1.2.3.4, 5.6.7.8", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),  # it came by no two proxies
        (1, "1.2.3.4:5678", "1.2.3.4"),
        (1, "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
        (1, "nonsense", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, None, "10.0.0.1"),
    ],
)
def test_our_own_proxies_are_believed_and_nobody_before_them(
    settings, proxies, forwarded, expected
):
    settings.PROXIES = proxies

    assert address(forwarded) == expected


def test_an_address_of_nobody_is_one_too():
    assert address(remote="") == "::"


def test_a_forged_address_wins_no_more_guesses(person):
    for number in range(10):
        sign_in(Client(), person.email, HTTP_X_FORWARDED_FOR=f"1.2.3.{number}")
    for number in range(90):
        sign_in(Client(), f"x{number}@else.example", HTTP_X_FORWARDED_FOR=f"1.2.4.{number}")
    page = sign_in(Client(), "last@else.example", HTTP_X_FORWARDED_FOR="1.2.5.1")

    assert REFUSED in text(page)
