"""The verbs on the register: who may, what they keep, and the same click twice."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pledges.actions import add_milestone, change_action, tell_of, tick_milestone
from pledges.models import Action, Deputy, Milestone, ServedDomain, Update
from tests.factories.actions import make_milestone, make_plan_action, make_update
from tests.factories.assessments import make_action, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_organisation

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def area():
    area = make_area()
    ours = make_organisation(area.partnership, "Ours")
    for person in (area.lead, area.partner):
        area.partnership.memberships.get(user=person).organisations.add(ours)
    make_organisation(area.partnership, "Theirs")
    return area


@pytest.fixture
def ours(area):
    return area.partnership.organisations.get(name="Ours")


@pytest.fixture
def theirs(area):
    return area.partnership.organisations.get(name="Theirs")


def wrong(**told):
    """field -> sentence with which an update is refused."""
    with pytest.raises(ValidationError) as caught:
        make_update(**told)
    return {field: sentences[0] for field, sentences in caught.value.message_dict.items()}


def change(action, *, by, **words):
    """Write it anew; what is not named stays."""
    stays = {name: getattr(action, name) for name in ("organisation", "what", "blocked_by")}
    ties = {"domains": list(action.domains.all()), "deputies": list(action.deputies.all())}
    return change_action(action=action, by=by, **stays | ties | words)


# --- Who may ---------------------------------------------------------------------------------


def test_one_writes_the_plan_of_ones_own_organisation_and_a_facilitator_every_one(
    area, ours, theirs
):
    assert make_plan_action(ours, by=area.lead).number == 1
    assert make_plan_action(ours, by=area.partner).number == 2
    assert make_plan_action(theirs, by=area.facilitator).number == 3
    assert make_plan_action(theirs, by=area.coordinator).created_by == area.coordinator


def test_a_number_is_never_given_again_even_if_the_highest_was_deleted(area, ours):
    numbers = [make_plan_action(ours, by=area.lead).number for _ in range(3)]
    Action.objects.filter(number__in=[2, 3]).delete()
    numbers.append(make_plan_action(ours, by=area.lead).number)
    Action.objects.all().delete()
    numbers.append(make_plan_action(ours, by=area.lead).number)
    assert numbers == [1, 2, 3, 4, 5]
    other = make_area("bury", "Bury", "Bury")
    theirs = make_organisation(other.partnership)
    assert make_plan_action(theirs, by=other.coordinator).number == 1


def test_a_lead_of_another_organisation_is_refused_with_a_sentence(area, ours, theirs):
    action = make_plan_action(theirs)
    sentence = (
        "You can write the action plan of your own organisation, and this action belongs to "
        "Theirs. A coordinator or facilitator can write it too."
    )
    step = make_milestone(action)
    for verb in (
        lambda: make_plan_action(theirs, by=area.lead),
        lambda: make_update(action, by=area.lead),
        lambda: change(action, by=area.lead, what="Mine now"),
        lambda: change(make_plan_action(ours), by=area.lead, organisation=theirs),
        lambda: add_milestone(action=action, by=area.lead, what="x"),
        lambda: tick_milestone(milestone=step, by=area.lead, is_done=True),
    ):
        with pytest.raises(PermissionDenied, match="of your own organisation") as refusal:
            verb()
        assert str(refusal.value) == sentence


def test_a_reader_and_a_stranger_write_nothing(area, ours):
    stranger = make_area("bury", "Bury", "Bury").coordinator
    for person in (area.reader, stranger):
        with pytest.raises(PermissionDenied, match="write the action plan"):
            make_plan_action(ours, by=person)
    assert Action.objects.count() == 0


def test_only_somebody_who_can_write_here_owns_an_action_or_stands_in(area, ours):
    stranger = make_area("bury", "Bury", "Bury").lead
    for words in ({"owner": stranger}, {"deputies": [stranger]}, {"owner": area.reader}):
        with pytest.raises(PermissionDenied, match="cannot write here"):
            make_plan_action(ours, by=area.coordinator, **words)


def test_whoever_stands_there_already_stays_when_their_role_changed(area, ours):
    action = make_plan_action(ours, owner=area.reader)
    assert change(action, by=area.lead, owner=area.reader, what="Go on").what == "Go on"


# --- Adding ----------------------------------------------------------------------------------


def test_numbers_count_within_a_partnership(area, ours):
    other = make_area("bury", "Bury", "Bury")
    numbers = [make_plan_action(ours, by=area.lead).number for _ in range(3)]
    theirs = make_plan_action(make_organisation(other.partnership), by=other.coordinator)
    assert (numbers, theirs.number) == ([1, 2, 3], 1)


def test_the_same_click_twice_is_one_action(area, ours):
    key = uuid.uuid4()
    first = make_plan_action(ours, by=area.lead, request_key=key)
    assert make_plan_action(ours, by=area.lead, request_key=key) == first
    assert Action.objects.count() == 1


def test_the_key_of_somebody_elses_page_opens_nothing(area, ours):
    key = uuid.uuid4()
    make_plan_action(ours, by=area.lead, request_key=key)
    other = make_area("bury", "Bury", "Bury")
    with pytest.raises(ValidationError, match="This page was sent before, for something else"):
        make_plan_action(
            make_organisation(other.partnership), by=other.coordinator, request_key=key
        )


# --- Changing --------------------------------------------------------------------------------


def test_domains_and_deputies_change_row_by_row(area, ours):
    small = make_small_framework()
    one, two, three = small.domains.order_by("number")
    action = make_plan_action(ours, domains=[one, two], deputies=[area.lead])
    kept = ServedDomain.objects.get(action=action, domain=two).pk
    change(action, by=area.lead, domains=[two, three], deputies=[area.partner])
    assert list(action.domains.order_by("number")) == [two, three]
    assert ServedDomain.objects.get(action=action, domain=two).pk == kept
    assert [row.user for row in Deputy.objects.filter(action=action)] == [area.partner]


def test_nothing_waits_for_itself_by_however_long_a_way(area, ours):
    first = make_plan_action(ours)
    second = make_plan_action(ours, blocked_by=first)
    third = make_plan_action(ours, blocked_by=second)
    for waits_for in (first, second, third):
        with pytest.raises(ValidationError, match="That action waits for this one"):
            change(first, by=area.lead, blocked_by=waits_for)
    assert change(third, by=area.lead, blocked_by=first).blocked_by == first


def test_an_action_does_not_move_to_who_took_the_same_priority_action_on(area, ours, theirs):
    sheet = make_scored(area.partnership, make_small_framework())
    wanted = make_action(sheet, [1])
    action = make_plan_action(ours, priority_action=wanted)
    make_plan_action(theirs, priority_action=wanted)
    with pytest.raises(ValidationError, match="Theirs has taken this priority action on as action"):
        change(action, by=area.coordinator, organisation=theirs)
    assert change(action, by=area.coordinator, what="Else").organisation == ours


# --- Telling ---------------------------------------------------------------------------------


def test_an_update_brings_the_action_to_where_it_stands_and_keeps_what_was(area, ours):
    action = make_plan_action(ours, due_on=MAY)
    update = make_update(
        action,
        by=area.lead,
        text="The trainer is ill.",
        status="in_progress",
        rating="amber",
        due_on=JUNE,
        due_reason="A new trainer",
        on=date(2026, 4, 1),
    )
    action.refresh_from_db()
    assert (action.status, action.rating, action.due_on) == ("in_progress", "amber", JUNE)
    assert (action.rating_reason, action.rated_on) == ("The trainer is ill.", date(2026, 4, 1))
    assert action.updated_at == update.written_at
    assert (update.status_before, update.status_after) == ("not_started", "in_progress")
    assert (update.due_before, update.due_after, update.due_reason) == (MAY, JUNE, "A new trainer")


def test_moving_a_day_asks_why(area, ours):
    action = make_plan_action(ours, due_on=MAY)
    for day in (JUNE, None):
        found = wrong(action=action, by=area.lead, due_on=day)
        assert found == {"due_reason": "Say why the day was moved."}
    action.refresh_from_db()
    assert action.due_on == MAY


def test_a_rating_ends_with_what_was_in_progress(area, ours):
    action = make_plan_action(ours)
    make_update(action, by=area.lead, status="in_progress", rating="red", text="No money")
    make_update(action, by=area.lead, status="complete", rating="red", difference="Some")
    action.refresh_from_db()
    assert (action.rating, action.rating_reason, action.rated_on) == ("", "", None)


def test_completing_keeps_the_difference_and_reopening_says_why(area, ours):
    action = make_plan_action(ours)
    told = {"status": "complete", "difference": "Fewer quarrels", "where_seen": "Survey"}
    make_update(action, by=area.lead, on=MAY, **told)
    action.refresh_from_db()
    assert (action.completed_on, action.difference, action.where_seen) == (
        MAY, "Fewer quarrels", "Survey"
    )  # fmt: skip
    found = wrong(action=action, by=area.lead, status="in_progress", text="")
    assert found == {"text": "Say why it is taken up again."}
    make_update(action, by=area.lead, status="in_progress", text="It came back")
    action.refresh_from_db()
    assert (action.status, action.completed_on) == ("in_progress", None)
    assert action.difference == "Fewer quarrels"


def test_what_is_said_of_the_difference_before_the_end_is_kept(area, ours):
    action = make_plan_action(ours)
    make_update(action, by=area.lead, difference="Already calmer", where_seen="Diary")
    make_update(action, by=area.lead)
    action.refresh_from_db()
    assert (action.difference, action.where_seen) == ("Already calmer", "Diary")


def test_withdrawing_keeps_the_reason_until_it_is_taken_up_again(area, ours):
    action = make_plan_action(ours)
    make_update(action, by=area.lead, status="withdrawn", text="No money")
    action.refresh_from_db()
    assert action.withdrawn_because == "No money"
    make_update(action, by=area.lead, status="not_started", text="Money came")
    action.refresh_from_db()
    assert action.withdrawn_because == ""


def test_the_same_click_twice_is_one_update_whatever_changed_between(area, ours):
    action, key = make_plan_action(ours, due_on=MAY), uuid.uuid4()
    told = {"by": area.lead, "request_key": key, "due_on": JUNE, "due_reason": "Ill"}
    assert make_update(action, **told) == make_update(action, **told)
    assert Update.objects.count() == 1


def test_the_key_of_an_update_on_another_action_writes_nothing(area, ours):
    one, other, key = make_plan_action(ours), make_plan_action(ours), uuid.uuid4()
    make_update(one, by=area.lead, request_key=key)
    with pytest.raises(ValidationError, match="for something else"):
        make_update(other, by=area.lead, request_key=key)
    assert other.updates.count() == 0


def test_an_update_that_is_refused_writes_nothing(area, ours):
    action = make_plan_action(ours)
    with pytest.raises(ValidationError):
        tell_of(
            action=action, by=area.lead, request_key=uuid.uuid4(), text="", status="not_started",
            rating="", due_on=None,
        )  # fmt: skip
    assert Update.objects.count() == 0


# --- Steps -----------------------------------------------------------------------------------


def test_a_step_is_done_once_and_can_be_taken_back(area, ours):
    action = make_plan_action(ours)
    step = add_milestone(action=action, by=area.lead, what="Find a trainer", due_on=MAY)
    assert add_milestone(action=action, by=area.lead, what="Find a trainer", due_on=MAY) == step
    stale = Milestone.objects.get(pk=step.pk)
    tick_milestone(milestone=step, by=area.lead, is_done=True, on=MAY)
    tick_milestone(milestone=stale, by=area.partner, is_done=True, on=JUNE)
    step.refresh_from_db()
    assert step.done_on == MAY
    tick_milestone(milestone=Milestone.objects.get(pk=step.pk), by=area.lead, is_done=False)
    step.refresh_from_db()
    assert step.done_on is None
