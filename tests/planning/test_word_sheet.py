"""A Word recording sheet comes in whole, however an area keeps it; a doubt is named by its row."""

from datetime import date
from decimal import Decimal

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.imports.word_sheet import ParsedAction, ParsedSheet, Problem, parse
from tests.factories import sheets
from tests.factories.sheets import (
    DISCLAIMER,
    HEADINGS,
    LINES,
    OUTLINE,
    SHARED_ACTION,
    cell_of,
    dimension_row,
    row_of,
    sheet,
    write,
    write_heading,
)

LEVELS = [Decimal(x) for x in ("2.5", "1.5", "3", "3.5", "3.5", "4", "2.5", "1.5", "2.5", "2.5")]
DATE_HINT = "Write day, month and year, as in 30/07/2018."


def read(*changes) -> ParsedSheet:
    return parse(sheet(*changes), outline=OUTLINE)


def entry(parsed: ParsedSheet, number: int):
    return next(entry for entry in parsed.entries if entry.number == number)


def whole() -> ParsedSheet:
    return parse(sheets.rochdale_like_sheet(), outline=OUTLINE)


def change(breaker, *places, **options):
    """A breaker of one cell, as a change to the document: `change(picture, 2, "evidence")`."""
    number, column, *rest = places
    return lambda document: breaker(cell_of(document, number, column), *rest, **options)


def of_table(breaker, *arguments):
    return lambda document: breaker(document, *arguments)


# The whole sheet


def test_a_sheet_comes_in_whole():
    parsed = whole()
    assert parsed.problems == ()
    assert parsed.area == "ROCHDALE"
    assert parsed.assessed_on == date(2018, 7, 30)
    assert parsed.illustrative
    assert parsed.note == DISCLAIMER
    assert [e.number for e in parsed.entries] == list(range(1, 11))
    assert [e.level for e in parsed.entries] == LEVELS
    assert [e.evidence for e in parsed.entries] == [line.evidence for line in LINES]
    assert [e.gaps for e in parsed.entries] == [line.gaps for line in LINES]
    assert {e.not_applicable_reason for e in parsed.entries} == {""}


def test_an_action_in_the_same_words_is_one_action_with_all_its_domains():
    actions = whole().actions
    assert actions[0] == ParsedAction(SHARED_ACTION, (1, 8, 9))
    expected = [
        a for line in LINES for a in line.actions if a.casefold() != SHARED_ACTION.casefold()
    ]
    assert [action.what for action in actions[1:]] == expected


def test_reading_twice_gives_equal_sheets():
    assert whole() == whole()


@pytest.mark.parametrize(
    ("paragraphs", "actions"),
    [
        (["1. Do this", "2) And this", "(3) This too"], ["Do this", "And this", "This too"]),
        (["• Do this", "- And this", "o\tThis too"], ["Do this", "And this", "This too"]),
        (["1.Do this", "\uf0b7 And this", "a) This too"], ["Do this", "And this", "This too"]),
        (["Do this\n• And this\n• This too"], ["Do this", "And this", "This too"]),
        (["Do this\nby spring"], ["Do this\nby spring"]),
        (
            ["1.5 posts", "2018. The year", "A. Shah leads"],
            ["1.5 posts", "2018. The year", "A. Shah leads"],
        ),
        (["None"], []),
        (["N/A", "-", "•"], []),
        (["Do  this", "do THIS"], ["Do  this"]),
    ],
)
def test_each_paragraph_or_bullet_is_an_action(paragraphs, actions):
    parsed = read(change(sheets.write_paragraphs, 2, "actions", paragraphs))
    assert [a.what for a in parsed.actions if a.domains == (2,)] == actions
    assert parsed.problems == ()


# The words in the cells


def test_tracked_insertions_content_controls_and_links_are_read():
    parsed = read(
        change(sheets.tracked_insertion, 2, "evidence", " Inserted."),
        change(sheets.content_control, 2, "gaps", " In a field."),
        change(sheets.hyperlink, 3, "evidence", " Linked."),
    )
    assert entry(parsed, 2).evidence == f"{LINES[1].evidence} Inserted."
    assert entry(parsed, 2).gaps == f"{LINES[1].gaps} In a field."
    assert entry(parsed, 3).evidence == f"{LINES[2].evidence} Linked."
    assert parsed.problems == ()


def test_deleted_moved_and_prompting_words_are_not_read():
    parsed = read(
        change(sheets.tracked_deletion, 2, "evidence", "gone"),
        change(sheets.tracked_move_away, 2, "evidence", "gone"),
        of_table(write, 2, "gaps", ""),
        change(sheets.content_control, 2, "gaps", "Click here to enter text.", prompt=True),
    )
    assert entry(parsed, 2).evidence == LINES[1].evidence
    assert entry(parsed, 2).gaps == ""


