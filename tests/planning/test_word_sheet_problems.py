"""What cannot be understood of a Word recording sheet is named by table, row and domain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.imports.word_sheet import ParsedSheet, Problem, parse
from tests.factories import sheets
from tests.factories.sheets import (
    HEADINGS,
    OUTLINE,
    cell_of,
    dimension_row,
    row_of,
    write,
)
from tests.planning.reading import change, of_table, read


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
