"""A phone at a workshop that places its dots."""

import re

import pytest

from planning import dots
from planning.models import DotVote
from tests.factories.assessments import entry_of
from tests.factories.bad_input import shown
from tests.factories.joining import phone_at
from tests.factories.workshops import make_phones

pytestmark = pytest.mark.django_db
TEXTS = ("Waiting lists", "No data", "Fathers")


@pytest.fixture
def client(workshop):
    return phone_at(workshop.occasion, {"sector": "police"})


@pytest.fixture
def dot_round(workshop):
    return opened(workshop)


def opened(workshop):
    entry = entry_of(workshop.assessment, 1)
    return dots.open_dots(
        workshop=workshop,
        about="gaps",
        dots=3,
        items=[dots.Item(text, entry=entry) for text in TEXTS],
        number=dots.next_number(workshop),
        by=workshop.created_by,
    )


def path_of(workshop):
    return f"/workshops/{workshop.occasion_id}/"


def place(client, workshop, dot_round, *numbers, revision="0", **headers):
    pks = dot_round.items.values_list("pk", flat=True)
    said = {f"item-{pk}": str(number) for pk, number in zip(pks, numbers, strict=False)}
    path = f"{path_of(workshop)}dots/{dot_round.pk}/"
    return client.post(path, {**said, "revision": revision}, headers=headers)


def placed():
    return [
        [TEXTS[number - 1] for number in vote]
        for vote in (
            [dots.DotItem.objects.get(pk=pk).position for pk in each]
            for each in DotVote.objects.values_list("items", flat=True)
        )
    ]


def test_the_phone_asks_for_dots_and_says_what_happens_with_them(client, workshop, dot_round):
    page = shown(client.get(path_of(workshop)))
    assert "Put 3 dots on what matters most to you" in page
    for text in TEXTS:
        assert text in page
    assert "Nobody can see whose dots lie where" in page


def test_dots_are_placed_shown_and_can_be_changed(client, workshop, dot_round):
    assert place(client, workshop, dot_round, 2, 0, "").url == path_of(workshop)
    page = shown(client.get(path_of(workshop)))
    assert "Your dots are placed" in page
    assert "<strong>2 dots:</strong>" in page
    assert "You have 1 dot left." in page
    page = client.get(path_of(workshop) + "?change=yes").content.decode()
    assert 'name="revision" value="1"' in page
    assert re.search(r'name="item-\d+"[^>]*value="2"', page)
    assert place(client, workshop, dot_round, 0, 0, 3, revision="1").status_code == 302
    assert placed() == [["Fathers"] * 3]


def test_a_double_tap_is_once_and_a_late_tab_gets_a_sentence(client, workshop, dot_round):
    for _ in range(3):
        assert place(client, workshop, dot_round, 1, 1, 1).status_code == 302
    response = place(client, workshop, dot_round, 0, 3, 0)
    page = shown(response)
    assert "1 dot on “Waiting lists”, 1 dot on “No data”" in page
    assert "They were sent from another tab, or a moment ago." in page
    assert "Change my dots" in page
    assert placed() == [list(TEXTS)]
    revision = re.search(r'name="revision" value="(\d+)"', response.content.decode()).group(1)
    assert place(client, workshop, dot_round, 0, 3, 0, revision=revision).status_code == 302
    assert placed() == [["No data"] * 3]


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((2, 2, 0), "You placed 4 dots, and you have 3. Take 1 away."),
        ((0, 0, 0), "Place at least one dot."),
        ((), "Place at least one dot."),
        ((2_000_000_000, 0, 0), "must be 3 or less"),
        ((-1, 3, 0), "must be 0 or more"),
        (("two", 0, 0), "must be a whole number"),
        (("1\0", 0, 0), "must be a whole number"),
        (("9" * 10 * 1024 * 1024, 0, 0), "There is a problem"),
    ],
)
def test_what_cannot_be_placed_ends_in_a_sentence(client, workshop, dot_round, numbers, sentence):
    page = shown(place(client, workshop, dot_round, *numbers))
    assert sentence in page
    assert not DotVote.objects.exists()


@pytest.mark.parametrize("verb", [dots.reveal_dots, dots.call_off_dots])
def test_dots_that_come_late_get_a_sentence_and_what_was_placed(client, workshop, dot_round, verb):
    verb(dot_round=dot_round, by=workshop.created_by)
    page = shown(place(client, workshop, dot_round, 2, 1, 0))
    assert "This was not sent in time" in page
    assert "2 dots on “Waiting lists”, 1 dot on “No data”" in page
    assert not DotVote.objects.exists()


def test_after_the_count_the_phone_shows_the_ranking(client, workshop, dot_round):
    second = dot_round.items.all()[1].pk
    for each in make_phones(workshop, 5):
        dots.place_dots(dot_round=dot_round, participant=each, items=[second], revision=0)
    dots.reveal_dots(dot_round=dot_round, by=workshop.created_by)
    page = shown(client.get(path_of(workshop)))
    assert "The dots are counted" in page
    assert "5 dots" in page


def test_after_dots_were_called_off_the_phone_waits(client, workshop, dot_round):
    dots.call_off_dots(dot_round=dot_round, by=workshop.created_by)
    assert "You are in" in shown(client.get(path_of(workshop)))


def test_news_bring_the_dots_and_keep_them_under_a_finger(client, workshop, dot_round):
    news = shown(client.get(f"{path_of(workshop)}news/?seen=x"))
    assert "Place your dots" in news
    key = f"dots-{dot_round.pk}"
    assert "Place your dots" not in shown(
        client.get(f"{path_of(workshop)}news/?seen=x&step={key}")
    ).replace("Now: Place your dots", "")
    # Another phone places its own; this one's page stays as it is.
    dots.place_dots(
        dot_round=dot_round,
        participant=make_phones(workshop, 1)[0],
        items=[dot_round.items.first().pk],
        revision=0,
    )
    assert "Place my dots" in shown(client.get(path_of(workshop)))


def test_with_scripts_the_answer_is_the_part_that_changes(client, workshop, dot_round):
    response = place(client, workshop, dot_round, 1, 0, 0, **{"HX-Request": "true"})
    page = response.content.decode()
    assert "Your dots are placed" in page
    assert "<html" not in page


def test_the_page_and_the_dots_cost_the_same_however_many_are_in(
    client, workshop, dot_round, django_assert_max_num_queries
):
    client.get(path_of(workshop))
    with django_assert_max_num_queries(9):
        client.get(path_of(workshop))
    with django_assert_max_num_queries(17):
        place(client, workshop, dot_round, 1, 1, 1)
