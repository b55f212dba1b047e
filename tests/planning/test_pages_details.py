"""The details of an assessment: two people at once, and the same click twice."""

import pytest
from django.urls import reverse

from planning.models import PriorityAction
from tests.factories.assessments import make_action, make_scored
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def draft(area):
    return make_scored(area.partnership, load_rpc_2018())


def test_details_that_someone_else_changed_are_shown_before_they_are_replaced(client, area, draft):
    client.force_login(area.coordinator)
    path = reverse("assessment_details", args=[draft.pk])
    seen = client.get(path).context["form"]["seen"].value()
    draft.note = "Their words"
    draft.save()
    mine = {"assessed_on-day": 30, "assessed_on-month": 7, "assessed_on-year": 2018}
    mine |= {"note": "My words", "seen": seen}

    page = client.post(path, mine)
    draft.refresh_from_db()
    assert draft.note == "Their words"
    assert "Their words" in page.content.decode()
    assert "My words" in page.content.decode()

    seen_now = page.context["form"]["seen"].value()
    assert client.post(path, mine | {"seen": seen_now}).status_code == 302
    draft.refresh_from_db()
    assert draft.note == "My words"


def test_removing_an_action_twice_is_harmless(client, area, draft):
    client.force_login(area.partner)
    key = make_action(draft, {1}).key
    path = reverse("remove_action", args=[draft.pk, 1, key])
    assert [client.post(path).status_code for _ in range(2)] == [302, 302]
    assert PriorityAction.objects.count() == 0


def test_a_profile_can_be_shown_without_a_comparison(client, area, draft):
    client.force_login(area.reader)
    page = client.get(reverse("profile", args=[draft.pk]), {"with": "none"})
    assert page.context["compared"] is None
