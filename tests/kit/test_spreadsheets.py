"""Rows as files: values stay what they were, nothing becomes a formula, nothing is lost."""

import csv
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.db import models
from django.utils.functional import lazystr
from hypothesis import given
from hypothesis import strategies as st

from rpcportal.kit import spreadsheets as module
from rpcportal.kit.spreadsheets import CUT_NOTE, LONGEST_CELL, Sheet, csv_file, workbook

at = dt.datetime.fromisoformat
FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\tx", "\rx", "\nx"),
    *("＝1+1", "＋1", "－1", "＠SUM(A1)", "  =1", "\u3000＝1", "\xa0=1", "\u200b=1", "\ufeff=1"),
    *("'=1", "''+1", "' =1", "=", "-", "- a list", "=cmd|'/c calc'!A1", '=HYPERLINK("//x","y")'),
]
HARMLESS = ["1-1", "a=b", "a@example.org", "'quoted'", "{=1}", "10", "1e5", "", " ", "“=”", "/=1"]
TEXT = st.text() | st.sampled_from([*FORMULAS, *HARMLESS]) | st.text("=+-@\t\r\n '<r>/", max_size=9)


class Rating(models.TextChoices):
    GREEN = "green", "On course"


class Level(models.IntegerChoices):
    THIRD = 3, "Third"


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def page(*values, columns=("Value",)):
    """The sheet of one column with these values, as openpyxl reads it."""
    rows = [(value,) for value in values]
    return opened(workbook([Sheet("Sheet", columns, rows)])).active


def cells(*values):
    return [row[0] for row in page(*values).iter_rows(min_row=2)]


def csv_rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def csv_cell(value):
    return csv_rows(csv_file(("Value", "Other"), [(value, "x")]))[1][0]


# Values


@pytest.mark.parametrize(
    ("value", "cell", "text"),
    [
        (None, None, ""),
        ("", None, ""),
        (True, "Yes", "Yes"),
        (False, "No", "No"),
        ("words", "words", "words"),
        ("  words ", "  words ", "  words "),
        ("0123", "0123", "0123"),
        (Rating.GREEN, "green", "green"),
        (lazystr("later"), "later", "later"),
        (0, 0, "0"),
        (-1, -1, "-1"),
        (Level.THIRD, 3, "3"),
        (Decimal("-2.50"), -2.5, "-2.50"),
        (Decimal("1E+2"), 100, "100"),
        (Decimal("0.1"), 0.1, "0.1"),
        # Excel keeps 15 digits: what has more is text.
        (999_999_999_999_999, 999_999_999_999_999, "999999999999999"),
        (1_234_567_890_123_456, "1234567890123456", "1234567890123456"),
        (-(10**20), -(10**20), "-100000000000000000000"),
        (Decimal("0.1234567890123456"), "0.1234567890123456", "0.1234567890123456"),
        (Decimal("NaN"), "NaN", "NaN"),
        (Decimal("sNaN"), "sNaN", "sNaN"),
        (Decimal("-Infinity"), "-Infinity", "-Infinity"),
        (Decimal("1E+310"), f"1{'0' * 310}", f"1{'0' * 310}"),
        (dt.date(2026, 9, 30), at("2026-09-30"), "2026-09-30"),
        (dt.date(1901, 1, 1), at("1901-01-01"), "1901-01-01"),
        (dt.date(1900, 12, 31), "1900-12-31", "1900-12-31"),
        (at("1900-01-01 05:00"), "1900-01-01 05:00:00", "1900-01-01 05:00:00"),
        (
            at("2026-09-30 13:05:30Z"),
            at("2026-09-30 14:05:30"),
            "2026-09-30 14:05:30",
        ),
        (
            at("2026-12-31 23:30-01:00"),
            at("2027-01-01 00:30"),
            "2027-01-01 00:30:00",
        ),
        (at("2026-09-30 14:00"), at("2026-09-30 14:00"), "2026-09-30 14:00:00"),
    ],
)
def test_a_value_stays_what_it_is(value, cell, text):
    [found] = cells(value) or [None]
    assert (found and found.value) == cell
    assert csv_cell(value) == text


def test_days_and_times_look_like_days_and_times():
    day, time = cells(dt.date(2026, 9, 30), at("2026-09-30 14:05"))
    assert (day.number_format, time.number_format) == ("d mmm yyyy", "d mmm yyyy hh:mm")


