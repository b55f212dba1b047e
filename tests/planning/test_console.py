"""The console of a workshop: run sheet, votes, what was agreed, the parking list, the scribe."""

import uuid
from datetime import time, timedelta

import pytest
from django.utils import timezone

from planning.models import Ballot, Entry, ParkedPoint, Remark, UnsettledText, Workshop
from tests.factories.assessments import agree, entry_of
from tests.factories.bad_input import shown
from tests.factories.people import client_of
from tests.factories.workshops import (
    make_ballot,
    make_phones,
    make_revealed,
    make_workshop,
    vote_of,
)
from tests.planning.in_the_room import at_domain
from tests.planning.in_the_room import path_of as page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(area, draft):
    return make_workshop(draft, area.coordinator, starts_at=time(9, 30))


@pytest.fixture
def client(area):
    return client_of(area.facilitator)


def path_of(workshop, end="console/"):
    return page_of(workshop, end)


def page(client, workshop, end="console/"):
    return shown(client.get(path_of(workshop, end)))


def typed_on(client, workshop, **texts):
    """What the agree form of a fresh page sends."""
    form = client.get(path_of(workshop)).context["agree_form"]
    return {name: form[name].value() or "" for name in form.fields} | texts


# --- The run sheet ----------------------------------------------------------------------------


def test_the_run_sheet_follows_the_agenda_and_names_domains_that_are_not_on_it(client, workshop):
    workshop.agenda.create(position=1, title="Coffee", minutes=15)
    workshop.agenda.create(position=2, entry=entry_of(workshop.assessment, 2), minutes=20)
    lines = client.get(path_of(workshop)).context["lines"]
    assert [(line.number, line.begins, line.minutes) for line in lines[:2]] == [
        (None, "09:30", 15),
        (2, "09:45", 20),
    ]
    rest = [line.number for line in lines[2:]]
    assert rest == sorted(rest)
    assert 2 not in rest


def test_the_run_sheet_can_be_in_the_tools_order_or_by_disagreement(client, workshop):
    make_revealed(workshop, ["1", "1", "4", "4", "4"], 2)
    make_revealed(workshop, ["1", "2", "1", "2", "2"], 3, round=0)  # beforehand
    workshop.agenda.create(position=1, title="Coffee", minutes=15)

    def numbers(order):
        lines = client.get(path_of(workshop, f"console/?order={order}")).context["lines"]
        return [line.number for line in lines]

    assert numbers("widest")[:3] == [2, 3, 1]
    assert numbers("tool")[:3] == [1, 2, 3]
    assert numbers("nonsense")[0] is None  # the agenda


def test_the_console_costs_the_same_for_3_and_for_300_remarks(
    client, workshop, django_assert_max_num_queries
):
    at_domain(workshop)
    ballot = make_revealed(workshop, ["1"] * 5)
    client.get(path_of(workshop))
    for number in (3, 297):
        Remark.objects.bulk_create(
            Remark(ballot=ballot, kind="reason", text=f"Remark {each}") for each in range(number)
        )
        with django_assert_max_num_queries(20):
            client.get(path_of(workshop))


# --- Votes ------------------------------------------------------------------------------------


def test_a_vote_is_opened_counted_and_shown_and_nobody_is_told_who_voted_what(client, workshop):
    at_domain(workshop)
    ask = {"domain": "1", "number": "1"}
    for _ in range(2):  # the same click twice
        client.post(path_of(workshop, "ballots/open/"), ask)
    ballot = Ballot.objects.get()
    for phone, level in zip(make_phones(workshop, 6), "111443", strict=True):
        vote_of(ballot, phone, level, "A reason of somebody")
    open_page = page(client, workshop)
    assert "All 6 have voted." in open_page
    assert "A reason of somebody" not in open_page
    assert "Agree the level" not in open_page
    client.post(path_of(workshop, f"ballots/{ballot.pk}/reveal/"))
    revealed = page(client, workshop)
    assert "6 of 6 voted." in revealed
    assert "A reason of somebody" in revealed
    client.post(path_of(workshop, "ballots/open/"), ask)  # a click of the old page
    assert Ballot.objects.get().round == 1
    client.post(path_of(workshop, "ballots/open/"), {**ask, "number": "2"})
    assert Ballot.objects.get(state="open").round == 2


