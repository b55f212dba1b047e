"""What moved where somebody follows: each piece of news once, in one e-mail."""

from datetime import UTC, datetime, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import OutgoingMail
from pledges.following import follow
from pledges.models import Action, Follow, ReminderChoice, Update
from pledges.moving import MOST, moved_for
from pledges.reminding import send_reminders
from tests.factories.actions import make_plan_action, make_update
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.measures import make_measure, make_reading
from tests.factories.people import client_of, make_area, make_membership, make_organisation
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = MONDAY.date()
BEFORE = MONDAY - timedelta(days=30)


@pytest.fixture
def area():
    return make_whole_area()


def make_whole_area(slug="rochdale"):
    area = make_area(slug, f"{slug.title()} Together", slug.title())
    # Members for a while already, and no more than members of this one.
    area.partnership.memberships.update(joined_at=BEFORE - timedelta(days=300))
    return area


@pytest.fixture
def domain(area):
    framework = make_small_framework()
    make_assessment(area.partnership, framework)
    return framework.domains.order_by("number").first()


def make(organisation, what="Train officers", *, made=BEFORE - timedelta(days=9), **words):
    """An action that was written down some time ago."""
    return make_plan_action(organisation, what=what, created_at=made, updated_at=made, **words)


def follows(user, area, since=BEFORE, **thing):
    made = follow(by=user, partnership=area.partnership, **thing)
    Follow.objects.filter(pk=made.pk).update(since=since)
    return made


def tell(action, by, *, at=MONDAY - timedelta(days=2), **told):
    """An update of a moment."""
    update = make_update(action, by=by, **told)
    with pgtrigger.ignore("pledges.Update:update_stays"):
        Update.objects.filter(pk=update.pk).update(written_at=at)
    Action.objects.filter(pk=action.pk).update(updated_at=at)
    return update


def mails(user=None):
    found = OutgoingMail.objects.order_by("pk")
    return list(found.filter(to=user.email) if user else found)


def told_to(user, since=None, today=TODAY):
    """name of what is followed -> lines"""
    return {part.name: part.lines for part in moved_for(user, since, today).parts}


# --- What is told -------------------------------------------------------------------------------


def test_an_update_on_an_action_that_one_follows(area, homes):
    action = make(homes, due_on=TODAY)
    follows(area.reader, area, action=action)
    tell(
        action, area.coordinator, text="Two\nhave booked", rating="red",
        status="in_progress", due_on=TODAY + timedelta(days=9), due_reason="Ill",
    )  # fmt: skip
    line = (
        "21 November, Coordinator of Rochdale: now in progress; rated red, off track; "
        "due on 2 December 2026 instead of 23 November 2026. Two have booked"
    )
    assert told_to(area.reader) == {"Action 1. Train officers": [line]}


def test_new_actions_and_completions_of_an_organisation(area, homes):
    follows(area.reader, area, organisation=homes)
    old = make(homes)
    make(homes, "Find money", made=MONDAY - timedelta(days=3))
    make(make_organisation(area.partnership, "School"), "Theirs", made=MONDAY - timedelta(days=3))
    tell(old, area.coordinator, text="", status="complete", difference="Much")
    assert told_to(area.reader) == {
        "Homes First": [
            "21 November, action 1. Train officers: Coordinator of Rochdale: now complete.",
            "20 November, new: action 2. Find money",
        ]
    }


def test_a_domain_tells_whose_action_it_is_and_not_of_another_partnership(area, homes, domain):
    follows(area.reader, area, domain=domain)
    bury = make_whole_area("bury")
    make_membership(bury.partnership, area.reader, "reader")
    make_assessment(bury.partnership, domain.framework)
    theirs = make_organisation(bury.partnership, "Bury College")
    make(theirs, "Elsewhere", made=MONDAY - timedelta(days=3), domains=[domain])
    make(homes, "Served", made=MONDAY - timedelta(days=3), domains=[domain])
    make(homes, "Not served", made=MONDAY - timedelta(days=3))
    assert told_to(area.reader) == {
        f"Domain {domain}": ["20 November, new: action 1. Served (Homes First)"]
    }


