"""The search asks as its indexes are made: otherwise it is right, and slow."""

import hashlib

import pytest
from django.db import connection
from django.db.models import Q

from practice.entry_making import copy_key
from practice.finding import find
from practice.indexing import refresh
from practice.models import EntryKind, EvidenceStatement, LibraryEntry
from tests.factories.people import make_area
from tests.factories.practice import (
    library_of,
    make_definition,
    make_part,
    make_practice_model,
    make_preferred_word,
    make_resource,
    make_standard,
)
from tests.factories.public import make_starter, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(area):
    return area.partnership


def plan_of(entries, *, without):
    """How PostgreSQL would answer where a table is large enough that an index is worth it."""
    with connection.cursor() as cursor:
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return entries.explain()


def halves(partnership, also=None):
    return LibraryEntry.objects.halves_shown_in(partnership, also)


@pytest.mark.parametrize("kind", ["", EntryKind.RESOURCE])
def test_lists_come_in_order_out_of_an_index(here, kind):
    own, _ = halves(here, Q(roles__contains=["team manager"]))
    asked = own.of_kind(kind) if kind else own
    plan = plan_of(asked.in_lists()[:5], without=["seqscan", "bitmapscan", "sort"])
    assert "library_entry_order" in plan
    assert "Sort" not in plan
    (condition,) = [line for line in plan.splitlines() if "Index Cond" in line]
    assert ("CASE" in condition) == bool(kind)


@pytest.mark.parametrize("name", ["roles", "required_in", "considered_in", "domains"])
def test_what_a_filter_leaves_is_found_by_an_index(name):
    found = LibraryEntry.objects.filter(
        **{f"{name}__overlap": [1 if name == "domains" else "nobody"]}
    )
    assert "library_entry_filters" in plan_of(found, without=["seqscan"])


def test_without_words_lists_are_by_kind_and_title(here):
    library_of(here)
    found = find(here, "")
    entries = found.entries(0, 100)
    expected = LibraryEntry.objects.shown_in(here).in_order()
    assert [each.pk for each in entries] == [each.pk for each in expected]
    assert len({each.kind for each in entries}) > 4


def test_of_very_many_the_first_of_each_kind_are_shown(here, monkeypatch):
    monkeypatch.setattr("practice.finding.MOST", 2)
    for name in ("Diagram", "Agenda", "Calendar", "Booklet"):
        make_resource(here, name=name)
        make_definition(here, term=name)
    for kind in (EntryKind.RESOURCE, EntryKind.DEFINITION):
        found = find(here, "", kind=kind)
        shown = [(each.kind, each.title) for each in found.entries(0, 2)]
        assert shown == [(kind, "Agenda"), (kind, "Booklet")]
        assert found.is_cut


def test_a_title_of_any_length_fits_the_index(here):
    long = " ".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(200))
    statement = make_statement(here, claim=long)
    refresh(statement)
    assert LibraryEntry.objects.get(kind="statement", item=statement.pk).title == long


def test_the_two_halves_are_what_the_library_shows(here):
    there = make_area("bury", "Bury Together", "Bury").partnership
    for make in (make_resource, make_definition, make_preferred_word):
        make()
        make(here, copied_from=make())
        make(there, copied_from=make())
    used = {"partnership": here, "request_key": copy_key(here.pk, make_starter().pk)}
    refresh(EvidenceStatement.objects.create(claim="Ours.", **used))
    for partnership in (None, None, here, there):
        make_standard(make_part(make_practice_model(partnership)))
    starter = make_practice_model()
    make_standard(make_part(starter))
    make_practice_model(here, name="Ours", copied_from=starter)
    for partnership in (here, there):
        own, starters = (set(half.values_list("pk", flat=True)) for half in halves(partnership))
        shown = set(LibraryEntry.objects.shown_in(partnership).values_list("pk", flat=True))
        assert own | starters == shown
        assert not own & starters
        assert LibraryEntry.objects.count() > len(shown) > len(own) > 0
