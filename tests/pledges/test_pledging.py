"""Verbs on pledges: who may, what becomes of it, and that twice is once."""

import uuid
from datetime import date, datetime, time, timedelta

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import Manifesto, OutgoingMail
from pledges import pledging
from pledges.models import Pledge, Signing
from tests.factories.people import make_area, make_member, make_organisation
from tests.factories.pledges import make_manifesto, make_pledge
from tests.parallel import at_once
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(area):
    """The organisation that the partner lead and the partner editor come from."""
    homes = make_organisation(area.partnership, "Homes First")
    for person in (area.lead, area.partner):
        person.memberships.get().organisations.add(homes)
    return homes


@pytest.fixture
def manifesto(area):
    return make_manifesto(area.partnership)


def sign(organisation, by, **values):
    values = {
        "name": "Ada Marsh", "role": "Director", "signed_on": timezone.localdate(),
        "words": "We train everybody.", "lead": None, "champion": "", "review_on": None,
        "request_key": uuid.uuid4(), **values,
    }  # fmt: skip
    return pledging.sign(organisation=organisation, by=by, **values)


def test_signing_the_first_time_and_again(area, homes, manifesto):
    pledge = sign(homes, area.lead, champion="Jo", lead=area.partner)
    assert (pledge.status, pledge.champion, pledge.lead) == ("signed", "Jo", area.partner)
    signing = pledge.signings.get()
    assert (signing.name, signing.manifesto, signing.words) == (
        "Ada Marsh", manifesto, "We train everybody."
    )  # fmt: skip

    newer = make_manifesto(area.partnership, pledge="We act.")
    again = sign(homes, area.coordinator, words="We train and ask.")
    assert (again.pk, again.status, again.words) == (pledge.pk, "renewed", "We train and ask.")
    assert [each.manifesto for each in again.signings.all()] == [newer, manifesto]


def test_the_same_click_twice_is_one_signing(area, homes, manifesto):
    key = uuid.uuid4()
    first = sign(homes, area.lead, request_key=key)
    assert sign(homes, area.lead, request_key=key) == first
    assert Signing.objects.count() == 1
    first.refresh_from_db()
    assert first.status == "signed"


@pytest.mark.parametrize("status", ["lapsed", "withdrawn"])
def test_what_lapsed_or_was_withdrawn_can_be_signed_again(area, homes, manifesto, status):
    lapsed_on = date(2026, 1, 1) if status == "lapsed" else None
    make_pledge(
        homes, area.lead, status=status, lapsed_on=lapsed_on, withdrawn_because="Money",
        signed_on=date(2024, 1, 1),
    )  # fmt: skip
    pledge = sign(homes, area.lead)
    assert (pledge.status, pledge.lapsed_on, pledge.withdrawn_because) == ("renewed", None, "")


def test_an_invitation_that_was_withdrawn_is_signed_for_the_first_time(area, homes, manifesto):
    invited = pledging.invite_to_pledge(organisation=homes, by=area.coordinator)
    pledging.withdraw(pledge=invited, because="Not now", by=area.lead)
    assert sign(homes, area.lead).status == "signed"


def test_who_may_sign(area, homes, manifesto):
    school = make_organisation(area.partnership, "School")
    assert "and this one is that of School" in refusal_of(sign, organisation=school, by=area.lead)
    assert "sign the pledge" in refusal_of(sign, organisation=homes, by=area.partner)
    assert "sign the pledge" in refusal_of(sign, organisation=homes, by=area.reader)
    for person in (area.coordinator, area.facilitator):
        assert sign(school, person).stands


def test_without_a_manifesto_there_is_nothing_to_sign(area, homes):
    with pytest.raises(ValidationError, match="There is nothing to sign yet"):
        sign(homes, area.lead)
    assert Pledge.objects.count() == 0


def test_nobody_signs_words_that_they_have_not_read(area, homes, manifesto):
    make_manifesto(area.partnership, pledge="Other words")
    with pytest.raises(pledging.WordsChanged):
        sign(homes, area.lead, seen_version=1)
    assert Pledge.objects.count() == 0
    assert sign(homes, area.lead, seen_version=2).stands


def make_version(partnership, day, **words):
    made = make_manifesto(partnership, **words)
    with pgtrigger.ignore("partnerships.Manifesto:manifesto_stays"):
        at = timezone.make_aware(datetime.combine(day, time(15)))
        Manifesto.objects.filter(pk=made.pk).update(made_at=at)
    return made


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2025, 1, 1), 1), (date(2026, 2, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 2),
     (date(2026, 5, 31), 2), (date(2026, 6, 1), 3), (None, 3)],
)  # fmt: skip
def test_it_counts_under_the_words_of_the_day_on_which_it_was_signed(area, homes, day, number):
    for version, made in enumerate((date(2026, 2, 1), date(2026, 4, 1), date(2026, 6, 1))):
        make_version(area.partnership, made, pledge=f"We act {version}.")
    values = {"signed_on": day} if day else {}
    pledge = sign(homes, area.lead, seen_version=3, **values)
    assert pledge.signings.get().manifesto.number == number