@pytest.mark.parametrize("value", [0.5, [], {}, b"x", object(), dt.time(9), dt.timedelta(1), 1j])
def test_another_kind_of_value_is_refused_by_row_and_name(value):
    sentence = rf"^Row 2: a cell cannot hold a {type(value).__name__}\.$"
    with pytest.raises(TypeError, match=sentence):
        workbook([Sheet("Sheet", ("A", "B"), [("x", 1), ("y", value)])])
    with pytest.raises(TypeError, match=sentence):
        csv_file(("A", "B"), [("x", 1), ("y", value)])


@pytest.mark.parametrize("row", [(), ("x",), ("x", "y", "z")])
def test_a_row_that_does_not_fit_is_refused(row):
    sentence = rf"^Row 2 has {len(row)} values for 2 columns\.$"
    with pytest.raises(ValueError, match=sentence):
        workbook([Sheet("Sheet", ("A", "B"), [("x", "y"), row])])
    with pytest.raises(ValueError, match=sentence):
        csv_file(("A", "B"), [("x", "y"), row])


# Formulas


def test_a_workbook_never_holds_a_formula_or_a_link():
    texts = [*FORMULAS, *HARMLESS, "https://example.org", "mailto:a@example.org", "internal:A1"]
    content = workbook([Sheet("=1+1", tuple(texts), [tuple(texts)] * 2)])
    sheet = opened(content).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<f " not in xml
    assert "hyperlink" not in xml


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_any_text_comes_back_from_a_workbook_as_text(texts):
    found = opened(workbook([Sheet("Sheet", tuple(texts), [tuple(texts)])])).active
    expected = [module._cell_text(module._plain(text)) or None for text in texts]
    for row in found.iter_rows(max_col=len(texts), max_row=2):
        assert [cell.value for cell in row] == expected
        assert {cell.data_type for cell in row if cell.value is not None} <= {"s"}


@pytest.mark.parametrize("text", FORMULAS)
def test_excel_keeps_taking_it_for_text(text):
    assert page(text)["A2"].quotePrefix
    assert page(columns=(text,))["A1"].quotePrefix


@pytest.mark.parametrize("text", [each for each in HARMLESS if each])
def test_other_text_has_no_quote_prefix(text):
    assert not page(text)["A2"].quotePrefix


@pytest.mark.parametrize("text", FORMULAS)
def test_in_csv_an_apostrophe_stands_before_it(text):
    assert csv_cell(text) == f"'{text}"
    assert csv_rows(csv_file((text, "x"), []))[0][0] == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_in_csv_other_text_is_as_it_was(text):
    assert csv_cell(text) == text


@given(TEXT)
def test_no_text_in_csv_is_live_and_each_can_be_read_back(text):
    found = csv_cell(text)
    assert not re.match(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]", found)
    read_back = found[1:] if module._LIKE_A_FORMULA.match(found) else found
    assert read_back == module._plain(text)


# What XML and Excel cannot hold


@pytest.mark.parametrize(
    "text",
    ["<r>&</r>", "<r><t>x</t></r>", "<r></r>", "<r>_x0041_</r>", "_x0041_", "]]>", "&amp;", "<f>"],
)
def test_text_that_looks_like_the_files_own_xml_is_text(text):
    assert [cell.value for cell in cells(text, "next")] == [text, "next"]


def test_characters_that_xml_refuses_are_taken_out():
    text = "a\0b\x07c\x0bd\x1fe\ufffef\uffffg\ud800h\ti\n"
    assert cells(text)[0].value == "abcdefgh\ti\n"
    assert csv_cell(text) == "abcdefgh\ti\n"