def test_a_vote_that_was_called_off_counts_nothing(client, workshop):
    at_domain(workshop)
    ballot = make_ballot(workshop)
    vote_of(ballot, make_phones(workshop, 1)[0])
    for _ in range(2):
        client.post(path_of(workshop, f"ballots/{ballot.pk}/call-off/"))
    ballot.refresh_from_db()
    assert (ballot.state, ballot.voters) == ("called_off", 0)
    late = client.post(path_of(workshop, f"ballots/{ballot.pk}/reveal/"), follow=True)
    assert "was called off, so there is nothing to reveal" in shown(late)


def test_what_a_rule_refuses_is_said_on_the_console(client, workshop):
    at_domain(workshop)
    make_ballot(workshop)
    moved = client.post(path_of(workshop, "move/"), {"stage": "domain", "domain": "2"}, follow=True)
    assert "A vote is open. Close it, or call it off" in shown(moved)
    other = client.post(
        path_of(workshop, "ballots/open/"), {"domain": "2", "number": "1"}, follow=True
    )
    assert "Another vote is open" in shown(other)


@pytest.mark.parametrize(
    ("end", "body"),
    [
        ("move/", {"stage": "lunch"}),
        ("move/", {"stage": "domain", "domain": "99"}),
        ("move/", {"stage": "domain", "domain": "x"}),
        ("ballots/open/", {"domain": "1"}),
        ("ballots/open/", {"domain": "1", "number": "0"}),
        ("ballots/open/", {"domain": "1", "number": "1", "kind": "lottery"}),
        ("ballots/987654/reveal/", {}),
    ],
)
def test_nonsense_is_not_found(client, workshop, end, body):
    assert client.post(path_of(workshop, end), body).status_code == 404


def test_a_remark_is_taken_off_the_screen_and_put_back(client, workshop):
    at_domain(workshop)
    ballot = make_revealed(workshop, ["1"] * 5)
    remark = Remark.objects.create(ballot=ballot, kind="reason", text="Rude words")
    hide = path_of(workshop, f"remarks/{remark.pk}/hide/")
    client.post(hide, {"hidden": "yes"})
    assert "Rude words" in page(client, workshop)
    assert "Rude words" not in page(client, workshop, "screen/")
    client.post(hide, {"hidden": "no"})
    assert "Rude words" in page(client, workshop, "screen/")
    assert client.post(hide, {"hidden": "perhaps"}).status_code == 404


# --- Agreeing ---------------------------------------------------------------------------------


def test_the_level_is_recorded_as_the_room_agreed_it_and_never_proposed(client, workshop):
    Entry.objects.filter(pk=entry_of(workshop.assessment, 1).pk).update(level=3)  # a draft's
    at_domain(workshop)
    make_revealed(workshop, ["4"] * 5)
    body = typed_on(client, workshop)
    assert body["level"] == ""
    refused = client.post(path_of(workshop, "domains/1/agree/"), {**body, "reason": "My words"})
    assert refused.status_code == 422
    assert "Choose the level that the room agreed" in shown(refused)
    assert "My words" in shown(refused)
    body |= {"level": "2.5", "reason": "Two plans", "dissent": "One said 4"}
    client.post(path_of(workshop, "domains/1/agree/"), body)
    entry = entry_of(workshop.assessment, 1)
    assert (f"{entry.level:f}", entry.reason, entry.dissent) == ("2.5", "Two plans", "One said 4")
    assert "Agreed: 2/3" in page(client, workshop)
    assert typed_on(client, workshop)["level"] == "2.5"
    assert "Agreed level" in page(client, workshop, "screen/")


def test_not_applicable_needs_a_reason(client, workshop):
    at_domain(workshop)
    body = typed_on(client, workshop, level="na")
    path = path_of(workshop, "domains/1/agree/")
    assert "Say why this domain is not applicable" in shown(client.post(path, body))
    client.post(path, {**body, "not_applicable_reason": "No such service here"})
    assert entry_of(workshop.assessment, 1).not_applicable
    assert "Not applicable" in page(client, workshop, "screen/")


def test_two_consoles_and_a_scribe_lose_nothing(area, client, workshop):
    at_domain(workshop)
    other = client_of(area.coordinator)
    mine = typed_on(client, workshop, level="2", reason="Mine")
    theirs = typed_on(other, workshop, level="2", reason="Theirs")
    Entry.objects.filter(pk=entry_of(workshop.assessment, 1).pk).update(evidence="The scribe’s")
    path = path_of(workshop, "domains/1/agree/")
    client.post(path, mine)
    client.post(path, mine)  # the same click twice
    page_of_clash = other.post(path, theirs, follow=True)
    assert "Both texts are kept" in shown(page_of_clash)
    assert "Two texts for “Reason for the level”" in shown(page_of_clash)
    entry = entry_of(workshop.assessment, 1)
    assert (entry.level, entry.reason, entry.evidence) == (2, "Mine", "The scribe’s")
    assert UnsettledText.objects.get().text == "Theirs"


