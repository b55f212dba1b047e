"""The starter content of the library: its files, and what loading them does."""

from datetime import date

import pytest
import yaml
from django.core.management import call_command

from practice import starter_content, starters
from practice.models import (
    Bearing,
    Definition,
    ModelPart,
    PartKind,
    PracticeModel,
    PreferredWord,
    QuestionSet,
    Resource,
    Standard,
    StandardMeasure,
    StandardTool,
    StandardVersion,
)
from tests.factories.frameworks import load_rpc_2018
from tests.factories.practice import make_part, make_practice_model, make_standard

TODAY = date(2026, 3, 2)
LATER = date(2026, 9, 1)


@pytest.fixture
def folder(tmp_path):
    """Starter content of a small size, to be changed."""
    written = {
        "small.yaml": {"model": MODEL, "standards": [standard(), standard("two")]},
        "resources.yaml": {"resources": [RESOURCE]},
        "definitions.yaml": {"definitions": [{"key": "d", "term": "T", "meaning": "M"}]},
        "language.yaml": {"language": [{"key": "w", "instead_of": "a", "prefer": "b"}]},
        "reflection.yaml": {"sets": [SET]},
    }
    for name, content in written.items():
        write(tmp_path, name, content)
    return tmp_path


MODEL = {
    "slug": "small",
    "name": "Small",
    "source": {"title": "A book", "who": "Somebody", "year": 2020},
    "guiding": {"kind": "principle", "words": "Be small."},
    "parts": [
        {"kind": "pillar", "name": "One"},
        {"kind": "pillar", "name": "Two"},
        {"kind": "value", "name": "Care", "behaviours": ["I care."]},
    ],
    "window": {
        "panes": [{"name": "TO", "high_up": True, "high_right": False, "meaning": "Orders."}]
    },
    "timeline": [{"when": "2017", "what": "It began."}],
}
RESOURCE = {"key": "genogram", "kind": "template", "name": "Genogram", "domains": [7]}
SET = {"key": "s", "name": "Set", "questions": [{"words": "How?", "kind": "text", "help": ""}]}


def measure(text="We meet", **more):
    return {
        "text": text,
        "trigger": "it opens",
        "limit": {"number": 10, "unit": "days_unsaid"},
        "scopes": [
            {"scope": "social_care", "need": "required"},
            {"scope": "early_help", "need": "considered"},
        ],
        "roles": ["allocated practitioner", "team manager"],
        **more,
    }


def standard(key="one", **more):
    return {
        "key": key,
        "pillar": "One",
        "statement": "We do.",
        "descriptors": ["We look.", "We listen."],
        "measures": [measure(), measure("We write it down", limit=None)],
        "tools": ["genogram"],
        "related": ["two"] if key == "one" else [],
        "domains": [{"number": 7, "levels": [2, 3]}],
        "sources": [{"kind": "law", "title": "An Act"}],
        **more,
    }


def write(folder, name, content):
    (folder / name).write_text(yaml.safe_dump(content), encoding="utf-8")


def small(folder, *standards, model=MODEL):
    write(folder, "small.yaml", {"model": model, "standards": list(standards)})


def load(folder, today=TODAY):
    return starter_content.load_starters(folder, today)


# --- The files that are shipped ---------------------------------------------------------------


def test_the_shipped_files_hold_the_models_that_were_promised():
    found = starters.read_starters()
    counts = {
        model.key: {
            kind: sum(part["kind"] == kind for part in model.parts)
            for kind in PartKind.values
            if any(part["kind"] == kind for part in model.parts)
        }
        for model in found.models
    }
    first = counts["relationships-first"]
    kinds = ("approach", "pillar", "objective", "value")
    assert [first[kind] for kind in kinds] == [3, 5, 5, 6]
    assert [counts["family-approach"][kind] for kind in ("method", "mark")] == [3, 8]
    assert [counts["restorative"][kind] for kind in ("question", "pane")] == [4, 4]
    assert len(found.standards) == 20
    assert {len(part["behaviours"].splitlines()) for model in found.models
            for part in model.parts if part["kind"] == "value"} == {3}  # fmt: skip
    assert [each.key for each in found.definitions[:2]] == ["parental-conflict", "domestic-abuse"]


