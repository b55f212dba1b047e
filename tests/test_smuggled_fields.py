"""Fields that no page has, added to every form: mass assignment, which changes nothing."""

from contextlib import contextmanager

import pytest
from django.db import connection

from tests.addresses import ADDRESSES, path_of
from tests.hostile import (
    boxes_of,
    form_of,
    sender,
    tables_written_since,
    undone,
    values_of,
    writes,
)
from tests.refusals import run_sql

WRITABLE = [name for name, address in ADDRESSES.items() if address.writers]


def smuggled(world):
    """What someone adds who has read our models: field -> value."""
    b = world.of_b
    return {
        **dict.fromkeys(("id", "pk", "key"), str(b.draft.pk)),
        **dict.fromkeys(("partnership", "partnership_id"), str(world.b.partnership.pk)),
        **dict.fromkeys(
            ("user", "user_id", "by", "author", "created_by", "changed_by", "invited_by",
             "accepted_by", "revoked_by", "responsible", "updated_by", "agreed_by"),
            str(world.b.coordinator.pk),
        ),
        **dict.fromkeys(("is_portal_administrator", "is_staff", "is_superuser", "is_active"), "on"),
        **dict.fromkeys(("verified", "primary", "illustrative_", "second_factor_required"), "on"),
        **dict.fromkeys(
            ("accepted_at", "revoked_at", "expires_at", "created_at", "joined_at", "agreed_at",
             "anonymised_at", "warned_at", "invited_at"),
            "2001-01-01T00:00:00Z",
        ),
        **dict.fromkeys(("assessment", "entry", "previous_version"), str(b.agreed.pk)),
        "role": "coordinator",
        "email": "smuggled@evil.example",
        "password": "smuggled-words-here",
        "token": b.token,
        "token_digest": "0" * 64,
        "status": "agreed",
        "version": "9",
        "slug": "smuggled",
        "writers": "{}",
        "organisation": str(b.organisation.pk),
        "organisations": str(b.organisation.pk),
        "membership": str(world.membership("editor of b").pk),
        "_method": "DELETE",
    }  # fmt: skip


# What differs from one run to the next: moments, fresh keys, fresh secrets and what holds them.
FRESH = {
    "partnerships_invitation": {"token_digest"},
    "partnerships_occasion": {"code"},
    "partnerships_outgoingmail": {"body"},
    "partnerships_user": {"password"},
    "partnerships_trycount": {"began_at"},
}
# Whose rows say who was here, and not what was sent.
LEFT_OUT = {"django_session", "usersessions_usersession"}


def written(before):
    """Table -> a digest of its rows, without what differs from one such request to the next.

    Of the tables that were written since ``writes()`` gave ``before``.
    """
    with connection.cursor() as cursor:
        contents = {}
        for table in sorted(tables_written_since(before) - LEFT_OUT):
            quoted = ", ".join(f'"{column}"' for column in _columns(cursor, table))
            row = f"ROW({quoted})::text"
            cursor.execute(f"SELECT md5(string_agg({row}, '|' ORDER BY {row})) FROM {table}")
            contents[table] = cursor.fetchone()[0]
        return contents


def _columns(cursor, table):
    cursor.execute(
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = %s
            AND data_type NOT IN ('timestamp with time zone', 'uuid')
        """,
        [table],
    )
    columns = {name for (name,) in cursor.fetchall()} - FRESH.get(table, set())
    return sorted(c for c in columns if not (table.endswith("event") and c.startswith("pgh_")))


@contextmanager
def same_numbers():
    """Rows that are added inside get the numbers that they would have got before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        )
        numbers = cursor.fetchall()
    yield
    for sequence, last in numbers:
        run_sql("SELECT setval(%s::regclass, %s, %s)", f'"{sequence}"', last or 1, last is not None)


def outcome(client, path, sent):
    """(status, where to, what is in the tables that it wrote); nothing of it stays."""
    with same_numbers(), undone():
        before = writes()
        response = client.post(path, sent)
        return response.status_code, getattr(response, "url", ""), written(before)


@pytest.mark.parametrize("name", WRITABLE)
def test_fields_that_no_page_has_are_ignored(world, name):
    path = path_of(name, world)
    sent = values_of(form_of(world, name, sender(world, name))[0])
    sent.pop("request_key", None)
    known = {*sent, *boxes_of(world, name)}
    extra = {field: value for field, value in smuggled(world).items() if field not in known}
    # A browser of its own each time: what the first one is told must not count.
    honest = outcome(sender(world, name), path, sent)
    assert outcome(sender(world, name), path, sent) == honest  # so the comparison means something
    assert outcome(sender(world, name), path, {**sent, **extra}) == honest