def test_a_level_that_met_another_is_not_the_rooms_until_it_is_settled(area, client, workshop):
    at_domain(workshop)
    mine, theirs = typed_on(client, workshop, level="2"), typed_on(client, workshop, level="4")
    path = path_of(workshop, "domains/1/agree/")
    client.post(path, mine)
    Entry.objects.update(agreed_in=None)
    client_of(area.coordinator).post(path, theirs)
    assert UnsettledText.objects.get().part == "level"
    assert entry_of(workshop.assessment, 1).agreed_in is None
    assert "Agreed level" not in page(client, workshop, "screen/")


@pytest.mark.parametrize("base", ["", "[]", "{", "nonsense", '{"reason": 5}', "[" * 5_000])
def test_a_page_that_knows_nothing_overwrites_nothing(client, workshop, base):
    at_domain(workshop)
    Entry.objects.filter(pk=entry_of(workshop.assessment, 1).pk).update(reason="Stands")
    body = typed_on(client, workshop, level="2", reason="Other words") | {"base": base}
    client.post(path_of(workshop, "domains/1/agree/"), body)
    assert entry_of(workshop.assessment, 1).reason == "Stands"
    assert UnsettledText.objects.filter(text="Other words").exists()


def test_an_agreed_sheet_says_why_nothing_is_agreed_on_it_any_more(area, client, workshop):
    at_domain(workshop)
    body = typed_on(client, workshop, level="2", reason="Typed meanwhile")
    agree(workshop.assessment, by=area.coordinator)
    refused = client.post(path_of(workshop, "domains/1/agree/"), body)
    assert refused.status_code == 422
    assert "so it cannot change" in shown(refused)
    assert "Typed meanwhile" in shown(refused)
    standing = page(client, workshop)
    assert "so it cannot change" in standing
    assert "Open the vote" not in standing
    assert "Record it" not in standing


# --- The parking list, the timer, the door ----------------------------------------------------


def test_a_point_is_parked_once_and_settled(client, workshop):
    at_domain(workshop)
    body = {"text": "Who pays?", "request_key": uuid.uuid4()}
    for _ in range(2):
        client.post(path_of(workshop, "parking/"), body)
    point = ParkedPoint.objects.get()
    assert point.entry == entry_of(workshop.assessment, 1)
    settle = path_of(workshop, f"parking/{point.pk}/settle/")
    assert "Enter what became of it" in shown(client.post(settle, {}))
    name = f"point-{point.pk}-outcome"
    for _ in range(2):
        client.post(settle, {name: "An action"})
    late = client.post(settle, {name: "Other words"})
    assert "Someone else has settled this meanwhile: “An action”" in shown(late)
    client.post(settle, {"then": "back"})
    assert ParkedPoint.objects.get().settled_at is None


def test_an_empty_point_comes_back_with_a_sentence(client, workshop):
    sent = client.post(path_of(workshop, "parking/"), {"text": "", "request_key": uuid.uuid4()})
    assert "Enter what to come back to" in shown(sent)


def test_the_timer_is_started_and_an_old_click_adds_nothing(client, workshop):
    path = path_of(workshop, "timer/")
    for _ in range(2):
        client.post(path, {"minutes": "5", "seen": ""})
    ends = Workshop.objects.get().timer_ends_at
    assert ends - timezone.now() < timedelta(minutes=5)
    assert f"until {timezone.localtime(ends):%H:%M}" in page(client, workshop)
    assert "has no such choice" in shown(client.post(path, {"minutes": "6", "seen": ""}))


def test_the_door_is_opened_kept_open_and_shut_from_the_console(area, client, draft):
    workshop = make_workshop(draft, area.coordinator, is_open=False)
    assert "Choose for how long" in shown(client.post(path_of(workshop, "open/"), {}))
    client.post(path_of(workshop, "open/"), {"hours": "3", "from": "console"})
    assert "Phones join at" in page(client, workshop)
    client.post(path_of(workshop, "extend/"), {"hours": "8", "from": "console"})
    client.post(path_of(workshop, "door/shut/"))
    assert "No more phones can join" in page(client, workshop)
    refused = client.post(path_of(workshop, "extend/"), {"hours": "8"})
    assert "This workshop is closed. Open it again" in shown(refused)
