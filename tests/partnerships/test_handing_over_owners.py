"""Handing over priority actions: their owner is words, as the sheet prints them."""

import pytest

from planning.models import PriorityAction
from tests.factories.assessments import entry_of, make_action, make_assessment, save_texts
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area

pytestmark = pytest.mark.django_db

PATH = "/partnerships/rochdale/people/{}/hand-over/"


@pytest.fixture
def area():
    area = make_area()
    area.editor.name = "Ada Marsh"
    area.editor.save()
    area.lead.name = r"Ben \1 Dale"
    area.lead.save()
    return area


@pytest.fixture
def draft(area):
    return make_assessment(area.partnership, load_rpc_2018())


def number_of(person):
    return person.memberships.get().pk


def hand_over(area):
    path = PATH.format(number_of(area.editor))
    return client_of(area.coordinator).post(path, {"to": number_of(area.lead)})


@pytest.mark.parametrize(
    ("owner", "afterwards"),
    [
        ("Ada Marsh", r"Ben \1 Dale"),
        ("ada marsh, Housing", r"Ben \1 Dale, Housing"),
        ("Housing (Ada Marsh)", r"Housing (Ben \1 Dale)"),
        ("Ada Marsh and Ada Marshall", r"Ben \1 Dale and Ada Marshall"),
    ],
)
def test_the_name_is_replaced_where_it_stands(area, draft, owner, afterwards):
    make_action(draft, [1], owner=owner)
    page = client_of(area.coordinator).get(PATH.format(number_of(area.editor)))
    assert f"Write it down (owner: {owner})" in shown(page)
    assert hand_over(area).status_code == 302
    assert PriorityAction.objects.get().owner == afterwards


@pytest.mark.parametrize("owner", ["Ada Marshall", "Radada Marsh", "Housing", ""])
def test_another_name_is_nobody_elses_business(area, draft, owner):
    make_action(draft, [1], owner=owner)
    hand_over(area)
    assert PriorityAction.objects.get().owner == owner


def test_a_page_that_is_open_does_not_bring_the_old_name_back(area, draft):
    entry, key = entry_of(draft, 1), "2f2c7a2e-6c1e-4b7e-8d55-0b8e9d1f1a11"
    owner, what = f"action-{key}-owner", f"action-{key}-what"
    words = {what: "Write it down", owner: "Ada Marsh"}
    save_texts(entry, words, by=area.editor)
    assert PriorityAction.objects.get().owner == "Ada Marsh"

    hand_over(area)
    words = {**words, what: "Write it down again"}
    before = {**words, what: "Write it down"}
    save_texts(entry, words, by=area.editor, started_from=before, number=2)

    action = PriorityAction.objects.get()
    assert action.what == "Write it down again"
    assert action.owner == r"Ben \1 Dale"


def test_a_colleague_without_a_name_is_asked_for_one_first(area, draft):
    area.lead.name = ""
    area.lead.save()
    make_action(draft, [1], owner="Ada Marsh")
    answer = hand_over(area)
    assert answer.status_code == 403
    assert "has not given a name yet" in shown(answer)
    assert PriorityAction.objects.get().owner == "Ada Marsh"
