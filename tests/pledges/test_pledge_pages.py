"""The register of pledges, one organisation's pledge, and the forms about it."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from pledges.models import Pledge, Signing
from pledges.starters import starters
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_area, make_organisation
from tests.factories.pledges import make_manifesto, make_pledge

pytestmark = pytest.mark.django_db

REGISTER = "/partnerships/rochdale/pledges/"


@pytest.fixture
def homes(area):
    homes = make_organisation(area.partnership, "Homes First")
    for person in (area.lead, area.partner):
        person.memberships.get().organisations.add(homes)
    return homes


@pytest.fixture
def manifesto(area):
    return make_manifesto(area.partnership)


def path_of(organisation, end=""):
    return f"{REGISTER}{organisation.pk}/{end}"


def signature(**values):
    today = timezone.localdate()
    return {
        "words": "We train everybody.", "name": "Ada Marsh", "role": "Director",
        "signed_on-day": today.day, "signed_on-month": today.month, "signed_on-year": today.year,
        "request_key": uuid.uuid4(), **values,
    }  # fmt: skip


def test_the_register_shows_who_has_and_who_has_not(area, homes, manifesto):
    make_organisation(area.partnership, "School")
    make_pledge(homes, area.lead, signed_on=date(2026, 3, 1))
    page = client_of(area.reader).get(REGISTER)
    assert [each.organisation for each in page.context["table"].data] == [homes]
    assert [each.name for each in page.context["not_yet"].data] == ["School"]
    text = shown(page)
    assert "1 of 2 organisations" in text
    for words in ("Homes First", "Ada Marsh", "1 March 2026", "Signed", "School"):
        assert words in text


@pytest.mark.parametrize("status", ["invited", "draft"])
def test_what_is_not_signed_is_not_among_the_signed(area, homes, status):
    Pledge.objects.create(partnership=area.partnership, organisation=homes, status=status)
    page = client_of(area.reader).get(REGISTER)
    assert len(page.context["table"].data) == 0
    assert [each.pledge_status for each in page.context["not_yet"].data] == [status]


@pytest.mark.parametrize("column", ["organisation", "sector", "status", "signed_by", "last_word"])
def test_every_column_sorts(area, homes, manifesto, column):
    make_pledge(homes, area.lead)
    make_pledge(make_organisation(area.partnership, "School"), area.lead)
    for sign in ("", "-"):
        page = client_of(area.reader).get(f"{REGISTER}?sort={sign}{column}&not-yet-sort={column}")
        assert len(page.context["table"].page.object_list) == 2


def test_the_same_queries_for_1_and_for_20(area, homes, manifesto, django_assert_num_queries):
    client = client_of(area.coordinator)
    make_pledge(homes, area.lead)
    make_organisation(area.partnership, "School")
    client.get(REGISTER)
    with django_assert_num_queries(11) as once:
        client.get(REGISTER)
    for number in range(20):
        make_pledge(make_organisation(area.partnership, f"Charity {number}"), area.lead)
        make_organisation(area.partnership, f"School {number}")
    with django_assert_num_queries(len(once)):
        client.get(REGISTER)


def test_a_page_of_who_has_not_pledged(area, homes, manifesto):
    page = shown(client_of(area.coordinator).get(path_of(homes)))
    assert "Homes First has not pledged yet." in page
    assert "Invite them to sign" in page
    assert "Sign the pledge" in page
    assert "Draft the words" not in page  # its own people do
    own = shown(client_of(area.partner).get(path_of(homes)))
    assert "Draft the words" in own
    assert "does not let you sign the pledge" in own


def test_signing_on_the_page(area, homes, manifesto):
    client = client_of(area.lead)
    page = client.get(path_of(homes, "sign/"))
    assert manifesto.pledge in shown(page)
    initial = page.context["form"].initial
    body = signature(seen=initial["seen"], seen_version=1, request_key=initial["request_key"])
    for _ in range(2):  # the same click twice
        assert client.post(path_of(homes, "sign/"), body).url == path_of(homes)
    assert Signing.objects.count() == 1
    page = shown(client.get(path_of(homes)))
    for words in ("Signed", "Ada Marsh, Director", "version 1 of the manifesto", "Certificate"):
        assert words in page


def test_words_that_changed_while_signing_are_read_again(area, homes, manifesto):
    make_manifesto(area.partnership, pledge="Newer words")
    page = client_of(area.lead).post(path_of(homes, "sign/"), signature(seen_version=1))
    assert "have changed while you had this page open" in shown(page)
    assert "Newer words" in shown(page)
    assert page.context["form"]["seen_version"].value() == 2
    assert Signing.objects.count() == 0


def test_a_pledge_that_changed_while_signing_is_shown(area, homes, manifesto):
    client = client_of(area.lead)
    seen = client.get(path_of(homes, "sign/")).context["form"].initial["seen"]
    Pledge.objects.create(
        partnership=area.partnership, organisation=homes, status="draft", words="Theirs"
    )
    body = signature(seen=seen)
    page = client.post(path_of(homes, "sign/"), body)
    assert "Its words are now: “Theirs”" in shown(page)
    body["seen"] = page.context["form"]["seen"].value()
    assert client.post(path_of(homes, "sign/"), body).status_code == 302


def test_errors_of_the_signature(area, homes, manifesto):
    tomorrow = timezone.localdate() + timedelta(days=1)
    body = signature(
        name="", **{f"signed_on-{part}": getattr(tomorrow, part) for part in ("day", "month")},
        **{"signed_on-year": tomorrow.year},
    )  # fmt: skip
    page = shown(client_of(area.lead).post(path_of(homes, "sign/"), body))
    assert "Enter the name of the person who signs" in page
    page = client_of(area.lead).post(path_of(homes, "sign/"), {**body, "name": "Ada"})
    assert "“Date it was signed” must be today or in the past" in shown(page)


def test_without_a_manifesto_the_page_says_so(area, homes):
    page = client_of(area.lead).get(path_of(homes, "sign/"))
    assert "There is nothing to sign yet" in shown(page)
    page = client_of(area.lead).post(path_of(homes, "sign/"), signature())
    assert page.status_code == 200
    assert Signing.objects.count() == 0


def test_drafting_and_then_signing_begins_with_the_draft(area, homes, manifesto):
    client = client_of(area.partner)
    assert client.post(path_of(homes, "draft/"), {"words": "Ours"}).url == path_of(homes)
    assert Pledge.objects.get().status == "draft"
    form = client_of(area.lead).get(path_of(homes, "sign/")).context["form"]
    assert form.initial["words"] == "Ours"
    assert client_of(area.coordinator).get(path_of(homes, "draft/")).status_code == 403


def test_what_was_signed_has_no_draft(area, homes, manifesto):
    make_pledge(homes, area.lead)
    assert client_of(area.partner).get(path_of(homes, "draft/")).url == path_of(homes)


def test_inviting_details_and_withdrawing(area, homes, manifesto):
    client = client_of(area.coordinator)
    assert client.get(path_of(homes, "invite/")).status_code == 405
    assert client.post(path_of(homes, "invite/")).url == path_of(homes)
    pledge = Pledge.objects.get()
    assert pledge.status == "invited"
    client.post(path_of(homes, "change/"), {"champion": "Jo", "lead": area.lead.pk})
    pledge.refresh_from_db()
    assert (pledge.champion, pledge.lead, pledge.is_shown) == ("Jo", area.lead, False)
    page = client.post(path_of(homes, "withdraw/"), {"because": ""})
    assert "Enter why the pledge is withdrawn" in shown(page)
    assert client.post(path_of(homes, "withdraw/"), {"because": "No money"}).url == path_of(homes)
    assert "Withdrawn because: No money" in shown(client.get(path_of(homes)))


@pytest.mark.parametrize("end", ["sign/", "change/", "withdraw/"])
def test_inside_but_not_allowed_is_a_sentence(area, homes, manifesto, end):
    make_pledge(homes, area.lead)
    for person in (area.reader, area.partner):
        for answer in (
            client_of(person).get(path_of(homes, end)),
            client_of(person).post(path_of(homes, end)),
        ):
            assert answer.status_code == 403
            assert "sign the pledge of your own organisation" in shown(answer)


def test_elsewhere_nothing_of_it_exists(area, homes, manifesto):
    make_pledge(homes, area.lead)
    client = client_of(make_area("bolton", "Bolton", "Bolton").coordinator)
    for end in ("", "sign/", "draft/", "change/", "withdraw/", "certificate/", "certificate.pdf"):
        assert client.get(path_of(homes, end)).status_code == 404
        elsewhere = path_of(homes, end).replace("rochdale", "bolton")
        assert client.get(elsewhere).status_code == 404


def test_a_pledge_near_its_end_says_so(area, homes, manifesto):
    signed_on = timezone.localdate() - timedelta(days=340)
    make_pledge(homes, area.lead, signed_on=signed_on)
    assert "Without another it lapses on" in shown(client_of(area.reader).get(path_of(homes)))


def test_an_idea_becomes_the_words_of_an_action(area, homes):
    assert len(starters()) >= 10
    client = client_of(area.partner)
    page = client.get(f"{REGISTER}first-actions/")
    for each in starters():
        assert each.what in shown(page)
    href = f"/partnerships/rochdale/actions/new/?what={starters()[0].what}&measure=So"
    initial = client.get(href).context["form"].initial
    assert (initial["what"], initial["measure"]) == (starters()[0].what, "So")
    assert "Take this one" not in shown(client_of(area.reader).get(f"{REGISTER}first-actions/"))
