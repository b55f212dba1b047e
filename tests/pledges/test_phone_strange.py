"""The phone at a launch when things go otherwise: closed and opened again, and odd letters."""

import pytest
from django.core.exceptions import ValidationError

from partnerships import joining
from pledges import launching, noting
from pledges.models import LaunchNote
from tests.factories.joining import join_by_qr, make_occasion, make_participant, phone, phone_at
from tests.factories.pledges import make_manifesto
from tests.pledges.test_phone import NOTE, area, client, launch, path_of, seen_on, sign, text

pytestmark = pytest.mark.django_db
__all__ = ["area", "client", "launch"]  # fixtures


def test_a_launch_closed_by_mistake_and_opened_again_takes_what_was_being_typed(
    area, client, launch
):
    seen = seen_on(client, launch)  # the page is open, and somebody types
    old = path_of(launch)
    opened_again(area, launch)

    assert client.post(old, {**NOTE, "seen": seen}).status_code == 302
    assert LaunchNote.objects.get().words == NOTE["words"]
    assert "Thank you for signing" in text(client.get(old))
    response = client.post(f"{old}change/", {**NOTE, "words": "Other words"})
    assert response.status_code == 302
    assert LaunchNote.objects.get().words == "Other words"


def test_words_that_a_phone_did_not_read_are_not_signed_on_it(area, client, launch):
    seen = seen_on(client, launch)
    old = path_of(launch)
    make_manifesto(area.partnership, pledge="Other words.")
    opened_again(area, launch)

    assert noting.CLOSED in text(client.post(old, {**NOTE, "seen": seen}))
    assert not LaunchNote.objects.exists()


def test_the_old_code_of_a_launch_that_opened_again_lets_nobody_new_in(area, launch):
    old = launch.occasion
    opened_again(area, launch)
    assert join_by_qr(phone(), old).status_code == 404
    stranger = phone_at(make_occasion(area.partnership, area.coordinator))
    assert stranger.post(f"/launch/{old.pk}/", NOTE).url == "/join/"


def test_a_phone_leaves_no_note_at_a_launch_that_it_is_not_at(area, launch):
    other = make_participant(make_occasion(area.partnership, area.coordinator))
    said = {name: value for name, value in NOTE.items() if name != "idea"}
    with pytest.raises(ValidationError, match="has closed"):
        noting.leave_note(participant=other, launch=launch, organisation=None, **said)


def opened_again(area, launch):
    joining.close_occasion(occasion=launch.occasion, by=area.coordinator)
    launching.open_launch(launch=launch, hours=1, by=area.coordinator)


def test_what_would_hide_or_cover_the_words_of_others_is_taken_out(client, launch):
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    sign(
        client,
        launch,
        words="Za\u0316\u0317\u0318" * 3 + "l" + "\u0316" * 40,
        first_action="\u200b",
    )

    note = LaunchNote.objects.get()
    assert note.words == "Za\u0316\u0317\u0318" * 3 + "l" + "\u0316" * 4
    assert note.first_action == ""
    for kept in (flag, "\U0001f468\u200d\U0001f469", "1\ufe0f\u20e3", "Nguyễn", "منظمة"):
        sign(client, launch, change=True, words=kept)
        assert LaunchNote.objects.get().words == kept
