"""What a file would change, and what an import writes: once, by the rules, and over nobody."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships import daily
from pledges.exports import register_csv, register_workbook
from pledges.imports import commit
from pledges.models import Action, PlanImport
from rpcportal.kit.forms import plain_text
from tests.factories.actions import make_plan_action, make_update
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.imports import csv_of, make_plan_import
from tests.factories.people import make_area, make_organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def area():
    area = make_area()
    make_assessment(area.partnership, make_small_framework())
    return area


@pytest.fixture
def choose(area):
    def choose(*rows, by=None, data=None):
        data = data or csv_of(*rows)
        return make_plan_import(area.partnership, by=by or area.coordinator, data=data)

    return choose


def plan_of(held):
    return commit.preview(held, by=held.by, today=TODAY)


def problems(held):
    return [sentence for row in plan_of(held).wrong for sentence in row.problems]


def take_in(held, **options):
    return commit.import_plan(plan_import=held, by=held.by, today=TODAY, **options)


def story(action):
    return list(action.updates.values_list("text", "status_after", "rating_after", "due_reason"))


def test_new_rows_become_actions_with_all_that_they_say(area, library, choose):
    held = choose(
        ["Organisation", "Action", "Owner", "Due", "Status", "RAG", "RAG reason", "Domains"],
        ["library", "Train", area.lead.email, "30/7/2026", "In progress", "Red", "Late", "1, 2"],
    )
    assert take_in(held) == commit.Outcome(new=1)

    action = Action.objects.get()
    assert (action.what, action.owner, action.due_on) == ("Train", area.lead, date(2026, 7, 30))
    assert (action.status, action.rating, action.rating_reason) == ("in_progress", "red", "Late")
    assert [each.number for each in action.domains.all()] == [1, 2]
    assert story(action) == [("Late", "in_progress", "red", "")]


def test_a_row_with_a_number_changes_that_action_and_the_story_keeps_it(area, library, choose):
    action = make_plan_action(library, due_on=date(2026, 3, 31), measure="Ten")
    held = choose(
        ["No.", "Due", "Status", "How we will know"], [1, "30/4/2026", "In progress", "Forty"]
    )
    (row,) = plan_of(held).changed
    assert set(row.changed) == {"due_on", "status", "measure"}
    assert take_in(held) == commit.Outcome(changed=1)

    action.refresh_from_db()
    assert (action.measure, action.due_on) == ("Forty", date(2026, 4, 30))
    assert story(action) == [("From a spreadsheet", "in_progress", "", "From a spreadsheet")]


@pytest.mark.parametrize(
    ("starts", "due"), [("1/5/2026", "1/6/2026"), ("1/1/2026", "2/1/2026"), ("", "")]
)
def test_both_days_move_in_the_order_in_which_they_fit(library, choose, starts, due):
    action = make_plan_action(library, starts_on=date(2026, 3, 1), due_on=date(2026, 3, 31))
    assert take_in(choose(["No.", "Start date", "Due"], [1, starts, due])).left == ()

    action.refresh_from_db()
    written = [f"{day:%-d/%-m/%Y}" if day else "" for day in (action.starts_on, action.due_on)]
    assert written == [starts, due]


def test_completing_takes_its_day_from_the_file(library, choose):
    action = make_plan_action(library)
    held = choose(
        ["No.", "Status", "Completed", "Impact"], [1, "Done", "1/5/2026", "Fewer rows at home"]
    )
    take_in(held)
    action.refresh_from_db()
    assert (action.completed_on, action.difference) == (date(2026, 5, 1), "Fewer rows at home")


WRONG = {
    "an organisation that is not here": (
        ["", "Museum", "x", "", "", ""],
        "Row 2, “Organisation”: there is no “Museum” in this partnership.",
    ),
    "none": (["", "", "x", "", "", ""], "Row 2, “Organisation”: the cell is empty."),
    "no words": (["", "Library", "", "1", "", ""], "Row 2, “Action”: the cell is empty."),
    "a number that is not here": (["9", "", "x", "", "", ""], "Row 2, “No.”: there is no action 9"),
    "a domain that is not here": (
        ["", "Library", "x", "77", "", ""], "Row 2, “Domains”: there is no domain 77. Write"
    ),
    "an address of nobody": (
        ["", "Library", "x", "", "who@else.example", ""], "Row 2, “Owner”: nobody with the address"
    ),
    "done without a difference": (
        ["", "Library", "x", "", "", "Complete"],
        "Row 2, “What difference it made”: say what difference it made.",
    ),
    "withdrawn without a word": (
        ["", "Library", "x", "", "", "Withdrawn"],
        "Row 2, “Withdrawn because”: say why it is withdrawn.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "begins"), WRONG.values(), ids=WRONG)
def test_what_the_register_does_not_know_is_named_with_the_mend(library, choose, row, begins):
    held = choose(["No.", "Organisation", "Action", "Domains", "Owner", "Status"], row)
    (sentence,) = problems(held)
    assert sentence.startswith(begins)


def test_rules_of_an_update_hold_for_a_file(library, choose):
    make_plan_action(library, due_on=date(2026, 3, 31))
    make_plan_action(library, what="b", blocked_by=Action.objects.get(number=1))
    held = choose(
        ["No.", "Rating", "Status", "Completed", "Impact", "Waits for", "Start date"],
        ["1", "Red", "In progress", "", "", "2", ""],
        ["2", "Green", "Done", "1/1/2027", "x", "2", ""],
        ["2", "", "", "", "", "", ""],
        ["1", "", "", "", "", "", "1/5/2026"],
    )
    assert [each.split(":")[0] for each in problems(held)] == [
        "Row 2, “Waits for (No.)”", "Row 3, “Waits for (No.)”",
        "Row 4, “No.”", "Row 5, “No.”",
    ]  # fmt: skip
    held = choose(["No.", "Rating", "Status"], ["1", "Red", "In progress"])
    assert problems(held) == ["Row 2, “Reason for the rating”: say why it is rated so."]
    held = choose(["No.", "Rating"], ["1", "Green"])
    assert "only what is in progress has a rating" in problems(held)[0]
    held = choose(["No.", "Status", "Impact", "Completed"], ["1", "Done", "x", "1/1/2027"])
    assert "the day is still to come" in problems(held)[0]
    held = choose(["No.", "Start date"], ["1", "1/5/2026"])
    assert problems(held) == ["Row 2, “Due”: it starts on 1 May 2026: it cannot be due before."]


def test_nothing_is_written_while_something_is_wrong_unless_the_rest_is_asked_for(library, choose):
    held = choose(["Organisation", "Action"], ["Library", "x"], ["Museum", "y"])
    with pytest.raises(ValidationError, match="Nothing was imported"):
        take_in(held)
    assert not Action.objects.exists()

    assert take_in(held, is_partial=True) == commit.Outcome(new=1)
    assert Action.objects.get().what == "x"


def test_the_same_click_twice_imports_once_and_the_same_plan_twice_is_seen(library, choose):
    held = choose(["Organisation", "Action"], ["Library", "x"])
    assert take_in(held) == commit.Outcome(new=1)
    assert take_in(held) is None
    again = choose(["Organisation", "Action"], ["Library", "x"], ["Library", "y"], ["Library", "y"])
    assert [each[:17] for each in problems(again)] == ["Row 2, “Action”: ", "Row 4, “Action”: "]
    assert Action.objects.count() == 1


def test_the_same_file_chosen_twice_is_kept_once(library, choose):
    rows = ["Organisation", "Action"], ["Library", "x"]
    assert choose(*rows).pk == choose(*rows).pk


def test_what_somebody_changed_meanwhile_is_told_and_stays(area, library, choose):
    action = make_plan_action(library)
    other = make_plan_action(library, what="b")
    held = choose(["No.", "How we will know"], [1, "Forty"], [2, "Fifty"])
    make_update(action, by=area.coordinator, status="in_progress", text="Begun")
    outcome = take_in(held)

    assert outcome.left == ("Row 2: somebody has changed action 1 meanwhile.",)
    for each in (action, other):
        each.refresh_from_db()
    assert (action.measure, other.measure) == ("", "Fifty")

    take_in(held)  # the same click again
    action.refresh_from_db()
    assert action.measure == ""

    held.refresh_from_db()
    commit.look_again(plan_import=held, by=area.coordinator)
    take_in(held)
    action.refresh_from_db()
    assert (action.measure, action.status) == ("Forty", "in_progress")


def test_only_plans_that_the_person_may_write_are_changed(area, library, choose):
    museum = make_organisation(area.partnership, "Museum")
    make_plan_action(museum)
    editor = area.partner
    editor.memberships.get().organisations.add(library)
    held = choose(
        ["No.", "Organisation", "Action"],
        ["1", "Museum", "Mine now"], ["", "Museum", "y"], ["", "Library", "z"], ["1", "", ""],
        by=editor,
    )  # fmt: skip
    first, second = problems(held)[:2]
    assert first.startswith("Row 2: You can write the action plan of your own organisation")
    assert second.startswith("Row 3: You can write")
    take_in(held, is_partial=True)
    assert set(Action.objects.values_list("what", flat=True)) == {"Train the practitioners", "z"}


def test_a_whole_register_comes_back_from_somebody_who_may_write_a_part(area, library, choose):
    museum = make_organisation(area.partnership, "Museum")
    make_plan_action(museum)
    area.partner.memberships.get().organisations.add(library)
    held = choose(["No.", "Organisation"], ["1", "museum"], by=area.partner)
    assert (problems(held), len(plan_of(held).same)) == ([], 1)


def test_nobody_else_imports_a_file_and_a_reader_brings_none(area, library, choose):
    held = choose(["Organisation", "Action"], ["Library", "x"])
    with pytest.raises(PermissionDenied, match="nobody else can import it"):
        commit.import_plan(plan_import=held, by=area.facilitator)
    with pytest.raises(PermissionDenied):
        choose(["Organisation", "Action"], ["Library", "x"], by=area.reader)


def test_an_action_of_another_partnership_is_not_there(library, choose):
    elsewhere = make_area("bury", "Bury Together", "Bury")
    theirs = make_plan_action(make_organisation(elsewhere.partnership), number=7)
    held = choose(["No.", "Action"], ["7", "Ours now"])
    assert problems(held)[0].startswith("Row 2, “No.”: there is no action 7")
    with pytest.raises(ValidationError):
        take_in(held)
    theirs.refresh_from_db()
    assert theirs.what == "Train the practitioners"


def test_two_people_of_one_name_need_an_address(area, library, choose):
    for user in (area.lead, area.partner):
        user.name = "Sam Hill"
        user.save()
    held = choose(["Organisation", "Action", "Owner"], ["Library", "x", "sam hill"])
    assert "several people are called “sam hill”" in problems(held)[0]
    held = choose(["Organisation", "Action", "Owner"], ["Library", "x", "The new post"])
    take_in(held)
    assert Action.objects.get().owner_words == "The new post"


def test_what_only_an_update_can_say_is_left_alone_and_told(library, choose):
    make_plan_action(library)
    held = choose(["No.", "Completed", "Reason for the rating"], [1, "1/5/2026", "Late"])
    (row,) = plan_of(held).same
    assert len(row.told) == 2


def test_files_go_after_a_day(area, library, choose):
    held = choose(["Organisation", "Action"], ["Library", "x"])
    PlanImport.objects.update(made_at=timezone.now() - timedelta(hours=25))
    fresh = choose(["Organisation", "Action"], ["Library", "y"])
    daily.JOBS["spreadsheets"](timezone.now())
    assert list(PlanImport.objects.all()) == [fresh]
    assert held.pk != fresh.pk


TEXT = st.text(max_size=40) | st.sampled_from(["=1+1", "'=1", "@a", "-", "a\nb", " a ", "_x0041_"])
DAY = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    what=st.text(min_size=1, max_size=40), measure=TEXT, owner=TEXT, due=DAY,
    state=st.sampled_from(["not_started", "in_progress", "complete", "withdrawn"]),
    rating=st.sampled_from(["", "red", "green"]), words=TEXT, waits=st.booleans(),
)  # fmt: skip
def test_what_goes_out_comes_in_again_and_changes_nothing(
    area, library, what, measure, owner, due, state, rating, words, waits
):
    Action.objects.update(blocked_by=None)
    Action.objects.all().delete()
    storable = {"what": what, "measure": measure, "owner_words": owner, "difference": words}
    storable = {name: clean(text) for name, text in storable.items()}
    first = make_plan_action(library, what="First", owner=area.lead)
    make_plan_action(
        library, **storable, due_on=due, status=state,
        rating=rating if state == "in_progress" else "",
        completed_on=date(2026, 1, 1) if state == "complete" else None,
        withdrawn_because=clean(words), blocked_by=first if waits else None,
        domains=list(area.partnership.assessments.get().framework.domains.all()),
    )  # fmt: skip
    actions = Action.objects.order_by("number")
    for data in (b"".join(register_csv(actions)), register_workbook(actions)):
        held = make_plan_import(area.partnership, by=area.coordinator, data=data)
        plan = plan_of(held)
        assert (plan.wrong, plan.changed, plan.new, len(plan.same)) == ([], [], [], 2)
        held.delete()


def clean(text):
    """What a form would have stored."""
    return plain_text(text) or "x"
