"""Asking people in: one person or a pasted list, and what the e-mail says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from partnerships.models import Invitation, Membership, OutgoingMail, TryCount
from rpcportal.kit.roles import Role
from tests.factories.bad_input import STRANGE, TEN_MEGABYTES, shown
from tests.factories.invitations import INVITATIONS, invite, link_in, said
from tests.factories.people import (
    client_of,
    make_area,
    make_invitation,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


def test_one_person_is_invited_with_role_and_organisation(area, client):
    homes = make_organisation(area.partnership)
    assert invite(client, "Ada Marsh <Ada@x.org>", "lead", homes.pk).url == INVITATIONS

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.role, invitation.organisation) == (
        "ada@x.org", "Ada Marsh", "lead", homes
    )  # fmt: skip
    assert (invitation.partnership, invitation.invited_by) == (area.partnership, area.coordinator)
    assert invitation.is_open
    assert timedelta(days=13) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    assert said(client) == ["ada@x.org is invited. The e-mail is on its way."]


def test_the_mail_says_who_asks_whereto_and_holds_the_link(area, client):
    homes = make_organisation(area.partnership, "Homes First")
    invite(client, "Ada Marsh <ada@x.org>", "lead", homes.pk)

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (
        "ada@x.org", "Join Rochdale Relationships on the RPC Portal"
    )  # fmt: skip
    assert mail.body.startswith("Hello Ada Marsh,\n\nCoordinator of Rochdale asks you to join ")
    assert "for Homes First" in mail.body
    assert client_of().get(link_in(mail)).status_code == 200


def test_the_links_secret_is_nowhere_in_the_database_once_the_mail_is_gone(client):
    invite(client, "ada@x.org")
    token = link_in(OutgoingMail.objects.get()).split("/")[-2]
    OutgoingMail.objects.update(body="")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            assert token not in str(cursor.fetchall()), table


def test_a_pasted_list_is_invited_at_once(area, client):
    people = [f"Person {number} <person-{number}@x.org>" for number in range(200)]
    invite(client, "; ".join(people), "reader")

    rows = area.partnership.invitations.all()
    assert {row.email for row in rows} == {f"person-{number}@x.org" for number in range(200)}
    assert {row.role for row in rows} == {"reader"}
    assert OutgoingMail.objects.count() == 200
    assert said(client) == ["200 people are invited. The e-mails are on their way."]


def test_who_is_in_or_invited_already_is_named_and_left_as_they_are(area, client):
    make_invitation(area.partnership, "ben@x.org", role=Role.READER)
    invite(client, f"ada@x.org\nBen@x.org\n{area.reader.email.upper()}", "coordinator")

    assert said(client) == [
        "ada@x.org is invited. The e-mail is on its way.",
        (
            "ben@x.org has been invited already. Open it in the list to send it again. "
            f"{area.reader.email} is in the partnership already, as reader."
        ),
    ]
    assert Invitation.objects.get(email="ben@x.org").role == "reader"
    assert Membership.objects.get(user=area.reader).role == "reader"
    assert OutgoingMail.objects.count() == 1


def test_the_same_form_sent_twice_invites_once(client):
    for _ in range(2):
        invite(client, "ada@x.org")
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_someone_whose_invitation_was_taken_back_or_used_can_be_invited_anew(area, client):
    now = timezone.now()
    make_invitation(area.partnership, "ada@x.org", revoked_at=now)
    make_invitation(area.partnership, "ada@x.org", accepted_at=now, accepted_by=make_user())
    invite(client, "ada@x.org")
    assert area.partnership.invitations.open().count() == 1


def test_another_partnership_may_have_invited_the_same_person(area, client):
    other = make_area("bolton", "Bolton", "Bolton")
    make_invitation(other.partnership, "ada@x.org")
    invite(client, "ada@x.org")
    assert Invitation.objects.filter(email="ada@x.org").count() == 2


def test_the_answer_is_the_same_whether_somebody_has_an_account(client):
    make_user("ben@x.org")
    invite(client, "ada@x.org")
    stranger = said(client)
    invite(client, "ben@x.org")
    assert said(client) == [stranger[0].replace("ada", "ben")]
    ada, ben = OutgoingMail.objects.order_by("pk")
    assert ada.body.replace(link_in(ada), "") == ben.body.replace(link_in(ben), "")


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ("", "Enter at least one e-mail address"),
        (" ;,\n;", "Enter at least one e-mail address"),
        ("Ada Marsh", "“Ada Marsh” holds no e-mail address."),
        ("ada@x.org\nben@", "“ben@” is not an e-mail address."),
        ("a\x00b@x.org", "held an invisible character that cannot be stored"),
        (f"{'a' * 250}@x.org", "is not an e-mail address."),
        ("\n".join(f"{number}@x.org" for number in range(201)), "a list of 201 people"),
        ("ada@x.org " * 2_001, "has 20,009 characters; the most it can hold is 20,000."),
    ],
)
def test_what_cannot_be_read_is_named_nobody_is_invited_and_the_words_come_back(
    client, people, sentence
):
    answer = invite(client, people)
    page = shown(answer)
    assert answer.status_code == 200
    assert page.count(sentence) >= 2  # in the summary and beside the box
    assert people.replace("\x00", "") in page
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_ten_megabytes_come_back_with_a_sentence(client):
    paste = "a@x.org " * (TEN_MEGABYTES // 8)
    answer = invite(client, paste)
    assert "the most it can hold is 20,000" in shown(answer)
    assert paste.strip() in shown(answer)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_words_are_a_sentence_and_no_fault(client, kind):
    answer = invite(client, f"{STRANGE[kind]} <ada@x.org>")
    assert answer.status_code in {200, 302}
    page = client.get(INVITATIONS).content.decode() + answer.content.decode()
    assert "<script>alert" not in page
    assert "<img src" not in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"role": ""}, "Choose a role"),
        ({"role": "owner"}, "“Role” has no such choice"),
        ({"organisation": "987654321"}, "“Organisation” has no such choice"),
        ({"organisation": "abc"}, "“Organisation” has no such choice"),
        ({"organisation": "\x00"}, "There is a problem"),
        ({"organisation": "9" * 5000}, "no such choice"),
    ],
)
def test_a_role_or_an_organisation_that_is_none_is_refused(client, values, sentence):
    assert sentence in shown(invite(client, "ada@x.org", **values))
    assert Invitation.objects.count() == 0


def test_an_organisation_of_another_partnership_is_refused(area, client):
    elsewhere = make_organisation(make_area("bolton", "Bolton", "Bolton").partnership, "Bolton's")
    page = shown(invite(client, "ada@x.org", organisation=elsewhere.pk))
    assert "“Organisation” has no such choice" in page
    assert "Bolton's" not in page
    assert Invitation.objects.count() == 0


def test_at_most_200_invitations_an_hour_go_out(area, client):
    invite(client, "\n".join(f"{number}@x.org" for number in range(199)))
    invite(client, "ada@x.org")
    assert Invitation.objects.count() == 200
    answer = invite(client, "one-too-many@x.org")

    sentence = "That was tried too often. Wait 60 minutes, then try again."
    assert shown(answer).count(sentence) == 2
    assert "one-too-many@x.org" in shown(answer)
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (200, 200)
    assert str(area.coordinator.pk) not in set(TryCount.objects.values_list("subject", flat=True))
