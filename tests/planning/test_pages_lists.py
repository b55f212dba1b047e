"""Pages that list: as many queries for 300 rows as for one, and never a row of another area."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planning.models import Assessment, Entry, EvidenceReference, PriorityAction
from planning.outline import outline_of
from tests.factories.assessments import entry_of, make_assessment, make_scored
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area

SIZES = (1, 3, 300)


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def client(area):
    client = Client()
    client.force_login(area.coordinator)
    return client


def queries_of(client, path):
    """The number of queries of a page, once every cache of the process is warm."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as context:
        client.get(path)
    return len(context)


def add_assessments(area, count):
    framework = load_rpc_2018()
    there = Assessment.objects.filter(partnership=area.partnership).count()
    made = Assessment.objects.bulk_create(
        Assessment(
            partnership=area.partnership,
            framework=framework,
            assessed_on=date(2020, 1, 1) + timedelta(days=number),
        )
        for number in range(count - there)
    )
    domains = outline_of(framework).domains
    Entry.objects.bulk_create(
        Entry(assessment=each, domain_id=domain.pk, level=2) for each in made for domain in domains
    )


def add_actions(draft, count, numbers=(1, 3)):
    domains = [outline_of(draft.framework).by_number[number].pk for number in numbers]
    there = draft.priority_actions.count()
    made = PriorityAction.objects.bulk_create(
        PriorityAction(assessment=draft, key=uuid.uuid4(), what=f"Action {number}")
        for number in range(count - there)
    )
    through = PriorityAction.domains.through
    through.objects.bulk_create(
        through(priorityaction_id=each.pk, domain_id=domain) for each in made for domain in domains
    )


def add_references(draft, count):
    entry = entry_of(draft, 1)
    EvidenceReference.objects.bulk_create(
        EvidenceReference(entry=entry, key=uuid.uuid4(), title=f"Paper {number}")
        for number in range(count - entry.references.count())
    )


@pytest.mark.parametrize("page", ["partnership", "profile"])
def test_the_number_of_assessments_does_not_change_the_number_of_queries(area, client, page):
    counts = set()
    for size in SIZES:
        add_assessments(area, size)
        newest = Assessment.objects.order_by("-assessed_on").first()
        slug = area.partnership.slug
        path = {
            "partnership": f"/partnerships/{slug}/",
            "profile": f"/planning/{newest.pk}/profile/",
        }
        counts.add(queries_of(client, path[page]))

    assert len(counts) == 1


@pytest.mark.parametrize("page", ["domains/1/", "sheet/", "agree/", "", "profile/"])
def test_the_number_of_actions_does_not_change_the_number_of_queries(area, client, page):
    draft = make_scored(area.partnership, load_rpc_2018())
    counts = set()
    for size in SIZES:
        add_actions(draft, size)
        add_references(draft, size)
        counts.add(queries_of(client, f"/planning/{draft.pk}/{page}"))

    assert len(counts) == 1


def test_a_reader_sees_a_domain_with_as_many_queries_whatever_its_rows(area):
    reader = Client()
    reader.force_login(area.reader)
    draft = make_scored(area.partnership, load_rpc_2018())
    counts = set()
    for size in SIZES:
        add_actions(draft, size)
        counts.add(queries_of(reader, f"/planning/{draft.pk}/domains/1/"))

    assert len(counts) == 1


def test_a_list_of_300_is_turned_by_pages(area, client):
    add_assessments(area, 300)
    path = f"/partnerships/{area.partnership.slug}/"
    first = client.get(path).content.decode()
    last = client.get(f"{path}?page=999999").content.decode()

    assert "Showing <strong>1</strong> to <strong>25</strong> of <strong>300</strong>" in first
    assert "to <strong>300</strong> of <strong>300</strong>" in last


def test_every_one_of_300_actions_can_be_edited_and_saved(area, client):
    draft = make_assessment(area.partnership, load_rpc_2018())
    add_actions(draft, 300, numbers=(1,))
    path = f"/planning/{draft.pk}/domains/1/"
    keys = [str(key) for key in draft.priority_actions.values_list("key", flat=True)]
    base = client.get(path).context["form"].base
    body = {"action-key": keys, "base": base, "page": "p", "number": "1"}
    body |= {f"action-{key}-what": f"Changed {key}" for key in keys}

    assert client.post(path, body).status_code == 302
    assert draft.priority_actions.filter(what__startswith="Changed ").count() == 300
