"""Two people who save in the very moment: the second one sees what the first one wrote.

Each form looked before; what counts is what stands there once the row is held.
"""

from datetime import date

import pytest
from django.urls import reverse

from planning.models import Assessment
from pledges.models import Action, Pledge, Update
from tests.factories.actions import make_plain_pledge, make_plan_action
from tests.factories.assessments import make_assessment
from tests.factories.bad_input import shown
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of, make_organisation
from tests.parallel import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ours(area):
    return make_organisation(area.partnership, "Ours")


@pytest.fixture
def action(ours):
    return make_plan_action(ours, what="Before", due_on=date(2026, 5, 1))


def waits_and_is_told(client, page, body, row, change):
    """Send ``body`` while somebody else holds ``row`` and makes ``change``; the answer's words."""
    form = client.get(page).context["form"]
    body = {"seen": form["seen"].value(), **body}
    with meanwhile(lambda: client.post(page, body)) as outcome:
        row._meta.default_manager.select_for_update().get(pk=row.pk)
        row._meta.default_manager.filter(pk=row.pk).update(**change)
    (answer,) = outcome
    assert answer.status_code == 200
    return shown(answer)


def path(action, page):
    return reverse(page, args=[action.partnership.slug, action.number])


def test_a_line_of_a_plan(area, ours, action):
    body = {"organisation": ours.pk, "what": "Mine"}
    words = waits_and_is_told(
        client_of(area.coordinator), path(action, "change_action"), body, action, {"what": "Theirs"}
    )
    assert "Someone else has changed this action meanwhile. It now says: “Theirs”" in words
    assert "Mine" in words
    assert Action.objects.get().what == "Theirs"


def test_an_update(area, action):
    client, page = client_of(area.coordinator), path(action, "tell")
    key = client.get(page).context["form"]["request_key"].value()
    body = {"status": "not_started", "rating": "", "text": "Mine", "request_key": key}
    body |= {"due_on-day": "1", "due_on-month": "5", "due_on-year": "2026"}
    words = waits_and_is_told(client, page, body, action, {"status": "in_progress"})
    assert "It now stands at: in progress" in words
    assert not Update.objects.exists()


def test_what_is_around_a_pledge(area, ours):
    pledge = make_plain_pledge(ours)
    page = reverse("change_pledge", args=[area.partnership.slug, ours.pk])
    words = waits_and_is_told(
        client_of(area.coordinator), page, {"champion": "Mine"}, pledge, {"champion": "Theirs"}
    )
    assert "Someone else has changed this pledge meanwhile" in words
    assert Pledge.objects.get().champion == "Theirs"


def test_the_details_of_an_assessment(area):
    draft = make_assessment(area.partnership, make_small_framework())
    body = {"assessed_on-day": "1", "assessed_on-month": "2", "assessed_on-year": "2020"}
    words = waits_and_is_told(
        client_of(area.coordinator), reverse("assessment_details", args=[draft.pk]),
        body | {"note": "Mine"}, draft, {"note": "Theirs"},
    )  # fmt: skip
    assert "Someone else has changed these details meanwhile" in words
    assert Assessment.objects.get().note == "Theirs"
