"""The steps from status to status that the database allows are those of the table in the code."""

from datetime import date

import pytest

from planning.models import Assessment, Status
from planning.models.assessment import TRANSITIONS
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.refusals import refused, run_sql

pytestmark = pytest.mark.django_db

WAY_TO = {
    Status.DRAFT: [],
    Status.ILLUSTRATIVE: [Status.ILLUSTRATIVE],
    Status.AGREED: [Status.AGREED],
    Status.SUPERSEDED: [Status.AGREED, Status.SUPERSEDED],
}
AGREED = {"agreed_name": "Name", "agreed_role": "Role", "agreed_on": date(2018, 8, 2)}


def change_status(assessment, status):
    run_sql("UPDATE planning_assessment SET status = %s WHERE id = %s", status, assessment.pk)


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_an_assessment_takes_only_the_steps_of_the_table(before, after):
    assessment = make_assessment(make_area().partnership, make_small_framework())
    Assessment.objects.filter(pk=assessment.pk).update(**AGREED)
    for step in WAY_TO[before]:
        change_status(assessment, step)
    if before == after or after in TRANSITIONS[before]:
        change_status(assessment, after)
    else:
        with refused("assessment_steps" if before.is_open else "sheet_closed"):
            change_status(assessment, after)


@pytest.mark.parametrize("status", [status for status in Status if not status.is_open])
def test_an_assessment_begins_open(status):
    with refused("assessment_steps"):
        Assessment.objects.create(
            partnership=make_area().partnership,
            framework=make_small_framework(),
            assessed_on=date(2018, 7, 30),
            status=status,
            **AGREED,
        )
