"""The codes of events: how they are made, how they may be typed, and how often guessed."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from partnerships import joining, limits
from partnerships.join_forms import NOT_LIKE_A_CODE, NOT_OPEN
from partnerships.models import Occasion, Participant, TryCount
from tests.factories.joining import HOUR, end, join_by_qr, make_occasion, phone
from tests.factories.people import make_area
from tests.parallel import at_once

CODES = st.text(joining.ALPHABET, min_size=joining.LENGTH, max_size=joining.LENGTH)
BETWEEN = st.text(" -\u00a0\u2011.\u200b", max_size=3)
TOO_OFTEN = "Too many codes that belong to no event were typed from here. Scan the QR code"


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def occasion(area):
    return make_occasion(area.partnership, area.coordinator)


@pytest.fixture
def one_stretch(monkeypatch):
    """No stretch of time ends while a test counts."""
    moment = timezone.now().replace(minute=0, second=1)
    monkeypatch.setattr(limits, "timezone", SimpleNamespace(now=lambda: moment))


def type_code(code, client=None, **options):
    return (client or phone()).post("/join/", {"code": code}, **options)


def wrong(number):
    """A code that is like one and is no event's."""
    return "BBB" + "".join(joining.ALPHABET[number // 19**i % 19] for i in range(3))


def text(response):
    return response.content.decode()


# --- How a code looks -------------------------------------------------------------------------


@given(CODES, st.data())
def test_a_code_may_be_typed_in_any_case_with_spaces_and_hyphens(code, data):
    typed = "".join(
        data.draw(BETWEEN) + data.draw(st.sampled_from([each, each.lower()])) for each in code
    )
    assert joining.code_in(typed + data.draw(BETWEEN)) == code


@given(st.text())
def test_whatever_is_typed_is_a_code_or_nothing(typed):
    code = joining.code_in(typed)
    assert code == "" or (len(code) == joining.LENGTH and set(code) <= set(joining.ALPHABET))
    assert joining.code_in(code) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bcd-fgh", "BCDFGH"),
        ("5258 1O", "SZSBLD"),  # figures for the letters that look like them
        ("ＢＣＤＦＧＨ", "BCDFGH"),  # full width, from another keyboard
        ("BCDFG", ""),
        ("BCDFGHJ", ""),
        ("BCDFGA", ""),
        ("", ""),
    ],
)
def test_what_somebody_meant(typed, meant):
    assert joining.code_in(typed) == meant


def test_no_two_letters_of_codes_look_like_one_figure():
    assert not set(joining.ALPHABET) & set("0123456789AEIOUQY")
    assert all(chr(to) in joining.ALPHABET for to in joining.MISREAD.values())


def test_a_code_is_said_in_two_halves():
    assert joining.spoken_code(Occasion(code="BCDFGH")) == "BCD FGH"


# --- No two open events share one ---------------------------------------------------------------


def test_a_code_that_is_taken_is_not_given_again(area, occasion, monkeypatch):
    codes = iter([occasion.code, occasion.code, "BCDFGH"])
    monkeypatch.setattr(joining, "new_code", lambda: next(codes))
    made = joining.open_occasion(
        partnership=area.partnership,
        kind="launch",
        closes_at=timezone.now() + HOUR,
        by=area.coordinator,
    )

    assert made.code == "BCDFGH"


@pytest.mark.django_db(transaction=True)
def test_events_that_open_at_the_same_moment_never_share_a_code(monkeypatch):
    area = make_area()
    of_thread = threading.local()

    def next_code():
        """Every thread is given the same four, in the same order."""
        if not hasattr(of_thread, "codes"):
            of_thread.codes = iter(["BCDFGH", "BCDFGJ", "BCDFGK", "BCDFGL"])
        return next(of_thread.codes)

    monkeypatch.setattr(joining, "new_code", next_code)
    made = at_once(
        *[
            lambda: joining.open_occasion(
                partnership=area.partnership,
                kind="launch",
                closes_at=timezone.now() + HOUR,
                by=area.coordinator,
            )
        ]
        * 4
    )

    assert sorted(each.code for each in made) == ["BCDFGH", "BCDFGJ", "BCDFGK", "BCDFGL"]


def test_a_closed_event_leaves_its_code_to_others(area, occasion):
    joining.close_occasion(occasion=occasion, by=area.coordinator)
    again = make_occasion(area.partnership, area.coordinator, code=occasion.code)

    assert type_code(occasion.code).url == joining.join_path(again)


# --- Opening, extending, closing ------------------------------------------------------------------


def test_closing_twice_keeps_the_first_moment(area, occasion):
    first = joining.close_occasion(occasion=occasion, by=area.coordinator)
    second = joining.close_occasion(occasion=occasion, by=area.coordinator)

    assert not first.is_open()
    assert first.closed_at == second.closed_at


def test_one_that_ended_by_itself_opens_again_with_its_code(area, occasion):
    end(occasion)
    later = timezone.now() + HOUR
    standing = joining.extend_occasion(occasion=occasion, closes_at=later, by=area.coordinator)

    assert (standing.is_open(), standing.code, standing.closes_at) == (True, occasion.code, later)


