"""A partnership with its people, and what several tests look at in its library."""

import pytest
from django.db import connection

from practice.indexing import entries_made_anew
from practice.models import LibraryEntry
from tests.factories.audits import make_audit
from tests.factories.people import client_of, make_area, make_organisation
from tests.factories.practice import library_of, make_part, make_practice_model, make_standard


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


@pytest.fixture
def organisation(area):
    return make_organisation(area.partnership)


@pytest.fixture
def library(area):
    """One of each thing that a library holds."""
    return library_of(area.partnership)


@pytest.fixture
def pillar(area):
    return make_part(make_practice_model(area.partnership))


@pytest.fixture
def version(pillar):
    """A version in force, with two measures."""
    return make_standard(pillar, measures=2).versions.get()


@pytest.fixture
def audit(area, organisation, version):
    """An audit in progress of both measures."""
    return make_audit(
        area.partnership, area.coordinator, version.measures.all(), organisation=organisation
    )


@pytest.fixture
def asked(audit):
    """What the audit asks of every file, in its order."""
    return list(audit.measures.all())


@pytest.fixture
def index_left_alone():
    """For a test that writes rows past the verbs, and does not look at the search."""


@pytest.fixture(autouse=True)
def _index_follows(request):
    """Whatever a test of this room did, the search finds what stands, and nothing else."""
    names = request.fixturenames
    marked = request.node.get_closest_marker("django_db")
    if "index_left_alone" in names or not (marked or "db" in names or "transactional_db" in names):
        yield
        return
    # So that it is still there when this looks.
    request.getfixturevalue("_django_db_helper")
    yield
    if connection.needs_rollback:
        return
    stored = {(each.kind, each.item): _as_found(each) for each in LibraryEntry.objects.all()}
    anew = {(each.kind, each.item): _as_found(each) for each in entries_made_anew()}
    wrong = [
        f"{kind} {item}: the search finds {stored.get((kind, item), 'nothing')}, but there is "
        f"{anew.get((kind, item), 'nothing')}"
        for kind, item in sorted(stored.keys() | anew.keys())
        if stored.get((kind, item)) != anew.get((kind, item))
    ]
    assert not wrong, (
        f"The search does not know what stands in the library. {'; '.join(wrong)[:2_000]}. "
        "The verb that changed it should say practice.indexing.refresh(thing), or forget(kind, "
        "pk), in its transaction. A test that writes rows past the verbs refreshes them itself, "
        "or takes the fixture index_left_alone."
    )


def _as_found(entry):
    return {
        field.name: getattr(entry, field.attname)
        for field in LibraryEntry._meta.concrete_fields
        if field.name not in {"id", "kind", "item", "words", "named"}
    }