def test_the_measure_of_the_seed_is_held_without_a_footnote():
    held = {each.key: each for each in starters.read_starters().standards}["relationships-1"]
    meeting = held.measures[0]
    assert (meeting["limit_number"], meeting["limit_unit"]) == (10, "days_unsaid")
    assert meeting["required_in"] == ["social_care"]
    assert meeting["considered_in"] == ["early_help"]
    assert meeting["roles"] == ["allocated practitioner", "team manager"]


@pytest.mark.django_db
def test_the_shipped_files_load_and_loading_twice_changes_nothing(capsys):
    load_rpc_2018()
    call_command("load_practice")
    assert "Loaded the practice library" in capsys.readouterr().out
    assert Standard.objects.count() == StandardVersion.objects.count() == 20
    assert StandardVersion.objects.in_force(date(2100, 1, 1)).count() == 20
    assert Bearing.objects.filter(standard__isnull=False).exists()
    call_command("load_practice", verbosity=2)
    said = capsys.readouterr().out
    assert "The practice library is loaded already." in said


@pytest.mark.django_db
def test_loading_what_is_there_asks_a_few_questions_only(django_assert_max_num_queries):
    load_rpc_2018()
    starter_content.load_starters()
    with django_assert_max_num_queries(30):
        assert starter_content.load_starters() == 0


# --- What loading does ------------------------------------------------------------------------


@pytest.mark.django_db
def test_everything_of_the_files_is_there(folder):
    load_rpc_2018()
    assert load(folder)
    model = PracticeModel.objects.get()
    assert (model.partnership, model.source) == (None, "A book, Somebody, 2020")
    parts = [(part.kind, part.name) for part in model.parts.all()]
    assert parts == [
        ("milestone", "It began."),
        ("pane", "TO"),
        ("pillar", "One"),
        ("pillar", "Two"),
        ("value", "Care"),
    ]
    one = Standard.objects.get(key="one")
    version = one.versions.get()
    assert (version.state, version.approved_name) == ("approved", "RPC Portal starter content")
    assert version.descriptor_lines == ["We look.", "We listen."]
    assert [each.text for each in version.measures.all()] == ["We meet", "We write it down"]
    assert [each.name for each in one.tools.all()] == ["Genogram"]
    assert [each.key for each in one.related.all()] == ["two"]
    assert [(each.domain.number, each.levels) for each in one.bearings.all()] == [(7, [2, 3])]
    assert Resource.objects.get().bearings.get().levels == []
    assert Definition.objects.get().term == "T"
    assert PreferredWord.objects.get().prefer == "b"
    assert [each.words for each in QuestionSet.objects.get().questions.all()] == ["How?"]
    assert load(folder, LATER) == 0


@pytest.mark.django_db
def test_without_the_framework_everything_but_the_domains_is_loaded(folder):
    assert load(folder)
    assert not Bearing.objects.exists()
    assert load(folder) == 0
    load_rpc_2018()
    assert load(folder)
    assert Bearing.objects.count() == 3


@pytest.mark.django_db
def test_changed_words_make_a_next_version_with_a_note(folder):
    load(folder)
    keys = list(StandardMeasure.objects.filter(version__standard__key="one").values_list("key"))
    changed = standard(
        statement="We really do.", measures=[measure("We write it down"), measure("We meet")]
    )
    small(folder, changed, standard("two"))
    assert load(folder, LATER) == 1
    one = Standard.objects.get(key="one")
    newest, first = one.versions.all()
    assert (newest.number, newest.statement, newest.effective_on) == (2, "We really do.", LATER)
    assert newest.amendment == starter_content.AMENDMENT
    assert (first.statement, first.amendment) == ("We do.", "")
    assert list(newest.measures.values_list("key")) == keys[::-1]
    assert load(folder, LATER) == 0


@pytest.mark.django_db
def test_a_measure_in_other_words_keeps_its_key(folder):
    load(folder)
    key = StandardMeasure.objects.get(version__standard__key="one", position=1).key
    again = [measure("We meet early"), measure("We write it down", limit=None)]
    small(folder, standard(measures=again, amendment="Said anew."), standard("two"))
    load(folder)
    newest = Standard.objects.get(key="one").versions.first()
    assert newest.amendment == "Said anew."
    assert newest.measures.get(position=1).key == key