def test_lines_end_as_excel_ends_them():
    assert cells("a\r\nb\rc\nd")[0].value == "a\nb\nc\nd"
    assert csv_cell("a\r\nb\rc\nd") == "a\r\nb\rc\nd"


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
def test_a_cell_that_is_too_long_ends_with_a_note(letter):
    units = 2 if letter == "😀" else 1
    fits, too_long = letter * (LONGEST_CELL // units), letter * (LONGEST_CELL // units + 1)
    kept = letter * ((LONGEST_CELL - len(CUT_NOTE)) // units)
    assert [cell.value for cell in cells(fits, too_long)] == [fits, kept + CUT_NOTE]
    assert csv_cell(too_long) == too_long


def test_the_note_says_the_limit():
    assert CUT_NOTE == "… (cut: a cell holds 32,767 characters)"


@pytest.mark.parametrize("first", ["=", "<r>"])
def test_long_text_is_cut_whatever_it_begins_with(first):
    text = first + "x" * LONGEST_CELL + "</r>"
    assert cells(text)[0].value == text[: LONGEST_CELL - len(CUT_NOTE)] + CUT_NOTE


def test_more_rows_than_excel_holds_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    assert len(cells("a", "b")) == 2
    with pytest.raises(ValueError, match=r"^Excel holds 3 rows, and this sheet has more\.$"):
        cells("a", "b", "c")


def test_more_columns_than_excel_holds_are_refused():
    columns = ("x",) * 16_385
    assert opened(workbook([Sheet("Sheet", columns[1:], [])])).active.max_column == 16_384
    with pytest.raises(ValueError, match=r"^Excel holds 16,384 columns, and this sheet has more\."):
        workbook([Sheet("Sheet", columns, [])])


# Sheets


def titles(*given_titles):
    return opened(workbook([Sheet(title, ("A",), []) for title in given_titles])).sheetnames


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Actions", "Actions"),
        ("Plan/Lead: [what?] *\\now*", "Plan Lead what now"),
        ("x" * 32, "x" * 31),
        ("😀" * 16, "😀" * 15),
        ("'a partner's'", "a partner's"),
        ("x" * 30 + "'s", "x" * 30),
        ("", "Sheet"),
        (" '?' ", "Sheet"),
        ("a\0b\n\tc", "ab c"),
        # Excel keeps this name for itself.
        ("history", "history (2)"),
        ("Gŵyl", "Gŵyl"),
    ],
)
def test_a_title_becomes_a_name_that_excel_allows(title, name):
    assert titles(title) == [name]


def test_names_are_kept_apart():
    assert titles("Plan", "plan", "PLAN", "Plan (2)", "x" * 31, "x" * 40, "", "?") == [
        *("Plan", "plan (2)", "PLAN (3)", "Plan (2) (2)"),
        *("x" * 31, "x" * 27 + " (2)", "Sheet", "Sheet (2)"),
    ]


@given(st.lists(st.text(max_size=40) | st.text("'[] x😀", max_size=40), min_size=1, max_size=6))
def test_any_titles_make_a_workbook(given_titles):
    assert len(set(titles(*given_titles))) == len(given_titles)


def test_a_workbook_without_a_sheet_is_refused():
    with pytest.raises(ValueError, match=r"^A workbook needs at least one sheet\.$"):
        workbook([])


def test_sheets_stand_in_their_order_with_their_rows():
    book = opened(
        workbook(
            [
                Sheet("Actions", ("What", "Due"), [("call", dt.date(2026, 9, 30)), (None, None)]),
                Sheet("Empty", ("What",), iter([])),
                Sheet("Nothing", (), []),
            ]
        )
    )
    assert [list(sheet.values) for sheet in book] == [
        [("What", "Due"), ("call", at("2026-09-30"))],
        [("What",)],
        [],
    ]


def test_the_header_is_bold_stays_in_sight_and_filters():
    sheet = page("a", "b")
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:A3"


def test_text_wraps_from_the_top():
    header, text = (page("words")[place].alignment for place in ("A1", "A2"))
    assert (header.wrap_text, header.vertical) == (True, "top")
    assert (text.wrap_text, text.vertical) == (True, "top")


@pytest.mark.parametrize(
    ("column", "value", "width"),
    [
        ("A", None, 8),
        ("A longer header", "x", 19),
        ("A", "some twenty letters.", 22),
        ("A", "some twenty letters.\nand\nlines", 22),
        ("A", "x" * 5_000, 60),
        ("A", 123_456_789, 11),
        ("A", dt.date(2026, 9, 30), 13),
        ("A", at("2026-09-30 14:00"), 19),
    ],
)
def test_a_column_is_as_wide_as_it_needs(column, value, width):
    found = page(value, columns=(column,)).column_dimensions["A"].width
    assert width <= found < width + 1  # Excel adds a part of a character


# CSV


def test_csv_is_what_excel_opens():
    content = csv_file(("Name", "Note"), [("Gŵyl", 'said "no", twice'), (None, "a\nb")])
    assert content == (b'\xef\xbb\xbfName,Note\r\nG\xc5\xb5yl,"said ""no"", twice"\r\n,"a\nb"\r\n')


def test_csv_without_rows_has_its_header():
    assert csv_file(["A", "B"], iter([])) == b"\xef\xbb\xbfA,B\r\n"
