"""The demo's audits."""

import pytest

from practice.models import Audit, AuditAction, Finding
from rpcportal.demo import audits
from tests.factories.people import make_organisation
from tests.factories.practice import (
    make_part,
    make_practice_model,
    make_standard,
    make_standard_measure,
)

TEXTS = (
    "We hold a family network meeting",
    "There is a genogram on the file of every child",
    "The file has a chronology of what matters, and somebody has drawn a conclusion from it",
    "Each worker has supervision with time to reflect, apart from the check on tasks",
)


def test_nothing_is_made_where_no_standard_of_its_own_is_in_force(area):
    make_standard(make_part(make_practice_model()))
    audits.load(area.partnership, area.coordinator)
    assert not Audit.objects.exists()


@pytest.mark.usefixtures("index_left_alone")
def test_two_finished_audits_and_one_that_is_begun(area):
    make_organisation(area.partnership, "Rochdale Borough Council Children's Services")
    standard = make_standard(
        make_part(make_practice_model(area.partnership)), measures=0, draft=True
    )
    version = standard.versions.get()
    for position, text in enumerate(TEXTS, 1):
        make_standard_measure(version, position=position, text=text)
    version.state, version.approved_name = "approved", "Ruth Ellis"
    version.effective_on = version.approved_on = "2026-01-05"
    version.save()
    audits.load(area.partnership, area.coordinator)
    finished = [bool(each.finished_at) for each in Audit.objects.order_by("held_on")]
    assert finished == [True, True, False]
    assert Finding.objects.count() == 63
    assert AuditAction.objects.get().action.owner_words.startswith("Team managers")