@pytest.mark.django_db
def test_a_standard_that_is_gone_is_withdrawn_and_may_come_back(folder):
    load(folder)
    small(folder, standard(related=[]))
    assert load(folder, LATER)
    two = Standard.objects.get(key="two")
    assert two.withdrawn_on == LATER
    assert [v.standard.key for v in StandardVersion.objects.in_force(LATER)] == ["one"]
    assert load(folder, LATER) == 0
    small(folder, standard(), standard("two"))
    assert load(folder, LATER)
    two.refresh_from_db()
    assert two.withdrawn_on is None
    assert two.versions.count() == 1


@pytest.mark.django_db
def test_a_model_that_is_gone_is_retired_with_its_standards(folder):
    load(folder)
    (folder / "small.yaml").unlink()
    assert load(folder, LATER)
    assert PracticeModel.objects.get().retired_on == LATER
    assert set(Standard.objects.values_list("withdrawn_on", flat=True)) == {LATER}
    assert load(folder, LATER) == 0


@pytest.mark.django_db
def test_a_pillar_in_other_words_is_the_same_pillar(folder):
    load(folder)
    pillar = ModelPart.objects.get(name="One")
    parts = [{"kind": "pillar", "name": "First"}, *MODEL["parts"][1:2]]
    renamed = [standard(pillar="First"), standard("two", pillar="First")]
    small(folder, *renamed, model={**MODEL, "parts": parts})
    load(folder)
    pillar.refresh_from_db()
    assert pillar.name == "First"
    assert not ModelPart.objects.filter(kind="value").exists()
    assert load(folder) == 0


@pytest.mark.django_db
def test_a_tool_that_is_gone_is_removed_unless_a_partnership_works_with_it(folder, area):
    load(folder)
    tool = Resource.objects.get()
    pillar = make_part(make_practice_model(area.partnership))
    link = StandardTool.objects.create(standard=make_standard(pillar), resource=tool)
    small(folder, standard(tools=[]), standard("two", tools=[]))
    write(folder, "resources.yaml", {"resources": []})
    load(folder)
    assert Resource.objects.filter(pk=tool.pk).exists()
    link.delete()
    assert load(folder) == 1
    assert not Resource.objects.exists()


# --- What the files may not say ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (standard(tools=["spade"]), "standard one: there is no resource “spade”."),
        (standard(related=["three"]), "standard one: there is no standard “three”."),
        (standard(pillar="Six"), "small.yaml, standard one: the model has no pillar “Six”."),
        (standard(measures=[measure(roles=["boss"])]), "there is no role “boss”"),
        (standard(measures=[measure(limit={"number": 1, "unit": "moons"})]), "no unit “moons”"),
        (standard(measures=[measure(scopes=[{"scope": "sea", "need": "required"}])]), "'sea'"),
        (standard(measures=[measure(roles=[])]), "roles: This field cannot be blank."),
        (standard(domains=[{"number": 11}]), "domains are numbered 1 to 10"),
        (standard(statement="We do. " * 60), "statement: Ensure this value has at most 300"),
        (standard(sources=[{"kind": "gossip", "title": "T"}]), "'gossip' is not a valid choice"),
        (standard(sources=[{"kind": "law", "titel": "T"}]), "“titel” is not known there."),
        (standard(statement=""), "“statement” is missing. Add it."),
    ],
)
def test_what_is_wrong_in_a_file_is_a_sentence(folder, content, sentence):
    small(folder, content, standard("two"))
    with pytest.raises(starters.StarterProblem) as problem:
        starters.read_starters(folder)
    assert sentence in str(problem.value)


def test_a_key_stands_once(folder):
    small(folder, standard(), standard("two"), standard())
    with pytest.raises(starters.StarterProblem, match="standard one: there are two of this key"):
        starters.read_starters(folder)


def test_a_file_that_is_no_yaml_is_named(folder):
    (folder / "small.yaml").write_text("model: [", encoding="utf-8")
    with pytest.raises(starters.StarterProblem, match=r"small\.yaml cannot be read"):
        starters.read_starters(folder)


@pytest.mark.django_db
def test_a_pillar_that_is_gone_stays_while_withdrawn_standards_stand_under_it(folder):
    load(folder)
    standing = Standard.objects.get(key="two")
    small(folder, standard("three", pillar="Two"), model={**MODEL, "parts": MODEL["parts"][1:]})
    assert load(folder, LATER)
    assert load(folder, LATER) == 0
    standing.refresh_from_db()
    assert (standing.withdrawn_on, standing.pillar.name) == (LATER, "One")
