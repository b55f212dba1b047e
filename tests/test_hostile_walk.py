"""Every form, filled in by someone who knows all the numbers and keys of another partnership.

tests/test_url_walk.py tries every address with the wrong person. Here the person is the right
one, and what they send is not: ids of area b in the address, in the fields and in their names.
"""

import itertools
import pickle

import pytest
from django.apps import apps
from django.urls import reverse
from pghistory.models import Event

from partnerships.models import Invitation, Partnership, User
from planning.models import Entry, EvidenceReference
from tests.addresses import ADDRESSES, path_of
from tests.factories.people import client_of, make_membership
from tests.hostile import (
    AREA_OF,
    form_of,
    ids_of,
    rows_of,
    sender,
    strays,
    undone,
    values_of,
    writes,
    written_since,
)

OWN = ("partnerships", "planning", "pledges", "practice")
WRITABLE = [name for name, address in ADDRESSES.items() if address.writers]
SCOPED = [name for name, address in ADDRESSES.items() if address.lost]


@pytest.fixture(scope="module")
def rows_of_b(standing_world, django_db_blocker):
    """What area b is before anybody sends anything: the same for every test."""
    with django_db_blocker.unblock():
        return rows_of(pickle.loads(standing_world).b)  # noqa: S301 - our own, of a moment ago


# --- What the walk stands on ----------------------------------------------------------------


def test_every_model_that_belongs_to_a_partnership_is_watched():
    belonging = set(AREA_OF) | {Partnership}
    for model in itertools.chain(*(apps.get_app_config(app).get_models() for app in OWN)):
        if issubclass(model, Event) or model in belonging or model._meta.proxy:
            continue
        leads_to = {field.related_model for field in model._meta.fields if field.is_relation}
        assert not leads_to & belonging, f"{model.__name__} belongs to a partnership"


def test_in_the_world_itself_nothing_strays(world):
    assert strays(world) == []
    own, foreign = ids_of(world), ids_of(world.mirrored())
    assert [kind for kind in own if own[kind] == foreign[kind]] == []


STRAYS = {
    "responsible": lambda world: Entry.objects.filter(pk=world.reference.entry.pk).update(
        responsible=world.b.editor
    ),
    "invited by": lambda world: Invitation.objects.filter(pk=world.invitation.pk).update(
        invited_by=world.b.coordinator
    ),
    "reference": lambda world: EvidenceReference.objects.filter(pk=world.reference.pk).update(
        entry=world.of_b.reference.entry
    ),
}


@pytest.mark.parametrize("kind", ["responsible", "invited by"])
def test_the_look_for_strays_sees_one(world, kind):
    assert STRAYS[kind](world) == 1
    assert len(strays(world)) == 1


def test_the_look_at_an_area_sees_a_row_that_moved_into_it(world):
    before = rows_of(world.b)
    assert STRAYS["reference"](world) == 1
    assert rows_of(world.b) != before


def test_the_forms_that_are_filled_in_are_those_of_the_pages(world):
    body, words = form_of(world, "domain", sender(world, "domain"))
    assert {"level", "base", "evidence", "gaps"} <= set(body)
    assert "evidence" in words
    assert "level" not in words


# --- Ids of b in the address ----------------------------------------------------------------


@pytest.mark.parametrize("name", SCOPED)
def test_addresses_that_mix_two_partnerships_lead_nowhere_even_for_who_is_in_both(world, name):
    person = world.a.coordinator
    make_membership(world.b.partnership, person, "coordinator")
    client = client_of(person)
    address = ADDRESSES[name]
    here, there = address.find(world), address.find(world.mirrored())
    for arguments in set(itertools.product(*zip(here, there, strict=True))) - {here, there}:
        path = reverse(name, args=arguments)
        for method in address.methods:
            body = address.body(world) if method == "POST" else {}
            with undone():
                before = writes()
                response = getattr(client, method.lower())(path, body)
                assert response.status_code == 404 or is_sent_on(name, method, response), path
                assert not written_since(before) & {*AREA_OF, User, Partnership}


def is_sent_on(name, method, response):
    """What a domain of one's own does not hold is as good as removed, or settled already."""
    gone = name in {"remove_reference", "remove_action", "settle"}
    return gone and response.status_code == 302


# --- Ids of b in the fields -----------------------------------------------------------------


def kinds_for(index, kinds):
    """What the box of this number is sent: people and organisations, and a fifth of the rest, so
    that a form's neighbouring boxes get all of it between them.
    """
    asked_for = [kind for kind in kinds if kind.startswith(("person", "organisation"))]
    rest = [kind for kind in kinds if kind not in asked_for]
    return [*asked_for, *rest[index % 5 :: 5]]


@pytest.mark.parametrize("name", WRITABLE)
def test_no_field_takes_anything_of_another_partnership(world, rows_of_b, name):
    client, path = sender(world, name), path_of(name, world)
    body, words = form_of(world, name, client)
    sent, foreign = values_of(body), ids_of(world.mirrored())
    # Numbers that are those of several things are sent once.
    different = sorted({value: kind for kind, value in foreign.items()}.values())
    for index, field in enumerate(sent):
        # In a box for words a number is a word: one of them is enough.
        kinds = ["membership of editor"] if field in words else kinds_for(index, different)
        for kind in kinds:
            with undone():
                sent_before = writes()
                response = client.post(path, {**sent, field: [foreign[kind]]})
                assert response.status_code < 500, (field, kind)
                written = written_since(sent_before)
                assert strays(world, written) == [], (field, kind)
                assert rows_of(world.b, written).items() <= rows_of_b.items(), (field, kind)


def test_what_was_written_is_found(world):
    before = writes()
    STRAYS["responsible"](world)
    assert Entry in written_since(before)
    assert len(strays(world, written_since(before))) == 1


@pytest.mark.parametrize("name", WRITABLE)
def test_no_name_of_a_field_reaches_into_another_partnership(world, rows_of_b, name):
    """Boxes of a row have its key in their names: “action-…-what”."""
    client, path = sender(world, name), path_of(name, world)
    sent = values_of(form_of(world, name, client)[0])
    own, foreign = ids_of(world), ids_of(world.mirrored())
    for kind in ("key of reference", "key of action"):
        swapped = {
            field.replace(own[kind], foreign[kind]): [
                value.replace(own[kind], foreign[kind]) for value in values
            ]
            for field, values in sent.items()
        }
        if swapped == sent:
            continue
        with undone():
            assert client.post(path, swapped).status_code < 500
            assert strays(world) == []
            assert rows_of(world.b) == rows_of_b