def test_rows_in_content_controls_are_read_and_deleted_rows_are_not():
    def wrap_and_delete(document):
        sheets.wrap_row_in_control(row_of(document, 3))
        sheets.repeat_row(document, 2)
        write(document, 2, "evidence", "Deleted.")
        sheets.tracked_row_deletion(row_of(document, 2))

    assert read(wrap_and_delete) == whole()


def test_a_strict_open_xml_document_reads_the_same():
    body = sheets.parts_of(sheets.sheet())[sheets.BODY]
    strict = body.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert strict != body
    assert parse(sheets.with_part(sheets.BODY, strict), outline=OUTLINE) == whole()


def test_a_footnote_stands_in_brackets_where_it_is_called():
    parsed = parse(sheets.with_footnote(2, "evidence", "Board, May."), outline=OUTLINE)
    assert entry(parsed, 2).evidence == f"{LINES[1].evidence}[Board, May.]"


def test_a_level_in_an_old_drop_down_is_read():
    drop = change(sheets.old_drop_down, 2, "level", ("1", "1/2", "2"), 2)
    assert entry(read(of_table(write, 2, "level", ""), drop), 2).level == 2


def test_tabs_breaks_and_paragraphs_stay():
    text = "first\tafter the tab\nafter the break"
    parsed = read(
        of_table(write, 2, "evidence", text),
        lambda d: cell_of(d, 2, "evidence").add_paragraph("next", style="List Bullet"),
    )
    assert entry(parsed, 2).evidence == f"{text}\nnext"


@pytest.mark.parametrize(
    "text",
    [
        "<b>R&D</b> <script>",
        "\u0645\u0631\u062d\u0628\u0627",
        "g\u0175yl",
        "=1+1",
        "\u202eabc",
        "x" * 200_000,
    ],
)
def test_any_words_come_in_as_they_are(text):
    assert entry(read(of_table(write, 2, "evidence", text)), 2).evidence == text


def test_welsh_letters_compare_equal_however_they_were_composed():
    assert entry(read(of_table(write, 2, "evidence", "gw\u0302yl")), 2).evidence == "g\u0175yl"


# Rows and columns


def test_columns_may_stand_in_another_order():
    assert read(sheets.move_columns) == whole()


def test_headings_may_be_missing_in_a_later_table():
    assert read(lambda d: sheets.remove_row(d.tables[1].rows[0])) == whole()


def test_headings_may_be_repeated_under_each_dimension():
    def repeat(document):
        for name in ("LEAD", "EVALUATE"):
            heading = sheets.deepcopy(document.tables[0].rows[0]._tr)
            dimension_row(document, name)._tr.addnext(heading)

    assert read(repeat) == whole()


def test_dimension_rows_need_not_be_merged_or_there_at_all():
    def split(document):
        row = dimension_row(document, "LEAD")
        new = document.tables[0].add_row()
        new.cells[0].text = "Lead:"
        row._tr.addnext(new._tr)
        sheets.remove_row(row)

    assert read(split) == whole()
    assert read(lambda d: sheets.remove_row(dimension_row(d, "DELIVER"))) == whole()


@pytest.mark.parametrize(
    "name",
    [
        "7. services and INTERVENTIONS", "Services & Interventions",
        "7 Services  and interventions",
        "7.Services & Interventions", "7) Services&Interventions", "7", "7.",
        "Key element 7: Services & Interventions", "7. Servces & Interventions", "7. Services",
        "7. Services &\nInterventions",
    ],
)  # fmt: skip
def test_a_domain_is_known_by_number_or_name(name):
    assert read(of_table(write, 7, "domain", name)) == whole()


def test_blank_rows_and_empty_cells_mean_not_yet_scored():
    def empty(document):
        for column in ("level", "evidence", "gaps", "actions"):
            write(document, 2, column, "")
        document.tables[0].add_row()

    parsed = read(empty)
    assert parsed.problems == ()
    assert entry(parsed, 2).level is None
    assert (entry(parsed, 2).evidence, entry(parsed, 2).gaps) == ("", "")


@pytest.mark.parametrize("level", ["Not yet scored", "-", "\N{EN DASH}"])
def test_a_level_may_say_that_nobody_has_scored(level):
    parsed = read(of_table(write, 2, "level", level))
    assert (entry(parsed, 2).level, parsed.problems) == (None, ())


@pytest.mark.parametrize("level", ["2 \N{EN DASH} 3", "2½", "Level 2 to 3", "2/3 ", "2.5"])
def test_levels_are_read_however_they_are_typed(level):
    assert entry(read(of_table(write, 2, "level", level)), 2).level == Decimal("2.5")


