"""What the search looks at follows what is in force, at a constant number of queries."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.daily import JOBS
from practice.indexing import forget, refresh, refresh_everything, see_to_index
from practice.models import (
    EntryKind,
    LibraryEntry,
    LibraryWord,
    PracticeModel,
    Resource,
    Standard,
)
from tests.factories.practice import (
    make_resource,
    make_standard,
    make_version,
)

pytestmark = pytest.mark.django_db


def found(kind):
    return set(LibraryEntry.objects.filter(kind=kind).values_list("item", flat=True))


def test_what_is_in_force_is_found_and_drafts_are_not(library):
    assert found(EntryKind.STANDARD) == {library.standard.pk}
    assert found(EntryKind.MEASURE) == {library.measure.pk}
    measure = LibraryEntry.objects.get(kind=EntryKind.MEASURE)
    assert measure.page == library.standard.pk
    assert measure.note == "within 10 days (calendar or working days: not yet decided)"
    assert measure.roles == ["allocated practitioner", "team manager"]
    assert (measure.required_in, measure.considered_in) == (["social_care"], ["early_help"])


def test_a_new_version_takes_the_place_of_the_one_before(library):
    version = make_version(library.standard, number=2, statement="We hear.", measures=2)
    assert LibraryEntry.objects.get(kind=EntryKind.STANDARD).title == "We hear."
    assert found(EntryKind.MEASURE) == set(version.measures.values_list("pk", flat=True))


def test_the_night_finds_what_comes_into_force_and_loses_what_goes(library):
    today = timezone.localdate()
    Standard.objects.filter(pk=library.standard.pk).update(withdrawn_on=today)
    see_to_index(timezone.now())
    assert found(EntryKind.STANDARD) == found(EntryKind.MEASURE) == set()
    assert JOBS["practice library"] is see_to_index


def test_of_a_retired_model_nothing_is_found(library):
    PracticeModel.objects.filter(pk=library.model.pk).update(retired_on=timezone.localdate())
    refresh(library.model)
    assert found(EntryKind.STANDARD) == set()
    assert not LibraryEntry.objects.filter(model=library.model).exists()


def test_a_version_of_tomorrow_is_not_found_today(library):
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_version(library.standard, number=2, statement="We hear.", effective_on=tomorrow)
    assert LibraryEntry.objects.get(kind=EntryKind.STANDARD).title == "We listen."


def test_what_is_removed_is_forgotten(library):
    pk = library.resource.pk
    library.resource.delete()
    forget(EntryKind.RESOURCE, pk)
    assert found(EntryKind.RESOURCE) == set()


def test_many_things_cost_as_many_queries_as_one(area, library):
    def queries(things):
        with CaptureQueriesContext(connection) as counted:
            refresh(*things)
        return len(counted)

    one = queries([library.standard, library.resource, library.definition])
    things = [make_standard(library.pillar, position=n, measures=3) for n in range(3, 43)]
    things += [make_resource(area.partnership, name=f"R {n}") for n in range(40)]
    assert queries([*things, library.definition]) == one
    assert queries([]) == 0


def test_all_made_anew_is_what_stood_and_mends_what_did_not(library):
    before = list(LibraryEntry.objects.order_by("kind", "item").values_list("kind", "title"))
    LibraryEntry.objects.filter(kind=EntryKind.STANDARD).delete()
    LibraryEntry.objects.filter(kind=EntryKind.RESOURCE).update(title="Wrong", item=10**9)
    LibraryWord.objects.create(partnership=None, word="zebra")
    call_command("index_practice")
    after = list(LibraryEntry.objects.order_by("kind", "item").values_list("kind", "title"))
    assert after == before
    assert not LibraryWord.objects.filter(word="zebra").exists()


def test_words_of_a_removed_thing_go_at_night(area):
    resource = make_resource(area.partnership, name="Hippopotamus")
    assert LibraryWord.objects.filter(word="hippopotamus").exists()
    Resource.objects.filter(pk=resource.pk).delete()
    refresh_everything()
    assert not LibraryWord.objects.filter(word="hippopotamus").exists()
    assert found(EntryKind.RESOURCE) == set()


def test_a_very_long_text_is_found_by_its_beginning(area):
    make_resource(area.partnership, what="giraffe " + "word " * 200_000)
    assert LibraryEntry.objects.filter(kind=EntryKind.RESOURCE).count() == 1
