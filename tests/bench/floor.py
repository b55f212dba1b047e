"""The floor page: one query, and as many rows as give the bytes of the page beside it."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.db import connection
from django.shortcuts import render

from rpcportal.kit.postgres.owner import as_owner, grant_to
from tests.bench.models import FloorRow

ROW_BYTES = 1_000
WORDS = "The group met, looked at what is in place & what isn’t, and wrote down what follows. "
TOLERANCE = 0.01


def show(request, page, pk=None):
    """The view that every page is measured against."""
    return render(request, "bench/floor.html", {"rows": FloorRow.objects.filter(page=page)})


def make_table():
    """The floor's table; it is in no migration, because nobody else has it."""
    with as_owner():
        with connection.schema_editor() as editor:
            editor.create_model(FloorRow)
        if not settings.PORTAL_OWNS_DATABASE:
            grant_to(settings.PORTAL_DATABASE_USER)


def make_rows(page, wanted, size_now):
    """Rows for a floor page of ``wanted`` bytes; ``size_now()`` gives the bytes that it has.

    The number of rows brings it near, and the length of their words to within TOLERANCE.
    """
    rows = max(1, round((wanted - size_now()) / ROW_BYTES))
    FloorRow.objects.bulk_create(_row(page, number) for number in range(1, rows + 1))
    for _ in range(3):
        spare = (wanted - size_now()) / rows
        for row in FloorRow.objects.filter(page=page):
            row.words = _words(len(row.words) + round(spare))
            row.save()
    if abs(size_now() - wanted) > TOLERANCE * wanted:
        raise ValueError(f"The floor of {page} has {size_now()} bytes, not {wanted}.")


def _row(page, number):
    return FloorRow(
        page=page,
        reference=f"RPC-{number:04}",
        title=f"Train {number} practitioners in the first team",
        words=_words(200),
        owner="Amina Khan, practice lead",
        organisation="Rochdale Borough Council",
        status="In progress",
        due=date(2026, 9, 30),
        changed_at=datetime(2026, 5, 4, 10, 30, tzinfo=UTC),
    )


def _words(length):
    return (WORDS * (length // len(WORDS) + 1))[: max(length, 0)]
