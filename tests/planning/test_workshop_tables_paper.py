"""What came on paper, typed on one page: all of it is kept, or nothing and everything typed."""

import re

import pytest

from planning.models import Assessment, TableEntry, Workshop
from planning.table_forms import BOX
from tests.factories.assessments import agree
from tests.factories.bad_input import STRANGE, TEN_MEGABYTES, shown
from tests.factories.people import client_of
from tests.factories.workshops import make_workshop
from tests.planning.tables_at_work import base, lay, texts_at, write, wrote

pytestmark = pytest.mark.django_db
PARTS = ("level", "evidence", "gaps", "actions")


@pytest.fixture
def table(area, draft):
    return lay(make_workshop(draft, area.coordinator))[0]


@pytest.fixture
def client(area):
    return client_of(area.facilitator)


def path(table):
    workshop = table.workshop
    return f"/planning/{workshop.assessment_id}/workshops/{workshop.pk}/tables/1/paper/"


def sheet(**boxes):
    """What the page of an empty table sends; boxes as ``evidence_2``."""
    body = {}
    for number in (1, 2, 3):
        body |= {f"domain-{number}-{part}": boxes.get(f"{part}_{number}", "") for part in PARTS}
        body[f"domain-{number}-base"] = boxes.get(f"base_{number}", base())
    return body


def send(client, table, **boxes):
    return client.post(path(table), sheet(**boxes))


def test_the_tab_key_goes_in_the_order_of_the_sheet(client, table):
    page = shown(client.get(path(table)))
    boxes = re.findall(r'<(?:input|textarea)[^>]* name="(domain-\d-(?!base|met)\w+)"', page)
    assert boxes == [f"domain-{number}-{part}" for number in (1, 2, 3) for part in PARTS]
    assert "tabindex" not in page.split("<form")[-1].replace('tabindex="-1"', "")


@pytest.mark.parametrize(
    ("typed", "level"), [("2/3", "2.5"), ("2.5", "2.5"), ("½", "1.5"), ("Level 3", "3"), ("", "")]
)
def test_a_level_is_typed_as_it_is_written(client, table, typed, level):
    assert send(client, table, level_1=typed, evidence_1="E").status_code == 302
    assert texts_at(table)["level"] == level
    page = shown(client.get(path(table)))
    box = re.search(r'<input[^>]*name="domain-1-level"[^>]*>', page).group()
    written = {"2.5": "2/3", "1.5": "1/2"}.get(level, level)
    assert f'value="{written}"' in box


def test_a_whole_sheet_is_kept_by_one_click_and_twice_is_once(client, table):
    boxes = {"level_1": "2", "evidence_2": "Minutes\r\nA plan", "actions_3": "Name a lead"}
    for _ in range(2):
        assert send(client, table, **boxes).status_code == 302
    assert texts_at(table, 1)["level"] == "2"
    assert texts_at(table, 2)["evidence"] == "Minutes\nA plan"
    assert texts_at(table, 3)["actions"] == "Name a lead"
    assert set(TableEntry.objects.values_list("revision", flat=True)) == {1}


@pytest.mark.parametrize("typed", ["9", "2/4", "0", "good", "2.7", "x" * 5_000])
def test_one_level_that_cannot_be_read_keeps_everything_on_the_page(client, table, typed):
    response = send(client, table, level_2=typed, evidence_1="Minutes", gaps_3="No lead")
    page = shown(response)
    assert response.status_code == 422
    assert "2. " in page.split("error-summary__list")[1].split("</ul>")[0]
    assert "is not a progress level. Use 1, 1/2, 2" in page
    assert 'href="#id_domain-2-level"' in page
    assert "Minutes" in page
    assert "No lead" in page
    assert not TableEntry.objects.exists()


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
def test_strange_words_are_text(client, table, words):
    assert send(client, table, evidence_1=words).status_code == 302
    page = client.get(path(table)).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("box", ["level_1", "evidence_1", "actions_1", "base_1"])
@pytest.mark.parametrize(
    "words", ["\0", "x" * TEN_MEGABYTES, "[" * 100_000], ids=["nul", "big", "deep"]
)
def test_what_cannot_be_kept_ends_in_a_sentence(client, table, box, words):
    response = client.post(path(table), {**sheet(), f"domain-1-{box[:-2]}": words})
    assert response.status_code in {302, 422}


