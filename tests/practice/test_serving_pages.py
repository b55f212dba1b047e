"""The pages that link standards with what serves them."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from practice.models import StandardServed
from tests.factories.actions import make_plan_action, make_plan_actions
from tests.factories.assessments import entry_of, make_agreed
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area, make_organisation
from tests.factories.pledges import make_pledge
from tests.factories.practice import make_part, make_practice_model, make_standard
from tests.factories.serving import make_bearing, make_link
from tests.practice.asking import queries


@pytest.fixture
def standard(pillar):
    return make_standard(pillar, statement="We listen.")


@pytest.fixture
def ours(area):
    """The organisation of the partner editor."""
    organisation = make_organisation(area.partnership)
    area.partner.memberships.get().organisations.add(organisation)
    return organisation


def words_of(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def of_standard(standard):
    return reverse("link_to_standard", args=["rochdale", standard.pk])


def of_action(action):
    return reverse("action_standards", args=["rochdale", action.number])


def remove(link):
    return reverse("stop_serving", args=["rochdale", link.pk])


def boxes(response):
    """What can be ticked."""
    return re.findall(
        r'name="(?:standards|actions|pledges)"[^>]*>\s*<label[^>]*>\s*([^<]+?)\s*</label>',
        words_of(response),
    )


def test_from_an_action_a_standard_is_linked_and_taken_away(area, client, standard, ours):
    action = make_plan_action(ours)
    page = action.get_absolute_url()
    assert "None is linked yet." in words_of(client.get(page))
    assert boxes(client.get(of_action(action))) == ["We listen."]
    for _ in range(2):  # the same click twice
        linked = client.post(of_action(action), {"standards": [standard.pk]}, follow=True)
        assert "The standards are linked." in words_of(linked)
    assert standard.get_absolute_url() in words_of(client.get(page))
    link = StandardServed.objects.get()
    assert boxes(client.get(of_action(action))) == []
    assert "There is no other standard in force" in words_of(client.get(of_action(action)))
    assert client.post(remove(link)).url == f"{page}#standards"
    assert client.post(remove(link)).status_code == 302  # and once more
    assert not StandardServed.objects.exists()


def test_from_a_pledge(area, client, standard, ours):
    pledge = make_pledge(ours, area.coordinator)
    path = reverse("pledge_standards", args=["rochdale", ours.pk])
    assert path in words_of(client.get(pledge.get_absolute_url()))
    client.post(path, {"standards": [standard.pk]})
    page = words_of(client.get(pledge.get_absolute_url()))
    assert "Standards the pledge serves" in page
    assert "We listen." in page


def test_from_the_standard_actions_and_pledges_are_found_by_words(area, client, standard, ours):
    train = make_plan_action(ours, what="Train the practitioners")
    make_plan_action(ours, what="Write a leaflet")
    make_plan_action(ours, what="Train no more", status="withdrawn", withdrawn_because="x")
    make_pledge(ours, area.coordinator)
    path = of_standard(standard)
    assert boxes(client.get(path)) == [
        *("Action 1: Train the practitioners", "Action 2: Write a leaflet"),
        "Housing association",
    ]
    assert boxes(client.get(path, {"words": "training"})) == ["Action 1: Train the practitioners"]
    assert boxes(client.get(path, {"words": "housing"})) == ["Housing association"]
    assert "holds these words" in words_of(client.get(path, {"words": "zebra"}))

    body = {"actions": [train.pk], "pledges": [ours.pledge.pk]}
    for _ in range(2):
        assert client.post(path, body).url == f"{standard.get_absolute_url()}#serving"
    assert StandardServed.objects.count() == 2
    assert boxes(client.get(path)) == ["Action 2: Write a leaflet"]


def test_the_standards_page_shows_what_serves_it(area, client, standard, ours):
    make_link(standard, action=make_plan_action(ours, what="Train the practitioners"))
    make_link(standard, pledge=make_pledge(ours, area.coordinator))
    page = words_of(client.get(standard.get_absolute_url()))
    assert "Action 1: Train the practitioners" in page
    assert ours.pledge.get_absolute_url() in page
    link = StandardServed.objects.first()
    away = client.post(remove(link), {"from": "standard"})
    assert away.url == f"{standard.get_absolute_url()}#serving"


def test_the_standards_page_shows_priority_actions_of_the_newest_agreed_sheet(
    area, client, standard
):
    framework = load_rpc_2018()
    older = {"assessed_on": date(2017, 1, 5)}
    make_agreed(area.partnership, framework, by=area.coordinator, **older)
    newest = make_agreed(area.partnership, framework, by=area.coordinator)
    page = words_of(client.get(standard.get_absolute_url()))
    assert "Priority actions on the domains" not in page
    make_bearing(standard, entry_of(newest, 3).domain)
    page = words_of(client.get(standard.get_absolute_url()))
    assert page.count("Train the workforce") == 1
    assert "Write the strategy" not in page  # on domain 1


def test_a_starter_is_taken_on_first(area, client):
    starter = make_standard(make_part(make_practice_model()))
    refused = client.get(of_standard(starter))
    assert refused.status_code == 403
    assert "Take its practice model on first" in html.unescape(refused.content.decode())


def test_another_partnerships_is_what_never_existed(area, client, standard, ours):
    bury = make_area("bury", "Bury", "Bury")
    theirs = make_standard(make_part(make_practice_model(bury.partnership)))
    action = make_plan_action(bury.partnership)
    link = make_link(theirs, action=action)
    assert client.get(of_standard(theirs)).status_code == 404
    assert client.get(reverse("action_standards", args=["bury", 1])).status_code == 404
    assert client.post(remove(link)).status_code == 404
    mine = make_plan_action(ours)
    for path, body in (
        (of_action(mine), {"standards": [theirs.pk]}),
        (of_standard(standard), {"actions": [action.pk]}),
    ):
        assert "has no such choice" in words_of(client.post(path, body))
    assert StandardServed.objects.count() == 1


def test_readers_see_links_and_no_buttons(area, standard, ours):
    action, pledge = make_plan_action(ours), make_pledge(ours, area.coordinator)
    link = make_link(standard, action=action)
    make_link(standard, pledge=pledge)
    reader = client_of(area.reader)
    for path in (
        action.get_absolute_url(),
        pledge.get_absolute_url(),
        standard.get_absolute_url(),
    ):
        page = words_of(reader.get(path))
        assert "/serving/" not in page
        assert "Link a" not in page
    assert reader.get(of_action(action)).status_code == 403
    assert reader.get(of_standard(standard)).status_code == 403
    assert reader.post(remove(link)).status_code == 403


def test_an_editor_is_shown_their_own_things_alone(area, standard, ours):
    mine, other = make_plan_action(ours), make_plan_action(area.partnership)
    editor = client_of(area.partner)
    assert boxes(editor.get(of_standard(standard))) == ["Action 1: Train the practitioners"]
    assert "has no such choice" in words_of(
        editor.post(of_standard(standard), {"actions": [other.pk]})
    )
    links = [make_link(standard, action=each) for each in (mine, other)]
    page = words_of(editor.get(standard.get_absolute_url()))
    assert [remove(each) in page for each in links] == [True, False]


@pytest.mark.parametrize("value", ["", "0", "x", "\0", "9" * 400, "-1"])
def test_odd_choices_end_in_a_sentence(area, client, standard, ours, value):
    action = make_plan_action(ours)
    for path, name in ((of_action(action), "standards"), (of_standard(standard), "actions")):
        assert "error-summary" in words_of(client.post(path, {name: [value]}))
        assert "There is a problem" in words_of(client.get(path, {"words": "a\0b"}))
    assert not StandardServed.objects.exists()


def test_three_and_thirty_take_the_same_queries(area, client, pillar, standard, ours):
    action = make_plan_action(ours)
    pledge = make_pledge(ours, area.coordinator)
    paths = [
        *(action.get_absolute_url(), pledge.get_absolute_url(), standard.get_absolute_url()),
        *(of_action(action), of_standard(standard)),
    ]

    def add(first, last):
        for number in range(first, last):
            each = make_standard(pillar, position=number + 5, statement=f"We do {number}.")
            make_link(each, action=action)
            make_link(each, pledge=pledge)
        for each in make_plan_actions(ours, last - first):
            make_link(standard, action=each)
        make_plan_actions(ours, last - first)

    add(0, 3)
    few = queries(client, *paths, warm=True)
    add(3, 30)
    assert queries(client, *paths, warm=True) == few


def test_the_activity_tells_of_it(area, client, standard, ours):
    action = make_plan_action(ours)
    make_pledge(ours, area.coordinator)
    client.post(of_action(action), {"standards": [standard.pk]})
    client.post(of_standard(standard), {"pledges": [ours.pledge.pk]})
    client.post(remove(StandardServed.objects.get(action=action)))
    told = words_of(client.get("/partnerships/rochdale/activity/?kind=serving"))
    for sentence in (
        "linked action 1 to the standard “We listen.”",
        "linked the pledge of Housing association to the standard “We listen.”",
        "removed the link of action 1 to the standard “We listen.”",
    ):
        assert sentence in told
