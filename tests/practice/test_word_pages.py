"""The pages of definitions and of the language guide."""

import re

import pytest

from practice import words
from practice.models import Definition, PreferredWord
from tests.factories.bad_input import TEN_MEGABYTES, shown
from tests.factories.people import client_of, make_area
from tests.factories.practice import make_definition, make_preferred_word, make_resource
from tests.practice.asking import queries

HERE = "/partnerships/rochdale/practice/"
LIST = f"{HERE}words/"
KEY = "00000000-0000-4000-8000-000000000001"
DEFINITION = {"term": "Conflict", "meaning": "It **happens**.", "request_key": KEY}
WORD = {"instead_of": "contact", "prefer": "time with Dad", "why": "It is what", "request_key": KEY}
# How a thing is made, where its pages are, what a form sends, and the field that it is known by.
KINDS = {
    "definition": (Definition, make_definition, f"{HERE}definitions/", DEFINITION, "term"),
    "preferred word": (PreferredWord, make_preferred_word, LIST, WORD, "instead_of"),
}
both = pytest.mark.parametrize("kind", KINDS)


def rows(response, under):
    return re.findall(rf'{under}/\d+/"[^>]*>([^<]+)</a></th>', shown(response))


def test_both_stand_on_one_page_conflict_and_abuse_first(area, client):
    make_definition(term="Abuse", position=2)
    starter = make_definition(term="Zest: conflict", position=1)
    make_definition(area.partnership, term="Ecomap")
    words.use_starter(partnership=area.partnership, starter=starter, by=area.coordinator)
    make_preferred_word(instead_of="warring")
    make_preferred_word(area.partnership, instead_of="contact")
    guide = make_resource(name="A guide of theirs", kind="language_guide")
    make_resource(name="A toolkit")
    page = client.get(LIST)
    assert rows(page, "definitions") == ["Zest: conflict", "Abuse", "Ecomap"]
    assert rows(page, "words") == ["contact", "warring"]
    assert guide.name in shown(page)
    assert "A toolkit" not in shown(page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("", (1, 1)), ("ARGUE", (0, 1)), ("frequent intense", (1, 0)), ("100%", (0, 0))],
)
def test_search_by_words(area, client, asked, found):
    make_definition()
    make_preferred_word()
    page = client.get(LIST, {"words": asked})
    assert (len(rows(page, "definitions")), len(rows(page, "words"))) == found


def test_a_search_that_cannot_be_read_ends_in_a_sentence(area, client):
    assert "invisible character" in shown(client.get(LIST, {"words": "a\0b"}))


def test_three_and_three_hundred_take_the_same_queries(area, client, index_left_alone):
    for number in range(3):
        make_definition(area.partnership, term=f"Term {number}")
        make_preferred_word(area.partnership, instead_of=f"Word {number}")
    few = queries(client, LIST)
    for model, name in ((Definition, "term"), (PreferredWord, "instead_of")):
        model.objects.bulk_create(
            model(partnership=area.partnership, **{name: f"More {number}"}) for number in range(297)
        )
    assert queries(client, LIST) == few
    assert shown(client.get(LIST)).count("of <strong>300</strong>") == 2


@both
def test_an_entry_is_added_changed_and_removed(area, client, kind):
    model, _, at, body, name = KINDS[kind]
    first, second = (client.post(f"{at}new/", body) for _ in range(2))
    assert first.url == second.url
    own = model.objects.get()
    assert own.written_by == area.coordinator
    assert body[name] in shown(client.get(first.url))
    client.post(f"{at}{own.pk}/change/", {**body, name: "Other words"})
    own.refresh_from_db()
    assert str(own) == "Other words"
    assert "Remove this entry?" in shown(client.get(f"{at}{own.pk}/remove/"))
    for _ in range(2):
        assert client.post(f"{at}{own.pk}/remove/").url == LIST
    assert not model.objects.exists()


@both
@pytest.mark.parametrize("bad", ["", "a\0b", "x" * TEN_MEGABYTES])
def test_bad_input_ends_in_a_sentence(area, client, kind, bad):
    model, _, at, body, _ = KINDS[kind]
    for box in body.keys() - {"request_key"}:
        if not bad and box == "why":
            continue
        response = client.post(f"{at}new/", {**body, box: bad})
        assert response.status_code == 200
        assert "There is a problem" in shown(response)
    assert not model.objects.exists()