@pytest.mark.parametrize(
    "text",
    [
        "N/A: we commission nothing", "n/a because we commission nothing",
        "Not applicable, because we commission nothing", "N/A we commission nothing",
        "Not applicable\nwe commission nothing",
    ],
)  # fmt: skip
def test_not_applicable_comes_with_its_reason(text):
    parsed = read(of_table(write, 2, "level", text))
    assert entry(parsed, 2).not_applicable_reason == "we commission nothing"
    assert (entry(parsed, 2).level, parsed.problems) == (None, ())


def test_an_action_cell_merged_over_two_rows_serves_both_domains():
    parsed = read(lambda d: sheets.merge_down(d, (2, 3), "actions"))
    assert ParsedAction(LINES[1].actions[0], (2, 3)) in parsed.actions
    assert parsed.problems == ()


def test_a_domain_cell_merged_over_two_rows_takes_the_words_of_both():
    def second_row(document):
        sheets.repeat_row(document, 2)
        rows = document.tables[0].rows
        place = next(i for i, row in enumerate(rows) if row.cells[0].text.startswith("2."))
        for cell, text in zip(
            rows[place + 1].cells, ("", "", "More.", "", "Another."), strict=True
        ):
            cell.text = text
        for row, value in ((rows[place], "restart"), (rows[place + 1], None)):
            sheets.vertical_merge(row.cells[0], value)

    parsed = read(second_row)
    assert parsed.problems == ()
    assert entry(parsed, 2).evidence == f"{LINES[1].evidence}\nMore."
    assert ParsedAction("Another.", (2,)) in parsed.actions


def test_a_continued_domain_takes_the_words_of_both_rows():
    def second_row(document):
        sheets.repeat_row(document, 2)
        row = row_of(document, 2)
        fresh = ("2. Commissioning (continued)", "", "More.", "", "")
        sheets.fill(docx.table._Row(row._tr.getnext(), row.table), fresh)

    parsed = read(second_row)
    assert entry(parsed, 2).evidence == f"{LINES[1].evidence}\nMore."
    assert parsed.problems == ()


def test_the_same_row_twice_is_one_row():
    assert read(of_table(sheets.repeat_row, 2)) == whole()


# Area, date and note


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


# Problems: each names table, row and domain


def problems(*changes) -> list[tuple[str, str]]:
    return [(problem.where, problem.sentence) for problem in read(*changes).problems]


ROW_4 = "Table 1, row 4 (2. Commissioning)"


