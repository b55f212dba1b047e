"""Who did what in a partnership: the page, what it can be narrowed to, and the files."""

import csv
import io
import re
from datetime import datetime, timedelta
from html import unescape

import openpyxl
import pghistory
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pghistory.models import Event

from partnerships import actions, activity, events, history, inviting
from partnerships.activity import KINDS, Asked
from partnerships.models import Download, Membership, Organisation, User
from planning.actions import (
    change_details,
    remove_action,
    remove_reference,
    reopen_sheet,
    start_assessment,
)
from planning.merging import fingerprint
from planning.models import Entry
from planning.restoring import restore_in_action, restore_in_entry
from planning.saving import settle_text
from rpcportal.kit.roles import Permission, roles_that_may
from tests.factories.assessments import (
    JULY_2018,
    agree,
    entry_of,
    make_action,
    make_assessment,
    make_reference,
    make_scored,
    save_texts,
)
from tests.factories.events import WEB, make_event, minutes_ago
from tests.factories.frameworks import load_rpc_2018, make_small_framework
from tests.factories.people import make_area, make_invitation, make_member, make_organisation

pytestmark = pytest.mark.django_db

# Frameworks belong to nobody, an account to its owner, and the portal's pages to the portal.
NOBODYS = {
    *("planning.Framework", "planning.ProgressLevel", "planning.Dimension", "planning.Domain"),
    *("planning.Dependency", "planning.Descriptor"),
    *("partnerships.User", "partnerships.Page"),
}
HISTORIES = [each for each in apps.get_models() if issubclass(each, Event) and each._meta.managed]
PATH = "/partnerships/rochdale/activity/"


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def wren(area):
    return make_member(area.partnership, "editor", name="Wren Ackerley")


@pytest.fixture
def library(area):
    return make_organisation(area.partnership, "Library")


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def by(person):
    """What is done inside is done by this person, as in a request of theirs."""
    return pghistory.context(user=person.pk if person else None)


def sentences(area, **asked):
    lines, _ = activity.page_of(area.partnership, Asked(**asked))
    return [line.sentence for line in lines]


def done(area, do):
    """The sentences that came of doing this."""
    before = set(events_of(area))
    do()
    new = [row for row in events_of(area) if row not in before]
    changes, _ = history.gathered(new)
    return [line.sentence for line in activity._told([change[0] for change in changes])]


def events_of(area):
    sources = {number: kind.source_in(area.partnership) for number, kind in enumerate(KINDS)}
    return events.newest(sources, limit=10_000)


def shown(response):
    """The sentences that a page shows."""
    main = response.content.decode().split("<tbody", 1)[-1].split("</tbody>")[0]
    rows = [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.S)]
        for row in main.split("</tr>")
    ]
    return [unescape(row[1]) for row in rows if len(row) > 1]


# --- Everything is told ------------------------------------------------------------------------


@pytest.mark.parametrize("model", HISTORIES, ids=lambda each: each._meta.label)
def test_every_history_is_told_or_is_nobodys(model):
    """A new one fails here until its room registers it (partnerships/activity.py)."""
    told = {kind.events for kind in KINDS}
    of = model.pgh_tracked_model._meta.label
    assert (model in told) != (of in NOBODYS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.events.__name__)
def test_every_field_that_may_change_has_its_words(kind):
    kept = {field.name for field in kind.events._meta.fields if not field.name.startswith("pgh_")}
    assert kept - set(kind.labels) <= {"id", "partnership", "assessment", "entry",
                                       "membership", "priorityaction"}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.events.__name__)
def test_the_newest_events_of_a_thing_are_found_by_an_index(kind):
    wanted = [kind.within, "-pgh_created_at", "-pgh_id"]
    if kind.within == "pgh_obj":
        wanted = ["pgh_obj", "-pgh_id"]
    assert wanted in [index.fields for index in kind.events._meta.indexes]


# --- Sentences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"evidence": "E"}, "the evidence"),
        ({"gaps": "G", "reason": "R"}, "the gaps and the reason for the level"),
        (
            {"level": "2", "target": "3", "dissent": "D"},
            "the progress level, the target level and what was seen differently",
        ),
    ],
)
def test_a_change_to_a_domain_is_a_sentence(area, wren, texts, words):
    entry = entry_of(make_assessment(area.partnership, make_small_framework()), 1)
    with by(wren):
        told = done(area, lambda: save_texts(entry, texts, by=wren))
    assert told == [f"Wren Ackerley changed {words} of 1. Purpose (30 July 2018)"]


