"""Frameworks as files: what is wrong in one is a sentence, and one in use never changes."""

import pytest
import yaml
from django.core.management import CommandError, call_command

from planning.imports import framework_file
from planning.imports.framework_file import FrameworkError
from planning.models import Descriptor, Domain, Framework
from tests.factories.assessments import entry_of, make_assessment
from tests.factories.frameworks import (
    RPC_2018,
    load_rpc_2018,
    make_small_framework,
    small_framework_content,
    small_framework_text,
)
from tests.factories.people import make_area

OFFICIAL = {
    "Plan": ["Strategy", "Commissioning", "Workforce Planning"],
    "Lead": ["Partnership", "Leadership", "Community Ownership"],
    "Deliver": ["Services & Interventions", "Information & Data"],
    "Evaluate": ["Outcomes", "Using & Generating Evidence"],
}


# --- Bad files ------------------------------------------------------------------------------


def put(*path, value):
    """A change that puts ``value`` at a path of keys and places; ``None`` takes it out."""

    def change(content):
        *way, last = path
        for step in way:
            content = content[step]
        if value is None:
            del content[last]
        else:
            content[last] = value

    return change


FIRST = ("dimensions", 0, "domains", 0)
SECOND = ("dimensions", 0, "domains", 1)
DESCRIPTORS = "Domain 1 needs a descriptor for each of the levels [1, 2, 3, 4, 5]."
LEVELS = "Levels must be numbered 1, 2, 3 … in order, and be two to nine."
DOMAINS = "Domains must be numbered 1, 2, 3 … in order over all dimensions."
NOT_THERE = "Domain 2 depends on a domain that is not there, or on itself."
NOT_STORED = "Domain 1, “about” holds a character that cannot be stored."

BROKEN = [
    *(
        (put(key, value=None), f"The framework says nothing under “{key}”.")
        for key in ("slug", "name", "version", "source", "levels", "dimensions")
    ),
    (put("published", value=None),
     "The framework’s “published” must be a date such as 2018-10-17."),
    (put("published", value="soon"),
     "The framework’s “published” must be a date such as 2018-10-17."),
    (put("name", value="x" * 201), "The framework: “name” must be 200 characters or fewer."),
    (put("version", value=2018),
     "The framework, “version”: 2018 is not a text; put it in quotes."),
    (put("slug", value="not a slug"),
     "The framework’s “slug” may hold letters, digits and hyphens only."),
    (put("publisher", value="x"), "The framework says “publisher”, which means nothing here."),
    (put("levels", value="four"),
     "The framework: “levels” must be a list, each entry with its own names."),
    (put("levels", 0, value="Basic"),
     "The framework: “levels” must be a list, each entry with its own names."),
    (put("levels", 1, "number", value=3), LEVELS),
    (put("levels", 1, "number", value=None), LEVELS),
    (put("levels", value=[{"number": 1, "name": "x", "summary": "x"}]), LEVELS),
    (put("levels", 1, "name", value=None), "Level 2 says nothing under “name”."),
    (put("levels", 1, "colour", value="red"), "Level 2 says “colour”, which means nothing here."),
    (put("dimensions", value={"Plan": []}),
     "The framework: “dimensions” must be a list, each entry with its own names."),
    (put("dimensions", 0, "name", value=None), "Dimension 1 says nothing under “name”."),
    (put("dimensions", 0, "domains", value=None),
     "Dimension “Prepare” says nothing under “domains”."),
    (put(*FIRST, value="Strategy"),
     "Dimension “Prepare”: “domains” must be a list, each entry with its own names."),
    (put(*FIRST, "number", value=2), DOMAINS),
    (put(*FIRST, "number", value=None), DOMAINS),
    (put(*FIRST, "name", value=""), "Domain 1 says nothing under “name”."),
    (put(*FIRST, "name", value="x" * 101), "Domain 1: “name” must be 100 characters or fewer."),
    (put(*FIRST, "about", value=None), "Domain 1 says nothing under “about”."),
    (put(*FIRST, "about", value="a\0b"), NOT_STORED),
    (put(*FIRST, "about", value=["a"]),
     "Domain 1, “about”: ['a'] is not a text; put it in quotes."),
    (put(*FIRST, "quesiton", value="Why?"), "Domain 1 says “quesiton”, which means nothing here."),
    (put(*FIRST, "abuse_boundary", value="no way"),
     "Domain 1: “abuse_boundary” must be true or false."),
    (put(*FIRST, "levels", value=None), DESCRIPTORS),
    (put(*FIRST, "levels", value=["a", "b"]), DESCRIPTORS),
    (put(*FIRST, "levels", 5, value=None), DESCRIPTORS),
    (put(*FIRST, "levels", 6, value={"descriptor": "x"}), DESCRIPTORS),
    (put(*FIRST, "levels", "five", value={"descriptor": "x"}), DESCRIPTORS),
    (put(*FIRST, "levels", 2, value="words"), "Domain 1, level 2 has no descriptor."),
    (put(*FIRST, "levels", 2, "descriptor", value=""), "Domain 1, level 2 has no descriptor."),
    (put(*FIRST, "levels", 2, "evidence", value="one"),
     "Domain 1, level 2: “evidence” must be a list of examples."),
    (put(*FIRST, "levels", 2, "evidence", value=[7]),
     "Domain 1, level 2, “evidence”: 7 is not a text; put it in quotes."),
    (put(*SECOND, "depends_on", 0, "domain", value=4), NOT_THERE),
    (put(*SECOND, "depends_on", 0, "domain", value=2), NOT_THERE),
    (put(*SECOND, "depends_on", 0, "domain", value=None), NOT_THERE),
    (put(*SECOND, "depends_on", 0, "domain", value=[1]), NOT_THERE),
    (put(*SECOND, "depends_on", 0, "because", value=None),
     "Domain 2, under “depends_on”, says nothing under “because”."),
    (put(*SECOND, "depends_on", value=[{"domain": 1, "because": "x"}] * 2),
     "Domain 2 depends on the same domain twice."),
    (put(*SECOND, "depends_on", value=[1]),
     "Domain 2: “depends_on” must be a list, each entry with its own names."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), BROKEN, ids=[each for _, each in BROKEN])