@pytest.mark.parametrize(
    ("broken", "where", "sentence"),
    [
        (of_table(write, 2, "level", "5"), ROW_4,
         "“5” is not a progress level. Use 1, 1/2, 2, 2/3, 3, 3/4 or 4."),
        (of_table(write, 9, "level", "good"), "Table 2, row 6 (9. Outcomes)",
         "“good” is not a progress level. Use 1, 1/2, 2, 2/3, 3, 3/4 or 4."),
        (of_table(write, 2, "level", "N/A"), ROW_4,
         "“N/A” needs a reason. Write “Not applicable because …” and say why."),
        (change(sheets.picture, 2, "evidence"), ROW_4,
         "The row holds a picture, which cannot be read. Write what it says as text."),
        (change(sheets.nested_table, 2, "evidence", "inner"), ROW_4,
         "The row holds a table, which cannot be read. Write what it says as text."),
        (of_table(sheets.add_column, "Target", {2: "4"}), ROW_4,
         ("“4” stands in the column “Target”, which is not known. Move it to one of "
         "the official columns.")),
        (lambda d: cell_of(d, 2, "evidence").merge(cell_of(d, 2, "gaps")), ROW_4,
         ("“One budget line in the family plan. Joint contracts cover ab…” is merged over the"
         " columns “Evidence of current progress” and “Gaps and areas for "
         "development”. Split the cell.")),
        (of_table(sheets.comment, "Do we agree?"), "The document",
         ("The document has comments in its margin, which are not read. Work them "
         "into the text or delete them.")),
        (lambda d: sheets.remove_row(row_of(d, 3)), "The tables",
         ("There is no row for 3. Workforce Planning. Add it, with empty cells if it "
         "is not yet scored.")),
        (of_table(write, 2, "domain", ""), "Table 1, row 4",
         "The row names no domain, so “1/2” has no place. Write the domain in its first cell."),
        (of_table(write, 2, "domain", "3. Commissioning"), "Table 1, row 4",
         ("“3. Commissioning” has the number 3, but Commissioning is number 2. "
         "Correct the number or the name.")),
        (of_table(write, 2, "domain", "2. Fundraising"), "Table 1, row 4",
         "“2. Fundraising” is not a domain of this framework: 2 is Commissioning."),
        (of_table(write, 2, "domain", "Comissioning"), "Table 1, row 4",
         "“Comissioning” is not a domain of this framework. Did you mean “2. Commissioning”?"),
        (of_table(write, 2, "domain", "11. Money"), "Table 1, row 4",
         "There is no domain 11 in this framework. Use 1. Strategy, 2. Commissioning,"),
        (of_table(write, 2, "domain", "x" * 10_000), "Table 1, row 4",
         f"“{'x' * 60}…” is not a domain of this framework. Use 1. Strategy, 2. Commissioning,"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_named_with_its_row(broken, where, sentence):
    first = problems(broken)[0]
    assert first[0] == where
    assert first[1].startswith(sentence)


def test_a_domain_twice_with_other_words_is_a_problem():
    def twice(document):
        sheets.repeat_row(document, 2)
        write(document, 2, "evidence", "Other words.")

    assert problems(twice) == [
        (
            "Table 1, row 5 (2. Commissioning)",
            "2. Commissioning is already in Table 1, row 4, with other words. Keep one row.",
        )
    ]


def test_words_in_the_row_of_a_dimension_are_a_problem():
    def split(document):
        row = dimension_row(document, "LEAD")
        new = sheets.fill(document.tables[0].add_row(), ("LEAD", "3"))
        row._tr.addnext(new._tr)
        sheets.remove_row(row)

    assert problems(split) == [
        (
            "Table 1, row 6 (LEAD)",
            (
                "“3” stands in the row of a dimension, so it belongs to no domain."
                " Move it to the row of a domain."
            ),
        )
    ]


def test_a_heading_that_is_not_known_is_a_problem():
    def misspell(document):
        document.tables[0].rows[0].cells[1].text = "Mark"

    assert problems(misspell)[0] == (
        "Table 1, row 1",
        (
            "There is no column “Progress level”. The column “Mark” is not known. "
            "Correct or add its heading."
        ),
    )


def test_the_same_heading_twice_is_a_problem():
    def twice(document):
        document.tables[0].rows[0].cells[2].text = "Level"

    assert (
        "Table 1, row 1",
        "Two columns could be “Progress level”: “Progress level” and “Level”. Keep one of them.",
    ) in problems(twice)


def test_a_first_table_without_headings_is_a_problem():
    assert problems(lambda d: sheets.remove_row(d.tables[0].rows[0]))[0] == (
        "Table 1",
        f"The table has no heading row. Add one above it: {', '.join(HEADINGS[1:])}.",
    )


def test_a_document_without_tables_is_a_problem():
    def empty(document):
        for table in list(document.tables):
            table._tbl.getparent().remove(table._tbl)

    assert problems(empty) == [
        (
            "The document",
            (
                f"There is no table with the columns {', '.join(HEADINGS[1:])}. Is this a "
                "recording sheet?"
            ),
        )
    ]


def test_a_table_of_twenty_thousand_rows_is_a_problem_and_not_read():
    rows = "<w:tr><w:tc/><w:tc/><w:tc/><w:tc/></w:tr>" * 1_001
    parsed = parse(sheets.with_body(f"<w:tbl>{rows}</w:tbl>"), outline=OUTLINE)
    assert Problem(
        "Table 1",
        "The tables have more than 1,000 rows. A recording sheet has about 15: remove the others.",
    ) in parsed.problems  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        sheets.sheet()[:5000],
        sheets.with_body("&x;", prologue="<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
        sheets.with_body("<w:p>"),
        sheets.with_body("&#0;"),
        sheets.with_part(sheets.BODY, b"<x/>"),
        sheets.with_body("<w:p/>" * 2_000_000),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_and_no_error(data):
    parsed = parse(data, outline=OUTLINE)
    assert parsed.entries == ()
    assert len(parsed.problems[0].sentence) > 20


ELEMENTS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "ins",
    "del",
    "trPr",
    "tcPr",
    "gridSpan",
    "vMerge",
    "ddList",
    "sym",
    "footnoteReference",
    "gridBefore",
]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(ELEMENTS), max_size=12),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=9),
)
def test_any_nesting_of_words_elements_gives_a_sheet(names, text):
    inner = text.replace("&", "").replace("<", "")
    for name in names:
        inner = (
            f"<w:{name} "
            f"w:val='{len(names)}9'>{inner}{inner[:200] if len(inner) < 200 else ''}</w:{name}>"
        )
    parsed = parse(sheets.with_body(inner), outline=OUTLINE)
    assert isinstance(parsed, ParsedSheet)
