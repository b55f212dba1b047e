"""Bad input on the page of a domain: a sentence, the typing given back, never a 500.

What is refused leaves nothing behind; what is strange but harmless is kept as it was typed.
"""

import html
import uuid

import pytest
from django.test import Client

from planning.models import Entry
from tests.factories.assessments import entry_of, make_assessment
from tests.factories.bad_input import (
    ENTRY_BOXES,
    ROW,
    ROW_BOXES,
    STRANGE,
    TEN_MEGABYTES,
    body,
    domain_path,
    shown,
    stored,
)
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def draft(area):
    return make_assessment(area.partnership, load_rpc_2018())


@pytest.fixture
def client(area):
    client = Client()
    client.force_login(area.coordinator)
    return client


@pytest.mark.parametrize("box", [*ENTRY_BOXES, *ROW_BOXES])
def test_ten_megabytes_in_a_box_of_a_domain_come_back_with_a_sentence(client, draft, box):
    paste = "Zehn " * (TEN_MEGABYTES // 5)
    response = client.post(domain_path(draft), body(**{box: paste}))

    assert response.status_code == 422
    page = shown(response)
    assert "characters; the most it can hold is" in page
    assert paste.rstrip() in page
    assert stored(draft, box) == ""


@pytest.mark.parametrize("box", [*ENTRY_BOXES, *ROW_BOXES])
def test_ten_megabytes_through_autosave_save_all_the_rest_and_say_what_not(client, draft, box):
    other = "gaps" if box != "gaps" else "reason"
    paste = "Z" * TEN_MEGABYTES
    response = client.post(
        domain_path(draft), body(**{box: paste, other: "Kept"}), headers={"X-Autosave": "1"}
    )

    assert response.status_code == 200
    assert "the most it can hold is" in response.json()["errors"][box]
    assert stored(draft, other) == "Kept"
    assert stored(draft, box) == ""


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("autosave", [False, True])
def test_strange_words_are_kept_and_shown_as_they_were_typed(client, draft, kind, autosave):
    words = STRANGE[kind]
    boxes = dict.fromkeys(ENTRY_BOXES, words)
    boxes |= {name: words[:200] if name.endswith("owner") else words[:300] for name in ROW_BOXES}
    headers = {"X-Autosave": "1"} if autosave else {}
    response = client.post(domain_path(draft), body(**boxes), headers=headers)

    assert response.status_code == (200 if autosave else 302)
    for name, typed in boxes.items():
        assert stored(draft, name) == typed
    for path in (domain_path(draft), f"/planning/{draft.pk}/sheet/"):
        page = client.get(path)
        assert words[:200] in shown(page)
        assert STRANGE["script"] not in page.content.decode()
        assert "<img src=x" not in page.content.decode()
    assert client.get(f"/planning/{draft.pk}/sheet.pdf").content[:5] == b"%PDF-"


@pytest.mark.parametrize("box", [*ENTRY_BOXES, *ROW_BOXES])
@pytest.mark.parametrize("autosave", [False, True])
def test_a_nul_is_a_sentence_and_the_words_come_back(client, draft, box, autosave):
    headers = {"X-Autosave": "1"} if autosave else {}
    response = client.post(domain_path(draft), body(**{box: "before\0after"}), headers=headers)

    if autosave:
        assert "invisible character" in response.json()["errors"][box]
    else:
        assert response.status_code == 422
        assert "invisible character" in shown(response)
        assert "beforeafter" in shown(response)
    assert "after" not in stored(draft, box)


@pytest.mark.parametrize("name", ["base", "page", "number", "then", "reference-key", "action-key"])
@pytest.mark.parametrize(
    "junk",
    [
        "\0", "[", "[" * 100_000, '{"a":' * 100_000, "null", "[]", '"x"', "1e999", "NaN", "-1",
        "9" * 6000, "٣", '{"level": 5, "evidence": null}', '{"level": "\\ud800"}', "x" * 10_000,
        "urn:uuid:" + str(ROW), "{" + str(ROW) + "}", "javascript:alert(1)", "//evil.example",
    ],
    ids=range(19),
)  # fmt: skip
def test_nonsense_in_the_pages_own_boxes_loses_nothing(client, draft, name, junk):
    for headers in ({}, {"X-Autosave": "1"}):
        response = client.post(
            domain_path(draft),
            body(**{name: junk, "evidence": f"Typed {headers}"}),
            headers=headers,
        )

        assert response.status_code in {200, 302}
        kept = set(Entry.objects.filter(assessment=draft).values_list("evidence", flat=True))
        kept |= set(entry_of(draft, 1).unsettled.values_list("text", flat=True))
        assert f"Typed {headers}" in kept


@pytest.mark.parametrize(
    "level", ["5", "4.5", "abc", "0", "-1", "1e1", "NaN", "٣", "2/3", "\0", "9" * 5000]
)
@pytest.mark.parametrize("box", ["level", "target"])
def test_a_level_that_is_none_is_refused_and_nothing_is_written(client, draft, box, level):
    response = client.post(domain_path(draft), body(**{box: level, "evidence": "Typed words"}))

    assert response.status_code == 422
    assert "must be one of 1, 1/2, 2, 2/3, 3, 3/4 or 4" in shown(response)
    assert "Typed words" in shown(response)
    assert entry_of(draft, 1).evidence == ""
    saved = client.post(
        domain_path(draft),
        body(**{box: level, "evidence": "Typed words"}),
        headers={"X-Autosave": "1"},
    )
    assert box in saved.json()["errors"]
    entry = entry_of(draft, 1)
    assert (entry.evidence, entry.level, entry.target) == ("Typed words", None, None)


@pytest.mark.parametrize("number", ["0", "11", "999999999999999999999", "9" * 4000])
@pytest.mark.parametrize("end", ["", f"actions/{ROW}/remove/", "texts/1/settle/"])
def test_a_domain_that_is_none_is_not_found(client, draft, number, end):
    path = f"/planning/{draft.pk}/domains/{number}/{end}"

    assert client.post(path, body(level="2")).status_code == 404
    assert client.get(path).status_code == (405 if "settle" in end else 404)


@pytest.mark.parametrize("pk", ["0", "2147483648", "9223372036854775808", "9" * 4000])
@pytest.mark.parametrize("page", ["", "details/", "profile/", "domains/1/", "sheet/", "sheet.pdf"])
def test_an_assessment_that_is_none_is_not_found(client, pk, page):
    assert client.get(f"/planning/{pk}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("31", "2", "2026", "must be a real date"),
        ("1", "1", "1" + "0" * 30, "must be a real date"),
        ("1e309", "1", "2026", "must be a real date"),
        ("-1", "1", "2026", "must be a real date"),
        ("1", "", "2026", "must include a month"),
        ("1", "1", "26", "must have a year of four figures"),
        ("9" * 5000, "1", "2026", "must be a real date"),
        ("<b>", "1", "2026", "must be a real date"),
    ],
)
def test_a_day_that_is_none_is_refused_with_its_typing(client, draft, day, month, year, sentence):
    name = f"action-{ROW}-due"
    boxes = {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
    typed = body(**{f"action-{ROW}-what": "Do it"}) | boxes
    response = client.post(domain_path(draft), typed)

    assert response.status_code == 422
    assert sentence in shown(response)
    assert all(
        f'value="{html.escape(text)}"' in response.content.decode()
        for text in boxes.values()
        if text
    )
    saved = client.post(domain_path(draft), typed, headers={"X-Autosave": "1"}).json()
    assert sentence in saved["errors"][name]
    assert draft.priority_actions.get().what == "Do it"


def test_arabic_figures_are_figures(client, draft):
    typed = body(**{f"action-{ROW}-what": "Do it"})
    due = {
        f"action-{ROW}-due-{part}": text
        for part, text in zip(("day", "month", "year"), ("٣", "٤", "٢٠٢٦"), strict=True)
    }

    assert client.post(domain_path(draft), typed | due).status_code == 302
    assert str(draft.priority_actions.get().due) == "2026-04-03"


def test_an_unknown_domain_for_an_action_is_refused(client, draft):
    for domain in ("11", "0", "abc", "9" * 5000, "\0"):
        typed = body(**{f"action-{ROW}-what": "Do it", f"action-{ROW}-domains": [domain, "2"]})
        response = client.post(domain_path(draft), typed)

        assert response.status_code == 422
        assert "has no such choice" in shown(response)
        assert not draft.priority_actions.exists()


def test_more_than_a_thousand_boxes_are_saved(client, draft):
    keys = [str(uuid.uuid4()) for _ in range(300)]
    rows = {
        f"action-{key}-{box}": f"{box} {key}"
        for key in keys
        for box in ("what", "measure", "owner")
    }
    response = client.post(domain_path(draft), body(evidence="Typed") | rows | {"action-key": keys})

    assert response.status_code == 302
    assert draft.priority_actions.count() == 300


def test_more_boxes_than_the_limit_are_refused_in_our_words_and_nothing_is_written(client, draft):
    many = body(evidence="Typed") | {f"x{number}": "1" for number in range(5001)}
    response = client.post(domain_path(draft), many)

    assert response.status_code == 400
    assert "more than 5,000 boxes" in shown(response)
    assert entry_of(draft, 1).evidence == ""


def test_more_bytes_than_the_limit_are_refused_in_our_words(client, draft):
    huge = "evidence=" + "Z" * (17 * 1024 * 1024)
    response = client.post(
        domain_path(draft), huge, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 400
    assert "more than 16 MB" in shown(response)
    assert entry_of(draft, 1).evidence == ""
