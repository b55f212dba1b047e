"""The outline: a framework as values, read once a process and never out of date."""

import pytest

from planning.imports import framework_file
from planning.outline import outline_of
from tests.factories.frameworks import (
    load_rpc_2018,
    make_small_framework,
    small_framework_content,
    small_framework_text,
)

pytestmark = pytest.mark.django_db


def test_dimensions_and_domains_stand_in_the_frameworks_order():
    outline = outline_of(make_small_framework())
    assert [
        (dimension.name, [domain.title for domain in dimension.domains])
        for dimension in outline.dimensions
    ] == [("Prepare", ["1. Purpose", "2. People"]), ("Do", ["3. Practice"])]


def test_a_domain_holds_every_text_of_its_file():
    domain = outline_of(make_small_framework()).by_number[2]
    written = small_framework_content()["dimensions"][0]["domains"][1]
    assert (domain.name, domain.about, domain.question) == (
        written["name"],
        written["about"],
        written["question"],
    )
    assert {
        each.level.number: {"descriptor": each.text, "evidence": list(each.evidence_examples)}
        for each in domain.descriptors
    } == written["levels"]
    assert [(each.number, each.name, each.because) for each in domain.depends_on] == [
        (1, "Purpose", "People needs a purpose.")
    ]


def test_the_scale_comes_from_the_framework():
    small, official = outline_of(make_small_framework()), outline_of(load_rpc_2018())
    assert (small.top, official.top) == (5, 4)
    assert len(small.steps) == 9
    assert [level.name for level in small.levels] == [f"Stage {number}" for number in range(1, 6)]


def test_before_and_after_a_domain():
    outline = outline_of(make_small_framework())
    assert outline.before(1) is None
    assert outline.before(3).number == 2
    assert outline.after(1).number == 2
    assert outline.after(3) is None


def test_numbers_and_rows_point_at_each_other():
    outline = outline_of(make_small_framework())
    assert {
        number: outline.number_of[domain.pk] for number, domain in outline.by_number.items()
    } == {
        1: 1,
        2: 2,
        3: 3,
    }


def test_it_is_read_from_the_database_once(django_assert_num_queries):
    framework = make_small_framework()
    first = outline_of(framework)
    with django_assert_num_queries(0):
        assert outline_of(framework) is first


def test_a_framework_that_was_loaded_anew_is_read_anew():
    old = make_small_framework()
    outline_of(old)
    content = small_framework_content()
    content["dimensions"][0]["name"] = "Make ready"
    changed = small_framework_text(dimensions=content["dimensions"])
    new, _ = framework_file.commit(framework_file.parse(changed))
    assert [dimension.name for dimension in outline_of(new).dimensions] == ["Make ready", "Do"]
