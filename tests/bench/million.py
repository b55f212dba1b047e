"""Registers of a thousand and of a million actions, side by side in two databases.

Both have the same 150 partnerships and the same people. The one that is measured has FEW of its
own where there are a thousand in all, so that its pages show as many rows in both databases:
otherwise the ratio would be that of the number of rows on the page.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import psycopg2
from django.conf import settings
from django.db import connection, connections

from partnerships.models import (
    Affiliation,
    Membership,
    Organisation,
    Partnership,
    Sector,
    User,
)
from planning.models import Assessment, Framework
from rpcportal.kit.roles import Role

NAMES = ("Borough Council", "Homes", "Police", "Nurses", "Schools", "Advice", "Mediators", "Hub")
FIRST = ("Ada", "Ben", "Cora", "Dev", "Ella", "Finn", "Gita", "Hal", "Iris", "Jo")
PARTNERSHIPS = 150
ORGANISATIONS = 8
PEOPLE = (Role.COORDINATOR, Role.FACILITATOR, *([Role.LEAD] * 3), *([Role.EDITOR] * 5))
FEW, THOUSAND, MILLION = 300, 1_000, 1_000_000
SMALL, LARGE = "thousand", "million"  # the names of the databases
MEASURED = "area-1"

# Written by the database itself. Rows of all partnerships lie in turns, as they would have come
# in over the years: what belongs to one of them is all over the table.
ACTIONS = """
INSERT INTO pledges_action (
    partnership_id, organisation_id, number, what, measure, owner_id, owner_words, starts_on,
    due_on, status, rating, rating_reason, rated_on, completed_on, difference, where_seen,
    withdrawn_because, created_at, updated_at)
SELECT p.id, o.ids[1 + (n * 7 + p.id) %% {organisations}], n,
    v.words[1 + (h %% 12)] || ' ' || t.words[1 + (h / 12 %% 20)] || ' ' ||
        w.words[1 + (h / 240 %% 15)],
    'By the end of the year ' || h %% 90 || ' ' || t.words[1 + (h / 7 %% 20)] || ' and ' ||
        w.words[1 + (h / 11 %% 15)] || ', as the yearly count of the council shows it.',
    CASE WHEN h %% 10 < 7 THEN u.ids[1 + h / 3 %% {people}] END,
    CASE WHEN h %% 10 >= 7 THEN 'Head of ' || t.words[1 + (h / 5 %% 20)] ELSE '' END,
    NULL,
    CASE WHEN h %% 9 = 0 THEN NULL
         ELSE current_date + CASE h / 9 %% 4 WHEN 0 THEN -1 - h %% 400 WHEN 1 THEN h / 36 %% 14
                             ELSE 15 + h / 36 %% 700 END END,
    s.status,
    CASE WHEN s.status = 'in_progress' THEN (ARRAY['green', 'amber', 'red', ''])[1 + h / 20 %% 4]
         ELSE '' END,
    '', NULL,
    CASE WHEN s.status = 'complete' THEN current_date - h %% 300 END,
    CASE WHEN s.status = 'complete' THEN 'More parents are asked.' ELSE '' END, '', '',
    now() - (h %% 900) * interval '1 day' - interval '400 days',
    now() - (h %% 400) * interval '1 day' - (h %% 86400) * interval '1 second'
FROM unnest(%s::bigint[], %s::int[]) AS size (partnership_id, number)
JOIN partnerships_partnership p ON p.id = size.partnership_id
CROSS JOIN LATERAL generate_series(1, size.number) AS n
CROSS JOIN LATERAL (
    SELECT ((n::bigint * 2654435761 + p.id * 40503) %% 1000003)::int) AS hash (h)
CROSS JOIN LATERAL (SELECT (ARRAY['not_started', 'in_progress', 'in_progress', 'complete',
    'not_started', 'in_progress', 'complete', 'withdrawn', 'not_started', 'complete'])[1 + h %% 10]
) AS s (status)
JOIN (SELECT partnership_id, array_agg(id ORDER BY id) AS ids FROM partnerships_organisation
      GROUP BY partnership_id) AS o ON o.partnership_id = p.id
JOIN (SELECT partnership_id, array_agg(user_id ORDER BY user_id) AS ids
      FROM partnerships_membership GROUP BY partnership_id) AS u ON u.partnership_id = p.id
CROSS JOIN (VALUES (ARRAY['Train', 'Write', 'Ask', 'Find', 'Count', 'Hold', 'Print', 'Plan',
    'Show', 'Visit', 'Call', 'Teach'])) AS v (words)
CROSS JOIN (VALUES (ARRAY['housing officers', 'midwives', 'teachers', 'tenants', 'leaflets',
    'grandparents', 'nurses', 'parents', 'social workers', 'police officers', 'wardens',
    'champions', 'doctors', 'coaches', 'advisers', 'libraries', 'courts', 'mediators', 'youth',
    'nurseries'])) AS t (words)
