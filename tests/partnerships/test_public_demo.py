"""The demo's public page."""

import pytest

from practice.models import EvidenceStatement
from rpcportal.demo import public as demo_public
from tests.factories.people import client_of, make_area


@pytest.mark.django_db
def test_the_demo_has_a_published_page_and_loading_twice_makes_one():
    area = make_area()
    for _ in range(2):
        demo_public.load(area.partnership, area.coordinator)
    words = client_of().get("/public/rochdale/").content.decode()
    for shown in ("Good Terms Rochdale", "good-terms@example.org", "/brand/5b2a6e.css", "53%"):
        assert shown in words
    assert EvidenceStatement.objects.public_of(area.partnership).count() == 3
