"""People, partnerships and organisations: what the database refuses, and who sees what."""

import uuid

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import (
    Affiliation,
    Manifesto,
    Membership,
    Organisation,
    OutgoingMail,
    Page,
    Partnership,
    TryCount,
    User,
)
from rpcportal.kit.roles import Role
from tests.factories.joining import make_occasion, make_participant
from tests.factories.people import (
    PASSWORD,
    make_area,
    make_invitation,
    make_member,
    make_organisation,
    make_partnership,
    make_user,
)
from tests.factories.public import make_public_page
from tests.refusals import refused, rules_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


# --- Named rules ----------------------------------------------------------------------------

NOW = timezone.now()
KEY = uuid.UUID("00000000-0000-4000-8000-000000000001")


def affiliate_twice(area):
    organisation = make_organisation(area.partnership)
    for _ in range(2):
        Affiliation.objects.create(
            membership=area.reader.memberships.get(), organisation=organisation
        )


def write_page(area, name):
    return Page.objects.create(name=name, body="Words", changed_by=area.coordinator)


def count(tries):
    return TryCount.objects.create(kind="x", subject="y", began_at=NOW, count=tries)


def occasion(area, **values):
    return make_occasion(area.partnership, area.coordinator, **values)


def mail(**values):
    return OutgoingMail.objects.create(to="a@b.example", subject="x", useless_after=NOW, **values)


BREAKERS = {
    "user_email_once": lambda area: User.objects.create(email=area.reader.email.upper()),
    "partnerships_user_email_key": lambda area: User.objects.create(email=area.reader.email),
    "partnerships_partnership_slug_key": lambda _: make_partnership("rochdale", "Another"),
    "organisation_name_once_in_a_partnership": lambda area: [
        make_organisation(area.partnership, name) for name in ("Homes First", "HOMES first")
    ],
    "organisation_sector_known": lambda area: make_organisation(area.partnership, sector="space"),
    "membership_once": lambda area: Membership.objects.create(
        user=area.reader, partnership=area.partnership, role=Role.COORDINATOR
    ),
    "membership_role_known": lambda area: Membership.objects.create(
        user=make_user(), partnership=area.partnership, role="owner"
    ),
    "affiliation_once": affiliate_twice,
    "user_anonymised_whole": lambda area: User.objects.filter(pk=area.reader.pk).update(
        anonymised_at=NOW
    ),
    "invitation_role_known": lambda area: make_invitation(area.partnership, role="owner"),
    "invitation_accepted_or_revoked": lambda area: make_invitation(
        area.partnership, accepted_at=NOW, accepted_by=area.reader, revoked_at=NOW
    ),
    "invitation_accepted_by_someone": lambda area: make_invitation(
        area.partnership, accepted_at=NOW
    ),
    "invitation_open_once": lambda area: [
        make_invitation(area.partnership, email) for email in ("a@b.example", "A@B.example")
    ],
    "partnerships_invitation_token_digest_key": lambda area: [
        make_invitation(area.partnership, token="the same") for _ in range(2)
    ],
    "page_name_known": lambda area: write_page(area, "cookies"),
    "partnerships_page_name_key": lambda area: [write_page(area, "privacy") for _ in range(2)],
    "manifesto_version_once": lambda area: [make_manifesto(area) for _ in range(2)],
    "partnerships_manifesto_number_check": lambda area: make_manifesto(area, number=-1),
    "outgoing_mail_state_known": lambda _: mail(state="lost"),
    "partnerships_outgoingmail_key_key": lambda _: [mail(key="the same") for _ in range(2)],
    "partnerships_outgoingmail_tries_check": lambda _: mail(tries=-1),
    "occasion_code_once_while_open": lambda area: [occasion(area, code="ABCDEF") for _ in range(2)],
    "occasion_closes_after_it_opens": lambda area: occasion(area, closes_at=NOW, opened_at=NOW),
    "partnerships_occasion_key_key": lambda area: [occasion(area, key=KEY) for _ in range(2)],
    "partnerships_participant_key_key": lambda area: [
        make_participant(occasion(area), key=KEY) for _ in range(2)
    ],
    "partnerships_publicpage_partnership_id_key": lambda area: [
        make_public_page(area.partnership, area.coordinator) for _ in range(2)
    ],
    "try_count_once": lambda _: [count(1) for _ in range(2)],
    "partnerships_trycount_count_check": lambda _: count(-1),
}


def make_manifesto(area, number=1):
    return Manifesto.objects.create(partnership=area.partnership, number=number, pledge="We will")


@pytest.mark.parametrize("name", BREAKERS)
def test_the_database_refuses(area, name):
    with refused(name):
        BREAKERS[name](area)


