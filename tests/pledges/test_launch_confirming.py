"""What becomes of the notes of a launch."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partnerships.models import Invitation, Organisation
from pledges import confirming
from pledges.models import Action, LaunchNote, Pledge, Signing
from tests.factories.launches import close, make_launch, make_note
from tests.factories.people import make_area, make_organisation
from tests.factories.pledges import make_manifesto, make_pledge

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def homes(area):
    return make_organisation(area.partnership, "Homes First")


@pytest.fixture
def launch(area):
    return close(make_launch(area.partnership, area.coordinator, held_on=DAY))


def confirm(note, by, organisation=None, **values):
    values = {
        "signs": True, "name": note.name, "role": note.role, "words": note.words,
        "action": note.first_action, "owner_words": confirming.owner_of(note), **values,
    }  # fmt: skip
    return confirming.confirm(note=note, by=by, organisation=organisation, **values)


def plan_of(note):
    return confirming.Planner(note.launch).plan(note)


def link(path):
    return f"https://portal.example{path}"


def test_a_note_becomes_a_signature_and_an_action(area, launch, homes):
    note = make_note(launch, homes)
    outcome = confirm(note, area.facilitator, homes)

    signing, action = Signing.objects.get(), Action.objects.get()
    assert (signing.name, signing.role, signing.signed_on) == ("Ada Marsh", "Chief executive", DAY)
    assert (signing.words, signing.manifesto) == (note.words, launch.manifesto)
    assert signing.recorded_by == area.facilitator
    assert (action.organisation, action.what) == (homes, "Name a staff champion")
    assert (action.owner_words, action.pledge) == ("Ada Marsh, Chief executive", homes.pledge)
    note.refresh_from_db()
    assert (note.status, note.signing, note.action) == ("confirmed", signing, action)
    assert (note.settled_by, outcome.sentence) == (area.facilitator, "")


def test_confirmed_twice_is_once(area, launch, homes):
    note = make_note(launch, homes)
    for _ in range(2):
        confirm(note, area.coordinator, homes)
    assert (Signing.objects.count(), Action.objects.count()) == (1, 1)


def test_a_second_signature_at_one_launch_is_refused_with_a_sentence(area, launch, homes):
    confirm(make_note(launch, homes), area.coordinator, homes)
    second = make_note(launch, homes, name="Bo Lund", first_action="")
    with pytest.raises(ValidationError, match="Homes First has signed at this launch already, by"):
        confirm(second, area.coordinator, homes)
    second.refresh_from_db()
    assert second.status == "waiting"


def test_of_several_notes_of_one_organisation_the_first_signs(area, launch, homes):
    first = make_note(launch, homes)
    second = make_note(launch, "HOMES  first", name="Bo Lund", first_action="Train everybody")
    plans = confirming.Planner(launch).plans([first, second])
    assert [plan.organisation for plan in plans] == [homes, homes]
    assert [plan.signs for plan in plans] == [True, False]
    assert [plan.is_clear for plan in plans] == [True, False]

    confirm(first, area.coordinator, homes)
    assert "has signed at this launch already, by Ada Marsh" in plan_of(second).why_not
    confirm(second, area.coordinator, homes, signs=False)
    assert [each.name for each in Signing.objects.all()] == ["Ada Marsh"]
    assert Action.objects.filter(organisation=homes).count() == 2


def test_two_notes_of_one_new_organisation_make_one(area, launch):
    for name, signs in (("Harbour Café", True), ("harbour café", False)):
        note = make_note(launch, name)
        confirm(note, area.coordinator, new_name=name, sector="voluntary", signs=signs)
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.sector) == ("Harbour Café", "voluntary")
    assert Signing.objects.count() == 1


def test_a_facilitator_cannot_add_an_organisation(area, launch):
    note = make_note(launch, "Harbour Café")
    with pytest.raises(PermissionDenied, match="A coordinator can"):
        confirm(note, area.facilitator, new_name="Harbour Café", sector="voluntary")
    note.refresh_from_db()
    assert note.status == "waiting"


def test_the_words_of_the_launch_are_signed_whatever_was_published_since(area, homes):
    launch = make_launch(area.partnership, area.coordinator)
    make_manifesto(area.partnership, pledge="Other words.")
    confirm(make_note(launch, homes), area.coordinator, homes)
    assert Signing.objects.get().manifesto == launch.manifesto


def test_who_signed_these_words_before_is_not_clear_but_may_renew(area, launch, homes):
    make_pledge(homes, area.lead, signed_on=DAY - timedelta(days=300), champion="Jo")
    note = make_note(launch, homes, words="")
    plan = plan_of(note)
    assert (plan.signs, plan.is_clear) == (False, False)
    assert "has signed these words before" in plan.why_not

    confirm(note, area.coordinator, homes)
    pledge = Pledge.objects.get()
    assert (pledge.status, pledge.champion) == ("renewed", "Jo")
    assert pledge.words == "We train everybody."


def test_who_has_signed_since_the_launch_is_told_so(area, launch, homes):
    make_manifesto(area.partnership, pledge="Other words.")
    make_pledge(homes, area.lead, signed_on=DAY + timedelta(days=1))
    note = make_note(launch, homes)
    assert "has signed since the launch" in plan_of(note).why_not
    with pytest.raises(ValidationError, match="signed on 3 March 2026 already"):
        confirm(note, area.coordinator, homes)
    assert confirm(note, area.coordinator, homes, signs=False).note.action is not None


def test_a_launch_that_is_dated_tomorrow_is_signed_today(area, homes):
    today = timezone.localdate()
    held_on = today + timedelta(days=1)
    launch = make_launch(area.partnership, area.coordinator, held_on=held_on)
    confirm(make_note(launch, homes), area.coordinator, homes)
    assert Signing.objects.get().signed_on == today


def test_a_lead_is_invited_by_those_who_invite_people(area, launch, homes):
    note = make_note(launch, homes, email="ada@homes.example")
    confirm(note, area.coordinator, homes, link=link)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == ("ada@homes.example", "lead")
    assert (invitation.organisation, invitation.name) == (homes, "Ada Marsh")

    other = make_note(launch, homes, email="bo@homes.example")
    with pytest.raises(PermissionDenied):
        confirm(other, area.facilitator, homes, link=link, signs=False)
    again = make_note(launch, homes, email="ada@homes.example")
    outcome = confirm(again, area.coordinator, homes, link=link, signs=False)
    assert "has been invited already" in outcome.sentence


def test_all_that_are_clear_go_in_and_the_others_wait(area, launch, homes):
    school = make_organisation(area.partnership, "School")
    signed = make_organisation(area.partnership, "Police")
    make_pledge(signed, area.lead, signed_on=DAY - timedelta(days=9))
    clear = [make_note(launch, homes), make_note(launch, "school", email="a@school.example")]
    not_clear = [
        make_note(launch, homes), make_note(launch, signed), make_note(launch, "Harbour Café")
    ]  # fmt: skip
    outcomes, left = confirming.confirm_clear(launch=launch, by=area.coordinator)

    assert ([outcome.note for outcome in outcomes], left) == (clear, 3)
    assert set(Signing.objects.values_list("pledge__organisation", flat=True)) == {
        homes.pk, school.pk, signed.pk
    }  # fmt: skip
    assert list(launch.notes.waiting()) == not_clear
    assert not Invitation.objects.exists()
    with pytest.raises(PermissionDenied):
        confirming.confirm_clear(launch=launch, by=area.lead)


def test_what_its_phone_corrects_meanwhile_is_not_confirmed_in_the_words_of_before(
    area, launch, homes, monkeypatch
):
    make_note(launch, homes)
    plans = confirming.Planner.plans

    def plans_then_a_phone(self, notes):
        found = plans(self, notes)
        LaunchNote.objects.update(first_action="Train everybody", changed_at=timezone.now())
        return found

    monkeypatch.setattr(confirming.Planner, "plans", plans_then_a_phone)
    assert confirming.confirm_clear(launch=launch, by=area.coordinator) == ([], 1)
    monkeypatch.undo()
    confirming.confirm_clear(launch=launch, by=area.coordinator)
    assert Action.objects.get().what == "Train everybody"


def test_set_aside_is_kept_and_can_be_taken_up_again(area, launch, homes):
    note = make_note(launch, homes)
    aside = confirming.set_aside(note=note, is_aside=True, by=area.facilitator)
    assert (aside.status, aside.settled_by) == ("set_aside", area.facilitator)
    with pytest.raises(ValidationError, match="set aside meanwhile"):
        confirm(note, area.coordinator, homes)
    again = confirming.set_aside(note=note, is_aside=False, by=area.facilitator)
    assert (again.status, again.settled_at) == ("waiting", None)
    confirm(note, area.coordinator, homes)
    with pytest.raises(ValidationError, match="in the register already"):
        confirming.set_aside(note=note, is_aside=True, by=area.facilitator)


def test_plans_cost_as_many_queries_for_many_notes(
    area, launch, homes, django_assert_max_num_queries
):
    notes = [make_note(launch, homes if number % 2 else None) for number in range(12)]
    with django_assert_max_num_queries(4):
        assert len(confirming.Planner(launch).plans(notes)) == 12
