"""Following: who may, on which pages, and that it is one's own."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from lxml import html

from pledges.following import follow, unfollow
from pledges.models import Follow
from tests.factories.actions import make_plan_action
from tests.factories.assessments import make_assessment
from tests.factories.bad_input import shown
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area, make_membership, make_organisation
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
LIST = "/your-account/following/"


@pytest.fixture
def area():
    area = make_area()
    make_assessment(area.partnership, make_small_framework())
    return area


@pytest.fixture
def action(homes):
    return make_plan_action(homes)


@pytest.fixture
def bury():
    return make_area("bury", "Bury Together", "Bury")


def domain_of(area):
    return area.partnership.assessments.get().framework.domains.order_by("number").first()


def things(area, homes, action):
    """Address of the button -> (address of its page, what is followed)."""
    slug, domain = area.partnership.slug, domain_of(area)
    return {
        reverse("follow_action", args=[slug, action.number]): (
            action.get_absolute_url(), {"action": action},
        ),
        reverse("follow_organisation", args=[slug, homes.pk]): (
            reverse("pledge", args=[slug, homes.pk]), {"organisation": homes},
        ),
        reverse("follow_domain", args=[slug, domain.pk]): (
            reverse("register", args=[slug], query={"domain": domain.pk}), {"domain": domain},
        ),
    }  # fmt: skip


def button(client, page, path):
    """What the button on a page sends."""
    found = html.fromstring(client.get(page).content.decode())
    (form,) = found.xpath(f"//form[@action='{path}']")
    return form.xpath("string(.//button/@value)")


def test_a_reader_follows_and_stops_by_the_button_of_each_page(area, homes, action):
    client = client_of(area.reader)
    for path, (page, thing) in things(area, homes, action).items():
        assert button(client, page, path) == "yes"
        for _ in range(2):
            assert client.post(path, {"follow": "yes"}).url == page
        assert Follow.objects.filter(user=area.reader, **thing).count() == 1
        assert button(client, page, path) == "no"
        for _ in range(2):
            assert client.post(path, {"follow": "no"}).url == page
        assert Follow.objects.count() == 0


def test_the_button_sends_one_of_two_words(area, homes, action):
    client = client_of(area.reader)
    for path in things(area, homes, action):
        for body in ({}, {"follow": ""}, {"follow": "maybe"}, {"follow": "yes\x00"}):
            assert client.post(path, body).status_code == 404
        assert client.get(path).status_code == 405
    assert Follow.objects.count() == 0


def test_what_belongs_elsewhere_cannot_be_followed(area, homes, action, bury):
    outside = client_of(bury.coordinator)
    for path in things(area, homes, action):
        assert outside.post(path, {"follow": "yes"}).status_code == 404
    other = make_small_framework(slug="other").domains.first()
    here = area.partnership.slug
    path = reverse("follow_domain", args=[here, other.pk])
    assert client_of(area.reader).post(path, {"follow": "yes"}).status_code == 404
    for thing in ({"action": action}, {"organisation": homes}, {"domain": domain_of(area)}):
        with pytest.raises(PermissionDenied):
            follow(by=bury.reader, partnership=area.partnership, **thing)
        with pytest.raises(PermissionDenied, match="does not belong to Bury Together"):
            follow(by=bury.reader, partnership=bury.partnership, **thing)
    assert Follow.objects.count() == 0


def test_the_database_refuses_what_belongs_elsewhere(area, action, bury):
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(user=bury.reader, partnership=bury.partnership, action=action)


def test_the_same_person_may_follow_a_domain_in_two_partnerships(area, bury):
    domain = domain_of(area)
    make_assessment(bury.partnership, domain.framework)
    make_membership(bury.partnership, area.reader, "reader")
    for partnership in (area.partnership, bury.partnership):
        follow(by=area.reader, partnership=partnership, domain=domain)
    assert Follow.objects.visible_to(area.reader).count() == 2


@pytest.mark.django_db(transaction=True)
def test_six_clicks_at_once_are_one():
    area = make_area()
    action = make_plan_action(make_organisation(area.partnership))
    at_once(*[lambda: follow(by=area.reader, partnership=area.partnership, action=action).pk] * 6)
    assert Follow.objects.count() == 1


# --- The list -----------------------------------------------------------------------------------


def follow_all(area, homes, action, user=None):
    for _, thing in things(area, homes, action).values():
        follow(by=user or area.reader, partnership=area.partnership, **thing)


def test_the_list_names_everything_and_a_button_ends_it(area, homes, action):
    follow_all(area, homes, action)
    client = client_of(area.reader)
    text = shown(client.get(LIST))
    for words in (f"Action {action}", "Homes First", f"Domain {domain_of(area)}"):
        assert words in text
    page = html.fromstring(client.get(LIST).content.decode())
    (form,) = page.xpath("//form[.//table]")
    (path,) = form.xpath(".//tr[contains(., 'Homes First')]//button/@formaction")
    sent = dict(form.form_values()) | {"follow": "no"}
    assert client.post(path, sent).url == LIST
    assert not Follow.objects.filter(organisation=homes).exists()
    assert Follow.objects.count() == 2


def test_nobody_sees_or_ends_what_another_person_follows(area, homes, action):
    follow_all(area, homes, action)
    client = client_of(area.lead)
    assert "You follow nothing yet." in shown(client.get(LIST))
    for path in things(area, homes, action):
        assert client.post(path, {"follow": "no"}).status_code == 302
    assert Follow.objects.filter(user=area.reader).count() == 3


def test_the_list_asks_as_often_for_many_as_for_one(area, homes, django_assert_num_queries):
    client = client_of(area.reader)
    follow(by=area.reader, partnership=area.partnership, action=make_plan_action(homes))
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)
    for _ in range(30):
        follow(by=area.reader, partnership=area.partnership, action=make_plan_action(homes))
    with django_assert_num_queries(4):
        client.get(LIST)


def test_who_leaves_follows_no_more_also_when_they_come_again(area, homes, action):
    follow_all(area, homes, action)
    area.reader.memberships.get().delete()
    assert Follow.objects.visible_to(area.reader).count() == 0
    make_membership(area.partnership, area.reader, "reader")
    assert Follow.objects.visible_to(area.reader).count() == 0
    assert "You follow nothing yet." in shown(client_of(area.reader).get(LIST))
    again = follow(by=area.reader, partnership=area.partnership, action=action)
    assert list(Follow.objects.visible_to(area.reader)) == [again]
    unfollow(by=area.reader, partnership=area.partnership, action=action)
    assert Follow.objects.visible_to(area.reader).count() == 0


def test_it_is_told_to_who_asks_what_the_portal_holds(area, homes, action):
    follow_all(area, homes, action)
    data = json.loads(client_of(area.reader).get("/your-account/data.json").content)
    told = data["parts"]["What you follow"]
    assert [each["What"] for each in told] == [
        f"Action {action}", "Homes First", f"Domain {domain_of(area)}"
    ]  # fmt: skip
    assert "Homes First" in shown(client_of(area.reader).get("/your-account/data/"))