def test_one_that_was_closed_stays_closed(area, occasion):
    joining.close_occasion(occasion=occasion, by=area.coordinator)
    with pytest.raises(ValidationError, match="open it again with a new code"):
        joining.extend_occasion(
            occasion=occasion, closes_at=timezone.now() + HOUR, by=area.coordinator
        )


def test_no_event_ends_before_it_begins(area, occasion):
    past = timezone.now() - timedelta(seconds=1)
    with pytest.raises(ValidationError, match="still to come"):
        joining.extend_occasion(occasion=occasion, closes_at=past, by=area.coordinator)
    with pytest.raises(ValidationError, match="still to come"):
        joining.open_occasion(
            partnership=area.partnership, kind="launch", closes_at=past, by=area.coordinator
        )


def test_a_kind_that_no_room_registered_cannot_be_opened(area):
    with pytest.raises(KeyError):
        joining.open_occasion(
            partnership=area.partnership,
            kind="lunch",
            closes_at=timezone.now() + HOUR,
            by=area.coordinator,
        )


# --- Typing it --------------------------------------------------------------------------------


def test_a_code_leads_to_the_page_of_the_qr_code(occasion):
    typed = f" {occasion.code[:3].lower()}-{occasion.code[3:]}"
    response = type_code(typed)

    assert (response.status_code, response.url) == (302, joining.join_path(occasion))
    assert occasion.code not in response.url


def test_what_is_no_code_is_said_and_not_counted(occasion):
    for typed in ("BCD", "BCDFGHJ", "?" * 50, "AAAAAA"):
        assert NOT_LIKE_A_CODE in text(type_code(typed))
    assert "Enter the code from the screen" in text(type_code(""))
    assert not TryCount.objects.exists()


def test_an_ended_event_answers_as_one_that_never_was(area, occasion):
    closed = make_occasion(area.partnership, area.coordinator)
    joining.close_occasion(occasion=closed, by=area.coordinator)
    never = next(wrong(i) for i in range(9) if not Occasion.objects.filter(code=wrong(i)).exists())
    pages = [text(type_code(each)) for each in (end(occasion).code, closed.code, never)]
    bare = [
        without_token(page).replace(code, "")
        for page, code in zip(pages, (occasion.code, closed.code, never), strict=True)
    ]

    assert NOT_OPEN in pages[0]
    assert bare[0] == bare[1] == bare[2]


def without_token(page):
    before, _, after = page.partition('name="csrfmiddlewaretoken" value="')
    return before + after.partition('"')[2]


# --- Guessing ---------------------------------------------------------------------------------


def test_two_hundred_phones_behind_one_address_come_in_though_one_in_ten_mistypes(
    occasion, one_stretch
):
    for number in range(200):
        client = phone()
        if number % 10 == 0:
            assert NOT_OPEN in text(type_code(wrong(number), client))
        response = type_code(occasion.code, client)
        assert response.url == joining.join_path(occasion)
        assert join_by_qr(client, occasion).status_code == 302

    assert Participant.objects.count() == 200
    counted = {each.kind: each.count for each in TryCount.objects.all()}
    assert counted == {
        limits.EVENT_CODES_FROM_ADDRESS.kind: 20,
        limits.EVENT_CODES_EVERYWHERE.kind: 20,
        limits.EVENTS_JOINED_FROM_ADDRESS.kind: 200,
    }


def test_guesses_from_one_address_end_and_those_from_another_do_not(occasion, one_stretch):
    most = limits.EVENT_CODES_FROM_ADDRESS.most
    answers = [text(type_code(wrong(number))) for number in range(most + 2)]
    assert [TOO_OFTEN in each for each in answers] == [False] * most + [True] * 2

    assert TOO_OFTEN in text(type_code(occasion.code))  # or the guessing would go on
    elsewhere = type_code(occasion.code, REMOTE_ADDR="10.0.0.1")
    assert elsewhere.url == joining.join_path(occasion)
    assert join_by_qr(phone(), occasion).status_code == 302  # as the refusal says


def test_forged_headers_are_no_other_address(occasion, one_stretch):
    for number in range(limits.EVENT_CODES_FROM_ADDRESS.most + 1):
        page = type_code(wrong(number), HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")

    assert TOO_OFTEN in text(page)


def test_guesses_from_everywhere_end_too(occasion, one_stretch):
    most = limits.EVENT_CODES_EVERYWHERE.most
    limits.take(limits.EVENT_CODES_EVERYWHERE, "", number=most - 1)

    assert NOT_OPEN in text(type_code(wrong(1), REMOTE_ADDR="10.0.0.1"))
    assert TOO_OFTEN in text(type_code(wrong(2), REMOTE_ADDR="10.0.0.2"))
    assert TOO_OFTEN in text(type_code(occasion.code, REMOTE_ADDR="10.0.0.3"))
    assert join_by_qr(phone(), occasion).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_guesses_at_the_same_moment_none_goes_uncounted(one_stretch):
    limits.take(limits.EVENT_CODES_FROM_ADDRESS, "127.0.0.1", number=40)
    answers = at_once(*[lambda: text(type_code("BBBBBB"))] * 30)

    assert sum(NOT_OPEN in each for each in answers) == 20
    assert sum(TOO_OFTEN in each for each in answers) == 10