def test_ten_megabytes_say_how_long_they_are(client, table):
    page = shown(send(client, table, evidence_1="x" * TEN_MEGABYTES))
    assert f"has 10,485,760 characters; the most it can hold is {BOX:,}" in page
    assert "1. Purpose: “Evidence" in page


# --- Words that met words -----------------------------------------------------------------------


def test_a_phone_that_wrote_meanwhile_loses_nothing_and_somebody_chooses(client, table):
    write(table, 1, {"evidence": "The phone’s", "gaps": "From the phone"})
    write(table, 2, {"level": "3"})
    page = shown(send(client, table, evidence_1="The paper’s", level_2="2", actions_1="Act"))
    assert "Written there meanwhile" in page
    assert "The phone’s" in page
    assert "The paper’s" in page
    assert "1. Purpose: Somebody else wrote in “Evidence of current progress” meanwhile." in page
    assert texts_at(table)["actions"] == ""  # all of it, or nothing
    known = {"evidence": "The phone’s"}
    again = {
        "base_1": base(**known),
        "base_2": base(level="3"),
        "evidence_1": "The paper’s",
        "level_2": "2",
        "actions_1": "Act",
    }
    asked = {"domain-1-met": "evidence", "domain-2-met": "level"}
    assert client.post(path(table), {**sheet(**again), **asked}).status_code == 422
    chosen = {**asked, "domain-1-choose_evidence": "both", "domain-2-choose_level": "mine"}
    assert client.post(path(table), {**sheet(**again), **chosen}).status_code == 302
    assert texts_at(table) == {
        "level": "",
        "evidence": "The phone’s\n\nThe paper’s",
        "gaps": "From the phone",
        "actions": "Act",
    }
    assert texts_at(table, 2)["level"] == "2"


@pytest.mark.parametrize(
    ("choice", "stands"), [("theirs", "Theirs"), ("mine", "Mine"), ("both", "Theirs\nMine")]
)
def test_what_is_chosen_stands(client, table, choice, stands):
    write(table, 1, {"actions": "Theirs"})
    boxes = sheet(actions_1="Mine", base_1=base(actions="Theirs"))
    chosen = {"domain-1-met": "actions", "domain-1-choose_actions": choice}
    assert client.post(path(table), {**boxes, **chosen}).status_code == 302
    assert texts_at(table)["actions"] == stands


def test_a_text_that_changes_again_is_shown_again(client, table):
    wrote(table, 1, evidence="Third")
    boxes = sheet(evidence_1="Mine", base_1=base(evidence="Second"))
    chosen = {"domain-1-met": "evidence", "domain-1-choose_evidence": "mine"}
    page = shown(client.post(path(table), {**boxes, **chosen}))
    assert "Third" in page
    assert texts_at(table)["evidence"] == "Third"


def test_two_texts_that_are_too_long_together_get_a_sentence(client, table):
    wrote(table, 1, gaps="x" * 1_500)
    boxes = sheet(gaps_1="y" * 1_500, base_1=base(gaps="x" * 1_500))
    chosen = {"domain-1-met": "gaps", "domain-1-choose_gaps": "both"}
    page = shown(client.post(path(table), {**boxes, **chosen}))
    assert "Together, the two texts are longer than 2,000 characters" in page
    assert texts_at(table)["gaps"] == "x" * 1_500


@pytest.mark.parametrize("ends", ["workshop", "sheet"])
def test_what_comes_too_late_stays_on_the_page(area, client, table, ends):
    if ends == "workshop":
        Workshop.objects.update(closed_at=table.workshop.created_at)
    else:
        table.workshop.assessment.entries.update(evidence="E")
        agree(Assessment.objects.get(), by=area.coordinator)
    response = send(client, table, evidence_1="Typed in the evening")
    assert response.status_code == 422
    page = shown(response)
    assert {"workshop": "The workshop is closed", "sheet": "This sheet was agreed"}[ends] in page
    assert "Typed in the evening" in page
    assert not TableEntry.objects.exists()


def test_a_box_that_was_cut_off_empties_nothing(client, table):
    wrote(table, 1, evidence="Minutes", level=2)
    assert client.post(path(table), {"domain-1-gaps": "New"}).status_code == 302
    assert texts_at(table)["evidence"] == "Minutes"
    assert texts_at(table)["gaps"] == "New"