def test_the_life_of_a_sheet_is_told(area):
    partnership, boss = area.partnership, area.coordinator
    with by(boss):
        started = done(
            area,
            lambda: start_assessment(
                partnership=partnership,
                framework=make_small_framework(),
                assessed_on=JULY_2018,
                by=boss,
            ),
        )
        sheet = partnership.assessments.get()
        illustrated = done(
            area,
            lambda: change_details(
                assessment=sheet, assessed_on=JULY_2018, note="", illustrative=True, by=boss
            ),
        )
        noted = done(
            area,
            lambda: change_details(
                assessment=sheet, assessed_on=JULY_2018, note="Note", illustrative=True, by=boss
            ),
        )
    assert started == [f"{boss} started the assessment of 30 July 2018"]
    assert illustrated == [f"{boss} made the assessment of 30 July 2018 an illustration"]
    assert noted == [f"{boss} changed the words at the head of the assessment of 30 July 2018"]


def test_agreeing_and_reopening_a_sheet_is_told(area):
    boss = area.coordinator
    sheet = make_scored(area.partnership, make_small_framework())
    Entry.objects.update(evidence="E")
    with by(boss):
        agreed = done(area, lambda: agree(sheet, by=boss))
        reopened = done(area, lambda: reopen_sheet(assessment=sheet, reason="R", by=boss))
    assert agreed == [f"{boss} recorded that the sheet of 30 July 2018 was agreed"]
    assert reopened == [
        f"{boss} reopened the sheet of 30 July 2018 as version 2",
        f"{boss} superseded version 1 of the sheet of 30 July 2018",
    ]


def test_starting_an_assessment_is_one_line_and_not_one_for_each_domain(area):
    def start():
        make_assessment(area.partnership, load_rpc_2018())

    assert len(done(area, start)) == 1


def test_evidence_and_actions_are_told_from_beginning_to_end(area, wren):
    sheet = make_assessment(area.partnership, make_small_framework())
    entry = entry_of(sheet, 1)
    with by(wren):
        made = []

        def make():
            made.append(make_reference(entry, title="Minutes  of\nMay"))
            made.append(make_action(sheet, [3], what="Write " + "very " * 30 + "much"))

        begun = done(area, make)
        reference, action = made
        removed = done(area, lambda: (remove_reference(reference=reference, by=wren),
                                      remove_action(action=action, by=wren)))  # fmt: skip
        gone = reference.pgh_event_model.objects.get(pgh_label="removed")
        gone_action = action.pgh_event_model.objects.get(pgh_label="removed")
        back = done(area, lambda: (
            restore_in_entry(entry=entry, event=gone.pgh_id, field="reference", by=wren),
            restore_in_action(assessment=sheet, key=action.key, event=gone_action.pgh_id,
                              field="action", by=wren)))  # fmt: skip
    start = "“Write " + "very " * 14 + "ver…”"
    assert set(begun) == {
        "Wren Ackerley added the evidence “Minutes of May” to 1. Purpose (30 July 2018)",
        f"Wren Ackerley added the priority action {start} (30 July 2018)",
        f"Wren Ackerley put the priority action {start} under 3. Practice (30 July 2018)",
    }
    assert set(removed) == {
        "Wren Ackerley removed the evidence “Minutes of May” from 1. Purpose (30 July 2018)",
        f"Wren Ackerley removed the priority action {start} (30 July 2018)",
        f"Wren Ackerley took the priority action {start} off 3. Practice (30 July 2018)",
    }
    assert set(back) == {
        "Wren Ackerley brought back the evidence “Minutes of May” to 1. Purpose (30 July 2018)",
        f"Wren Ackerley brought back the priority action {start} (30 July 2018)",
        f"Wren Ackerley put the priority action {start} under 3. Practice (30 July 2018)",
    }


def test_two_texts_for_one_box_are_told_until_they_are_settled(area, wren):
    entry = entry_of(make_assessment(area.partnership, make_small_framework()), 1)
    save_texts(entry, {"gaps": "First"}, by=area.lead, page="one")
    with by(wren):
        clash = done(area, lambda: save_texts(entry, {"gaps": "Second"}, by=wren, page="two"))
        waiting = entry.unsettled.get()
        waiting.entry = entry
        choice = {"choice": "standing", "standing": fingerprint("First")}
        settled = done(area, lambda: settle_text(unsettled=waiting, by=wren, **choice))
    where = "“Gaps and areas for development” of 1. Purpose (30 July 2018)"
    assert clash == [f"Wren Ackerley wrote a second text for {where}"]
    assert settled == [f"Wren Ackerley settled the two texts for {where}"]


def test_an_earlier_text_that_came_back_is_told(area, wren):
    entry = entry_of(make_assessment(area.partnership, make_small_framework()), 1)
    save_texts(entry, {"evidence": "Old"}, by=area.lead)
    save_texts(entry, {"evidence": "New"}, by=area.lead, started_from={"evidence": "Old"})
    old = Entry.pgh_event_model.objects.get(evidence="Old")
    with by(wren):
        told = done(area, lambda: restore_in_entry(
            entry=entry, event=old.pgh_id, field="evidence", by=wren))  # fmt: skip
    assert told == ["Wren Ackerley brought back the evidence of 1. Purpose (30 July 2018)"]


