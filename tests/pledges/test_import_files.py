"""What is read out of a file, and with which sentence a bad one is refused."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest

from pledges.imports.parse import parse
from pledges.imports.parsed import MAX_FILE, MAX_ROWS, ParsedPlan, UnreadableFile
from tests.factories.imports import csv_of, workbook_of

HEAD = ["No.", "Organisation", "Action", "Due", "Status", "Rating", "Domains"]
ROW = [1, "Library", "Train", "30/7/2026", "ongoing", "Amber", "4 and 1"]
READ = {
    "number": "1", "organisation": "Library", "what": "Train", "due_on": "2026-07-30",
    "status": "In progress", "rating": "Amber: at risk", "domains": "1, 4",
}  # fmt: skip


def values(data):
    (row,) = parse(data).rows
    assert row.problems == ()
    return row.values


def problem(data):
    (row,) = parse(data).rows
    (sentence,) = row.problems
    return sentence


def refusal(data):
    with pytest.raises(UnreadableFile) as refused:
        parse(data)
    return str(refused.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_is_read_whatever_wrote_it(separator, codec):
    data = csv_of(HEAD, [*ROW[:1], "Bücherei – Süd", *ROW[2:]], separator=separator)
    assert values(data.decode().encode(codec)) == READ | {"organisation": "Bücherei – Süd"}


def test_a_workbook_says_the_same():
    assert values(workbook_of(HEAD, ROW)) == READ


@pytest.mark.parametrize(
    "day",
    [date(2026, 7, 30), datetime(2026, 7, 30),  # noqa: DTZ001 - as openpyxl reads it
     46233, "30/7/2026", "30 July 2026", "2026-07-30",
     "30.7.26", "Thursday 30th July 2026", "2026-07-30 00:00:00"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(day):
    assert values(workbook_of(["Action", "Due"], ["x", day]))["due_on"] == "2026-07-30"


@pytest.mark.parametrize("day", ["July 2026", "31/2/2026", "soon", "30/7/2026 or later", True])
def test_what_is_no_day_is_named_with_row_and_column(day):
    sentence = problem(workbook_of(["Action", "Deadline"], ["x", day]))
    assert sentence == (
        f"Row 2, “Due”: says “{day}”, which is not one day. Write day, month and year, as in "
        "30/7/2026."
    )


@pytest.mark.parametrize(
    ("heading", "cell", "begins"),
    [
        ("No.", "1b", "Row 2, “No.”: says “1b”, which is not the number of an action."),
        ("No.", "-3", "Row 2, “No.”: says “-3”, which is not the number of an action."),
        ("Status", "Maybe", "Row 2, “Status”: says “Maybe”. Write “Not started”, “In progress”,"),
        ("RAG", "blue", "Row 2, “Rating”: says “blue”. Write “Green”, “Amber” or “Red”"),
        ("Domains", "Strategy", "Row 2, “Domains”: says “Strategy”, which is not the number"),
        ("Domains", "1.4", "Row 2, “Domains”: says “1.4”, which is not the number"),
        ("Owner", "x" * 201, "Row 2, “Owner”: has 201 characters; the most it can hold is 200."),
        ("Due", "#REF!", "Row 2, “Due”: holds Excel’s error #REF!."),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_the_mend(heading, cell, begins):
    assert problem(csv_of(["Action", heading], ["x", cell])).startswith(begins)


def test_headings_come_in_any_order_and_case_and_in_the_words_of_councils():
    data = csv_of(["by when", "LEAD AGENCY", "what will be done?", "RAG"], ["", "A", "x", "G"])
    assert values(data) == {
        "due_on": "", "organisation": "A", "what": "x", "rating": "Green: on track",
    }  # fmt: skip


def test_a_title_above_the_headings_and_empty_rows_are_passed_over():
    parsed = parse(csv_of(["Action plan 2026"], [], ["Ref", "Action"], [], ["", "x"], ["", ""]))
    assert [(row.row, row.values["what"]) for row in parsed.rows] == [(5, "x")]


def test_a_column_that_is_not_known_is_told():
    parsed = parse(csv_of(["Action", "Budget", ""], ["x", "£5", "y"]))
    assert parsed.notes == (
        "The column “Budget” is not known and was not read.",
        "A column without a heading was not read.",
    )


def test_two_columns_that_mean_the_same_are_refused():
    assert refusal(csv_of(["Action", "Due", "Deadline"], ["x", "", ""])) == (
        "The columns “Due” and “Deadline” both mean “Due”. Keep one of them, or give the other "
        "another heading."
    )


def test_the_apostrophe_of_our_own_csv_comes_off_and_that_of_people_stays():
    data = csv_of(["Action", "How we will know"], ["'=1+1", "'tis done"])
    assert values(data) == {"what": "=1+1", "measure": "'tis done"}


def test_a_hidden_sheet_is_not_read_and_that_is_told():
    def hide(book):
        book.create_sheet("Lists").append(["Action"])
        book["Lists"].sheet_state = "hidden"

    parsed = parse(workbook_of(["Action", "Owner"], ["x", "y"], change=hide))
    assert parsed.notes == ("The hidden sheet “Lists” was not read.",)


def test_a_second_plan_in_the_book_is_told():
    def add(book):
        book.create_sheet("Next year").append(["Action", "Owner"])

    parsed = parse(workbook_of(["Action", "Owner"], ["x", "y"], change=add))
    assert parsed.notes == ("The sheet “Next year” was not read.",)


def test_a_cell_merged_over_rows_counts_in_each():
    data = workbook_of(
        ["Organisation", "Action"], ["Library", "x"], [None, "y"],
        change=lambda book: book.active.merge_cells("A2:A3"),
    )  # fmt: skip
    assert [row.values["organisation"] for row in parse(data).rows] == ["Library", "Library"]


def test_a_cell_merged_over_columns_is_named():
    data = workbook_of(
        ["Action", "Owner"], ["x", None], change=lambda book: book.active.merge_cells("A2:B2")
    )
    assert problem(data) == "Row 2, “Action”: is merged with the cell beside it. Split the two."


def test_a_formula_that_was_never_worked_out_is_named():
    assert problem(workbook_of(["Action", "Owner"], ["x", "=1+1"])) == (
        "Row 2, “Owner”: holds a formula that was never worked out. Open the file in Excel, save "
        "it, and choose it again."
    )


def test_a_formula_that_was_worked_out_counts_as_its_value():
    data = workbook_of(["Action", "Owner"], ["x", "=1+1"])
    assert values(worked_out(data))["owner"] == "2"


def worked_out(data):
    """The workbook with its formula's value put in, as Excel does."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</f><v></v>", b"</f><v>2</v>")
                content = content.replace(b"</f><v />", b"</f><v>2</v>")
                content = content.replace(b"</f><v/>", b"</f><v>2</v>")
            target.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "begins"),
    [
        (b" \n", "The file is empty."),
        (b"x" * (MAX_FILE + 1), "The file has 5.0 MB; at most 5 MB can be read."),
        (b"%PDF-1.7 x", "This is a PDF, not an Excel workbook."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", "The file has the old format (.xls)"),
        (b"PK\x03\x04 broken", "The file is damaged"),
        (b"\x00\x01\x02", "This is neither an Excel workbook nor a CSV file."),
        (b"Money,Time\n1,2\n", "No row of the file names its columns."),
        (b"Organisation,Action\n", "No action stands under the headings."),
        (b'Action\n"' + b"x" * 200_000, "The file cannot be read as CSV."),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_the_mend(data, begins):
    assert refusal(data).startswith(begins)


def test_too_many_rows_are_refused():
    rows = [["Action"], *(["x"] for _ in range(MAX_ROWS + 1))]
    for data in (csv_of(*rows), workbook_of(*rows)):
        assert refusal(data) == "The file has more than 5,000 rows. Import it in several files."


def swapped(part, content):
    """A workbook with one part replaced."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook_of(HEAD, ROW))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><x>&x;</x>"


@pytest.mark.parametrize(
    ("part", "content", "begins"),
    [
        (SHEET, ENTITIES, "The file declares XML entities"),
        ("xl/workbook.xml", ENTITIES, "The file declares XML entities"),
        (SHEET, b"<x>" + b" " * 30_000_000 + b"</x>", "The file unpacks to more than 20 MB."),
        (SHEET, b"<x>" + b" " * 15_000_000 + b"</x>", "A part of the file unpacks to more than"),
        (SHEET, b"<worksheet><sheetData><row r='x'>", "The workbook is damaged"),
    ],
)
def test_a_workbook_that_attacks_is_refused(part, content, begins):
    assert refusal(swapped(part, content)).startswith(begins)


def test_what_was_read_can_wait_as_json():
    parsed = parse(csv_of(HEAD, ROW, ["x", "", "y", "never", "", "", ""]))
    assert ParsedPlan.of_json(parsed.as_json()) == parsed
