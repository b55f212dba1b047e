"""The forms of an action: what they refuse, in whose words, and what they keep."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from pledges.models import Action, Update
from tests.factories.actions import make_plain_pledge, make_plan_action, make_update
from tests.factories.assessments import make_assessment
from tests.factories.bad_input import STRANGE, shown
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area, make_organisation
from tests.hostile import values_of

pytestmark = pytest.mark.django_db

LISTED = "has no such choice: choose one that is listed"


@pytest.fixture
def area():
    area = make_area()
    make_assessment(area.partnership, make_small_framework())
    return area


@pytest.fixture
def action(ours, area):
    return make_plan_action(ours, owner=area.lead, due_on=date(2026, 5, 1))


def path(action, page):
    return reverse(page, args=[action.partnership.slug, action.number])


def add_path(area):
    return reverse("add_action", args=[area.partnership.slug])


def body_of(client, path):
    """What a browser sends when nothing was changed on the page."""
    page = html.fromstring(client.get(path).content.decode())
    form = next(form for form in page.forms if form.method == "POST" and form.action is None)
    return values_of(form_body(form))


def form_body(form):
    body = {}
    for field, value in form.form_values():
        body.setdefault(field, []).append(value)
    for empty in form.xpath(".//input[@value='' and @checked]/@name"):
        body[empty] = [""]  # lxml says “on”, as no browser does
    body.pop("csrfmiddlewaretoken")
    return body


def errors(response):
    """The sentences of the summary at the head."""
    page = html.fromstring(response.content.decode())
    return [
        each.text_content().strip()
        for each in page.xpath("//*[contains(@class, 'govuk-error-summary__list')]//li")
    ]


# --- Adding ----------------------------------------------------------------------------------


def test_an_empty_form_asks_for_what_is_needed(area, ours):
    response = client_of(area.coordinator).post(add_path(area), {"request_key": uuid.uuid4()})
    assert errors(response) == [
        "Choose the organisation whose plan this is",
        "Enter what will be done",
    ]


def test_who_has_one_organisation_finds_it_chosen(area, ours):
    assert body_of(client_of(area.lead), add_path(area))["organisation"] == [str(ours.pk)]


@pytest.mark.parametrize("field", ["organisation", "owner", "deputies", "domains"])
def test_no_field_takes_the_id_of_another_partnership(area, ours, field):
    other = make_area("bury", "Bury", "Bury")
    theirs = make_organisation(other.partnership, "Bury College")
    foreign = {
        "organisation": theirs.pk,
        "owner": other.lead.pk,
        "deputies": other.lead.pk,
        "domains": make_small_framework(slug="other").domains.first().pk,
    }
    sent = {"organisation": ours.pk, "what": "x", "request_key": uuid.uuid4()}
    client = client_of(area.coordinator)
    for value in (foreign[field], "9" * 40, "-1", "x", "1.5"):
        response = client.post(add_path(area), sent | {field: value})
        (sentence,) = errors(response)
        assert LISTED in sentence
    assert Action.objects.of(area.partnership).count() == 0
    action = make_plan_action(ours)
    body = body_of(client, path(action, "change_action"))
    assert (
        LISTED
        in errors(client.post(path(action, "change_action"), body | {field: foreign[field]})).pop()
    )


def test_a_reader_cannot_be_chosen_as_owner(area, ours):
    sent = {"organisation": ours.pk, "what": "x", "request_key": uuid.uuid4()}
    response = client_of(area.lead).post(add_path(area), sent | {"owner": area.reader.pk})
    assert LISTED in errors(response).pop()


def test_one_owner_not_two_and_no_end_before_the_start(area, ours):
    sent = {
        "organisation": ours.pk, "what": "x", "request_key": uuid.uuid4(),
        "owner": area.lead.pk, "owner_words": "Somebody",
        "starts_on-day": 2, "starts_on-month": 5, "starts_on-year": 2026,
        "due_on-day": 1, "due_on-month": 5, "due_on-year": 2026,
    }  # fmt: skip
    assert errors(client_of(area.lead).post(add_path(area), sent)) == [
        "Choose a person or write a name, not both. Empty this box.",
        "“Due on” must be the same day as “Starts on” or later",
    ]


def test_the_same_click_twice_is_one_action_and_leads_to_it(area, ours):
    client = client_of(area.lead)
    sent = {"organisation": ours.pk, "what": "x", "request_key": uuid.uuid4()}
    answers = [client.post(add_path(area), sent) for _ in range(2)]
    action = Action.objects.get()
    assert [answer.url for answer in answers] == [action.get_absolute_url()] * 2


def test_a_tick_for_a_pledge_that_was_never_made_is_not_lost_in_silence(area, ours):
    client = client_of(area.lead)
    sent = {"organisation": ours.pk, "what": "x", "request_key": uuid.uuid4()}
    sent["fulfils_pledge"] = "on"
    assert errors(client.post(add_path(area), sent)) == [
        "Ours has not pledged anything yet: take the tick away"
    ]
    pledge = make_plain_pledge(ours)
    client.post(add_path(area), sent)
    assert Action.objects.get().pledge == pledge


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_words_are_kept_and_shown_as_they_are(area, ours, text):
    client = client_of(area.lead)
    words = text[:400]
    sent = {"organisation": ours.pk, "what": words, "measure": words, "owner_words": words[:150]}
    client.post(add_path(area), sent | {"request_key": uuid.uuid4()})
    action = Action.objects.get()
    assert "<script>alert" not in client.get(action.get_absolute_url()).content.decode()
    assert action.what in shown(client.get(action.get_absolute_url()))
    assert client.get(reverse("register", args=[area.partnership.slug])).status_code == 200


@pytest.mark.parametrize(
    ("field", "text"),
    [("what", "x" * 501), ("measure", "x" * 5001), ("owner_words", "x" * 201), ("what", "a\0b")],
)
def test_what_cannot_be_stored_comes_back_whole(area, ours, field, text):
    sent = {"organisation": ours.pk, "what": "x", "request_key": uuid.uuid4(), field: text}
    response = client_of(area.lead).post(add_path(area), sent)
    assert len(errors(response)) == 1
    assert text.replace("\0", "") in shown(response)
    assert Action.objects.count() == 0


# --- Changing --------------------------------------------------------------------------------


def test_saving_a_page_as_it_stands_changes_nothing(area, action):
    client = client_of(area.lead)
    before = Action.objects.values().get(pk=action.pk)
    body = body_of(client, path(action, "change_action"))
    assert client.post(path(action, "change_action"), body).status_code == 302
    assert Action.objects.values().get(pk=action.pk) == before


def test_each_domain_is_offered_once_however_many_actions_serve_it(area, ours, action):
    domain = area.partnership.assessments.get().framework.domains.first()
    for each in (action, make_plan_action(ours), make_plan_action(ours)):
        each.domains.add(domain)
    page = html.fromstring(client_of(area.lead).get(path(action, "change_action")).content)
    values = page.xpath("//input[@name='domains']/@value")
    assert len(values) == len(set(values)) == 3


def test_what_somebody_else_changed_meanwhile_is_said_and_yours_replaces_it_when_sent_again(
    area, action
):
    mine, theirs = client_of(area.lead), client_of(area.coordinator)
    here = path(action, "change_action")
    my_body, their_body = body_of(mine, here), body_of(theirs, here)
    theirs.post(here, their_body | {"what": ["Theirs"]})
    response = mine.post(here, my_body | {"what": ["Mine"]})
    assert errors(response)[0].startswith("Someone else has changed this action meanwhile. It now")
    action.refresh_from_db()
    assert action.what == "Theirs"
    again = form_body(html.fromstring(response.content.decode()).forms[-1])
    assert again["what"] == ["Mine"]
    assert mine.post(here, again).status_code == 302
    action.refresh_from_db()
    assert action.what == "Mine"


def test_a_start_after_the_day_it_is_due_is_refused(area, action):
    client = client_of(area.lead)
    here = path(action, "change_action")
    day = {"starts_on-day": "2", "starts_on-month": "5", "starts_on-year": "2026"}
    assert errors(client.post(here, body_of(client, here) | day)) == [
        "“Starts on” must be 1 May 2026 or earlier: it is due then"
    ]


def test_a_circle_of_waiting_is_refused_at_its_field(area, ours, action):
    waits = make_plan_action(ours, blocked_by=action)
    client = client_of(area.lead)
    here = path(action, "change_action")
    response = client.post(here, body_of(client, here) | {"blocked_by": waits.number})
    assert errors(response) == ["That action waits for this one, so this one cannot wait for it."]


# --- Telling ---------------------------------------------------------------------------------


def test_an_update_that_says_nothing_is_asked_what_is_new(area, action):
    client, here = client_of(area.lead), path(action, "tell")
    assert errors(client.post(here, body_of(client, here))) == [
        "Say what is new, or change the status, the rating or the day."
    ]


def test_the_same_update_sent_twice_is_one_and_nobody_else_is_blamed(area, action):
    client, here = client_of(area.lead), path(action, "tell")
    body = body_of(client, here) | {"status": ["in_progress"]}
    for _ in range(2):
        assert client.post(here, body).url == action.get_absolute_url()
    assert Update.objects.count() == 1


def test_an_update_does_not_undo_in_silence_what_somebody_else_told_meanwhile(area, action):
    client, here = client_of(area.lead), path(action, "tell")
    body = body_of(client, here) | {"text": ["Mine"]}
    make_update(action, by=area.coordinator, status="in_progress", rating="red", text="No money")
    response = client.post(here, body)
    (sentence,) = errors(response)
    assert sentence == (
        "Someone else has told of this action meanwhile. It now stands at: in progress, off "
        "track; due: 1 May 2026. Yours is below: check it, and send it again to replace theirs."
    )
    assert Update.objects.count() == 1
    again = form_body(html.fromstring(response.content.decode()).forms[-1])
    assert client.post(here, again).status_code == 302
    assert Update.objects.latest("pk").text == "Mine"
    action.refresh_from_db()
    assert action.status == "not_started"


@pytest.mark.parametrize("key", ["", "x", "0" * 400])
def test_a_page_without_its_key_is_no_error(area, ours, action, key):
    client = client_of(area.lead)
    for here in (path(action, "tell"), add_path(area)):
        response = client.post(here, {"request_key": key, "status": "not_started"})
        assert response.status_code == 200