@both
def test_what_came_with_the_portal_is_used_and_not_changed(area, client, kind):
    model, make, at, body, _ = KINDS[kind]
    starter = make()
    for path in ("change/", "remove/"):
        refused = client.post(f"{at}{starter.pk}/{path}", body)
        assert refused.status_code == 403
        assert "came with the portal" in shown(refused)
    assert "Use this" in shown(client.get(f"{at}{starter.pk}/"))
    for _ in range(2):
        copy = client.post(f"{at}{starter.pk}/use/")
    own = model.objects.get(partnership=area.partnership)
    assert copy.url == own.get_absolute_url()
    assert words.words_of(own) == words.words_of(starter)
    assert "uses it already" in shown(client.get(f"{at}{starter.pk}/"))
    assert client.post(f"{at}{own.pk}/use/").url == own.get_absolute_url()


@both
def test_an_entry_of_another_partnership_is_what_never_existed(area, client, kind):
    _, make, at, _, _ = KINDS[kind]
    theirs = make(make_area("bury", "Bury", "Bury").partnership)
    for path in ("", "change/", "remove/"):
        assert client.get(f"{at}{theirs.pk}/{path}").status_code == 404
    assert client.post(f"{at}{theirs.pk}/use/").status_code == 404


@both
def test_a_reader_reads_and_is_told_who_writes(area, kind):
    _, make, at, _, _ = KINDS[kind]
    own, client = make(area.partnership), client_of(area.reader)
    for page in (client.get(LIST), client.get(f"{at}{own.pk}/")):
        assert "A coordinator or facilitator can." in shown(page)
        assert "Remove it" not in shown(page)


@both
def test_somebody_elses_change_is_not_overwritten_unseen(area, client, kind):
    _, make, at, body, name = KINDS[kind]
    path = f"{at}{make(area.partnership).pk}/change/"
    seen = shown(client.get(path)).split('name="seen" value="')[1].split('"')[0]
    client_of(area.facilitator).post(path, {**body, name: "Theirs"})
    clash = client.post(path, {**body, name: "Mine", "seen": seen})
    assert "“Theirs” now says: " in shown(clash)
    again = shown(clash).split('name="seen" value="')[1].split('"')[0]
    assert client.post(path, {**body, name: "Mine", "seen": again}).status_code == 302


@pytest.mark.parametrize("term", ["Parental conflict", "Domestic ABUSE", "Genogram"])
def test_conflict_and_abuse_show_what_they_are_not_and_the_way_to_help(area, client, term):
    own = make_definition(area.partnership, term=term, is_not="It is *not* this.")
    page = shown(client.get(own.get_absolute_url()))
    assert "<em>not</em> this." in page
    assert ("0808 2000 247" in page) is (term != "Genogram")


def test_a_preview_shows_the_words_and_saves_nothing(area, client):
    seen = client.post(
        f"{HERE}definitions/new/", {**DEFINITION, "is_not": "- one", "preview": "yes"}
    )
    assert "It <strong>happens</strong>." in shown(seen)
    assert "<li>one</li>" in shown(seen)
    assert not Definition.objects.exists()


def test_the_activity_tells_of_it(area, client):
    client.post(f"{HERE}definitions/new/", DEFINITION)
    client.post(f"{LIST}new/", WORD)
    client.post(f"{LIST}{PreferredWord.objects.get().pk}/change/", {**WORD, "why": "Because"})
    client.post(f"{LIST}{make_preferred_word().pk}/use/")
    client.post(f"{HERE}definitions/{Definition.objects.get().pk}/remove/")
    told = shown(client.get("/partnerships/rochdale/activity/?kind=words"))
    for sentence in (
        "added the definition of “Conflict”",
        "removed the definition of “Conflict”",
        "added the entry of the language guide on “contact”",
        "changed why of the entry of the language guide on “contact”",
        "took the entry of the language guide on “warring parents” over from the portal’s",
    ):
        assert sentence in told
