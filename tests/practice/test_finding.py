"""What the search of the library finds, for whom, and what it makes of odd questions."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from practice.finding import BEGIN, END, bearing_on, find, marked, mistakes
from practice.models import EntryKind, LibraryEntry
from tests.factories.people import make_area
from tests.factories.practice import (
    library_of,
    make_definition,
    make_part,
    make_practice_model,
    make_resource,
    make_standard,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(area):
    return area.partnership


@pytest.fixture
def there():
    return make_area("bury", "Bury Together", "Bury").partnership


def entries(found):
    return found.entries(0, 100)


def titles(found):
    return [entry.title for entry in entries(found)]


# --- What is found -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["child", "sibling", "cafe", "WINDOWS", "section 17", "Voice of the child", "sib", "carer"],
)
def test_words_are_found_in_every_form_and_place(here, words):
    make_standard(
        make_part(make_practice_model(here)),
        statement="We see children alone.",
        about="Because **siblings** and parents/carers speak for each other.",
        descriptors="We use the window on the café’s wall",
    )
    assert "We see children alone." in titles(find(here, words))


@pytest.mark.parametrize("words", ["zebra", "children -alone", '"alone children"'])
def test_what_does_not_answer_is_not_found(here, words):
    make_standard(make_part(make_practice_model(here)), statement="We see children alone.")
    assert "We see children alone." not in titles(find(here, words))


def test_a_title_counts_more_than_a_text_and_own_more_than_a_starter(here):
    make_resource(here, name="Genogram", what="For a meeting.")
    make_resource(name="Meeting agenda", what="For all.")
    make_resource(here, name="Meeting agenda", what="For all.")
    found = entries(find(here, "meeting"))
    assert [(each.title, each.partnership_id) for each in found] == [
        ("Meeting agenda", here.pk),
        ("Meeting agenda", None),
        ("Genogram", here.pk),
    ]


def test_of_very_many_those_with_the_word_in_the_title_are_shown_and_it_is_said(here, monkeypatch):
    monkeypatch.setattr("practice.finding.MOST", 2)
    for number in range(4):
        make_resource(here, name=f"Agenda {number}", what="For a family, a family, a family.")
    make_resource(here, name="Families first", what="For all.")
    make_definition(here, term="Kin", meaning="A family.")
    found = find(here, "families")
    assert titles(found)[0] == "Families first"
    assert found.is_cut
    assert found.counts == {}
    assert "More than 2 things answer." in found.sentences[0]
    narrowed = find(here, "families", kind=EntryKind.DEFINITION)
    assert (titles(narrowed), narrowed.is_cut) == (["Kin"], False)


def test_what_is_just_not_too_much_is_counted(here, monkeypatch):
    monkeypatch.setattr("practice.finding.MOST", 2)
    for number in range(2):
        make_resource(here, name=f"Agenda {number}", what="For a family.")
    found = find(here, "families")
    assert (found.is_cut, found.counts) == (False, {"resource": 2})


def test_counts_are_of_all_kinds_and_only_one_is_shown(here):
    make_resource(here, name="Meeting agenda")
    make_definition(here, term="Meeting")
    found = find(here, "meeting", kind=EntryKind.DEFINITION)
    assert found.counts == {"resource": 1, "definition": 1}
    assert (found.total, found.shown, titles(found)) == (2, 1, ["Meeting"])


def test_without_words_all_that_is_narrowed_to_is_found(here):
    make_standard(make_part(make_practice_model(here)))
    found = find(here, "", narrow=Q(roles__contains=["team manager"]))
    assert [entry.kind for entry in entries(found)] == ["standard", "measure"]


def test_the_match_is_marked_and_nothing_else_is_markup(here):
    make_resource(here, name="<b>Family</b>", what="x", source="<script>alert(1)</script> family")
    (entry,) = entries(find(here, "family"))
    excerpt = marked(entry.excerpt)
    assert "<mark>family</mark>" in excerpt
    assert "<script" not in excerpt
    assert "<b>" not in marked(entry.title_marked)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f"a {BEGIN}b{END} c", "a <mark>b</mark> c"),
        (f"a {BEGIN}b", "a <mark>b</mark>"),
        (f"{END}a{BEGIN}{BEGIN}b{END}{END}", "a<mark>b</mark>"),
        ("<mark>&", "&lt;mark&gt;&amp;"),
    ],
)
def test_marks_are_always_in_pairs(text, html):
    assert marked(text) == html


# --- Typing mistakes -----------------------------------------------------------------------


def test_typing_mistakes_are_forgiven_and_said(here):
    make_resource(here, name="Family tree", what="For a meeting.")
    found = find(here, "famliy meetnig")
    assert titles(found) == ["Family tree"]
    assert found.sentences == [
        "Nothing holds “famliy”; showing “family”.",
        "Nothing holds “meetnig”; showing “meeting”.",
    ]


def test_a_word_that_stands_in_another_form_is_no_mistake(here):
    make_resource(here, name="Meetings of the family", what="x")
    found = find(here, "meeting famliy")
    assert found.instead == {"famliy": "family"}


def test_what_is_like_nothing_finds_nothing(here):
    make_resource(here)
    assert (find(here, "xqjwv kfhgd").total, find(here, "xqjwv kfhgd").instead) == (0, {})


@pytest.mark.parametrize(
    ("typed", "meant", "steps"),
    [
        *(("famliy", "family", 1), ("family", "family", 0), ("famly", "family", 1)),
        *(("partnreship", "partnership", 1), ("ab", "ba", 1), ("", "ab", 2)),
    ],
)
def test_mistakes(typed, meant, steps):
    assert mistakes(typed, meant) == steps


# --- Who sees what -------------------------------------------------------------------------


def test_nothing_of_another_partnership_is_found_nor_its_words_suggested(here, there):
    library_of(there, "Zebrafish ")
    make_resource(there, name="Hippopotamus", what="For giraffes.")
    for words in ("zebrafish", "hippopotamus", "hipopotamus", "girafes", "zebrafsih"):
        found = find(here, words)
        assert (found.total, found.counts, found.instead, entries(found)) == (0, {}, {}, []), words
    assert find(there, "hipopotamus").instead == {"hipopotamus": "hippopotamus"}


def test_starters_are_found_by_everybody_until_one_is_used(here, there):
    starter = make_resource(name="Giraffe")
    make_resource(here, name="Our giraffe", copied_from=starter)
    assert titles(find(here, "giraffe")) == ["Our giraffe"]
    assert titles(find(there, "giraffe")) == ["Giraffe"]


def test_of_a_model_that_is_taken_on_the_starter_goes_with_all_that_is_in_it(here, there):
    starter = make_practice_model(name="Giraffe model")
    make_standard(make_part(starter, name="Giraffe pillar"), statement="We are giraffes.")
    make_practice_model(here, name="Our giraffe model", copied_from=starter)
    assert titles(find(here, "giraffe")) == ["Our giraffe model"]
    assert len(titles(find(there, "giraffe"))) == 3


def test_what_bears_on_a_domain_is_that_of_the_library_shown(here):
    assert list(bearing_on(here, [1, 2])) == []
    shown = LibraryEntry.objects.bearing_on(here, [1])
    assert list(shown.helping_first(1, 3)) == list(shown.helping_first(1, None)) == []


# --- Odd questions -------------------------------------------------------------------------

ODD = ["' \" & | ! : * ( ) \\", "🙂", "the of", "-", '"', "***", "|", "\\", "' OR 1=1 --", "::"]


@pytest.mark.parametrize("words", ODD)
def test_a_question_without_a_word_gets_a_sentence(here, words):
    found = find(here, words)
    assert found.total == 0
    assert found.refusal.startswith("“") or words == "' OR 1=1 --"


def test_only_what_should_not_be_there_gets_a_sentence(here):
    assert "Type a word that should be" in find(here, "-meeting").refusal


@pytest.mark.parametrize(
    "words",
    ["a:b", "family:*", "fam | ily", "!family", "family & (", "<b>family", "fam\\ily", "%_"],
)
def test_operators_of_the_database_are_only_signs(here, words):
    find(here, words).entries(0, 25)


# --- Queries -------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["genogram", "genogarm", "", "zebra"])
def test_many_things_cost_as_many_queries_as_few(here, words):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            find(here, words).entries(0, 25)
        return len(counted)

    make_resource(here)
    few = queries()
    for number in range(40):
        make_resource(here, name=f"Genogram {number}")
    assert queries() == few <= 10
