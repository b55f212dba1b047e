"""The page of dots for those who run the room, and the projector."""

import re

import pytest

from planning import dots
from planning.models import DotItem, DotRound, Stage, Workshop
from tests.factories.assessments import entry_of, make_action
from tests.factories.bad_input import shown
from tests.factories.people import client_of
from tests.factories.workshops import make_phones, make_workshop

pytestmark = pytest.mark.django_db
TEXTS = ("Waiting lists", "No data", "Fathers")


@pytest.fixture
def workshop(area, draft):
    entry = entry_of(draft, 1)
    entry.gaps = "- " + "\n- ".join(TEXTS)
    entry.save()
    return make_workshop(draft, area.coordinator)


@pytest.fixture
def client(area):
    return client_of(area.facilitator)


def path_of(workshop, end=""):
    return f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/dots/{end}"


def said(workshop, texts=TEXTS, **more):
    pk = entry_of(workshop.assessment, 1).pk
    body = {"about": "gaps", "dots": "3", "number": "1", "rows": str(len(texts))}
    for number, text in enumerate(texts, start=1):
        body |= {f"row-{number}-of": pk, f"row-{number}-text": text}
    return {**body, **more}


def counted(workshop, texts=TEXTS, voters=5):
    """A round that was counted: everybody has put all dots on the second thing."""
    entry = entry_of(workshop.assessment, 1)
    dot_round = dots.open_dots(
        workshop=workshop,
        about="gaps",
        dots=3,
        items=[dots.Item(text, entry=entry) for text in texts],
        number=dots.next_number(workshop),
        by=workshop.created_by,
    )
    second = dot_round.items.all()[1].pk
    for phone in make_phones(workshop, voters):
        dots.place_dots(dot_round=dot_round, participant=phone, items=[second] * 3, revision=0)
    return dots.reveal_dots(dot_round=dot_round, by=workshop.created_by)


def test_the_list_begins_with_the_gaps_of_the_sheet(client, workshop):
    assert "What shall be ranked?" in shown(client.get(path_of(workshop)))
    page = shown(client.get(path_of(workshop) + "?about=gaps"))
    for text in TEXTS:
        assert f">{text}</textarea>".replace(">", "").replace("</textarea", "") in page
    assert "Gaps to rank" in page


def test_priority_actions_can_be_ranked(client, workshop):
    for text in ("Train the team", "Write to schools"):
        make_action(workshop.assessment, [1], what=text)
    page = shown(client.get(path_of(workshop) + "?about=actions"))
    assert "Train the team" in page
    pks = list(workshop.assessment.priority_actions.order_by("pk").values_list("pk", flat=True))
    body = said(workshop, ("Train", "Write"), about="actions", dots="5")
    body |= {"row-1-of": pks[0], "row-2-of": pks[1]}
    assert client.post(path_of(workshop), body).status_code == 302
    assert list(DotItem.objects.values_list("text", "priority_action")) == [
        ("Train", pks[0]),
        ("Write", pks[1]),
    ]
    assert DotRound.objects.get().dots == 5


def test_words_are_shortened_and_things_left_out_before_it_opens(client, workshop):
    body = said(workshop, ("Long waits", "No data", "Fathers"), **{"row-2-out": "on"})
    assert client.post(path_of(workshop), body).url == path_of(workshop)
    found = DotItem.objects.values_list("position", "text", "entry__domain__number")
    assert list(found) == [(1, "Long waits", 1), (2, "Fathers", 1)]
    assert Workshop.objects.get().stage == Stage.DOTS
    assert entry_of(workshop.assessment, 1).gaps == "- " + "\n- ".join(TEXTS)
    page = shown(client.get(path_of(workshop)))
    assert "Nobody has placed their dots yet." in page
    assert "Close the dots and show the ranking" in page


def test_a_line_of_ones_own_can_be_added(client, workshop):
    page = shown(client.post(path_of(workshop), said(workshop, add_row="yes")))
    assert "Your own words" in page
    assert not DotRound.objects.exists()
    body = said(workshop, (*TEXTS, "Transport"), **{"row-4-of": ""})
    assert client.post(path_of(workshop), body).status_code == 302
    assert list(DotItem.objects.values_list("text", "entry__domain__number"))[-1] == (
        "Transport",
        None,
    )


