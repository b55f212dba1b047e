"""The register as a file: exactly what is filtered, nothing as a formula, in little memory."""

import csv
import io
import tracemalloc
from datetime import date

import pytest
from openpyxl import load_workbook

from partnerships.models import Download
from pledges import exports
from pledges.exports import COLUMNS, register_csv, register_workbook
from pledges.models import Action
from tests.factories.actions import make_plan_action, make_plan_actions, make_update
from tests.factories.bad_input import shown
from tests.factories.frameworks import make_small_framework
from tests.factories.people import client_of

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def address(area, kind, query=""):
    return f"/partnerships/{area.partnership.slug}/actions.{kind}{query}"


def csv_rows(response):
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


def workbook_rows(content):
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_line_says_all_that_the_register_knows_of_an_action(area, library):
    domains = list(make_small_framework().domains.all()[:2])
    other = make_plan_action(library, what="Find the money")
    action = make_plan_action(
        library,
        measure="Forty trained",
        owner=area.lead,
        starts_on=date(2026, 1, 5),
        due_on=date(2026, 3, 31),
        domains=domains,
        blocked_by=other,
    )
    make_update(action, by=area.coordinator, status="in_progress", rating="red", text="Late")
    _, _, row = workbook_rows(register_workbook(Action.objects.order_by("number")))

    assert [str(cell) for cell in row[:6]] == [
        *("2", "Library", "Train the practitioners", "Forty trained"),
        *(str(area.lead), "2026-01-05 00:00:00"),
    ]
    assert row[7:11] == ["In progress", "Red: off track", "Late", "1, 2"]
    assert row[15] == 1


def test_both_files_have_the_columns_in_their_order(area, library):
    client = client_of(area.reader)
    for kind, rows_of in (("xlsx", lambda r: workbook_rows(r.content)), ("csv", csv_rows)):
        (head,) = rows_of(client.get(address(area, kind)))

        assert head == list(COLUMNS.values())


def test_exactly_what_is_filtered_comes_out_in_the_order_of_the_page(area, library):
    make_plan_actions(library, 30)
    make_plan_action(library, what="Another", status="in_progress")
    rows = csv_rows(client_of(area.reader).get(address(area, "csv", "?status=not_started&page=2")))
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 31)]

    rows = csv_rows(client_of(area.reader).get(address(area, "csv", "?text=another&sort=status")))
    assert [row[2] for row in rows[1:]] == ["Another"]

    rows = csv_rows(client_of(area.reader).get(address(area, "csv", "?sort=-number")))
    assert [row[0] for row in rows[1:3]] == ["31", "30"]


def test_words_that_look_like_formulas_stay_text(area, library):
    make_plan_action(
        library, what='=HYPERLINK("http://evil.example")', measure="+1", owner_words="@x"
    )
    (row,) = csv_rows(client_of(area.reader).get(address(area, "csv")))[1:]
    assert row[2:5] == ['\'=HYPERLINK("http://evil.example")', "'+1", "'@x"]

    (sheet,) = load_workbook(io.BytesIO(register_workbook(Action.objects.all()))).worksheets
    assert [(cell.value, cell.data_type) for cell in sheet[2][2:5]] == [
        ('=HYPERLINK("http://evil.example")', "s"), ("+1", "s"), ("@x", "s"),
    ]  # fmt: skip


def test_a_download_is_noted_and_a_look_at_its_headers_is_not(area, library):
    client = client_of(area.reader)
    for kind in ("xlsx", "csv"):
        client.head(address(area, kind))
        assert Download.objects.filter(what="Actions").count() == 0
        client.get(address(area, kind))
        assert Download.objects.filter(what="Actions", user=area.reader).count() == 1
        Download.objects.all().delete()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_register_is_never_in_memory_together(library, kind, monkeypatch):
    """Few rows with as many bytes as twenty thousand others have, so that it is quick."""
    assert exports.AT_ONCE <= 500
    monkeypatch.setattr(exports, "AT_ONCE", 25)
    make_plan_actions(library, 500, measure="How we will know. " * 1_100)  # 10 MB
    assert peak_of({"csv": drain_csv, "xlsx": register_workbook}[kind]) < 4 * MEGABYTE


def drain_csv(actions):
    return sum(len(line) for line in register_csv(actions))


def peak_of(make):
    tracemalloc.start()
    try:
        make(Action.objects.order_by("number"))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_first_lines_come_soon_and_each_part_asks_once(
    area, library, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(exports, "AT_ONCE", 40)
    domains = list(make_small_framework().domains.all()[:2])
    for _ in range(30):
        make_plan_action(library, owner=area.lead, domains=domains)
    make_plan_actions(library, 75)
    lines = register_csv(Action.objects.order_by("number"))
    with django_assert_num_queries(2):  # which ones, and the first of them
        first = [next(lines) for _ in range(2 + exports.AT_FIRST)]
    with django_assert_num_queries(2):
        rest = list(lines)
    assert len(first[2:]) + len(rest) == 105


def test_what_is_deleted_while_the_file_is_sent_is_left_out(library):
    made = make_plan_actions(library, 60)
    lines = register_csv(Action.objects.order_by("number"))
    begun = [next(lines) for _ in range(3)]
    made[58].delete()
    assert len(begun) + len(list(lines)) == 2 + 59


def test_the_page_says_how_many_come_and_when_it_takes_a_while(area, library):
    make_plan_actions(library, 30)
    page = shown(client_of(area.reader).get(f"/partnerships/{area.partnership.slug}/actions/"))
    assert "Download exactly these 30 actions" in page
    assert "Excel" in page
    assert "takes some seconds" not in page
    make_plan_actions(library, 1_000)
    page = shown(client_of(area.reader).get(f"/partnerships/{area.partnership.slug}/actions/"))
    assert "Download exactly these 1,030 actions" in page
    assert "takes some seconds" in page