def test_who_comes_changes_and_goes_is_told(area, wren, library):
    coordinator, boss = area.coordinator, str(area.coordinator)
    with by(coordinator):
        ada = make_member(area.partnership, "reader", name="Ada Marsh")
        membership = area.partnership.memberships.get(user=ada)
        changed = done(area, lambda: actions.change_membership(
            membership=membership, role="lead", organisations=[library], job_title="",
            by=coordinator))  # fmt: skip
        rows = Membership.objects.filter(pk=membership.pk)
        titled = done(area, lambda: rows.update(job_title="Boss"))
        ended = done(area, lambda: actions.end_membership(membership=membership, by=coordinator))
    assert set(changed) == {
        f"{boss} changed the role of Ada Marsh to partner lead",
        f"{boss} put Ada Marsh into Library",
    }
    assert titled == [f"{boss} changed the job title of Ada Marsh"]
    assert set(ended) == {
        f"{boss} ended the membership of Ada Marsh",
        f"{boss} took Ada Marsh out of Library",
    }


def test_whoever_goes_by_themselves_has_left(area, wren):
    membership = area.partnership.memberships.get(user=wren)
    with by(wren):
        assert done(area, membership.delete) == ["Wren Ackerley left the partnership"]


def test_an_invitation_is_told_without_whom_it_is_to(area, wren, library):
    boss = str(area.coordinator)
    with by(area.coordinator):

        def invite():
            make_invitation(area.partnership, "secret@else.example", token="t", name="Ada Marsh",
                            organisation=library)  # fmt: skip

        invited = done(area, invite)
        invitation = area.partnership.invitations.get()
        again = done(area, lambda: inviting.send_again(
            invitation=invitation, by=area.coordinator, link=str))  # fmt: skip
        back = done(area, lambda: inviting.revoke(invitation=invitation, by=area.coordinator))
    assert invited == [f"{boss} invited somebody as partner editor"]
    assert again == [f"{boss} sent an invitation as partner editor again"]
    assert back == [f"{boss} took back an invitation as partner editor"]


def test_whoever_comes_in_by_an_invitation_is_named_although_not_signed_in(area, library):
    invitation = make_invitation(area.partnership, "new@else.example", organisation=library)

    def come_in():
        with by(None):
            inviting.accept(invitation=invitation, name="Nia Newcomer")

    assert set(done(area, come_in)) == {
        "Nia Newcomer joined as partner editor",
        "Nia Newcomer put themselves into Library",
        "Nia Newcomer accepted the invitation as partner editor",
    }


def test_organisations_and_settings_are_told(area, library):
    boss = str(area.coordinator)
    with by(area.coordinator):
        library.name = "Libraries"
        renamed = done(area, lambda: actions.save_organisation(
            organisation=library, by=area.coordinator))  # fmt: skip
        setting = done(area, lambda: actions.change_settings(
            partnership=area.partnership, second_factor_required=True,
            by=area.coordinator))  # fmt: skip
        removed = done(area, library.delete)
    assert renamed == [f"{boss} changed the name of the organisation Libraries"]
    assert setting == [f"{boss} changed the settings: whether coordinators need a second step"]
    assert removed == [f"{boss} removed the organisation Libraries"]


def test_autosaves_of_one_sitting_are_one_line(area, wren, library):
    at = timezone.now() + timedelta(minutes=1)
    for second in range(40):
        make_event(library, at=at + timedelta(seconds=second), by=wren, name=f"L{second}")
    assert sentences(area, kind="organisations")[:1] == [
        "Wren Ackerley changed the name of the organisation L39"
    ]
    assert len(sentences(area, kind="organisations")) == 2


def test_what_stood_there_when_the_history_began_is_not_told(area, library):
    make_event(library, at=minutes_ago(-1), label="found")
    assert len(sentences(area, kind="organisations")) == 1


def test_somebody_at_the_database_is_told_as_such(area):
    told = done(area, lambda: make_organisation(area.partnership, "Library"))
    assert told == ["Somebody with access to the database added the organisation Library"]


def test_a_person_who_was_anonymised_is_a_former_member(area, wren, library):
    make_event(library, at=minutes_ago(-1), by=wren, name="New")
    User.objects.filter(pk=wren.pk).update(
        name="", is_active=False, anonymised_at=timezone.now(), email="gone@example.org"
    )
    assert sentences(area)[0] == "Former member changed the name of the organisation New"


def test_a_role_of_former_times_is_told_as_it_was_called(area):
    membership = area.partnership.memberships.get(user=area.reader)
    make_event(membership, at=minutes_ago(-1), by=area.coordinator, role="partner")
    assert sentences(area)[0].endswith("changed the role of Reader of Rochdale to partner")


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

