"""The sheet is agreed in the very moment in which the console records a level: real threads."""

from functools import partial

import pytest

from planning.agreeing import agree_level
from planning.merging import Save
from planning.permissions import SheetClosed
from tests.factories.assessments import agree, entry_of, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_workshop
from tests.planning.test_agreeing_at_once import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_level_that_stands_there_already_is_refused_with_a_sentence():
    area = make_area()
    sheet = make_scored(area.partnership, make_small_framework())
    workshop = make_workshop(sheet, area.coordinator)
    entry = entry_of(sheet, 1)
    same = Save(texts={"level": f"{entry.level.normalize():f}"}, base={}, page="workshop-1-page")
    refusal = meanwhile(
        partial(agree, sheet, by=area.coordinator),
        partial(agree_level, workshop=workshop, entry=entry, save=same, by=area.facilitator),
    )
    assert type(refusal) is SheetClosed
    assert str(refusal).startswith("This sheet was agreed a moment ago")
    entry.refresh_from_db()
    assert entry.agreed_in_id is None
