"""The end of a workshop at the same moment: real threads, real connections."""

from functools import partial

import pytest

from planning import balloting
from planning import workshop_closing as closing
from planning.models import Workshop, WorkshopAttendance
from tests.factories.assessments import make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_phones, make_workshop
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workshop():
    area = make_area()
    return make_workshop(make_scored(area.partnership, make_small_framework()), area.coordinator)


def test_two_facilitators_who_close_at_once_close_once_and_count_once(workshop):
    make_phones(workshop, 3)
    close = partial(closing.close_workshop, workshop=workshop, by=workshop.created_by)
    found = at_once(*[close] * 4)
    assert len({each.closed_at for each in found}) == 1
    assert WorkshopAttendance.objects.get().people == 3


def test_a_vote_and_the_close_of_the_same_moment_exclude_each_other(workshop):
    by = workshop.created_by
    found = at_once(
        partial(closing.close_workshop, workshop=workshop, by=by),
        partial(balloting.open_ballot, workshop=workshop, kind="rating", by=by),
    )
    refused = [each for each in found if isinstance(each, Exception)]
    assert [type(each).__name__ for each in refused] == ["ValidationError"]
    is_closed = Workshop.objects.get().closed_at is not None
    assert is_closed != workshop.ballots.open().exists()
