"""The register: what each filter and each sort shows, and how many queries it takes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from partnerships.anonymising import anonymise
from pledges.models import Action
from tests.factories.actions import make_plan_action, make_plan_actions
from tests.factories.assessments import make_assessment
from tests.factories.bad_input import STRANGE
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_area, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def domains(area):
    small = make_small_framework()
    make_assessment(area.partnership, small)
    return list(small.domains.order_by("number"))


@pytest.fixture
def register(area, domains):
    """Six actions of two organisations, each unlike the others."""
    today = timezone.localdate()
    ours = make_organisation(area.partnership, "Bamford School")
    theirs = make_organisation(area.partnership, "Ayr Housing")
    area.partnership.memberships.get(user=area.lead).organisations.add(ours)

    def make(organisation, *, days=None, **words):
        due = None if days is None else today + timedelta(days=days)
        return make_plan_action(organisation, due_on=due, **words)

    make(ours, what="Train teachers", days=-1, owner=area.lead, domains=domains[:1])
    make(ours, what="Hold a fair", days=0, status="in_progress", rating="red")
    make(ours, what="Write leaflets", days=14, status="in_progress", rating="green")
    make(theirs, what="Ask tenants", days=15, deputies=[area.lead], domains=domains[1:])
    make(theirs, what="Count", measure="Quarrels in 12 blocks", owner_words="Head of housing")
    make(
        theirs, what="Done", days=-30, status="complete", completed_on=today, owner=area.partner
    )  # fmt: skip
    return area


def address(area, **query):
    return reverse("register", args=[area.partnership.slug], query=query)


def shown(area, user=None, **query):
    """The numbers on the page, in its order."""
    response = client_of(user or area.coordinator).get(address(area, **query))
    assert response.status_code == 200
    rows = html.fromstring(response.content.decode()).xpath("//tbody/tr")
    return [int(row.xpath("string(td[1])").strip()) for row in rows]


def test_what_is_due_soonest_comes_first_then_what_has_no_day_then_what_is_over(register):
    assert shown(register) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"status": "open"}, [1, 2, 3, 4, 5]),
        ({"status": "not_started"}, [1, 4, 5]),
        ({"status": "complete"}, [6]),
        ({"status": "withdrawn"}, []),
        ({"rating": "red"}, [2]),
        ({"rating": "amber"}, []),
        ({"due": "overdue"}, [1]),
        ({"due": "soon"}, [2, 3]),
        ({"due": "later"}, [4]),
        ({"due": "none"}, [5]),
        ({"text": "train"}, [1]),
        ({"text": "teacher training"}, [1]),
        ({"text": "quarrel"}, [5]),
        ({"text": "head of housing"}, [5]),
        ({"text": "12"}, [5]),
        ({"text": "3"}, [3]),
        ({"text": "99999999999999999999"}, []),
        ({"text": "-train"}, [2, 3, 4, 5, 6]),
        ({"status": "in_progress", "due": "soon", "rating": "green"}, [3]),
    ],
)
def test_each_filter_shows_what_it_says(register, query, numbers):
    assert shown(register, **query) == numbers


def test_by_organisation_domain_dimension_and_person(register, domains):
    theirs = register.partnership.organisations.get(name="Ayr Housing")
    dimension = domains[0].dimension
    of_it = {domain.number for domain in domains if domain.dimension_id == dimension.pk}
    wanted = [1] if of_it == {1} else [1, 4]
    assert shown(register, organisation=theirs.pk) == [4, 5, 6]
    assert shown(register, domain=domains[0].pk) == [1]
    assert shown(register, domain=domains[2].pk) == [4]
    assert shown(register, dimension=dimension.pk) == wanted
    assert shown(register, person=register.lead.pk) == [1, 4]


def test_mine_is_what_i_own_or_stand_in_for_and_ours_is_my_organisations(register):
    assert shown(register, register.lead, show="mine") == [1, 4]
    assert shown(register, register.partner, show="mine") == [6]
    assert shown(register, register.reader, show="mine") == []
    assert shown(register, register.lead, show="ours") == [1, 2, 3]
    assert shown(register, register.coordinator, show="ours") == []


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("number", [1, 2, 3, 4, 5, 6]),
        ("-number", [6, 5, 4, 3, 2, 1]),
        ("organisation", [4, 5, 6, 1, 2, 3]),
        ("-organisation", [3, 2, 1, 6, 5, 4]),
        ("due_on", [6, 1, 2, 3, 4, 5]),
        ("-due_on", [4, 3, 2, 1, 6, 5]),
        ("status", [6, 2, 3, 1, 4, 5]),
        ("rating", [2, 3, 1, 4, 5, 6]),
        ("-rating", [3, 2, 1, 4, 5, 6]),
        ("nonsense", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_each_sort_is_what_its_heading_says(register, sort, numbers):
    assert shown(register, sort=sort) == numbers


@pytest.mark.parametrize("sort", ["owner", "-owner", "updated_at", "-updated_at"])
def test_every_other_sort_shows_every_action_once(register, sort):
    assert sorted(shown(register, sort=sort)) == [1, 2, 3, 4, 5, 6]


def people_to_choose_from(area):
    page = client_of(area.coordinator).get(address(area)).content.decode()
    return html.fromstring(page).xpath("//select[@name='person']/option[@value != '']/text()")


def test_the_person_to_ask_about_is_whoever_can_write_or_has_an_action(register):
    partnership = register.partnership
    ours = partnership.organisations.get(name="Bamford School")
    writers = people_to_choose_from(register)
    assert str(register.reader) not in writers
    assert {str(each) for each in (register.lead, register.partner)} <= set(writers)

    make_plan_action(ours, owner=register.facilitator)
    make_plan_action(ours, deputies=[register.partner])
    partnership.memberships.update(role="reader")  # they have actions, and no role to write
    partnership.memberships.filter(user=register.coordinator).update(role="coordinator")
    with_actions = people_to_choose_from(register)
    assert sorted(with_actions) == sorted(
        str(each)
        for each in (register.coordinator, register.facilitator, register.lead, register.partner)
    )
    assert shown(register, person=register.facilitator.pk) == [7]

    partnership.memberships.filter(user__in=[register.facilitator, register.partner]).delete()
    assert str(register.facilitator) in people_to_choose_from(register)  # the owner of an action
    anonymise(user=register.facilitator)
    assert "Former member" not in people_to_choose_from(register)
    other = make_area("bury", "Bury", "Bury")
    make_plan_action(make_organisation(other.partnership), owner=other.lead)
    assert str(other.lead) not in people_to_choose_from(register)


def test_ids_of_another_partnership_narrow_nothing_and_name_nobody(register):
    other = make_area("bury", "Bury", "Bury")
    organisation = make_organisation(other.partnership, "Bury College")
    make_plan_action(organisation, owner=other.lead)
    for query in ({"organisation": organisation.pk}, {"person": other.lead.pk}):
        page = client_of(register.coordinator).get(address(register, **query)).content.decode()
        assert "Bury College" not in page
        assert str(other.lead) not in page
        assert len(shown(register, **query)) == 6
    assert client_of(other.coordinator).get(address(register)).status_code == 404


@pytest.mark.parametrize("text", [*STRANGE.values(), "a\x00b", "'\"", "&|!:*", "x" * 5000, "٣"])
def test_odd_words_are_searched_for_or_refused_but_never_an_error(register, text):
    client = client_of(register.lead)
    for name in ("text", "show", "organisation", "status", "rating", "due", "domain", "page"):
        assert client.get(address(register, **{name: text})).status_code == 200
    for name in ("dimension", "person"):
        assert client.get(address(register, **{name: text})).status_code == 200


def test_a_view_that_narrows_says_so_and_opens_its_filter(register):
    page = client_of(register.lead).get(address(register, due="overdue")).content.decode()
    assert "This view has an address of its own" in page
    assert '<details class="govuk-details rpc-no-print" open>' in page
    plain = client_of(register.lead).get(address(register)).content.decode()
    assert '<details class="govuk-details rpc-no-print" open>' not in plain


def test_a_reader_sees_everything_and_no_button_to_add(register):
    assert len(shown(register, register.reader)) == 6
    page = client_of(register.reader).get(address(register)).content.decode()
    assert "Add an action" not in page


def test_the_register_takes_the_same_queries_for_three_and_three_thousand(area):
    ours = make_organisation(area.partnership)
    make_plan_actions(ours, 3, owner=area.lead)
    client = client_of(area.lead)
    queries = {"show": "ours", "text": "thing", "due": "none", "person": area.lead.pk}
    for query in ({}, queries):
        client.get(address(area, **query))
    counts = [_queries(client, address(area)), _queries(client, address(area, **queries))]
    make_plan_actions(ours, 2_997, owner=area.lead)
    assert Action.objects.count() == 3_000
    assert counts == [
        _queries(client, address(area)),
        _queries(client, address(area, **queries)),
    ]


def _queries(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