def test_the_same_click_twice_opens_one_round(client, workshop):
    for _ in range(3):
        assert client.post(path_of(workshop), said(workshop)).status_code == 302
    assert DotRound.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"row-1-text": "x" * 281}, "the most it can hold is 280"),
        ({"row-1-text": "x" * 10 * 1024 * 1024}, "10,485,760"),
        ({"row-1-text": ""}, "Enter words for row 1, or tick “Leave out”"),
        ({"row-1-text": "a\0b"}, "invisible character"),
        ({"row-1-out": "on", "row-2-out": "on"}, "two things in the list at least"),
        ({"dots": "4"}, "choose one that is listed"),
        ({"dots": ""}, "Choose how many dots everybody has"),
    ],
)
def test_what_makes_no_list_ends_in_a_sentence(client, workshop, more, sentence):
    response = client.post(path_of(workshop), said(workshop, **more))
    assert response.status_code == 422
    assert sentence in shown(response)
    assert not DotRound.objects.exists()


def test_a_domain_of_another_sheet_is_taken_as_nothing(client, workshop, agreed):
    body = said(workshop, **{"row-1-of": entry_of(agreed, 1).pk, "row-2-of": "9" * 40})
    client.post(path_of(workshop), body)
    assert list(DotItem.objects.values_list("entry__assessment", flat=True)) == [
        None,
        None,
        workshop.assessment_id,
    ]


def test_nonsense_about_what_is_404(client, workshop):
    assert client.post(path_of(workshop), said(workshop, about="people")).status_code == 404
    assert "What shall be ranked?" in shown(client.get(path_of(workshop) + "?about=people"))


def test_closing_and_calling_off_from_the_page(client, workshop):
    client.post(path_of(workshop), said(workshop))
    pk = DotRound.objects.get().pk
    page = shown(client.post(path_of(workshop, f"{pk}/close/"), follow=True))
    assert "The dots are counted." in page
    assert "Dots of fewer than five people are not counted" in page
    page = shown(client.post(path_of(workshop, f"{pk}/call-off/"), follow=True))
    assert "they cannot be called off" in page


def test_a_ranking_says_its_numbers_in_words_and_order(client, workshop, area):
    counted(workshop)
    for reader in (client, client_of(area.reader)):
        page = shown(reader.get(path_of(workshop)))
        assert "5 of 5 placed their dots." in page
        assert "15 dots" in page
        assert page.index("No data") < page.index("Waiting lists") < page.index("Fathers")
        assert [*re.findall(r"Place </span>([^<]+)", page)] == ["1", "2=", "2="]


def test_the_projector_shows_the_list_and_then_the_ranking(client, workshop):
    path = path_of(workshop).replace("dots/", "screen/")
    client.post(path_of(workshop), said(workshop))
    page = shown(client.get(path))
    assert "Place your 3 dots on your phone" in page
    assert "Waiting lists" in page
    dots.call_off_dots(dot_round=DotRound.objects.get(), by=workshop.created_by)
    counted(workshop, [f"Gap {number}" for number in range(1, 14)])
    page = shown(client.get(path))
    assert "15 dots" in page
    assert "and 5 more" in page


def test_the_console_closes_dots(client, workshop):
    client.post(path_of(workshop), said(workshop))
    page = shown(client.get(path_of(workshop).replace("dots/", "console/")))
    assert "Close the dots and show the ranking" in page


def test_the_page_costs_the_same_for_a_few_and_for_many(
    client, workshop, django_assert_max_num_queries
):
    def cost(texts):
        Workshop.objects.update(stage=Stage.WELCOME)
        DotRound.objects.all().delete()
        counted(workshop, texts)
        with django_assert_max_num_queries(30) as queries:
            client.get(path_of(workshop))
        return len(queries)

    client.get(path_of(workshop))
    assert cost(TEXTS) == cost([f"Gap {number}" for number in range(60)])
