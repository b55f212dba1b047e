"""Two people at the models, pillars and details of one library in the very moment."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from practice import arranging, auditing, modelling, writing
from practice.models import Audit, ModelPart, Standard
from tests.factories.audits import find, make_audit
from tests.factories.bad_input import shown
from tests.factories.editing import begin
from tests.factories.people import client_of
from tests.factories.practice import make_part, make_practice_model, make_standard
from tests.parallel import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model(area):
    return make_practice_model(area.partnership)


@pytest.fixture
def pillar(model):
    return make_part(model)


def path(name, *args):
    return reverse(name, args=["rochdale", *args])


def errors(results):
    return [each for each in results if isinstance(each, Exception)]


# --- The details of standards -----------------------------------------------------------------


def test_the_details_of_all_standards_of_a_pillar_are_saved_at_once(area, pillar):
    standards = [make_standard(pillar, position=place) for place in range(1, 5)]

    def save(standard):
        body = {"owner": area.coordinator.pk, "pillar": pillar.pk, "place": standard.position}
        client = client_of(area.coordinator)
        return lambda: client.post(path("change_standard_details", standard.pk), body)

    for _ in range(3):
        Standard.objects.update(owner=None)
        answers = at_once(*(save(each) for each in standards))
        assert [each.status_code for each in answers] == [302] * 4
        owners = Standard.objects.order_by("position").values_list("owner", "position")
        assert list(owners) == [(area.coordinator.pk, place) for place in range(1, 5)]


def test_a_standard_moves_while_another_one_does(area, pillar):
    """Of two who move standards between two pillars, in opposite ways."""
    other = make_part(pillar.model, name="Other", position=2)
    here, there = make_standard(pillar), make_standard(other)

    def move(standard, to):
        body = {"pillar": to.pk, "place": 1}
        client = client_of(area.coordinator)
        return lambda: client.post(path("change_standard_details", standard.pk), body)

    answers = at_once(move(here, other), move(there, pillar))
    assert [each.status_code for each in answers] == [302, 302]
    assert list(Standard.objects.order_by("pk").values_list("pillar", "position")) == [
        (other.pk, 1),
        (pillar.pk, 1),
    ]


def test_who_brings_a_standard_back_that_is_discarded_meanwhile_reads_so(area, client, pillar):
    standard = begin(pillar, area.coordinator)
    arranging.withdraw(standard=standard, on=date(2026, 3, 2), by=area.coordinator)
    body = {"bring_back": "yes"}
    with meanwhile(lambda: client.post(path("withdraw_standard", standard.pk), body)) as outcome:
        writing.discard_draft(standard=standard, by=area.facilitator)
    (answer,) = outcome
    assert answer.status_code == 302
    assert writing.DISCARDED in shown(client.get(answer.url))


def test_the_words_of_a_standard_that_moves_meanwhile_are_saved(area, client, pillar):
    """It is no less there for standing under another pillar."""
    other = make_part(pillar.model, name="Other", position=2)
    standard = begin(pillar, area.coordinator)
    body = {"statement": "We typed this."}
    with meanwhile(lambda: client.post(path("standard_draft", standard.pk), body)) as outcome:
        arranging.change_details(
            standard=standard, owner=None, review_on=None, pillar=other, place=1,
            by=area.facilitator,
        )  # fmt: skip
    (answer,) = outcome
    assert answer.status_code == 302
    assert standard.versions.get().statement == "We typed this."
    assert Standard.objects.get().pillar == other


def test_who_sees_to_a_standard_meanwhile_is_named(area, client, pillar):
    standard = make_standard(pillar)
    address = path("change_standard_details", standard.pk)
    seen = client.get(address).context["form"]["seen"].value()
    body = {"owner": "", "pillar": pillar.pk, "place": 1, "seen": seen}
    with meanwhile(lambda: client.post(address, body)) as outcome:
        arranging.change_details(
            standard=standard, owner=area.facilitator, review_on=None, pillar=pillar, place=1,
            by=area.facilitator,
        )  # fmt: skip
    (answer,) = outcome
    assert f"Who sees to it is now {area.facilitator}" in shown(answer)


# --- Parts ------------------------------------------------------------------------------------


def test_a_part_removed_twice_at_once_is_removed_once(area, pillar):
    clients = [client_of(area.coordinator) for _ in range(4)]
    address = path("remove_part", pillar.pk)
    answers = at_once(*(lambda c=each: c.post(address) for each in clients))
    assert errors(answers) == []
    assert {each.status_code for each in answers} == {302}
    assert not ModelPart.objects.exists()


def test_words_for_a_part_that_is_removed_meanwhile_come_back(area, client, pillar):
    body = {"name": "Words that I typed", "meaning": "At length"}
    with meanwhile(lambda: client.post(path("change_part", pillar.pk), body)) as outcome:
        modelling.remove_part(part=pillar, by=area.facilitator)
    (answer,) = outcome
    assert answer.status_code == 200
    words = shown(answer)
    assert modelling.GONE in words
    assert "Words that I typed" in words
    assert "At length" in words


def test_a_part_that_is_removed_meanwhile_does_not_move(area, client, pillar):
    with meanwhile(lambda: client.post(path("move_part", pillar.pk), {"to": "up"})) as outcome:
        modelling.remove_part(part=pillar, by=area.facilitator)
    (answer,) = outcome
    assert answer.status_code == 302
    assert modelling.GONE in shown(client.get(answer.url))


def test_a_standard_under_a_pillar_that_is_removed_meanwhile_comes_back(area, client, pillar):
    body = {"statement": "We typed this.", "request_key": uuid.uuid4()}
    with meanwhile(lambda: client.post(path("add_standard", pillar.pk), body)) as outcome:
        modelling.remove_part(part=pillar, by=area.facilitator)
    (answer,) = outcome
    assert answer.status_code == 200
    assert writing.PILLAR_GONE in shown(answer)
    assert "We typed this." in shown(answer)


def test_a_pillar_under_which_a_standard_is_begun_meanwhile_stays(area, client, pillar):
    with meanwhile(lambda: client.post(path("remove_part", pillar.pk))) as outcome:
        begin(pillar, area.facilitator)
    (answer,) = outcome
    assert answer.status_code == 200
    assert "has one standard under it" in shown(answer)
    assert ModelPart.objects.get() == pillar


# --- Audits -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("index_left_alone")
def test_an_audit_that_is_finished_while_somebody_removes_it_stays(area, client, pillar):
    measures = make_standard(pillar).versions.get().measures.all()
    audit = make_audit(area.partnership, area.coordinator, measures)
    find(audit, 1, "met")
    with meanwhile(lambda: client.post(path("remove_audit", audit.pk))) as outcome:
        auditing.finish_audit(audit=audit, by=area.facilitator, learnt="")
    (answer,) = outcome
    assert answer.status_code == 302
    assert "A finished audit stays" in shown(client.get(answer.url))
    assert Audit.objects.get() == audit


@pytest.mark.usefixtures("index_left_alone")
def test_an_audit_removed_twice_at_once_is_removed_once(area, pillar):
    audit = make_audit(area.partnership, area.coordinator)
    clients = [client_of(area.coordinator) for _ in range(4)]
    answers = at_once(*(lambda c=c: c.post(path("remove_audit", audit.pk)) for c in clients))
    assert errors(answers) == []
    assert {each.status_code for each in answers} == {302}
