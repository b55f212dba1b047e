"""Several people at one audit in the same moment."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from pledges.models import Action
from practice import auditing
from practice.models import Audit, AuditAction, Finding
from tests.factories.audits import DAY, find, make_audit
from tests.factories.people import make_organisation
from tests.factories.practice import make_part, make_practice_model, make_standard
from tests.parallel import at_once, meanwhile

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("index_left_alone"),
]
KEY = uuid.UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def audit(area):
    pillar = make_part(make_practice_model(area.partnership))
    measures = make_standard(pillar, measures=3).versions.get().measures.all()
    return make_audit(area.partnership, area.coordinator, measures, files=8)


def save(audit, by, number, outcome="met"):
    found = dict.fromkeys(audit.measures.all(), (outcome, ""))
    file = audit.files.get(position=number)
    return lambda: auditing.save_file(file=file, by=by, reference="", found=found)


def finish(audit, by):
    return lambda: auditing.finish_audit(audit=audit, by=by, learnt="")


def errors(results):
    return [each for each in results if isinstance(each, Exception)]


def test_different_files_are_saved_at_once(area, audit):
    results = at_once(*(save(audit, area.coordinator, number) for number in range(1, 9)))
    assert errors(results) == []
    assert Finding.objects.count() == 24


def test_the_same_file_twice_at_once_is_one(area, audit):
    results = at_once(*(save(audit, area.coordinator, 1) for _ in range(4)))
    assert errors(results) == []
    assert Finding.objects.count() == 3


def test_what_is_saved_while_it_is_finished_is_either_in_it_or_refused(area, audit):
    find(audit, 8, "met")
    saving = save(audit, area.facilitator, 1)
    with meanwhile(saving) as outcome:
        finish(audit, area.coordinator)()
    (refused,) = outcome
    assert isinstance(refused, ValidationError)
    assert refused.messages == [auditing.FINISHED]
    assert Finding.objects.count() == 1


def test_finishing_waits_for_a_file_that_is_being_saved(area, audit):
    with meanwhile(finish(audit, area.coordinator)) as outcome:
        save(audit, area.facilitator, 1)()
    assert not errors(outcome)
    assert Audit.objects.get().finished_at
    assert Finding.objects.count() == 3


def test_finished_twice_at_once_is_once(area, audit):
    find(audit, 1, "met")
    assert errors(at_once(*(finish(audit, area.coordinator) for _ in range(4)))) == []
    assert Audit.pgh_event_model.objects.filter(finished_at__isnull=False).count() == 1


def test_removed_while_a_file_is_saved_is_a_sentence(area, audit):
    with meanwhile(save(audit, area.facilitator, 1)) as outcome:
        auditing.remove_audit(audit=audit, by=area.coordinator)
    (refused,) = outcome
    assert "Somebody has removed this audit meanwhile" in refused.messages[0]


def test_started_twice_at_once_is_one(area):
    def start():
        return auditing.start_audit(
            partnership=area.partnership, by=area.coordinator, name="N", organisation=None,
            held_on=DAY, sample="", files=2, request_key=KEY,
        )  # fmt: skip

    assert errors(at_once(*[start] * 4)) == []
    assert Audit.objects.count() == 1


def test_an_action_made_twice_at_once_is_one(area, audit):
    find(audit, 1, "not")
    organisation, asked = make_organisation(area.partnership), audit.measures.first()

    def make():
        return auditing.make_action(
            asked=asked, by=area.coordinator, organisation=organisation, request_key=KEY, what="W"
        )

    assert errors(at_once(*[make] * 4)) == []
    assert (Action.objects.count(), AuditAction.objects.count()) == (1, 1)


def test_measures_chosen_by_two_at_once_are_there_once(area, audit):
    measures = [each.measure for each in audit.measures.all()]
    audit.measures.all().delete()

    def choose():
        return auditing.choose_measures(audit=audit, by=area.coordinator, measures=measures)

    assert errors(at_once(*[choose] * 3)) == []
    assert audit.measures.count() == 3
