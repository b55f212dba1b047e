"""How the search reads what somebody typed."""

import pytest
from django.db import connection

from practice.asked_words import once, read
from practice.finding import find
from tests.factories.practice import make_resource

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "shorter"),
    [
        ("family meeting", "family meeting"),
        ("family family", "family"),
        ("Family meeting FAMILY", "meeting FAMILY"),  # the last may be unfinished
        ("-old family -old", "family -old"),
        ("-family family", "-family family"),
        ('"family tree" plan "Family tree"', 'plan "Family tree"'),
        ('"family family"', '"family family"'),  # side by side is something else
        ("plan family or family", "plan family or family"),  # “and” binds before “or”
        ("family or tree or family", "family or tree"),
        ("family OR tree or tree family tree", "family or tree or family tree"),
        ("- family - tree tree", "- family - tree tree"),  # a minus of the word behind it
        ('family "family', 'family "family'),  # PostgreSQL closes the quotes itself
        ("or or or", ""),
    ],
)
def test_words_that_stand_twice_are_asked_once(typed, shorter):
    assert once(typed) == shorter


@pytest.mark.parametrize("words", ["family " * 25, "family meeting " * 12, "or family " * 20])
def test_words_repeated_make_no_longer_question(words):
    different = " ".join(dict.fromkeys(words.split())).removeprefix("or ")
    assert read(words).query == read(different).query


ODD = [
    *("cat dog cat", "cat or dog cat or cat", "-cat dog -cat", '"cat dog" bird "cat dog"'),
    *("cat dog or dog cat", "or cat or", "cat -(cat", "dog's dog", 'cat "dog cat', "the cat the"),
    *("Cat cat CAT", "- cat - cat dog", "cat or. cat dog", "bird or -cat or bird"),
]
TEXTS = ["cat", "dog", "bird", "cat dog", "dog cat", "cat bird", "bird dog", "cat dog bird", "the"]


@pytest.mark.parametrize("typed", ODD)
def test_a_question_without_its_repeats_finds_the_same(typed):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT text FROM unnest(%s::text[]) AS text WHERE
                (to_tsvector('library', text) @@ websearch_to_tsquery('library', %s))
                <> (to_tsvector('library', text) @@ websearch_to_tsquery('library', %s))
            """,
            [TEXTS, typed, once(typed)],
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("words", ["genogram gen", "gen gen", "genograms genogr", "a or b gen"])
def test_an_unfinished_last_word_finds_what_begins_with_it(area, words):
    make_resource(area.partnership, name="Genogram a", what="b")
    assert find(area.partnership, words).total == 1


def test_a_finished_word_before_it_does_not(area):
    make_resource(area.partnership, name="Genogram", what="A family.")
    assert find(area.partnership, "geno family").total == 0


def test_words_asked_again_and_again_find_what_one_finds(area):
    make_resource(area.partnership, name="Family tree")
    make_resource(area.partnership, name="Plan", what="For a family.")
    once_asked = find(area.partnership, "family")
    assert find(area.partnership, "family " * 25).numbers == once_asked.numbers
    assert once_asked.total == 2
