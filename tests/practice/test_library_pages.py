"""The library's first page with its search, and the lists by role, time limit and domain."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.models import Domain
from practice.indexing import refresh
from practice.models import Bearing
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import load_rpc_2018, make_small_framework
from tests.factories.people import client_of, make_area
from tests.factories.practice import (
    library_of,
    make_part,
    make_practice_model,
    make_resource,
    make_standard,
    make_standard_measure,
    make_version,
)

pytestmark = pytest.mark.django_db
PAGES = ("library", "expected_of_role", "time_limits")


@pytest.fixture
def here(area):
    return area.partnership


@pytest.fixture
def library(here):
    return library_of(here)


def page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def limited(here, **values):
    """A standard in force with one measure like this."""
    standard = make_standard(make_part(make_practice_model(here)), measures=0, draft=True)
    draft = standard.versions.get()
    make_standard_measure(draft, **values)
    standard.versions.filter(pk=draft.pk).update(
        state="approved", effective_on="2026-01-05", approved_on="2026-01-02", approved_name="Ruth"
    )
    refresh(standard)
    return standard


def test_a_practitioner_finds_a_time_limit_in_three_steps(area, library, here):
    reader = client_of(area.reader)
    home, library_page = (
        reverse("partnership", args=[here.slug]),
        reverse("library", args=[here.slug]),
    )
    assert library_page in reader.get(home).content.decode()
    limits = f"{reverse('time_limits', args=[here.slug])}?within=fortnight"
    assert limits in reader.get(library_page).content.decode()
    body = reader.get(limits).content.decode()
    assert "Within 10 days (calendar or working days: not yet decided)" in body
    assert "We hold a family network meeting" in body
    assert library.standard.page_in(here) in body


def test_the_first_page_shows_the_ways_in(client, here, library):
    make_practice_model(name="A starter model")
    shown = page(client, "library", here.slug)
    pillar = reverse("pillar", args=[here.slug, library.pillar.pk])
    row = shown.partition(f'href="{pillar}">pillar</a>')[2].partition("</tr>")[0]
    assert ">1</td>" in row
    assert "A starter model" in shown
    assert "?role=team%20manager" in shown
    assert "All time limits</a> (1)" in shown


def test_a_starter_that_was_taken_on_is_not_offered_again(client, here):
    starter = make_practice_model(name="A starter model")
    make_practice_model(here, name="Our model", copied_from=starter)
    shown = page(client, "library", here.slug)
    assert "Our model" in shown
    assert "A starter model" not in shown


def test_the_search_says_what_it_forgave_and_counts_the_kinds(client, here, library):
    make_resource(here, name="Meeting agenda")
    shown = page(client, "library", here.slug, words="meetnig")
    assert "Nothing holds “meetnig”; showing “meeting”." in shown
    assert "All (2)" in shown
    assert "Measures (1)</a>" in shown
    assert "<mark>Meeting</mark> agenda" in shown
    only = page(client, "library", here.slug, words="meeting", kind="resource")
    assert '<strong aria-current="true">Resources (1)</strong>' in only
    assert "family network" not in only.split("<table")[1]


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        *(({"role": "team manager"}, True), ({"role": "astronaut"}, False)),
        *(({"scope": "early_help"}, True), ({"scope": "early_help.required"}, False)),
        *(({"scope": "social_care.required"}, True), ({"scope": "police"}, False)),
        *(({"part": "pillar"}, True), ({"part": "model"}, True), ({"domain": "1"}, False)),
    ],
)
def test_filters_narrow_what_is_found(client, here, library, query, finds):
    load_rpc_2018()
    numbers = {"pillar": f"pillar-{library.pillar.pk}", "model": f"model-{library.model.pk}"}
    if "part" in query:
        query = {"part": numbers[query["part"]]}
    if "domain" in query:
        query = {"domain": Domain.objects.get(number=1).pk}
    shown = page(client, "library", here.slug, words="family network", **query)
    assert ("We hold a <mark>family</mark> <mark>network</mark> meeting" in shown) == finds


@pytest.mark.parametrize(
    "query",
    [
        *({"words": "\0"}, {"words": "x" * 100_000}, {"kind": "zebra"}, {"part": "pillar-999999"}),
        *({"domain": "x"}, {"words": "' OR 1 --"}, {"words": "🙂"}, {"page": "99999"}),
        *({"words": "meeting", "page": "99999"}, {"words": "=cmd|'/C calc'!A0"}, {"role": "\0"}),
    ],
)
def test_an_odd_question_gets_a_page(client, here, library, query):
    page(client, "library", here.slug, **query)


def test_markup_in_a_thing_or_a_question_stays_text(client, here):
    make_resource(here, name="<img src=x onerror=alert(1)> family")
    for words in ("family", "<script>alert(1)</script>"):
        shown = page(client, "library", here.slug, words=words)
        assert "<img src=x" not in shown
        assert "<script>alert" not in shown


def test_limits_stand_shortest_first_and_each_in_its_group(client, here):
    limited(here, text="Fast", limit_number=4, limit_unit="hours")
    limited(here, text="Slow", limit_number=2, limit_unit="months")
    limited(here, text="Soon", limit_number=1, limit_unit="working_days")
    limited(here, text="Week", limit_number=5, limit_unit="working_days")
    shown = page(client, "time_limits", here.slug)
    places = [shown.index(f">{text}</a>") for text in ("Fast", "Soon", "Week", "Slow")]
    assert places == sorted(places)
    assert "Within a day</a> (2)" in shown
    day = page(client, "time_limits", here.slug, within="day")
    assert "Within 1 working day" in day
    assert ">Week</a>" not in day


def test_a_measure_that_is_not_in_force_is_expected_of_nobody(client, here, library):
    draft = make_version(library.standard, number=2, draft=True, measures=0)
    make_standard_measure(draft, text="Not yet", roles=["team manager"])
    refresh(library.standard)
    shown = page(client, "expected_of_role", here.slug, role="Team manager")
    assert "We hold a family network meeting" in shown
    assert "Not yet" not in shown
    assert "names this role" in page(client, "expected_of_role", here.slug, role="astronaut")


def test_what_bears_on_a_domain_stands_under_its_levels(client, here, library):
    load_rpc_2018()
    domain = Domain.objects.get(number=1)
    every = make_resource(here, name="For every level")
    Bearing.objects.create(partnership=here, domain=domain, resource=every)
    Bearing.objects.create(
        partnership=here, domain=domain, standard=library.standard, levels=[2, 3]
    )
    refresh(every, library.standard)
    shown = page(client, "bearing_on_domain", here.slug, domain.pk)
    assert "Levels 2 and 3" in shown
    assert "Every level" in shown
    first = page(client, "bearing_on_domain", here.slug, domain.pk, level="1")
    assert "For every level" in first
    assert "We listen." not in first


def test_a_domain_of_another_planning_tool_has_its_page(client, here, library):
    """Sheets stay on the tool that they were scored by, and lead from there."""
    older = make_small_framework().domains.get(number=1)
    newer = load_rpc_2018()
    make_assessment(here, newer)
    Bearing.objects.create(partnership=here, domain=older, standard=library.standard)
    refresh(library.standard)
    shown = page(client, "bearing_on_domain", here.slug, older.pk)
    assert "We listen." in shown
    assert str(older.framework) in shown
    others = newer.domains.values_list("pk", flat=True)
    assert not any(f"/practice/domains/{pk}/" in shown for pk in others)
    assert client.get(reverse("bearing_on_domain", args=[here.slug, 10**8])).status_code == 404


def test_another_partnerships_library_is_nowhere(client, here, library):
    bury = make_area("bury", "Bury Together", "Bury").partnership
    library_of(bury, "Giraffe ")
    limited(bury, text="Giraffe measure", roles=["giraffe keeper"])
    for name in PAGES:
        assert client.get(reverse(name, args=[bury.slug])).status_code == 404
        shown = page(client, name, here.slug, words="girafe", role="giraffe keeper", within="")
        assert "Giraffe" not in shown
        assert "showing" not in shown
    assert "giraffe keeper" not in page(client, "library", here.slug)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        *(("library", {}), ("library", {"words": "meeting"}), ("library", {"words": "meetnig"})),
        *(("expected_of_role", {"role": "team manager"}), ("time_limits", {})),
    ],
)
def test_300_things_cost_as_many_queries_as_3(client, here, library, name, query):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            page(client, name, here.slug, **query)
        return len(counted)

    make_standard(library.pillar, position=3, measures=2)
    queries()
    few = queries()
    for position in range(4, 14):
        make_standard(library.pillar, position=position, measures=30)
    assert queries() == few
