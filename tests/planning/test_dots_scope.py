"""Dots are placed by phones of their own workshop alone."""

from planning.models import DotVote
from tests.factories.joining import make_occasion, phone, phone_at
from tests.factories.workshops import make_workshop


def test_who_is_not_in_is_sent_to_the_door_and_places_nothing(world):
    workshop, dot_round = world.workshops.workshop, world.workshops.dots
    theirs = make_workshop(world.draft_of_b, world.b.coordinator)
    before = list(DotVote.objects.values_list("pk", "items"))
    launch = make_occasion(world.a.partnership, world.a.coordinator)
    for client in (phone(), phone_at(launch), phone_at(theirs.occasion, {"sector": "police"})):
        for pk in (workshop.occasion_id, 987654321, 10**30):
            response = client.post(f"/workshops/{pk}/dots/{dot_round.pk}/", {"revision": "0"})
            assert (response.status_code, response.url) == (302, "/join/")
    for pk in (dot_round.pk, 987654321, 10**30):
        response = client.post(f"/workshops/{theirs.occasion_id}/dots/{pk}/", {"revision": "0"})
        assert (response.status_code, response.url) == (302, f"/workshops/{theirs.occasion_id}/")
    assert list(DotVote.objects.values_list("pk", "items")) == before
