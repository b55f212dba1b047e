"""What the activity page tells of pledges and actions, as sentences."""

import uuid
from datetime import date

import pytest

from partnerships.activity import Asked, page_of
from partnerships.models import Manifesto
from pledges.actions import add_milestone, answer_no_action, change_action, tick_milestone
from pledges.models import Action, Answer, Milestone, Pledge, PledgeStatus, Signing
from tests.factories.actions import make_plain_pledge, make_plan_action, make_update
from tests.factories.assessments import make_action, make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area
from tests.partnerships.telling import by, done, told

pytestmark = pytest.mark.django_db
ACTION = "action 1 “Train the practitioners”"


@pytest.fixture
def action(library):
    return make_plan_action(library)


def rewrite(action, area, **changes):
    standing = {
        "organisation": action.organisation,
        "domains": action.domains.all(),
        "deputies": action.deputies.all(),
    }
    return change_action(action=action, by=area.coordinator, **standing | changes)


# --- Actions ----------------------------------------------------------------------------------


def test_a_new_action_is_told_with_its_domains_and_its_deputies(area, library):
    domain = make_small_framework().domains.get(number=1)
    assert told(
        area,
        lambda: make_plan_action(
            library, by=area.coordinator, domains=[domain], deputies=[area.lead]
        ),
    ) == {
        f"added {ACTION}",
        f"put {ACTION} under 1. Purpose",
        f"had {area.lead} stand in on {ACTION}",
    }


def test_a_change_names_what_was_changed(area, action):
    assert told(area, lambda: rewrite(action, area, measure="40 trained", owner=area.lead)) == {
        f"changed how we will know and who sees to it of {ACTION}"
    }


def test_domains_and_deputies_that_go_are_told(area, library):
    domain = make_small_framework().domains.get(number=1)
    action = make_plan_action(library, domains=[domain], deputies=[area.lead])
    assert told(area, lambda: rewrite(action, area, domains=[], deputies=[])) == {
        f"took {ACTION} off 1. Purpose",
        f"took {area.lead} off those who stand in on {ACTION}",
    }


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("not_started", "in_progress", f"made {ACTION} one that is in progress"),
        ("in_progress", "not_started", f"set {ACTION} back to not started"),
        ("in_progress", "complete", f"completed {ACTION}"),
        ("not_started", "withdrawn", f"withdrew {ACTION}"),
    ],
)
def test_an_update_is_told_and_so_is_where_the_action_stands_now(
    area, library, before, after, words
):
    action = make_plan_action(library, status=before)

    def update():
        make_update(
            action, by=area.coordinator, text="All is\nwell", status=after, difference="Some"
        )

    assert told(area, update) == {f"told of {ACTION}: “All is well”", words}


def test_whoever_updates_by_a_link_without_signing_in_is_named(area, action):
    with by(None):
        (sentence,) = done(area, lambda: make_update(action, by=area.coordinator, text="By mail"))
    assert sentence == f"{area.coordinator} told of {ACTION}: “By mail”"


def test_steps_are_told_from_beginning_to_end(area, action):
    boss = area.coordinator
    step = "the step “Find a trainer”"
    assert told(area, lambda: add_milestone(action=action, by=boss, what="Find a trainer")) == {
        f"added {step} to {ACTION}"
    }
    milestone = Milestone.objects.get()
    for is_done, words in ((True, "done"), (False, "not done after all")):
        assert told(
            area, lambda tick=is_done: tick_milestone(milestone=milestone, by=boss, is_done=tick)
        ) == {f"said that {step} of {ACTION} is {words}"}
    assert told(area, lambda: Milestone.objects.update(due_on=date(2026, 1, 31))) == {
        f"changed the day it is due of {step} of {ACTION}"
    }
    assert told(area, lambda: Milestone.objects.all().delete()) == {f"removed {step} from {ACTION}"}


def test_an_action_that_is_gone_is_told_without_a_link(area, action):
    with by(area.coordinator):
        done(area, lambda: Action.objects.all().delete())
    line = page_of(area.partnership, Asked(kind="plans"))[0][0]
    assert (line.words, line.link) == (f"removed {ACTION}", "")


def test_the_answer_that_nobody_acts_is_told(area):
    partnership, boss = area.partnership, area.coordinator
    priority_action = make_action(make_assessment(partnership, make_small_framework()), [1])
    words = f"the priority action “{priority_action.what}”"
    assert told(
        area,
        lambda: answer_no_action(
            priority_action=priority_action, partnership=partnership, because="No money", by=boss
        ),
    ) == {f"answered that nobody takes on {words}"}
    assert told(area, lambda: Answer.objects.update(because="None")) == {
        f"changed the answer to {words}"
    }
    assert told(area, lambda: Answer.objects.all().delete()) == {f"took back the answer to {words}"}


# --- Pledges ----------------------------------------------------------------------------------


def test_a_pledge_and_its_signing_are_told(area, library):
    manifesto = make_manifesto(area)
    assert told(area, lambda: make_plain_pledge(library)) == {"began the pledge of Library"}

    def sign():
        Pledge.objects.update(status=PledgeStatus.SIGNED)
        sign_row(area, manifesto)

    assert told(area, sign) == {
        "changed the pledge of Library to signed",
        "recorded that Ada Marsh signed the pledge of Library",
    }
    assert told(area, lambda: Pledge.objects.update(lead=area.lead, champion="Bo")) == {
        "changed the lead contact and the champion of the pledge of Library"
    }
    assert told(area, lambda: Signing.objects.update(role="Chief")) == {
        "changed their job title of the signing of the pledge of Library"
    }
    assert told(area, lambda: Pledge.objects.all().delete()) >= {"removed the pledge of Library"}


def make_manifesto(area):
    return Manifesto.objects.create(partnership=area.partnership, number=1, pledge="We will")


def sign_row(area, manifesto):
    Signing.objects.create(
        pledge=Pledge.objects.get(), manifesto=manifesto, request_key=uuid.uuid4(),
        name="Ada Marsh", role="Chair", signed_on=date(2026, 1, 31), recorded_by=area.coordinator,
    )  # fmt: skip


def test_a_manifesto_is_told(area):
    assert told(area, lambda: make_manifesto(area)) == {
        "wrote version 1 of the manifesto and the pledge’s words"
    }


# --- The page -----------------------------------------------------------------------------------


def test_the_page_leads_to_the_history_and_filters_by_kind(area, library, action):
    make_plain_pledge(library)
    page = client_of(area.coordinator).get("/partnerships/rochdale/activity/?kind=plans")
    text = page.content.decode()
    assert 'href="/partnerships/rochdale/actions/1/history/"' in text
    assert f"/pledges/{library.pk}/history/" not in text
    text = client_of(area.coordinator).get("/partnerships/rochdale/activity/").content.decode()
    assert f'href="/partnerships/rochdale/pledges/{library.pk}/history/"' in text


def test_what_another_partnership_does_is_not_told_here(area):
    other = make_area("bury", "Bury", "Bury")
    make_update(make_plan_action(other.partnership), by=other.coordinator, text="Secret of Bury")
    lines, _ = page_of(area.partnership, Asked())
    assert not any("Secret of Bury" in each.words for each in lines)
