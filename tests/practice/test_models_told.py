"""What the activity, the history and one's own data tell of practice models."""

import html

import pytest

from practice import modelling
from practice.models import PracticeModel, StandardVersion
from practice.taking_on import take_on
from rpcportal.demo import practice as demo
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.factories.practice import make_part, make_practice_model


def told(client, path="activity"):
    return html.unescape(client.get(f"/partnerships/rochdale/{path}/").content.decode())


def test_the_activity_tells_what_was_done_to_a_model(area, client):
    starter = make_practice_model(name="First")
    make_part(starter, "value", name="Curiosity")
    model = take_on(model=starter, partnership=area.partnership, by=area.coordinator)
    part = model.parts.get()
    words = {"meaning": "M", "behaviours": ""}
    one = modelling.add_part(model=model, kind="value", by=area.coordinator, name="B", **words)
    modelling.move_part(part=one, up=True, by=area.coordinator)
    modelling.remove_part(part=part, by=area.coordinator)
    page = told(client)
    for sentence in (
        "took the practice model “First” on",
        "added the value “B” of “First”",
        "moved the value “B” of “First”",
        "removed the value “Curiosity” of “First”",
    ):
        assert sentence in page
    history = told(client, f"practice/models/{model.pk}/history")
    assert "Value “Curiosity”" in history


def test_another_partnerships_activity_tells_nothing_of_it(area, client):
    other = make_area("bury", "Bury", "Bury")
    starter = make_practice_model(name="First")
    take_on(model=starter, partnership=other.partnership, by=other.coordinator)
    assert "“First”" not in told(client)


@pytest.mark.django_db
def test_the_demo_partnership_works_by_a_model(area):
    load_rpc_2018()
    for user, email in ((area.facilitator, "facilitator"), (area.coordinator, "coordinator")):
        user.email = f"{email}@example.org"
        user.save()
    demo.load(area.partnership, area.coordinator)
    ours = StandardVersion.objects.filter(standard__partnership=area.partnership)
    assert ours.filter(state="draft").count() == 2
    amended = ours.get(number=2)
    assert "working days" in amended.amendment
    assert amended.measures.filter(limit_unit="working_days", limit_number=10).count() == 1
    assert PracticeModel.objects.own(area.partnership).get().name == "Relationships first"