DAYS = {
    "ONE": "2026-05-01T23:30+01:00",
    "TWO": "2026-05-02T00:30+01:00",
    "THREE": "2026-05-03T12:00+01:00",
}


@pytest.fixture
def three_days(area, wren, library):
    """Three changes on three days, the days as the clock on the wall has them."""
    people = {"ONE": wren, "TWO": area.lead, "THREE": WEB}
    for name, at in DAYS.items():
        make_event(library, at=datetime.fromisoformat(at), by=people[name], name=name)
    return wren


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


def test_all_former_members_are_asked_for_together(area, wren, library, client):
    make_event(library, at=minutes_ago(5), by=wren, name="ONE")
    User.objects.filter(pk=wren.pk).update(name="", is_active=False, anonymised_at=timezone.now())
    assert found(client, {"person": "former"}) == ["ONE"]


# --- Many of them -------------------------------------------------------------------------------


def write_lines(area, library, number):
    at = minutes_ago(-1)
    for each in range(number):
        person = (area.editor, area.lead)[each % 2]
        make_event(library, at=at + timedelta(seconds=each), by=person, name=f"Line {each}")


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


# --- Files --------------------------------------------------------------------------------------


def as_csv(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def as_excel(response):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_files_hold_exactly_what_is_narrowed_to_on_all_pages(area, library, client):
    write_lines(area, library, 60)
    who = str(area.editor)
    expected = [
        [who, f"changed the name of the organisation Line {number}", "Organisations"]
        for number in range(58, -1, -2)
    ]
    query = {"kind": "organisations", "person": str(area.editor.pk)}
    excel = as_excel(client.get(PATH[:-1] + ".xlsx", query))
    text = as_csv(client.get(PATH[:-1] + ".csv", query | {"older": "1.1.1"}))
    assert excel[0] == text[0] == ["When", "Who", "What", "Kind"]
    assert [row[1:] for row in excel[1:]] == expected
    assert [row[1:] for row in text[1:]] == expected


def test_times_in_the_files_are_those_of_the_clock_on_the_wall(area, three_days, client):
    query = {"kind": "organisations", "person": str(three_days.pk)}
    (excel,) = as_excel(client.get(PATH[:-1] + ".xlsx", query))[1:]
    (text,) = as_csv(client.get(PATH[:-1] + ".csv", query))[1:]
    assert excel[0].isoformat() == "2026-05-01T23:30:00"
    assert text[0] == "2026-05-01 23:30:00"


def test_a_file_is_read_in_pieces_and_holds_everything(area, library, monkeypatch):
    write_lines(area, library, 60)
    whole = activity.every_line(area.partnership, Asked())
    monkeypatch.setattr(activity, "READ_FOR_FILE", 7)
    assert activity.every_line(area.partnership, Asked()) == whole


def test_a_formula_in_a_name_is_no_formula_in_a_file(area, client):
    make_organisation(area.partnership, "=cmd|' /C calc'!A0")
    User.objects.filter(pk=area.editor.pk).update(name="=1+1")
    make_event(Organisation.objects.get(), at=minutes_ago(-1), by=area.editor, name="=2+2")
    row = as_csv(client.get(PATH[:-1] + ".csv"))[1]
    assert row[1:3] == ["'=1+1", "changed the name of the organisation =2+2"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_file_is_noted_and_the_note_is_told(area, client, ending):
    client.get(PATH[:-1] + f".{ending}")
    note = Download.objects.get()
    assert (note.what, note.user) == ("Activity", area.coordinator)
    assert note.partnership == area.partnership
    told = f"{area.coordinator} downloaded a file: Activity"
    assert told in shown(client.get(PATH))
    assert shown(client.get(PATH, {"kind": "downloads"})) == [told]


def test_looking_whether_a_file_is_there_is_not_noted(client):
    assert client.head(PATH[:-1] + ".csv").status_code == 200
    assert not Download.objects.exists()


def test_a_file_of_more_than_it_should_hold_is_refused_with_what_to_do(
    area, library, client, monkeypatch
):
    write_lines(area, library, 30)
    monkeypatch.setattr(activity, "MOST_IN_FILE", 20)
    monkeypatch.setattr(activity, "READ_FOR_FILE", 10)
    response = client.get(PATH[:-1] + ".csv", {"kind": "organisations"}, follow=True)
    assert response.redirect_chain == [(f"{PATH}?kind=organisations", 302)]
    assert "Choose a shorter time." in response.content.decode()
    assert not Download.objects.exists()


def test_the_page_leads_to_the_files_of_the_same(area, client):
    page = client.get(PATH, {"kind": "people", "older": "5.5.5"}).content.decode()
    for ending in ("csv", "xlsx"):
        assert f'href="{PATH[:-1]}.{ending}?kind=people"' in page
