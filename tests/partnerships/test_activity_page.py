"""The page of what happened: for whom it is, what it can be narrowed to, page after page."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships import activity, events
from partnerships.activity import KINDS, Asked
from partnerships.models import Download, User
from rpcportal.kit.roles import Permission, roles_that_may
from tests.factories.assessments import (
    entry_of,
    make_action,
    make_assessment,
    make_reference,
    save_texts,
)
from tests.factories.events import make_event, minutes_ago
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_invitation, make_member, make_organisation
from tests.factories.second_steps import make_administrator
from tests.partnerships.telling import DAYS, PATH, by, client_of, sentences, shown, write_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


# --- Who sees it, and what -----------------------------------------------------------------------


@pytest.mark.parametrize("role", ["coordinator", "facilitator", "lead", "editor", "reader"])
def test_it_is_for_those_who_may(area, role):
    client = client_of(getattr(area, role))
    may = getattr(area, role) in (area.coordinator, area.facilitator)
    assert roles_that_may(Permission.SEE_ACTIVITY) == ["coordinator", "facilitator"]
    for path in (PATH, PATH[:-1] + ".csv", PATH[:-1] + ".xlsx"):
        response = client.get(path)
        assert response.status_code == (200 if may else 403)
        assert may or "A coordinator or facilitator can." in response.content.decode()
    page = client.get("/partnerships/rochdale/people/").content.decode()
    assert (f'href="{PATH}"' in page) == may
    assert not may or Download.objects.count() == 2


def test_elsewhere_there_is_no_such_page(area):
    stranger = client_of(make_area("bury", "Bury", "Bury").coordinator)
    for path in (PATH, PATH[:-1] + ".csv", PATH[:-1] + ".xlsx"):
        assert stranger.get(path).status_code == 404
    assert not Download.objects.exists()


def test_nothing_of_another_partnership_is_told(area, client):
    other = make_area("bury", "Bury Canary", "Canary")
    sheet = make_assessment(other.partnership, make_small_framework(), note="Canary")
    save_texts(entry_of(sheet, 1), {"evidence": "Canary"}, by=other.editor)
    make_reference(entry_of(sheet, 1), title="Canary")
    make_action(sheet, [1], what="Canary")
    make_invitation(other.partnership)
    make_organisation(other.partnership, "Canary")
    assert len(sentences(other)) > 8
    assert "Canary" not in client.get(PATH).content.decode()
    assert "Canary" not in client.get(PATH[:-1] + ".csv").content.decode()
    assert all("Rochdale" in line or "partnership" in line for line in sentences(area))


def test_words_of_people_are_shown_as_typed(area, client):
    make_organisation(area.partnership, "<script>alert(1)</script>")
    page = client.get(PATH).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_line_leads_to_what_it_tells_of(area, client):
    sheet = make_assessment(area.partnership, make_small_framework())
    action = make_action(sheet, [1])
    save_texts(entry_of(sheet, 1), {"gaps": "G"}, by=area.editor)
    page = client.get(PATH).content.decode()
    for path in ("history/", "domains/1/history/", f"actions/{action.key}/history/"):
        assert f'href="/planning/{sheet.pk}/{path}"' in page
        assert client.get(f"/planning/{sheet.pk}/{path}").status_code == 200


# --- Narrowed -----------------------------------------------------------------------------------


def found(client, query):
    page = shown(client.get(PATH, query))
    return [name for name in DAYS if any(sentence.endswith(name) for sentence in page)]


def day(name, number):
    return {f"{name}-day": number, f"{name}-month": 5, f"{name}-year": 2026}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["ONE", "TWO", "THREE"]),
        ({"kind": "organisations"}, ["ONE", "TWO", "THREE"]),
        ({"kind": "people"}, []),
        ({"person": "wren"}, ["ONE"]),
        ({"person": "nobody"}, ["THREE"]),
        ({"person": "wren", "kind": "people"}, []),
        (day("from", 2), ["TWO", "THREE"]),
        (day("to", 2), ["ONE", "TWO"]),
        (day("from", 2) | day("to", 2), ["TWO"]),
        (day("from", 4) | day("to", 9), []),
    ],
)
def test_it_is_narrowed_by_whom_what_and_when(client, three_days, query, expected):
    if query.get("person") == "wren":
        query = query | {"person": three_days.pk}
    assert found(client, query) == expected


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (day("from", 32), "“From” must be a real date, like 30 9 2026"),
        (day("from", 3) | day("to", 2), "“To” must be the same day as “From” or later"),
        ({"to-day": "1"}, "“To” must include a month and year"),
        ({"person": "987654"}, "“Who” has no such choice: choose one that is listed"),
        ({"kind": "x\0"}, "“What” has no such choice: choose one that is listed"),
    ],
)
def test_what_cannot_be_read_is_said_and_no_file_is_made_of_it(client, area, query, sentence):
    page = client.get(PATH, query)
    assert (page.status_code, sentence in unescape(page.content.decode())) == (200, True)
    file = client.get(PATH[:-1] + ".csv", query)
    assert file.status_code == 302
    assert file.url.startswith(PATH)
    assert not Download.objects.exists()


def test_the_filter_offers_past_members_and_former_members_once(area, wren, client):
    membership = area.partnership.memberships.get(user=wren)
    membership.delete()
    for _ in range(2):
        person = make_member(area.partnership, "reader")
        area.partnership.memberships.get(user=person).delete()
        User.objects.filter(pk=person.pk).update(
            name="", is_active=False, anonymised_at=timezone.now()
        )
    stranger = make_area("bury", "Bury", "Bury").editor
    page = client.get(PATH).content.decode()
    assert f'<option value="{wren.pk}">Wren Ackerley</option>' in page
    assert page.count(">Former member</option>") == 1
    assert f'<option value="{stranger.pk}"' not in page


def test_of_administrators_the_filter_offers_those_who_did_something_there(area, client):
    idle, elsewhere, active, retired = (
        make_administrator(f"{name}@portal.example", name=name.title())
        for name in ("idle", "elsewhere", "active", "retired")
    )
    bury = make_area("bury", "Bury", "Bury")
    for person, partnership in (
        (elsewhere, bury.partnership),
        (active, area.partnership),
        (retired, area.partnership),
    ):
        with by(person):
            make_organisation(partnership, f"Made by {person}")
    User.objects.filter(pk=retired.pk).update(is_portal_administrator=False)
    page = client.get(PATH).content.decode()

    for person, is_offered in (
        (idle, False),
        (elsewhere, False),
        (active, True),
        (retired, True),
    ):
        assert (f'<option value="{person.pk}">{person}</option>' in page) == is_offered
    assert shown(client.get(PATH, {"person": retired.pk})) == [
        "Retired added the organisation Made by Retired"
    ]


def test_an_administrator_who_is_a_member_is_offered_like_any_member(area, client):
    User.objects.filter(pk=area.reader.pk).update(is_portal_administrator=True)
    page = client.get(PATH).content.decode()
    assert page.count(f'<option value="{area.reader.pk}">') == 1


def test_the_filter_asks_as_much_for_many_administrators_as_for_one(area, client):
    counts = set()
    for number in range(3):
        person = make_administrator(f"{number}@portal.example")
        with by(person):
            make_organisation(area.partnership, f"Made by {number}")
        with CaptureQueriesContext(connection) as context:
            list(activity.people_of(area.partnership))
        counts.add(len(context))
    assert counts == {3}


def test_all_former_members_are_asked_for_together(area, wren, library, client):
    make_event(library, at=minutes_ago(5), by=wren, name="ONE")
    User.objects.filter(pk=wren.pk).update(name="", is_active=False, anonymised_at=timezone.now())
    assert found(client, {"person": "former"}) == ["ONE"]


# --- Many of them -------------------------------------------------------------------------------


def test_it_asks_as_much_for_300_lines_as_for_3(area, library, client):
    counts = set()
    client.get(PATH)
    for number in (3, 297):
        write_lines(area, library, number)
        with CaptureQueriesContext(connection) as context:
            client.get(PATH, {"kind": "organisations"})
        counts.add(len(context))
    assert len(counts) == 1


def test_page_after_page_shows_every_line_once(area, library, client):
    write_lines(area, library, 60)
    seen, query = [], "?kind=organisations"
    while query:
        response = client.get(PATH + query)
        seen += shown(response)
        links = re.findall(r'href="(\?[^"]*older=[^"]+)"', response.content.decode())
        query = unescape(links[0]) if links else ""
    assert [line.split()[-1] for line in seen] == [*map(str, range(59, -1, -1)), "Library"]


def test_what_happens_while_one_reads_moves_no_line_of_the_older_pages(area, library):
    asked = Asked(kind="organisations")
    write_lines(area, library, 30)
    first, place = activity.page_of(area.partnership, asked)
    make_event(library, at=minutes_ago(-60), by=area.editor, name="New")
    second, _ = activity.page_of(area.partnership, asked, older_than=place)
    assert first[-1].sentence.endswith("Line 5")
    assert second[0].sentence.endswith("Line 4")


FILL = """
    INSERT INTO planning_entryevent (pgh_created_at, pgh_label, pgh_obj_id, id, assessment_id,
        domain_id, not_applicable, not_applicable_reason, evidence, gaps, reason, dissent)
    SELECT now() - n * interval '1 second', 'changed', 900000 + n / 20, 900000 + n / 20,
        900000 + n / 200, 1, false, '', 'E' || n, '', '', '' FROM generate_series(1, %(number)s) n;
    INSERT INTO planning_evidencereferenceevent (pgh_created_at, pgh_label, pgh_obj_id, id,
        entry_id, key, title, location, shows)
    SELECT now() - n * interval '1 second', 'changed', 900000 + n / 20, 900000 + n / 20,
        900000 + n / 200, gen_random_uuid(), 'T' || n, '', '' FROM generate_series(1, %(number)s) n;
    ANALYZE;
"""
READ_OF_A_TABLE = re.compile(
    r"Scan (?:using \w+ )?on planning_(?:entry|evidencereference)event \w+ .*?"
    r"actual rows=([\d.]+) loops=(\d+)"
)


def test_a_few_events_among_many_of_others_are_found_by_the_indexes(area):
    """The table may be as large as it likes: no more of it is read than is shown."""
    entry = entry_of(make_assessment(area.partnership, make_small_framework()), 1)
    save_texts(entry, {"gaps": "G"}, by=area.editor)
    make_reference(entry)
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"number": 20_000})
        sources = {number: kind.source_in(area.partnership) for number, kind in enumerate(KINDS)}
        sql, params = events._query(sources, events.Wanted(), activity.READ)
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF) {sql}", params)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    reads = READ_OF_A_TABLE.findall(plan)
    assert len(reads) > 3, plan
    assert sum(float(rows) * int(loops) for rows, loops in reads) < 30
    assert not re.search(r"Seq Scan on planning_(entry|evidencereference)event", plan)