def test_the_words_of_today_are_read_before_they_are_signed_and_those_of_then_were(area, homes):
    make_version(area.partnership, date(2026, 2, 1))
    make_version(area.partnership, date(2026, 4, 1), pledge="We act.")
    with pytest.raises(pledging.WordsChanged):
        sign(homes, area.lead, seen_version=1)
    signed = sign(homes, area.lead, seen_version=1, signed_on=date(2026, 3, 1))
    assert signed.signings.get().manifesto.number == 1


@pytest.mark.parametrize(
    ("signed", "review", "field"),
    [(1, None, "signed_on"), (-400, None, "signed_on"), (0, 0, "review_on"), (0, -1, "review_on")],
)
def test_days_that_cannot_be(area, homes, manifesto, signed, review, field):
    today = timezone.localdate()
    make_pledge(homes, area.lead, signed_on=today - timedelta(days=300))
    signed_on = today + timedelta(days=signed)
    review_on = None if review is None else today + timedelta(days=review)
    with pytest.raises(ValidationError) as refusal:
        sign(homes, area.lead, signed_on=signed_on, review_on=review_on)
    assert list(refusal.value.message_dict) == [field]


def test_nobody_from_elsewhere_leads(area, homes, manifesto):
    stranger = make_area("bolton", "Bolton", "Bolton").lead
    sentence = refusal_of(sign, organisation=homes, by=area.lead, lead=stranger)
    assert "does not belong to the partnership" in sentence


def test_inviting_writes_to_the_partner_leads_once(area, homes):
    for _ in range(2):
        pledge = pledging.invite_to_pledge(organisation=homes, by=area.coordinator)
    assert pledge.status == "invited"
    mail = OutgoingMail.objects.get()
    assert mail.to == area.lead.email
    assert f"/partnerships/rochdale/pledges/{homes.pk}/" in mail.body
    refusal_of(pledging.invite_to_pledge, organisation=homes, by=area.lead)


def draft(organisation, by, **values):
    values = {"words": "Ours", "champion": "Jo", "lead": None, "review_on": None, **values}
    return pledging.draft_words(organisation=organisation, by=by, **values)


def test_only_its_own_people_draft(area, homes):
    assert draft(homes, area.partner).status == "draft"
    assert draft(homes, area.lead, words="Better").words == "Better"
    assert "its own people" in refusal_of(draft, organisation=homes, by=area.coordinator)
    assert "your own organisation" in refusal_of(draft, organisation=homes, by=area.reader)
    other = make_member(area.partnership, "lead")
    assert "its own people" in refusal_of(draft, organisation=homes, by=other)


def test_what_was_signed_is_no_draft_again(area, homes, manifesto):
    sign(homes, area.lead)
    assert "was signed meanwhile" in refusal_of(draft, organisation=homes, by=area.partner)


def test_withdrawing_says_why_and_keeps_the_first_reason(area, homes, manifesto):
    pledge = sign(homes, area.lead)
    with pytest.raises(ValidationError, match="Say why"):
        pledging.withdraw(pledge=pledge, because="", by=area.lead)
    pledging.withdraw(pledge=pledge, because="No money", by=area.lead)
    pledge = pledging.withdraw(pledge=pledge, because="Another", by=area.lead)
    assert (pledge.status, pledge.withdrawn_because) == ("withdrawn", "No money")
    refusal_of(pledging.withdraw, pledge=pledge, because="x", by=area.partner)


def test_details_change_and_what_was_signed_stays(area, homes, manifesto):
    pledge = sign(homes, area.lead)
    values = {"champion": "Jo", "lead": area.lead, "review_on": date(2030, 1, 1)}
    pledging.change_details(pledge=pledge, by=area.lead, is_shown=False, **values)
    pledge.refresh_from_db()
    assert (pledge.champion, pledge.lead, pledge.is_shown) == ("Jo", area.lead, False)
    assert (pledge.status, pledge.words) == ("signed", "We train everybody.")
    refusal_of(pledging.change_details, pledge=pledge, by=area.partner, is_shown=True, **values)


@pytest.mark.django_db(transaction=True)
def test_the_same_click_several_times_at_once_is_one_signing(area, homes, manifesto):
    key = uuid.uuid4()
    at_once(*[lambda: sign(homes, area.lead, request_key=key)] * 4)
    assert Signing.objects.count() == 1
    assert Pledge.objects.get().status == "signed"


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_are_a_signature_and_a_renewal(area, homes, manifesto):
    at_once(*[lambda by=by: sign(homes, by) for by in (area.lead, area.coordinator)])
    assert Signing.objects.count() == 2
    assert Pledge.objects.get().status == "renewed"