def test_every_rule_of_the_database_is_broken_here():
    assert rules_of("partnerships") == set(BREAKERS)


@pytest.mark.parametrize("values", [{"is_active": True}, {"name": "x"}, {"is_active": False}])
def test_an_account_is_emptied_whole_or_not_at_all(area, values):
    """Each of name, sign-in and administration must go; the three together may."""
    User.objects.filter(pk=area.reader.pk).update(is_active=False, name="")
    row = User.objects.filter(pk=area.reader.pk)
    if values == {"is_active": False}:
        row.update(anonymised_at=NOW, **values)
        assert str(row.get()) == "Former member"
    else:
        with refused("user_anonymised_whole"):
            row.update(anonymised_at=NOW, **values)


def test_a_used_or_taken_back_invitation_leaves_room_for_another(area):
    used, taken_back, _ = (
        make_invitation(area.partnership, "a@b.example", **values)
        for values in (
            {"accepted_at": NOW, "accepted_by": area.reader},
            {"revoked_at": NOW, "revoked_by": area.coordinator},
            {},
        )
    )
    assert [used.is_open, taken_back.is_open] == [False, False]
    assert area.partnership.invitations.open().count() == 1


def test_two_partnerships_may_have_organisations_of_one_name(area):
    bolton = make_partnership("bolton", "Bolton Together", "Bolton")
    for partnership in (area.partnership, bolton):
        make_organisation(partnership, "Homes First")
    assert Organisation.objects.count() == 2


# --- People ---------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ada@council.example", "ADA@Council.Example"])
def test_people_sign_in_whatever_the_case_of_their_address(typed):
    user = make_user("Ada@council.example")
    assert authenticate(username=typed, password=PASSWORD) == user


def test_someone_without_a_password_cannot_sign_in():
    user = User.objects.create_user("ada@council.example")
    assert user.has_usable_password() is False
    for password in ("", None, "!"):
        assert authenticate(username=user.email, password=password) is None


def test_someone_who_was_switched_off_cannot_sign_in():
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert authenticate(username=user.email, password=PASSWORD) is None


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@council.example", "a b@council.example"])
def test_an_address_that_is_none_makes_nobody(email):
    with pytest.raises(ValidationError):
        User.objects.create_user(email)
    assert User.objects.count() == 0


def test_an_address_is_stored_without_the_blanks_around_it():
    assert User.objects.create_user(" ada@council.example\n").email == "ada@council.example"


def test_an_address_is_stored_in_small_letters_and_counts_as_verified():
    user = User.objects.create_user("Ada@Council.example")
    (address,) = EmailAddress.objects.filter(user=user)
    assert (user.email, address.email) == ("ada@council.example", "ada@council.example")
    assert (address.verified, address.primary) == (True, True)


def test_a_person_is_called_by_name_or_else_by_address():
    assert str(make_user("a@b.example", "Ada Marsh")) == "Ada Marsh"
    assert str(make_user("c@d.example")) == "c@d.example"


# --- Scope ----------------------------------------------------------------------------------


def test_people_see_the_partnerships_they_belong_to_in_order_of_name(area):
    make_area("bolton", "Bolton Together", "Bolton")
    second = make_partnership("oldham", "Oldham", "Oldham")
    Membership.objects.create(user=area.reader, partnership=second, role=Role.READER)
    assert [each.slug for each in Partnership.objects.visible_to(area.reader)] == [
        "oldham",
        "rochdale",
    ]
    assert list(Partnership.objects.visible_to(make_user())) == []


def test_people_see_the_organisations_of_their_partnerships_alone(area):
    bolton = make_partnership("bolton", "Bolton Together", "Bolton")
    mine = make_organisation(area.partnership)
    make_organisation(bolton)
    assert list(Organisation.objects.visible_to(area.reader)) == [mine]


def test_organisations_count_their_people(area):
    homes = make_organisation(area.partnership, "Homes First")
    make_organisation(area.partnership, "School")
    for _ in range(2):
        make_member(area.partnership, Role.EDITOR, organisation=homes)
    counted = area.partnership.organisations.with_people_count()
    assert {each.name: each.people_count for each in counted} == {"Homes First": 2, "School": 0}


def test_a_person_of_two_organisations_counts_in_both(area):
    homes = make_organisation(area.partnership, "Homes First")
    school = make_organisation(area.partnership, "School")
    person = make_member(area.partnership, Role.LEAD, organisation=homes)
    person.memberships.get().organisations.add(school)
    counted = area.partnership.organisations.with_people_count()
    assert [each.people_count for each in counted] == [1, 1]