def test_what_is_followed_twice_is_told_once_where_it_is_closest(area, homes, domain):
    action = make(homes, domains=[domain])
    for thing in ({"domain": domain}, {"organisation": homes}, {"action": action}):
        follows(area.reader, area, **thing)
    tell(action, area.coordinator, text="Booked")
    assert list(told_to(area.reader)) == ["Action 1. Train officers"]
    Follow.objects.filter(action=action).delete()
    assert list(told_to(area.reader)) == ["Homes First"]
    Follow.objects.filter(organisation=homes).delete()
    assert list(told_to(area.reader)) == [f"Domain {domain}"]


def test_ones_own_doing_is_no_news(area, homes):
    follows(area.coordinator, area, organisation=homes)
    action = make(homes, made=MONDAY - timedelta(days=3), created_by=area.coordinator)
    tell(action, area.coordinator, text="Mine")
    assert told_to(area.coordinator) == {}
    tell(action, area.facilitator, text="Theirs")
    make(homes, "Nobody’s", made=MONDAY - timedelta(days=1))
    assert len(told_to(area.coordinator)["Homes First"]) == 2


def test_only_from_when_one_followed_and_from_the_last_e_mail_on(area, homes):
    action = make(homes)
    follows(area.reader, area, action=action, since=MONDAY - timedelta(days=10))
    for days in (12, 8, 3, 0):
        tell(action, area.coordinator, text=f"{days} days ago", at=MONDAY - timedelta(days=days))

    def days(since, today=TODAY):
        lines = [line for part in told_to(area.reader, since, today).values() for line in part]
        return [int(line.rpartition(": ")[2].split()[0]) for line in lines]

    assert days(None) == [3, 8]
    assert days(TODAY - timedelta(days=5)) == [3]
    assert days(TODAY - timedelta(days=3)) == [3]  # that day was not over when it was sent
    assert days(TODAY - timedelta(days=2)) == []
    assert days(TODAY, TODAY + timedelta(days=7)) == [0]
    assert days(TODAY - timedelta(days=400)) == [3, 8]


def test_no_more_than_fits_and_the_newest_of_it(area, homes):
    action = make(homes)
    follows(area.reader, area, action=action)
    for number in range(MOST + 1):
        at = MONDAY - timedelta(days=2, minutes=number)
        tell(action, area.coordinator, text=f"Word {number}", at=at)
    moved = moved_for(area.reader, None, TODAY)
    lines = moved.parts[0].lines
    assert (len(lines), moved.is_more) == (MOST, True)
    assert lines[0].endswith("Word 0")
    assert lines[-1].endswith(f"Word {MOST - 1}")
    Update.objects.filter(text="Word 0").delete()
    assert not moved_for(area.reader, None, TODAY).is_more


def test_long_words_are_cut(area, homes):
    action = make(homes)
    follows(area.reader, area, action=action)
    tell(action, area.coordinator, text="x" * 5000)
    ((line,),) = told_to(area.reader).values()
    assert len(line) < 260


def test_the_same_questions_for_one_thing_and_for_many(area, homes, domain):
    def questions():
        with CaptureQueriesContext(connection) as queries:
            moved_for(area.reader, None, TODAY)
        return len(queries)

    action = make(homes, domains=[domain])
    follows(area.reader, area, action=action)
    follows(area.reader, area, domain=domain)
    tell(action, area.coordinator)
    few = questions()
    for number in range(12):
        other = make(homes, f"Thing {number}", made=MONDAY - timedelta(days=2), domains=[domain])
        follows(area.reader, area, action=other)
        tell(other, area.coordinator)
    assert questions() == few == 4


# --- The e-mail ---------------------------------------------------------------------------------


def test_who_owns_nothing_gets_an_e_mail_once_a_week_and_only_when_something_moved(area, homes):
    action = make(homes)
    follows(area.reader, area, action=action)
    assert send_reminders(MONDAY) == 0
    tell(action, area.coordinator, text="Booked")
    assert send_reminders(MONDAY) == 1
    (mail,) = mails()
    assert (mail.to, mail.subject) == (area.reader.email, "News of what you follow")
    assert "Action 1. Train officers\nhttp" in mail.body
    assert f"{action.get_absolute_url()}\n- 21 November" in mail.body.replace("\n\n", "\n")
    assert "works once, for five weeks" not in mail.body
    assert "/your-account/following/" in mail.body
    tell(action, area.coordinator, text="More", at=MONDAY + timedelta(days=1))
    for days in (0, 1, 6):
        assert send_reminders(MONDAY + timedelta(days=days)) == 0
    # The Monday was missed, and is made up on Tuesday.
    assert send_reminders(MONDAY + timedelta(days=8)) == 1
    assert "More" in mails()[1].body
    assert "Booked" not in mails()[1].body
    assert send_reminders(MONDAY + timedelta(days=15)) == 0


