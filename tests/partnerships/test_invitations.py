"""Who was invited: the list, one invitation, sending it again, taking it back."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.inviting import mail_about
from partnerships.models import Invitation, OutgoingMail
from partnerships.models.mail import MailState
from rpcportal.kit.roles import GRANTS, Permission, Role
from tests.factories.bad_input import shown
from tests.factories.invitations import INVITATIONS, INVITE, invite, link_in, said
from tests.factories.people import (
    client_of,
    link_to,
    make_area,
    make_invitation,
    make_organisation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


# --- The list -------------------------------------------------------------------------------


def states(client):
    return [
        (row.record.email, row.record.state, row.record.mail)
        for row in client.get(INVITATIONS).context["table"].rows
    ]


def mail_of(invitation, state=MailState.SENT, problem=""):
    return OutgoingMail.objects.create(
        about=mail_about(invitation),
        to=invitation.email,
        subject="x",
        state=state,
        problem=problem,
        useless_after=timezone.now(),
    )


def test_the_list_says_what_became_of_each_newest_first(area, client):
    partnership, now = area.partnership, timezone.now()
    days = {"age": timedelta(days=15)}
    expired = make_invitation(partnership, "expired@x.org", **days)
    joined = make_invitation(partnership, "joined@x.org", accepted_at=now, accepted_by=area.reader)
    taken = make_invitation(partnership, "taken@x.org", revoked_at=now)
    waiting = make_invitation(partnership, "waiting@x.org")
    mail_of(expired)
    mail_of(joined, MailState.FAILED, "The mail server says no.")
    mail_of(joined)
    mail_of(waiting, MailState.WAITING, "The mail server could not be reached.")
    mail_of(taken, MailState.STALE)
    assert states(client) == [
        (
            "waiting@x.org", "Waiting",
            "Not sent yet: The mail server could not be reached. We keep trying.",
        ),
        ("taken@x.org", "Taken back", "Could not be sent."),
        ("joined@x.org", "Joined", "Sent"),
        ("expired@x.org", "Expired", "Sent"),
    ]  # fmt: skip


def test_an_invitation_without_a_mail_says_so(area, client):
    make_invitation(area.partnership, "ada@x.org")
    assert states(client) == [("ada@x.org", "Waiting", "No e-mail was sent")]


def test_an_empty_list_says_so(client):
    assert "Nobody has been invited yet." in shown(client.get(INVITATIONS))


def test_as_many_queries_for_40_invitations_as_for_one(area, client):
    counts = set()
    for number in (1, 3, 40):
        while area.partnership.invitations.count() < number:
            mail_of(make_invitation(area.partnership, organisation=_organisation(area)))
        client.get(INVITATIONS)
        with CaptureQueriesContext(connection) as context:
            client.get(INVITATIONS)
        counts.add(len(context))
    assert len(counts) == 1


def _organisation(area):
    return make_organisation(
        area.partnership, f"Organisation {area.partnership.organisations.count()}"
    )


@pytest.mark.parametrize(
    "column", ["email", "role", "organisation", "invited_at", "state", "-email", "-state"]
)
def test_the_list_can_be_sorted(area, client, column):
    for email in ("b@x.org", "a@x.org", "c@x.org"):
        make_invitation(area.partnership, email)
    answer = client.get(f"{INVITATIONS}?sort={column}")
    assert "aria-sort" in answer.content.decode()
    if column in {"email", "-email"}:
        emails = [row.record.email for row in answer.context["table"].rows]
        assert emails == sorted(emails, reverse=column.startswith("-"))


# --- One invitation -------------------------------------------------------------------------


def test_its_page_says_how_it_stands_and_what_can_be_done(area, client):
    homes = make_organisation(area.partnership, "Homes First")
    invitation = make_invitation(
        area.partnership, "ada@x.org", organisation=homes, invited_by=area.coordinator
    )
    page = shown(client.get(f"{INVITATIONS}{invitation.pk}/"))
    for words in ("ada@x.org", "Waiting", "Partner editor", "Homes First", "Send again"):
        assert words in page
    assert f"by {area.coordinator.name}" in page


@pytest.mark.parametrize("state", ["accepted", "revoked"])
def test_of_one_that_is_closed_nothing_can_be_done(area, client, state):
    closed = {f"{state}_at": timezone.now(), f"{state}_by": area.reader}
    invitation = make_invitation(area.partnership, **closed)
    page = shown(client.get(f"{INVITATIONS}{invitation.pk}/"))
    assert "Send again" not in page
    assert "<form" not in page.partition("<main")[2]


def test_sending_again_makes_a_new_link_and_kills_the_old_one(area, client):
    invitation = make_invitation(
        area.partnership, "ada@x.org", token="old", age=timedelta(days=20),
        invited_by=area.coordinator,
    )  # fmt: skip
    assert client.post(f"{INVITATIONS}{invitation.pk}/send-again/").url == INVITATIONS

    assert said(client) == ["A new e-mail to ada@x.org is on its way."]
    (mail,) = OutgoingMail.objects.about(mail_about(invitation))
    invitation.refresh_from_db()
    assert timedelta(days=13) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    visitor = client_of()
    assert visitor.get(link_to("old")).status_code == 404
    assert visitor.get(link_in(mail)).status_code == 200


def test_sending_again_counts_among_the_200_of_an_hour(area, client):
    invite(client, "\n".join(f"{number}@x.org" for number in range(200)))
    invitation = Invitation.objects.first()
    answer = client.post(f"{INVITATIONS}{invitation.pk}/send-again/")
    assert answer.status_code == 429
    assert "Wait 60 minutes, then try again." in shown(answer)
    assert "You cannot do this" not in shown(answer)
    assert OutgoingMail.objects.count() == 200


def test_one_that_was_printed_by_a_command_can_be_sent_too(area, client):
    invitation = make_invitation(area.partnership, "ada@x.org")
    client.post(f"{INVITATIONS}{invitation.pk}/send-again/")
    (mail,) = OutgoingMail.objects.all()
    assert "\n\nYou are asked to join Rochdale Relationships on the RPC Portal." in mail.body


def test_taking_it_back_kills_the_link_and_twice_is_harmless(area, client):
    invitation = make_invitation(area.partnership, "ada@x.org", token="t")
    for _ in range(2):
        assert client.post(f"{INVITATIONS}{invitation.pk}/take-back/").url == INVITATIONS
    invitation.refresh_from_db()
    assert invitation.revoked_by == area.coordinator
    answer = client_of().get(link_to("t"))
    assert answer.status_code == 404
    assert "This invitation was taken back." in shown(answer)


@pytest.mark.parametrize("what", ["send-again", "take-back"])
def test_one_that_was_used_is_left_as_it_is(area, client, what):
    invitation = make_invitation(
        area.partnership, accepted_at=timezone.now(), accepted_by=area.reader
    )
    answer = client.post(f"{INVITATIONS}{invitation.pk}/{what}/")
    assert answer.status_code == 403
    assert "This invitation was used on" in shown(answer)
    invitation.refresh_from_db()
    assert (invitation.revoked_at, OutgoingMail.objects.count()) == (None, 0)


def test_one_that_was_taken_back_is_not_sent_again(area, client):
    invitation = make_invitation(area.partnership, revoked_at=timezone.now())
    answer = client.post(f"{INVITATIONS}{invitation.pk}/send-again/")
    assert answer.status_code == 403
    assert "This invitation was taken back." in shown(answer)
    assert OutgoingMail.objects.count() == 0


# --- Days -----------------------------------------------------------------------------------


def test_the_day_in_the_list_is_that_of_the_clock_on_the_wall(area, client):
    make_invitation(area.partnership)
    midnight = datetime.fromisoformat("2026-05-02T00:30+01:00")  # still the first of May in UTC
    Invitation.objects.update(invited_at=midnight)

    assert ">2 May 2026</td>" in client.get(INVITATIONS).content.decode()


# --- Who may --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_coordinators_see_or_make_invitations(area, role):
    invitation = make_invitation(area.partnership, "canary@x.org")
    client = client_of(getattr(area, role.value))
    for path in (INVITATIONS, INVITE, f"{INVITATIONS}{invitation.pk}/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "A coordinator can." in shown(answer)
        assert "canary" not in shown(answer)
    assert invite(client, "ada@x.org").status_code == 403
    for what in ("send-again", "take-back"):
        assert client.post(f"{INVITATIONS}{invitation.pk}/{what}/").status_code == 403
    assert Invitation.objects.open().count() == 1


def test_invitations_are_for_every_role_that_manages_people(area, monkeypatch):
    make_invitation(area.partnership)
    make_invitation(make_area("bury", "Bury", "Bury").partnership)
    assert Invitation.objects.visible_to(area.lead).count() == 0
    monkeypatch.setitem(GRANTS, Role.LEAD, GRANTS[Role.LEAD] | {Permission.MANAGE_PEOPLE})
    for person in (area.lead, area.coordinator):
        assert Invitation.objects.visible_to(person).get().partnership == area.partnership


def test_an_invitation_has_one_address_and_no_other_leads_to_the_list(area):
    assert not hasattr(make_invitation(area.partnership), "get_absolute_url")


def test_the_people_page_shows_the_way_to_coordinators_alone(area, client):
    for person in (area.coordinator, area.facilitator, area.lead, area.partner, area.reader):
        page = client_of(person).get("/partnerships/rochdale/people/").content.decode()
        assert (INVITE in page) == (person == area.coordinator)


def test_a_coordinator_of_another_partnership_finds_nothing(area):
    invitation = make_invitation(area.partnership)
    other = make_area("bolton", "Bolton", "Bolton")
    client = client_of(other.coordinator)
    for slug in ("rochdale", "bolton"):
        page = f"/partnerships/{slug}/invitations/{invitation.pk}/"
        assert client.get(page).status_code == 404
        assert client.post(f"{page}send-again/").status_code == 404
        assert client.post(f"{page}take-back/").status_code == 404
    invitation.refresh_from_db()
    assert invitation.is_open
    assert OutgoingMail.objects.count() == 0


def test_only_post_sends_or_takes_back(area, client):
    invitation = make_invitation(area.partnership)
    for what in ("send-again", "take-back"):
        assert client.get(f"{INVITATIONS}{invitation.pk}/{what}/").status_code == 405
    for path in (INVITATIONS, f"{INVITATIONS}{invitation.pk}/"):
        assert client.post(path).status_code == 405
