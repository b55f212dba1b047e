"""Two consoles at the same moment, with real threads on the real database."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from planning import agreeing, balloting, parking, running
from planning.merging import Save, fingerprint
from planning.models import Ballot, ParkedPoint, Stage, UnsettledText, Workshop
from tests.factories.assessments import entry_of, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_ballot, make_phones, make_workshop, vote_of
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def workshop(area):
    return make_workshop(make_scored(area.partnership, make_small_framework()), area.coordinator)


def both(area, call):
    """The coordinator and the facilitator do the same at once."""
    return at_once(*(lambda by=by: call(by) for by in (area.coordinator, area.facilitator)))


def refusals(results):
    return [each for each in results if isinstance(each, Exception)]


def test_two_who_open_the_same_round_open_one(area, workshop):
    entry = entry_of(workshop.assessment, 1)
    results = both(
        area,
        lambda by: balloting.open_ballot(workshop=workshop, entry=entry, number=1, by=by),
    )
    assert refusals(results) == []
    assert Ballot.objects.get().round == 1
    assert Workshop.objects.get().version == 1


def test_two_who_close_a_vote_count_it_once(area, workshop):
    ballot = make_ballot(workshop)
    for phone in make_phones(workshop, 5):
        vote_of(ballot, phone)
    results = both(area, lambda by: balloting.reveal(ballot=ballot, by=by))
    assert refusals(results) == []
    assert Ballot.objects.get().voters == 5
    assert sum(tally.votes for tally in ballot.tallies.filter(sector="")) == 5
    assert Workshop.objects.get().version == 1


def test_of_two_who_go_elsewhere_at_once_the_room_is_at_one_place(area, workshop):
    first, second = (entry_of(workshop.assessment, number) for number in (1, 2))
    results = at_once(
        *(
            lambda by=by, entry=entry: running.go_to(
                workshop=workshop, stage=Stage.DOMAIN, entry=entry, by=by
            )
            for by, entry in ((area.coordinator, first), (area.facilitator, second))
        )
    )
    assert refusals(results) == []
    assert Workshop.objects.get().entry in (first, second)
    assert Workshop.objects.get().version == 2


def test_who_goes_on_while_another_opens_a_vote_leaves_nobody_in_between(area, workshop):
    first, second = (entry_of(workshop.assessment, number) for number in (1, 2))
    by = area.coordinator
    moved, _ = at_once(
        lambda: running.go_to(workshop=workshop, stage=Stage.DOMAIN, entry=second, by=by),
        lambda: balloting.open_ballot(workshop=workshop, entry=first, by=area.facilitator),
    )
    assert isinstance(moved, ValidationError | Workshop)
    # Whoever came first: phones are asked what the room is at.
    assert Workshop.objects.get().entry == Ballot.objects.get().entry == first


def test_five_more_minutes_of_two_facilitators_are_five(area, workshop):
    seen = running.timer_seen(
        running.set_timer(workshop=workshop, minutes=5, seen="", by=area.coordinator)
    )
    before = Workshop.objects.get().timer_ends_at
    both(area, lambda by: running.set_timer(workshop=workshop, minutes=5, seen=seen, by=by))
    assert (Workshop.objects.get().timer_ends_at - before).total_seconds() == 300


def test_a_point_that_is_sent_eight_times_at_once_is_one(area, workshop):
    key = uuid.uuid4()
    send = lambda: parking.park(  # noqa: E731 - the same call eight times
        workshop=workshop, text="Money", entry=None, request_key=key, by=area.coordinator
    )
    assert len({each.pk for each in at_once(*[send] * 8)}) == 1
    assert ParkedPoint.objects.count() == Workshop.objects.get().version == 1


def test_two_who_record_what_was_agreed_at_once_lose_no_words(area, workshop):
    entry = entry_of(workshop.assessment, 1)
    base = {"reason": fingerprint(entry.reason)}

    def record(by):
        save = Save(texts={"reason": f"Words of {by.pk}"}, base=base, page=f"page-{by.pk}")
        return agreeing.agree_level(workshop=workshop, entry=entry, save=save, by=by)

    assert refusals(both(area, record)) == []
    entry.refresh_from_db()
    kept = {entry.reason, UnsettledText.objects.get().text}
    assert kept == {f"Words of {by.pk}" for by in (area.coordinator, area.facilitator)}