CROSS JOIN (VALUES (ARRAY['in the north', 'in every ward', 'about quarrels', 'on Mondays',
    'at the hub', 'by telephone', 'in two languages', 'before birth', 'after separation',
    'in schools', 'with fathers', 'at the surgery', 'for new staff', 'in the evening',
    'together'])) AS w (words)
ORDER BY n, p.id
"""
DEPUTIES = """
INSERT INTO pledges_deputy (action_id, user_id)
SELECT a.id, u.ids[1 + (a.id / 3) %% {people}] FROM pledges_action a
JOIN (SELECT partnership_id, array_agg(user_id ORDER BY user_id) AS ids
      FROM partnerships_membership GROUP BY partnership_id) AS u USING (partnership_id)
WHERE a.number %% 4 = 0
"""
SERVED = """
INSERT INTO pledges_serveddomain (action_id, domain_id)
SELECT DISTINCT a.id, d.ids[1 + (a.number * k + a.id) %% cardinality(d.ids)]
FROM pledges_action a CROSS JOIN generate_series(1, 2) AS k
CROSS JOIN (SELECT array_agg(id ORDER BY number) AS ids FROM planning_domain
            WHERE framework_id = %s) AS d
"""


@dataclass(frozen=True)
class Registers:
    """Connections to the two databases; inside ``using`` the portal stands on one of them."""

    small: object
    large: object

    @contextmanager
    def using(self, database):
        """``django.db.connection`` is ``database``, connected already."""
        before = connections["default"]
        connections["default"] = database
        database.ensure_connection()
        try:
            yield
        finally:
            connections["default"] = before


def make_registers():
    """Make both databases; the portal's own has the same people, and no action."""
    framework = Framework.objects.get(slug="rpc-2018")
    _make_areas(framework)
    template = connection.settings_dict["NAME"]
    connections.close_all()
    with _owner("postgres") as cursor:
        for name in (SMALL, LARGE):
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    _fill(SMALL, framework, _sizes(THOUSAND, FEW))
    _fill(LARGE, framework, _sizes(MILLION, MILLION // PARTNERSHIPS))
    return open_registers()


def open_registers():
    """The two databases, when they are there."""
    small, large = connection.copy(), connection.copy()
    small.settings_dict["NAME"], large.settings_dict["NAME"] = SMALL, LARGE
    return Registers(small, large)


def _sizes(total, measured):
    """How many actions each partnership has: the measured one, which is the first, and others."""
    others, spare = divmod(total - measured, PARTNERSHIPS - 1)
    return [measured] + [others + (place < spare) for place in range(PARTNERSHIPS - 1)]


@contextmanager
def _owner(database):
    """A cursor of the owner's, who may leave triggers out: the history of a million is no part
    of what is measured.
    """
    owner = settings.DATABASE_OWNER
    opened = psycopg2.connect(
        dbname=database, user=owner["USER"], host=owner["HOST"], port=owner["PORT"]
    )
    opened.autocommit = True
    with opened.cursor() as cursor:
        yield cursor
    opened.close()


def _fill(database, framework, sizes):
    areas = list(Partnership.objects.order_by("pk").values_list("pk", flat=True))
    numbers = {"organisations": ORGANISATIONS, "people": len(PEOPLE)}
    with _owner(database) as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(ACTIONS.format(**numbers), [areas, sizes])
        cursor.execute(DEPUTIES.format(**numbers), [])
        cursor.execute(SERVED, [framework.pk])
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does in time
        cursor.execute("CHECKPOINT")


def _make_areas(framework):
    areas = Partnership.objects.bulk_create(
        Partnership(slug=f"area-{number}", name=f"Area {number} Together", area=f"Area {number}")
        for number in range(1, PARTNERSHIPS + 1)
    )
    Assessment.objects.bulk_create(
        Assessment(partnership=area, framework=framework, assessed_on=date(2026, 3, 2))
        for area in areas
    )
    organisations = Organisation.objects.bulk_create(
        Organisation(partnership=area, name=f"{NAMES[number]} of {area.area}", sector=Sector.OTHER)
        for area in areas
        for number in range(ORGANISATIONS)
    )
    users = User.objects.bulk_create(
        User(email=f"{area.slug}-{number}@bench.example", name=f"{FIRST[number]} of {area.area}")
        for area in areas
        for number in range(len(PEOPLE))
    )
    members = Membership.objects.bulk_create(
        Membership(partnership=area, user=users[place * len(PEOPLE) + number], role=role)
        for place, area in enumerate(areas)
        for number, role in enumerate(PEOPLE)
    )
    Affiliation.objects.bulk_create(
        Affiliation(
            membership=member,
            organisation=organisations[place // len(PEOPLE) * ORGANISATIONS + place % 7],
        )
        for place, member in enumerate(members)
    )
