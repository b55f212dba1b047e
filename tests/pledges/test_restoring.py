"""An earlier text of an action or a pledge brought back: by whom, and what becomes of the rest."""

import pytest

from pledges import restoring
from pledges.actions import change_action
from pledges.models import Action, Deputy, Pledge, PledgeStatus, ServedDomain
from rpcportal.kit.meanwhile import fingerprint
from tests.factories.actions import make_plain_pledge, make_plan_action
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area, make_organisation
from tests.partnerships.telling import by, done
from tests.pledges.reading import read
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db
HISTORY = "/partnerships/rochdale/actions/1/history/"
EVENTS = {Action: Action.pgh_event_model.objects, Pledge: Pledge.pgh_event_model.objects}


@pytest.fixture
def library(area):
    """Where the lead and the editor come from; the coordinator comes from nowhere."""
    library = make_organisation(area.partnership, name="Library")
    for person in (area.lead, area.editor):
        area.partnership.memberships.get(user=person).organisations.add(library)
    return library


@pytest.fixture
def action(library):
    """Written twice: “First” is the earlier text of both fields."""
    action = make_plan_action(library, what="First", measure="First")
    Action.objects.update(what="Second", measure="Second")
    return action


@pytest.fixture
def pledge(library):
    pledge = make_plain_pledge(library, words="First", champion="Bo", status=PledgeStatus.DRAFT)
    Pledge.objects.update(words="Second")
    return pledge


def first_of(row):
    return EVENTS[type(row)].filter(pgh_obj=row.pk).earliest("pgh_id").pgh_id


def bring_back(row, *, by, field="what", standing=""):
    restoring.restore_in_action(
        action=row, event=first_of(row), field=field, by=by, standing=standing
    )


def bring_words_back(row, *, by, field="words"):
    restoring.restore_in_pledge(pledge=row, event=first_of(row), field=field, by=by)


def stands(row):
    row.refresh_from_db()
    return (row.what, row.measure) if isinstance(row, Action) else row.words


# --- The text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "after"), [("what", ("First", "Second")), ("measure", ("Second", "First"))]
)
def test_an_earlier_text_comes_back_and_nothing_else_changes(area, action, field, after):
    bring_back(action, by=area.coordinator, field=field)
    assert stands(action) == after


def test_domains_and_deputies_stay(area, library):
    domain = make_small_framework().domains.get(number=1)
    action = make_plan_action(library, what="First", domains=[domain], deputies=[area.lead])
    Action.objects.update(what="Second")
    ties = ServedDomain.objects.get(), Deputy.objects.get()
    bring_back(action, by=area.coordinator)
    assert stands(action)[0] == "First"
    assert (ServedDomain.objects.get(), Deputy.objects.get()) == ties


def test_it_is_a_change_and_says_from_when_it_came(area, action):
    with by(area.coordinator):
        told = done(area, lambda: bring_back(action, by=area.coordinator))
    assert told == [f"{area.coordinator} brought back the words of action 1 “First”"]
    said = read(area.coordinator, HISTORY)
    assert "Brought back from" in said


def test_bringing_back_what_stands_there_is_no_change(area, action):
    for _ in range(2):
        bring_back(action, by=area.coordinator)
    assert EVENTS[Action].count() == 3


def test_the_words_of_a_draft_come_back_and_nothing_else_changes(area, pledge):
    bring_words_back(pledge, by=area.editor)
    assert stands(pledge) == "First"
    assert (pledge.champion, pledge.status) == ("Bo", PledgeStatus.DRAFT)


# --- Who may ----------------------------------------------------------------------------------


def test_readers_may_not(area, action, pledge):
    sentence = "Your role in this partnership does not let you bring back an earlier text."
    assert refusal_of(bring_back, row=action, by=area.reader).startswith(sentence)
    assert refusal_of(bring_words_back, row=pledge, by=area.reader).startswith(sentence)


def test_others_organisations_may_not(area, library):
    school = make_organisation(area.partnership, name="School")
    action, pledge = make_plan_action(school, number=7), make_plain_pledge(school, words="First")
    refused = refusal_of(bring_back, row=action, by=area.editor)
    assert "this action belongs to School" in refused
    refused = refusal_of(bring_words_back, row=pledge, by=area.coordinator)
    assert "The words of School are drafted by its own people." in refused


