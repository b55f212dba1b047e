"""Who is invited to a workshop: each once, and forgotten after 90 days."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partnerships import daily
from partnerships.anonymising import anonymise
from planning import inviting, workshop_holdings
from planning.models import Invitee
from planning.workshop_forgetting import KEPT
from tests.factories.people import make_organisation, make_user
from tests.factories.workshops import make_ballot, make_workshop

pytestmark = pytest.mark.django_db

NOBODY = {"organisation": None, "organisation_words": "", "name": "", "email": ""}


@pytest.fixture
def workshop(area, draft):
    return make_workshop(draft, area.coordinator, is_open=False)


@pytest.fixture
def homes(area):
    return make_organisation(area.partnership, "Leaf Housing")


def add(workshop, **words):
    return inviting.add_invitee(workshop=workshop, by=workshop.created_by, **{**NOBODY, **words})


def rows(workshop):
    return [(str(each), each.name, each.email) for each in inviting.invitees_of(workshop)]


def test_an_organisation_a_person_of_it_and_one_in_words_are_each_there_once(workshop, homes):
    for _ in range(2):
        add(workshop, organisation=homes)
        add(workshop, organisation=homes, name="Ada", email="ada@homes.example")
        add(workshop, organisation_words="Harbour Café")
    assert rows(workshop) == [
        ("Leaf Housing", "", ""),
        ("Leaf Housing", "Ada", "ada@homes.example"),
        ("Harbour Café", "", ""),
    ]
    with pytest.raises(ValidationError, match="is invited already, for Leaf Housing"):
        add(workshop, organisation_words="Elsewhere", email="ADA@homes.example")
    with pytest.raises(ValidationError, match="Leaf Housing is invited already"):
        add(workshop, organisation=homes, name="Somebody")


@pytest.mark.parametrize("words", [{}, {"organisation": True, "organisation_words": "Leaf"}])
def test_one_organisation_and_not_two(workshop, homes, words):
    if words.get("organisation"):
        words = {**words, "organisation": homes}
    with pytest.raises(ValidationError, match="Choose an organisation"):
        add(workshop, **words)


def test_all_organisations_are_added_but_those_that_are_there(area, workshop, homes):
    make_organisation(area.partnership, "Zebra Crossing Patrol")
    add(workshop, organisation=homes, email="ada@homes.example")
    everybody = area.partnership.organisations.count()
    call = {"workshop": workshop, "by": area.facilitator}
    assert inviting.add_all_organisations(**call) == everybody - 1
    assert inviting.add_all_organisations(**call) == 0
    assert workshop.invitees.count() == everybody


def test_a_pasted_list_is_put_with_what_the_portal_knows(area, workshop, homes):
    area.lead.memberships.get().organisations.set([homes])
    people = [
        (area.lead.email.upper(), ""),
        ("bee@harbour.example", "Bee Lindqvist"),
        ("bee@harbour.example", "Bee Lindqvist"),
    ]
    for new in (2, 0):
        made = inviting.invite_people(
            workshop=workshop, people=people[: new + 1], organisation=None, by=area.coordinator
        )
        assert made == new
        people = people[:2]
    assert rows(workshop)[1] == ("harbour.example", "Bee Lindqvist", "bee@harbour.example")
    made = inviting.invite_people(
        workshop=workshop, people=[("x@y.example", "")], organisation=homes, by=area.coordinator
    )
    assert (made, rows(workshop)[2][0]) == (1, "Leaf Housing")


def test_another_address_after_the_link_was_sent_is_another_row(area, workshop, homes):
    row = add(workshop, organisation=homes, email="ada@homes.example")
    words = {**NOBODY, "organisation": homes, "email": "bee@homes.example"}
    change = {"by": area.coordinator, **words}
    assert inviting.change_invitee(invitee=row, **change).pk == row.pk  # nothing was sent yet
    Invitee.objects.update(invited_at=timezone.now())
    same = {**change, "name": "Bee", "email": "BEE@homes.example"}
    assert inviting.change_invitee(invitee=row, **same).pk == row.pk
    other = inviting.change_invitee(invitee=row, **{**change, "email": "cai@homes.example"})
    assert (other.pk != row.pk, other.invited_at) == (True, None)
    assert workshop.invitees.get() == other
    with pytest.raises(ValidationError, match="taken this line off"):
        inviting.change_invitee(invitee=row, **change)


def test_others_may_not_invite_and_a_closed_workshop_invites_nobody(area, workshop, homes):
    row = add(workshop, organisation=homes)
    for person in (area.lead, area.reader):
        with pytest.raises(PermissionDenied, match="coordinator or facilitator can"):
            inviting.remove_invitee(invitee=row, by=person)
    workshop.closed_at = timezone.now()
    workshop.save()
    with pytest.raises(PermissionDenied, match="closed, so its plan stays"):
        inviting.add_all_organisations(workshop=workshop, by=area.coordinator)


# --- Forgetting, and what is held ---------------------------------------------------------------


def test_names_and_addresses_are_forgotten_after_ninety_days(workshop, homes):
    add(workshop, organisation=homes, name="Ada", email="ada@homes.example")
    add(workshop, organisation=homes, name="Bee", email="bee@homes.example")
    add(workshop, organisation_words="Harbour Café", name="Cai", email="cai@harbour.example")
    add(workshop, organisation_words="Harbour Café", name="Dee", email="dee@harbour.example")
    forget = daily.JOBS["names on lists of invited"]
    day = timezone.now() + KEPT

    forget(day)
    assert workshop.invitees.exclude(email="").count() == 4
    for _ in range(2):
        forget(day + timedelta(days=1))
    assert rows(workshop) == [
        ("Leaf Housing", "", ""),
        ("Harbour Café", "", ""),
        ("Harbour Café", "", ""),
    ]
    events = Invitee.pgh_event_model.objects.all()
    assert not any("example" in str(vars(each)) for each in events)


def test_an_organisation_that_is_there_by_itself_stays_the_only_row(workshop, homes):
    add(workshop, organisation=homes, email="ada@homes.example")
    add(workshop, organisation=homes)
    daily.JOBS["names on lists of invited"](timezone.now() + KEPT + timedelta(days=1))
    assert rows(workshop) == [("Leaf Housing", "", "")]


def test_who_is_forgotten_is_on_no_list(area, workshop, homes):
    add(workshop, organisation=homes, name="Joan", email=area.reader.email.upper())
    anonymise(user=area.reader)
    assert rows(workshop) == [("Leaf Housing", "", "")]


def test_what_is_held_about_a_person_at_workshops(area, workshop, homes):
    add(workshop, organisation=homes, name="Joan", email=area.reader.email.upper())
    make_ballot(workshop)
    (row,) = workshop_holdings.workshops(area.coordinator)
    assert row["Workshop"].path == workshop.get_absolute_url()
    assert (row["Planned by you"], row["Closed by you"]) == ("Yes", "No")
    (row,) = workshop_holdings.invitations(area.reader)
    assert (row["Organisation"], row["Name"]) == ("Leaf Housing", "Joan")
    (row,) = workshop_holdings.ballots(area.coordinator)
    assert (row["Opened"], row["Closed"]) == (1, 0)
    assert workshop_holdings.workshops(area.reader) == workshop_holdings.ballots(area.reader) == []


def test_a_list_of_another_partnership_under_ones_address_is_not_shown(workshop, homes):
    stranger = make_user("ada@homes.example")
    add(workshop, organisation=homes, email=stranger.email)
    assert workshop_holdings.invitations(stranger) == []
