"""Two at the same moment: confirming, opening, hiding while a phone corrects its note."""

from threading import Event

import pytest

from partnerships.models import Occasion, Organisation
from pledges import confirming, launching, noting
from pledges.models import Action, LaunchNote, Signing
from pledges.noting import leave_note
from tests.factories.launches import make_launch, make_note
from tests.factories.people import make_area, make_organisation
from tests.factories.pledges import make_manifesto
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def area(transactional_db):
    return make_area()


@pytest.fixture
def launch(area):
    return make_launch(area.partnership, area.coordinator)


def confirming_of(note, by, organisation=None, **values):
    return lambda: confirming.confirm(
        note=note, by=by, organisation=organisation, signs=True, name=note.name, role=note.role,
        words=note.words, action=note.first_action, **values,
    )  # fmt: skip


def raise_first(results):
    for each in results:
        if isinstance(each, Exception):
            raise each


def test_one_note_confirmed_by_two_is_one_signature(area, launch):
    homes = make_organisation(area.partnership)
    note = make_note(launch, homes)
    people = (area.coordinator, area.facilitator)
    outcomes = at_once(*(confirming_of(note, by, homes) for by in people))
    raise_first(outcomes)
    assert {outcome.note.action for outcome in outcomes} == {Action.objects.get()}
    assert (Signing.objects.count(), Action.objects.count()) == (1, 1)


def test_two_notes_of_one_organisation_confirmed_at_once_sign_once(area, launch):
    homes = make_organisation(area.partnership)
    notes = [make_note(launch, homes, name=name) for name in ("Ada Marsh", "Bo Lund")]
    results = at_once(*(confirming_of(note, area.coordinator, homes) for note in notes))
    (refused,) = [each for each in results if isinstance(each, Exception)]
    assert "has signed at this launch already" in str(refused)
    assert (Signing.objects.count(), Action.objects.count()) == (1, 1)
    assert LaunchNote.objects.waiting().count() == 1


def test_a_launch_that_two_open_has_one_code(area):
    make_manifesto(area.partnership)
    planned = make_launch(area.partnership, area.coordinator, is_open=False)
    people = (area.coordinator, area.facilitator)
    raise_first(
        at_once(
            *(lambda by=by: launching.open_launch(launch=planned, hours=3, by=by) for by in people)
        )
    )
    assert Occasion.objects.count() == 1


def test_hiding_a_note_and_correcting_it_do_not_block_each_other(area, launch):
    note = make_note(launch, "Harbour Café")
    said = {
        "participant": note.participant, "launch": launch, "organisation": None,
        "organisation_words": "Harbour Café", "name": "Ada Marsh", "role": "Chair", "email": "",
    }  # fmt: skip
    calls = []
    for number in range(4):
        words = {"words": f"Words {number}", "first_action": ""}
        calls += [
            lambda words=words: leave_note(**said, **words),
            lambda hidden=bool(number % 2): launching.hide_note(
                note=note, is_hidden=hidden, by=area.coordinator
            ),
        ]
    raise_first(at_once(*calls))
    assert LaunchNote.objects.get().words.startswith("Words")
    assert Organisation.objects.count() == 0


@pytest.mark.parametrize("deed", ["confirm", "set_aside"])
def test_a_note_that_is_settled_while_its_phone_corrects_it_stays_settled(
    area, launch, deed, monkeypatch
):
    homes = make_organisation(area.partnership)
    note = make_note(launch, homes)
    settle = {
        "confirm": confirming_of(note, area.coordinator, homes),
        "set_aside": lambda: confirming.set_aside(note=note, is_aside=True, by=area.coordinator),
    }[deed]
    has_read, is_settled = Event(), Event()
    monkeypatch.setattr(noting, "note_of", waits_after(noting.note_of, has_read, is_settled))

    def correct():
        return leave_note(
            participant=note.participant, launch=launch, organisation=homes,
            organisation_words="", name="Ada Marsh", role="Chair", email="", words="Other words",
            first_action="",
        )  # fmt: skip

    def settle_then():
        has_read.wait(5)
        try:
            return settle()
        finally:
            is_settled.set()

    results = at_once(correct, settle_then)
    assert not isinstance(results[1], Exception), results
    left = LaunchNote.objects.get()
    assert left.status == {"confirm": "confirmed", "set_aside": "set_aside"}[deed]
    assert bool(left.signing_id and left.action_id) == (deed == "confirm")


def waits_after(read, has_read, is_settled):
    """Reads as ``read`` does; then gives whoever settles the note a moment to come in between."""

    def reading(*args):
        found = read(*args)
        has_read.set()
        is_settled.wait(1)
        return found

    return reading