def test_what_is_due_and_what_moved_come_in_one_e_mail(area, homes):
    area.editor.memberships.get().organisations.add(homes)
    make(homes, "Mine", owner=area.editor, due_on=TODAY)
    other = make(homes, "Another’s")
    follows(area.editor, area, action=other)
    tell(other, area.coordinator, text="Booked")
    assert send_reminders(MONDAY) == 1
    (mail,) = mails()
    assert mail.subject == "Your actions: 1 due soon, and news of what you follow"
    assert mail.body.index("Due soon:") < mail.body.index("Mine") < mail.body.index("Booked")


def test_what_is_more_than_fits_is_said(area, homes):
    follows(area.reader, area, organisation=homes)
    for number in range(MOST + 1):
        make(homes, f"Thing {number}", made=MONDAY - timedelta(days=2))
    send_reminders(MONDAY)
    (mail,) = mails()
    assert mail.body.count("\n- ") == MOST
    assert "There is more than fits here." in mail.body
    assert f"/actions/?organisation={homes.pk}&sort=-updated_at" in mail.body


@pytest.mark.parametrize(("rhythm", "numbers"), [("monthly", [1, 1, 2]), ("off", [0, 0, 0])])
def test_as_often_as_one_chose(area, homes, rhythm, numbers):
    action = make(homes)
    follows(area.reader, area, action=action)
    client_of(area.reader).post("/your-account/reminders/", {"rhythm": rhythm})
    for weeks, number in zip((0, 1, 2), numbers, strict=True):
        moment = MONDAY + timedelta(weeks=weeks)
        tell(action, area.coordinator, text="News", at=moment - timedelta(days=1))
        send_reminders(moment)
        assert len(mails()) == number


def test_a_former_member_hears_nothing_more_and_neither_does_an_account_that_is_off(area, homes):
    action = make(homes)
    for person in (area.reader, area.lead):
        follows(person, area, action=action)
    tell(action, area.coordinator)
    area.reader.memberships.get().delete()
    area.lead.is_active = False
    area.lead.save()
    assert send_reminders(MONDAY) == 0
    assert not mails()


def test_an_action_that_moved_away_from_what_one_follows_is_not_told(area, homes, domain):
    follows(area.reader, area, domain=domain)
    action = make(homes, domains=[domain])
    tell(action, area.coordinator)
    action.domains.clear()
    assert told_to(area.reader) == {}


@pytest.mark.django_db(transaction=True)
def test_six_at_once_send_once():
    area = make_whole_area()
    homes = make_organisation(area.partnership)
    follows(area.reader, area, organisation=homes)
    make(homes, made=MONDAY - timedelta(days=2))
    answers = at_once(*[lambda: send_reminders(MONDAY)] * 6)
    assert sorted(answers) == [0, 0, 0, 0, 0, 1]
    assert len(mails()) == 1


def test_who_had_this_weeks_e_mail_costs_nothing_more(area, homes, django_assert_num_queries):
    action = make(homes)
    for person in (area.reader, area.lead, area.facilitator, area.editor):
        follows(person, area, action=action)
    tell(action, area.coordinator)
    assert send_reminders(MONDAY) == 4
    assert ReminderChoice.objects.count() == 4
    with django_assert_num_queries(6):  # one of them asks for commitments
        assert send_reminders(MONDAY + timedelta(days=1)) == 0


def test_measures_whose_figures_are_late_are_asked_for(area):
    measure = make_measure(
        area.partnership, name="Practitioners trained", owner=area.editor, frequency="quarterly"
    )
    make_reading(measure, area.editor, read_on=TODAY - timedelta(days=300))
    assert send_reminders(MONDAY) == 1
    (mail,) = mails()
    assert (mail.to, mail.subject) == (area.editor.email, "1 late figure")
    assert f"- Practitioners trained\n  {area.partnership}" in mail.body
    assert measure.get_absolute_url() in mail.body
    make_reading(measure, area.editor, read_on=TODAY)
    assert send_reminders(MONDAY + timedelta(days=7)) == 0
