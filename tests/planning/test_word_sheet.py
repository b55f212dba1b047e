"""A Word recording sheet comes in whole, however an area keeps it."""

from datetime import date
from decimal import Decimal

import docx
import pytest

from planning.imports.word_sheet import ParsedAction, parse
from tests.factories import sheets
from tests.factories.sheets import (
    DISCLAIMER,
    LINES,
    OUTLINE,
    SHARED_ACTION,
    cell_of,
    dimension_row,
    row_of,
    write,
)
from tests.planning.reading import change, entry, of_table, read, whole

LEVELS = [Decimal(x) for x in ("2.5", "1.5", "3", "3.5", "3.5", "4", "2.5", "1.5", "2.5", "2.5")]


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