def test_what_is_wrong_in_a_file_is_said_in_a_sentence(change, sentence):
    content = small_framework_content()
    change(content)
    with pytest.raises(FrameworkError) as error:
        framework_file.parse(yaml.safe_dump(content))
    assert str(error.value) == sentence


@pytest.mark.parametrize("text", ["", "- a\n- b", "just words", "42", "null"])
def test_a_file_that_holds_no_framework_says_so(text):
    with pytest.raises(FrameworkError, match=r"^The file does not hold a framework\.$"):
        framework_file.parse(text)


@pytest.mark.parametrize("text", ["a: [", "\0", "a: !!python/object:os.system {}", "{a: b", "*x"])
def test_a_file_that_is_no_yaml_says_so(text):
    with pytest.raises(FrameworkError, match=r"^The file is not readable YAML\. "):
        framework_file.parse(text)


def test_half_a_character_is_refused():
    text = small_framework_text(source="x").replace("source: x", r'source: "\ud800"')
    with pytest.raises(FrameworkError, match="holds a character that cannot be stored"):
        framework_file.parse(text)


# --- Loading --------------------------------------------------------------------------------


def counts():
    return Framework.objects.count(), Domain.objects.count(), Descriptor.objects.count()


def commit(**changes):
    return framework_file.commit(framework_file.parse(small_framework_text(**changes)))


@pytest.mark.django_db
def test_the_same_content_twice_changes_nothing():
    first, changed = commit()
    assert (changed, counts()) == (True, (1, 3, 15))
    again, changed = commit()
    assert (again, changed, counts()) == (first, False, (1, 3, 15))


@pytest.mark.django_db
def test_the_order_of_keys_and_comments_are_no_change():
    first, _ = commit()
    text = "# A comment\n" + yaml.safe_dump(
        dict(reversed(small_framework_content().items())), sort_keys=False
    )
    assert framework_file.commit(framework_file.parse(text)) == (first, False)


@pytest.mark.django_db
def test_changed_content_that_nobody_uses_replaces_the_old():
    commit()
    framework, changed = commit(name="Another name")
    assert (changed, framework.name, counts()) == (True, "Another name", (1, 3, 15))


@pytest.mark.django_db
def test_changed_content_in_use_is_refused_and_nothing_changes():
    area, (framework, _) = make_area(), commit()
    make_assessment(area.partnership, framework)
    with pytest.raises(FrameworkError) as error:
        commit(name="Another name")
    assert str(error.value) == (
        "The framework “small-2025” is in use, so it cannot change. "
        "Give the changed one another slug and version: both then stand side by side."
    )
    framework.refresh_from_db()
    assert (framework.name, counts()) == ("Small planning tool", (1, 3, 15))


@pytest.mark.django_db
def test_the_same_content_in_use_is_no_change():
    area, (framework, _) = make_area(), commit()
    make_assessment(area.partnership, framework)
    assert commit() == (framework, False)


