"""The area, the date, the note and the illustration of a Word recording sheet."""

from datetime import date

import pytest

from planning.imports.word_sheet import Problem
from tests.factories import sheets
from tests.factories.sheets import (
    DISCLAIMER,
    write_heading,
)
from tests.planning.reading import of_table, read

DATE_HINT = "Write day, month and year, as in 30/07/2018."


@pytest.mark.parametrize(
    "text",
    [
        "30/07/2018", "30/7/18", "30.07.2018", "30-07-2018", "2018-07-30", "30 July 2018",
        "30th July 2018", "Monday 30 July 2018", "Mon, 30 Jul 18", "July 30, 2018", "30-Jul-18",
        "30 / 07 / 2018", "\uff13\uff10/07/2018", "30 July '18",
    ],
)  # fmt: skip
def test_the_date_is_read_however_it_is_written(text):
    parsed = read(of_table(write_heading, f"Recording Sheet Area Name: Bury Date: {text}"))
    assert (parsed.assessed_on, parsed.area, parsed.problems) == (date(2018, 7, 30), "Bury", ())
    assert parsed.note == DISCLAIMER


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("07/30/2018", f"“07/30/2018” has 30 for the month. {DATE_HINT}"),
        ("31/02/2018", f"“31/02/2018” is not a day in the calendar. {DATE_HINT}"),
        ("30/07/1018", f"“30/07/1018” is in the year 1018, which cannot be right. {DATE_HINT}"),
        ("30 July", f"“30 July” is not a date that can be read. {DATE_HINT}"),
        ("July 2018", f"“July 2018” is not a date that can be read. {DATE_HINT}"),
        ("summer", f"“summer” is not a date that can be read. {DATE_HINT}"),
        (
            "30/07/2018 - 31/07/2018",
            f"“30/07/2018 - 31/07/2018” is not a date that can be read. {DATE_HINT}",
        ),
        (
            "30 and 31 July 2018",
            f"“30 and 31 July 2018” is not a date that can be read. {DATE_HINT}",
        ),
        ("", "The sheet has no date. Write it above the table, as in “Date: 30/07/2018”."),
    ],
)
def test_a_date_in_doubt_is_a_problem(text, sentence):
    parsed = read(of_table(write_heading, f"Recording Sheet Area Name: Bury Date: {text}"))
    assert parsed.problems == (Problem("Heading of the sheet", sentence),)
    assert parsed.assessed_on is None


def test_two_dates_or_two_areas_are_a_problem():
    def another(document):
        document.add_paragraph("Area name: Bury")
        document.add_paragraph("Date: 31/07/2018")

    assert [p.sentence for p in read(another).problems] == [
        "The sheet gives more than one date: 30/07/2018 and 31/07/2018. Keep the right one.",
        "The sheet names more than one area: “ROCHDALE” and “Bury”. Keep the right one.",
    ]


def test_area_and_date_may_stand_on_lines_of_their_own():
    parsed = read(
        of_table(write_heading, "Recording Sheet\nArea Name: Bury\nDate \N{EN DASH} 3 May 2019")
    )
    assert (parsed.area, parsed.assessed_on) == ("Bury", date(2019, 5, 3))


@pytest.mark.parametrize("place", ["header", "table", "box"])
def test_area_and_date_may_stand_in_the_page_header_a_title_table_or_a_text_box(place):
    def move(document):
        write_heading(document, "Recording Sheet")
        if place == "header":
            document.sections[0].header.paragraphs[0].text = "Area Name: Bury\tDate: 3/5/2019"
        elif place == "box":
            sheets.text_box(document, "Area Name: Bury Date: 3/5/2019")
        else:
            table = document.add_table(rows=1, cols=4)
            sheets.fill(table.rows[0], ("Area name", "Bury", "Date", "3/5/2019"))
            document.element.body.insert(0, table._tbl)

    parsed = read(move)
    assert (parsed.area, parsed.assessed_on, parsed.problems) == ("Bury", date(2019, 5, 3), ())
    assert parsed.note == DISCLAIMER


def test_every_other_paragraph_is_kept_word_for_word():
    def more(document):
        write_heading(
            document, "Recording Sheet Area Name: Bury Date: 30/07/2018 Completed by: J. Ali"
        )
        document.add_paragraph("Review date: 1/2/2019")
        document.add_paragraph("Our priority area: housing. We agreed the date: spring.")
        document.sections[0].footer.paragraphs[0].text = "Page 1 of 3"
        document.sections[0].header.paragraphs[0].text = "OFFICIAL"

    parsed = read(more)
    assert parsed.note.split("\n") == [
        "Completed by: J. Ali",
        DISCLAIMER,
        "Review date: 1/2/2019",
        "Our priority area: housing. We agreed the date: spring.",
        "OFFICIAL",
    ]


def test_a_text_box_is_read_once_although_word_stores_it_twice():
    assert read(of_table(sheets.text_box, "In a box.")).note == f"In a box.\n{DISCLAIMER}"


def test_a_table_without_scores_is_kept_in_the_note():
    def key(document):
        table = document.add_table(rows=2, cols=4)
        sheets.fill(table.rows[0], ("1", "2", "3", "4"))
        sheets.fill(table.rows[1], ("Basic", "Developing", "Established", "Mature"))

    parsed = read(key)
    assert parsed.problems == ()
    assert parsed.note.endswith("\n1 | 2 | 3 | 4\nBasic | Developing | Established | Mature")


@pytest.mark.parametrize(
    ("text", "illustrative"),
    [
        ("This is an example and not the agreed plan.", True),
        ("To illustrate the tool only; it does not represent our position.", True),
        ("This sheet is an illustration.", True),
        ("ILLUSTRATIVE ONLY", True),
        ("Example only", True),
        ("This is not an example: it is our agreed plan.", False),
        ("There are good examples of joint work.", False),
        ("We did not agree everything.", False),
        ("", False),
    ],
)
def test_a_sheet_is_illustrative_when_its_text_says_so(text, illustrative):
    def say(document):
        document.paragraphs[1].text = text

    parsed = read(say)
    assert parsed.illustrative is illustrative
    assert parsed.note == text
