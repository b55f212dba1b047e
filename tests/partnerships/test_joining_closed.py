"""Links of invitations that do not work: old, used up, replaced, guessed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from partnerships import inviting, limits
from partnerships.models import Invitation, TryCount, User
from tests.factories.bad_input import shown
from tests.factories.invitations import ADA, HOME, LINK, invite_ada, join
from tests.factories.people import (
    link_to,
)


def check_closed(client, sentence, link=LINK):
    users = User.objects.count()
    for answer in (client.get(link), join(client, link=link)):
        assert answer.status_code == 404
        assert sentence in shown(answer)
        assert "ask your partnership’s coordinator to send the invitation again" in shown(answer)
    assert User.objects.count() == users


def test_an_expired_link_says_since_when(partnership, client):
    invitation = invite_ada(partnership, age=timedelta(days=14, seconds=1))
    day = timezone.localdate(invitation.expires_at)
    check_closed(client, f"This link stopped working on {day:%-d %B %Y}.")


def test_days_are_those_of_the_clock_on_the_wall(partnership, client):
    """Half an hour before midnight in Greenwich it is the next day in a British summer."""
    invitation = invite_ada(partnership)
    Invitation.objects.filter(pk=invitation.pk).update(
        expires_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    )
    check_closed(client, "This link stopped working on 1 July 2026.")


def test_a_link_works_until_its_last_second(partnership, client):
    invite_ada(partnership, age=timedelta(days=13, hours=23, minutes=59))
    assert client.get(LINK).status_code == 200
    assert join(client).url == HOME


def test_one_that_was_taken_back_says_so(partnership, client):
    invite_ada(partnership, revoked_at=timezone.now())
    check_closed(client, "This invitation was taken back.")


def test_one_that_expires_while_the_form_is_filled_in_is_not_used(partnership, client):
    invitation = invite_ada(partnership)
    client.get(LINK)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    assert join(client).status_code == 404
    assert not User.objects.filter(email=ADA).exists()


def test_one_that_is_taken_back_while_the_form_is_filled_in_is_not_used(invitation, client):
    client.get(LINK)
    inviting.revoke(invitation=invitation, by=invitation.invited_by)
    assert join(client).status_code == 404
    assert not User.objects.filter(email=ADA).exists()


@pytest.mark.parametrize(
    "token",
    ["x", "the-toke", "the-token2", "THE-TOKEN", "%00", "🙂", "a" * 5000, "the-token ", ".."],
)
def test_a_guessed_token_opens_nothing(invitation, client, token):
    for answer in (client.get(f"/invitations/{token}/"), client.post(f"/invitations/{token}/")):
        assert answer.status_code in {400, 404}
        assert "Rochdale" not in shown(answer)
        assert ADA not in shown(answer)


def test_a_link_that_was_sent_again_is_not_told_from_one_that_never_was(invitation, client):
    inviting.send_again(
        invitation=invitation, by=invitation.invited_by, link=lambda path: f"https://x{path}"
    )
    replaced, never = client.get(LINK), client.get(link_to("never-was"))
    assert replaced.content == never.content
    assert "a newer e-mail has replaced it" in shown(replaced)


def test_a_hundred_guesses_in_five_minutes_are_enough(invitation, client):
    for number in range(limits.INVITATION_LINKS_FROM_ADDRESS.most):
        assert client.get(f"/invitations/guess-{number}/").status_code == 404
    answer = client.get("/invitations/guess-more/")
    assert answer.status_code == 429
    assert "You cannot do this" not in shown(answer)
    assert "Wait 5 minutes, then try again." in shown(answer)
    # People of the same council, whose links are right, come in all the same.
    assert join(client).url == HOME


def test_right_links_are_not_counted(invitation, client):
    for _ in range(3):
        client.get(LINK)
    join(client)
    assert TryCount.objects.count() == 0


def test_guesses_are_counted_although_they_say_to_come_from_elsewhere(invitation, client):
    for number in range(limits.INVITATION_LINKS_FROM_ADDRESS.most + 1):
        answer = client.get(
            "/invitations/guess/", headers={"X-Forwarded-For": f"10.0.{number // 250}.{number}"}
        )
    assert answer.status_code == 429
