"""The history of an action and of a pledge: who reads it, and what it says."""

import re
import uuid
from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.events import ADDED
from partnerships.models import Manifesto
from pledges.actions import change_action
from pledges.models import Pledge, PledgeStatus, Signing
from tests.factories.actions import (
    make_milestone,
    make_plain_pledge,
    make_plan_action,
    make_update,
)
from tests.factories.events import make_event, minutes_ago
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area, make_organisation
from tests.pledges.reading import read

pytestmark = pytest.mark.django_db
OF_ACTION = "/partnerships/rochdale/actions/1/history/"


def of_pledge(library):
    return f"/partnerships/rochdale/pledges/{library.pk}/history/"


@pytest.fixture
def action(library):
    return make_plan_action(library, measure="Forty are trained", owner_words="Bo Reed")


@pytest.fixture
def earlier(library):
    """An action of an hour ago: a test is one transaction, which has one time."""
    with pgtrigger.ignore():
        action = make_plan_action(library, due_on=date(2026, 1, 31))
    make_event(action, at=minutes_ago(60), label=ADDED)
    return action


@pytest.fixture
def pledge(library):
    return make_plain_pledge(library, words="We listen", status=PledgeStatus.DRAFT)


@pytest.fixture
def paths(library, action, pledge):
    return OF_ACTION, of_pledge(library)


# --- Who reads it -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["coordinator", "facilitator", "lead", "editor", "reader"])
def test_everybody_in_the_partnership_reads_it(area, paths, role):
    client = client_of(getattr(area, role))
    assert [client.get(path).status_code for path in paths] == [200, 200]


def test_elsewhere_there_is_no_such_page(area, paths):
    stranger = client_of(make_area("bury", "Bury", "Bury").coordinator)
    assert [stranger.get(path).status_code for path in paths] == [404, 404]


def test_what_never_existed_has_no_page(area, paths):
    client = client_of(area.reader)
    for path in ("actions/99/history/", "pledges/999999/history/"):
        assert client.get(f"/partnerships/rochdale/{path}").status_code == 404


def test_it_is_only_read(area, paths):
    client = client_of(area.coordinator)
    assert [client.post(path).status_code for path in paths] == [405, 405]


# --- What an action's says --------------------------------------------------------------------


def test_an_action_tells_what_it_was_when_it_was_added(area, action):
    said = read(area.reader, OF_ACTION)
    assert (
        "Added Organisation Library What will be done Train the practitioners How we will know "
        "Forty are trained Name or post of who sees to it Bo Reed Status Not started" in said
    )


def test_two_texts_are_compared_word_by_word(area, action):
    at = timezone.now()
    make_event(action, at=at, by=area.lead, what="Train forty people by May", measure="A list")
    make_event(
        action, at=at + timedelta(hours=1), by=area.coordinator,
        what="Train fifty people by May", measure="A long list",
    )  # fmt: skip
    page = client_of(area.reader).get(OF_ACTION).content.decode()
    assert re.search(r"Train <del>.*?forty.*?</del><ins>.*?fifty.*?</ins> people by May", page)
    assert re.search(r"A (<del>.*?</del>)?<ins>.*?long", page)


def test_who_and_when_stand_above_each_change(area, action):
    at = timezone.make_aware(timezone.datetime(2026, 7, 3, 14, 5))
    make_event(action, at=at, by=area.lead, what="Train them")
    assert f"{area.lead}, 3 July 2026 14:05 Changed" in read(area.reader, OF_ACTION)


def test_an_update_is_told_with_what_it_changed(area, earlier):
    make_update(earlier, by=area.coordinator, text="Booked", status="in_progress", rating="green")
    said = read(area.reader, OF_ACTION)
    for sentence in (
        "Status before: Not started → after: In progress",
        "Rating before: Nothing → after: On track",
        "What was told before: Nothing → after: Booked",
    ):
        assert sentence in said
    assert said.count("Changed") == 1


def test_an_update_that_changed_nothing_is_told_by_its_words(area, earlier):
    make_update(earlier, by=area.coordinator, text="Still booking")
    said = read(area.reader, OF_ACTION)
    assert "Added. An update What was told Still booking" in said


def test_why_a_day_was_moved_stands_beside_both_days(area, earlier):
    days = {"due_on": date(2026, 2, 28), "due_reason": "No room"}
    make_update(earlier, by=area.coordinator, text="", **days)
    said = read(area.reader, OF_ACTION)
    assert "Due on before: 31 January 2026 → after: 28 February 2026" in said
    assert "Why the day was moved before: Nothing → after: No room" in said


