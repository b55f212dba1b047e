"""The demo's launch, on top of the demo's register."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.models import Partnership, User
from pledges.models import Action, Launch
from rpcportal import demo
from rpcportal.demo import launch as demo_launch
from tests.factories.frameworks import load_rpc_2018

pytestmark = pytest.mark.django_db


def test_the_launch_of_the_demo_fits_its_register():
    load_rpc_2018()
    demo.load()
    partnership = Partnership.objects.get()
    if not Launch.objects.exists():  # until rpcportal/demo.py loads it by itself
        demo_launch.load(partnership, User.objects.get(email="coordinator@example.org"))
    launch = Launch.objects.get()
    notes = launch.notes.with_names()
    by_status = {name: notes.filter(status=name) for name in ("confirmed", "waiting", "set_aside")}

    assert [len(each) for each in by_status.values()] == [10, 2, 1]
    assert launch.held_on == timezone.localdate() - timedelta(days=45)
    signed = [note for note in by_status["confirmed"] if note.signing_id]
    assert len(signed) == 5
    assert {note.signing.signed_on for note in signed} == {launch.held_on}
    assert all(
        note.action.organisation_id == note.organisation_id for note in by_status["confirmed"]
    )
    words = list(Action.objects.values_list("organisation", "what"))
    assert len(words) == len(set(words))
