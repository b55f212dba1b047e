"""The demo's own resources and words."""

import pytest

from practice.models import Definition, PreferredWord, Resource, ResourceFile
from rpcportal.demo import resources
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area
from tests.factories.practice import make_resource

pytestmark = pytest.mark.django_db


def test_the_demo_has_resources_and_words_of_its_own():
    area = make_area()
    make_assessment(area.partnership, load_rpc_2018())
    for person, name in ((area.coordinator, "coordinator"), (area.facilitator, "facilitator")):
        person.email = f"{name}@example.org"
        person.save()
    make_resource(key="genogram")
    resources.load(area.partnership, area.coordinator)
    own = Resource.objects.own(area.partnership)
    assert own.count() == 4
    assert own.filter(copied_from__key="genogram").exists()
    assert ResourceFile.objects.get().name == "Agenda for a talk about arguments at home.docx"
    assert Definition.objects.own(area.partnership).count() == 1
    assert PreferredWord.objects.own(area.partnership).count() == 1
    assert all(each.bearings.exists() for each in own.filter(copied_from=None))