def test_what_was_signed_stays_as_it_was_signed(area, library, pledge):
    Pledge.objects.update(status=PledgeStatus.SIGNED)
    refused = refusal_of(bring_words_back, row=pledge, by=area.lead)
    assert refused.startswith("What Library has signed stays as it was signed.")
    path = f"/partnerships/rochdale/pledges/{library.pk}/history/"
    assert "Bring this text back" not in read(area.lead, path)


def test_the_button_is_there_for_those_who_may_alone(area, action):
    for who, buttons in ((area.coordinator, 2), (area.lead, 2), (area.reader, 0)):
        page = client_of(who).get(HISTORY).content.decode()
        assert page.count("Bring this text back") == buttons
    assert "does not let you bring back an earlier text" in read(area.reader, HISTORY)


# --- What another wrote meanwhile -------------------------------------------------------------


def test_words_of_somebody_else_since_the_page_was_read_stay(area, action):
    with pytest.raises(restoring.WrittenMeanwhile):
        bring_back(action, by=area.lead, standing=fingerprint("What stood there"))
    assert stands(action) == ("Second", "Second")
    bring_back(action, by=area.lead, standing=fingerprint("Second"))
    assert stands(action) == ("First", "Second")


def test_a_page_with_the_action_open_meets_what_was_brought_back(area, action):
    client = client_of(area.lead)
    path = "/partnerships/rochdale/actions/1/change/"
    seen = client.get(path).context["form"].initial["seen"]
    bring_back(action, by=area.coordinator)
    body = {"organisation": action.organisation_id, "what": "Mine", "measure": "x", "seen": seen}
    answer = client.post(path, body)
    assert "Someone else has changed this action meanwhile." in answer.content.decode()
    assert stands(action)[0] == "First"


def test_a_change_that_ran_at_the_same_time_is_not_undone(area, action):
    """The row in hand is of before the change: what is brought back stands beside the change."""
    stale = Action.objects.get()
    change_action(
        action=action, by=area.coordinator, organisation=action.organisation, domains=[],
        deputies=[area.lead], measure="Third",
    )  # fmt: skip
    bring_back(stale, by=area.coordinator)
    assert stands(action) == ("First", "Third")
    assert [*action.deputies.all()] == [area.lead]


# --- The button -------------------------------------------------------------------------------


def press(person, action, **body):
    body = {"event": first_of(action), "field": "what"} | body
    return client_of(person).post(f"{HISTORY}restore/", body, follow=True)


def test_the_button_brings_the_text_back_and_says_so(area, action):
    answer = press(area.lead, action)
    assert answer.redirect_chain == [(HISTORY, 302)]
    assert "It is back." in answer.content.decode()
    assert stands(action) == ("First", "Second")


def test_the_button_of_a_pledge_does_too(area, library, pledge):
    path = f"/partnerships/rochdale/pledges/{library.pk}/history/"
    body = {"event": first_of(pledge), "field": "words"}
    answer = client_of(area.lead).post(f"{path}restore/", body)
    assert (answer.status_code, answer.url) == (302, path)
    assert stands(pledge) == "First"


def test_the_button_says_that_somebody_wrote_meanwhile(area, action):
    answer = press(area.lead, action, standing=fingerprint("Other"))
    assert "Someone else has written there meanwhile" in answer.content.decode()
    assert stands(action) == ("Second", "Second")


def test_a_reader_is_refused_and_a_stranger_finds_nothing(area, action):
    assert press(area.reader, action).status_code == 403
    assert press(make_area("bury", "Bury", "Bury").coordinator, action).status_code == 404
    assert client_of(area.lead).get(f"{HISTORY}restore/").status_code == 405
    assert stands(action) == ("Second", "Second")


@pytest.mark.parametrize("event", ["", "x", "99999999999999999999", "-1", "1\0", "0", "²"])
def test_what_is_no_event_is_not_found(area, action, event):
    assert press(area.lead, action, event=event).status_code == 404


@pytest.mark.parametrize("field", ["", "status", "owner", "pgh_context", "what\0", "search"])
def test_what_is_no_text_that_comes_back_is_not_found(area, action, field):
    assert press(area.lead, action, field=field).status_code == 404


def test_an_event_of_another_action_or_pledge_is_not_found(area, library, action, pledge):
    other = make_plan_action(library, number=2, what="Other")
    for event in (first_of(other), first_of(pledge)):
        if event != first_of(action):
            assert press(area.lead, action, event=event).status_code == 404
    assert stands(action) == ("Second", "Second")