def test_steps_are_told(area, action):
    step = make_milestone(action, due_on=date(2026, 1, 31))
    step.done_on = date(2026, 1, 30)
    step.save()
    step.delete()
    said = read(area.reader, OF_ACTION)
    assert "Added. A step on the way Step Find a trainer By when 31 January 2026" in said
    assert "Changed. A step on the way Done on before: Nothing → after: 30 January 2026" in said
    assert "Removed. A step on the way Step Find a trainer" in said


def test_what_was_added_and_what_was_removed_at_once_are_not_taken_for_each_other(area, library):
    framework = make_small_framework()
    first, second = framework.domains.get(number=1), framework.domains.get(number=3)
    with pgtrigger.ignore():
        action = make_plan_action(library, domains=[first])
    change_action(
        action=action, by=area.coordinator, organisation=library, domains=[second], deputies=[]
    )
    said = read(area.reader, OF_ACTION)
    assert "Removed Domain it serves 1. Purpose" in said
    assert "Added Domain it serves 3. Practice" in said


def test_who_stands_in_is_told_with_what_changed_beside_it(area, earlier):
    change_action(
        action=earlier, by=area.coordinator, organisation=earlier.organisation, domains=[],
        deputies=[area.lead], measure="A list",
    )  # fmt: skip
    said = read(area.reader, OF_ACTION)
    assert f"Stands in before: Nothing → after: {area.lead}" in said
    assert said.count("Changed") == 1


def test_another_action_is_not_told(area, library, action):
    other = make_plan_action(library, number=2, what="Of the second")
    make_update(other, by=area.coordinator, text="Of the second too")
    assert "Of the second" not in read(area.reader, OF_ACTION)


def test_words_are_shown_as_they_were_typed(area, action):
    make_update(action, by=area.coordinator, text="<script>alert(1)</script>")
    page = client_of(area.reader).get(OF_ACTION).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("who", ["coordinator", "reader"])
def test_an_actions_page_leads_to_its_history(area, action, who):
    page = client_of(getattr(area, who)).get("/partnerships/rochdale/actions/1/").content.decode()
    assert f'href="{OF_ACTION}"' in page


# --- What a pledge's says ---------------------------------------------------------------------


def test_a_pledge_tells_its_words_and_who_signed(area, library, pledge):
    manifesto = Manifesto.objects.create(partnership=area.partnership, number=4, pledge="We will")
    Pledge.objects.update(status=PledgeStatus.SIGNED, lead=area.lead, words="We listen well")
    Signing.objects.create(
        pledge=pledge, manifesto=manifesto, request_key=uuid.uuid4(), name="Ada Marsh",
        role="Chair", signed_on=date(2026, 1, 31), recorded_by=area.coordinator,
    )  # fmt: skip
    said = read(area.reader, of_pledge(library))
    assert "Added. A signing of version 4 of the words Who signed Ada Marsh" in said
    for sentence in (
        "Status before: Draft → after: Signed",
        f"Lead contact before: Nothing → after: {area.lead}",
        "We listen added: well",
        "Added Status Draft The organisation’s own words We listen",
    ):
        assert sentence in said


def test_the_pledge_of_another_organisation_is_not_told(area, library, pledge):
    school = make_organisation(area.partnership, name="School")
    make_plain_pledge(school, words="Of the school")
    assert "Of the school" not in read(area.reader, of_pledge(library))


# --- Many of them -----------------------------------------------------------------------------


def test_300_changes_are_paged_and_ask_no_more_than_3(area, action, pledge, library, paths):
    client = client_of(area.reader)
    counts = {path: set() for path in paths}
    at = minutes_ago(600)
    for number in (3, 300):
        for each in range(number):
            at += timedelta(seconds=1)
            by = (area.editor, area.lead)[each % 2]
            make_event(action, at=at, by=by, what=f"What {number} {each}", owner_id=by.pk)
            make_event(pledge, at=at, by=by, words=f"Words {number} {each}", lead_id=by.pk)
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as context:
                response = client.get(path)
            counts[path].add(len(context))
    assert {path: len(each) for path, each in counts.items()} == dict.fromkeys(paths, 1)
    page = response.content.decode()
    assert page.count('class="rpc-history__change"') == 25
    (older,) = re.findall(r'href="(\?older=[^"]+)"', page)
    assert client.get(paths[1] + older).content.decode().count("rpc-history__change") == 25