@pytest.mark.django_db
def test_two_versions_stand_side_by_side_and_assessments_stay_on_their_own():
    area, old = make_area(), make_small_framework("v1", "1")
    first = make_assessment(area.partnership, old)
    content = small_framework_content()
    content["dimensions"][0]["domains"][0]["name"] = "Aim"
    changes = {"slug": "v2", "version": "2", "dimensions": content["dimensions"]}
    new, _ = commit(**changes)
    second = make_assessment(area.partnership, new)
    assert counts() == (2, 6, 30)
    assert [entry_of(each, 1).domain.name for each in (first, second)] == ["Purpose", "Aim"]
    assert [each.framework for each in (first, second)] == [old, new]


@pytest.mark.django_db
def test_every_word_of_the_file_is_in_the_database():
    framework, _ = commit()
    content = small_framework_content()
    assert list(framework.levels.values("number", "name", "summary")) == content["levels"]
    assert list(framework.dimensions.values_list("name", "about")) == [
        (dimension["name"], dimension["about"]) for dimension in content["dimensions"]
    ]
    written = [domain for each in content["dimensions"] for domain in each["domains"]]
    for domain, file in zip(framework.domains.all(), written, strict=True):
        assert (domain.name, domain.about, domain.question) == (
            file["name"], file["about"], file["question"]
        )  # fmt: skip
        assert {
            each.level.number: {"descriptor": each.text, "evidence": each.evidence_examples}
            for each in domain.descriptors.all()
        } == file["levels"]
        assert [
            {"domain": each.depends_on.number, "because": each.because}
            for each in domain.dependencies.all()
        ] == file.get("depends_on", [])


# --- The command ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_command_loads_a_file_once(tmp_path, capsys):
    file = tmp_path / "small.yaml"
    file.write_text(small_framework_text(), encoding="utf-8")
    call_command("load_framework", file)
    assert capsys.readouterr().out == "Loaded Small planning tool (2025).\n"
    call_command("load_framework", file)
    assert capsys.readouterr().out == ""
    call_command("load_framework", file, verbosity=2)
    assert capsys.readouterr().out == "Small planning tool (2025) is loaded already.\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "{file} cannot be read: No such file or directory."),
        (b"\xff\xfe\x00", "{file} is not text in UTF-8."),
        (b"words", "{file}: The file does not hold a framework."),
        (b"name: x", "{file}: The framework says nothing under “slug”."),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(tmp_path, content, sentence):
    file = tmp_path / "broken.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError) as error:
        call_command("load_framework", file)
    assert str(error.value) == sentence.format(file=file)
    assert Framework.objects.count() == 0


@pytest.mark.django_db
def test_the_command_refuses_a_folder(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: Is a directory\.$"):
        call_command("load_framework", tmp_path)


# --- The tool of 2018 -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def official():
    return yaml.safe_load(RPC_2018.read_text(encoding="utf-8"))


def domains_of(content):
    return [domain for dimension in content["dimensions"] for domain in dimension["domains"]]


def test_the_tool_of_2018_has_its_official_names_in_order(official):
    assert {
        dimension["name"]: [domain["name"] for domain in dimension["domains"]]
        for dimension in official["dimensions"]
    } == OFFICIAL
    assert [dimension["name"] for dimension in official["dimensions"]] == list(OFFICIAL)
    assert [domain["number"] for domain in domains_of(official)] == list(range(1, 11))
    assert [level["number"] for level in official["levels"]] == [1, 2, 3, 4]


def test_it_has_forty_descriptors_with_three_examples_each_and_no_text_twice(official):
    described = [level for domain in domains_of(official) for level in domain["levels"].values()]
    assert len(described) == 40
    assert [len(level["evidence"]) for level in described] == [3] * 40
    texts = [level["descriptor"] for level in described]
    texts += [example for level in described for example in level["evidence"]]
    texts += [domain[key] for domain in domains_of(official) for key in ("about", "question")]
    texts += [each["because"] for domain in domains_of(official) for each in domain["depends_on"]]
    assert len(set(texts)) == len(texts)


@pytest.mark.django_db
def test_it_loads_as_it_is_written(official):
    framework = load_rpc_2018()
    assert str(framework) == "Reducing Parental Conflict Planning Tool (2018)"
    assert list(framework.domains.values_list("number", "dimension__name", "name")) == [
        (domain["number"], dimension["name"], domain["name"])
        for dimension in official["dimensions"]
        for domain in dimension["domains"]
    ]
