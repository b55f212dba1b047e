"""The pages of audits: what they say, take and refuse."""

import re
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from pledges.models import Action
from practice import auditing
from practice.indexing import refresh
from practice.models import Audit
from tests.factories.audits import find, finish, make_audit
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_member, make_organisation
from tests.factories.practice import make_standard, make_version
from tests.practice.asking import address, box, file_page, queries, says, seen_on

KEY = "00000000-0000-4000-8000-000000000001"
DAY = {"held_on-day": "2", "held_on-month": "3", "held_on-year": "2026"}
WORDS = {**DAY, "name": "Network meetings", "files": "3", "request_key": KEY}


# --- Start, and choose measures ---------------------------------------------------------------


def test_an_audit_is_started_and_its_measures_chosen_a_whole_standard_at_once(
    client, area, version, pillar
):
    other = make_standard(pillar, position=2, measures=2).versions.get()
    answer = client.post(address("start_audit"), WORDS)
    audit = Audit.objects.get()
    assert answer.url == address("audit_measures", audit.pk)
    sent = {f"s{version.pk}-whole": "on", f"s{other.pk}-measures": other.measures.last().pk}
    assert client.post(answer.url, sent).url == audit.get_absolute_url()
    chosen = [each.measure for each in audit.measures.all()]
    assert chosen == [*version.measures.all(), other.measures.last()]
    assert "Begin with file 1" in says(client, audit.get_absolute_url())


def test_a_lead_chooses_of_their_own_organisations_and_must(area, organisation):
    make_organisation(area.partnership, "Police")
    lead = client_of(make_member(area.partnership, "lead", organisation=organisation))
    assert [str(each) for each in lead.get(address("start_audit")).context["form"].fields[
        "organisation"].queryset] == [organisation.name]  # fmt: skip
    assert "Choose whose practice it looks at" in shown(lead.post(address("start_audit"), WORDS))


def test_a_lead_without_an_organisation_is_told_why(area):
    said = says(client_of(area.lead), address("audits"))
    assert "You do not belong to an organisation of this partnership yet" in said


def test_without_standards_in_force_the_page_says_what_comes_first(client, area):
    audit = make_audit(area.partnership, area.coordinator)
    said = says(client, address("audit_measures", audit.pk))
    assert "No standard of your own with measures is in force yet" in said


def test_no_measure_ticked_is_a_sentence(client, audit, version):
    path = address("audit_measures", audit.pk)
    sent = {f"s{version.pk}-measures": [], "seen": seen_on(client, path)}
    assert "Choose at least one measure" in shown(client.post(path, sent))
    assert audit.measures.count() == 2


# --- The result -------------------------------------------------------------------------------


def test_the_result_stands_by_standard_and_by_measure_with_the_notes_of_the_gaps(
    client, area, audit
):
    find(audit, 1, "met", "not", note="Date is missing")
    find(audit, 2, "met", "not_applicable")
    said = says(client, audit.get_absolute_url())
    for words in (
        "Result so far",
        "All 2 measures together: 2 of 3 met, 1 not met; not applicable: 1;",
        "2 of 2 met; not looked at: 1",
        "File 1: not met – Date is missing",
        "Other notes",
        "Make an action",
        "2 of 3 files done",
    ):
        assert words in said
    assert "%" not in said
    reader = says(client_of(area.reader), audit.get_absolute_url())
    assert "0 of 1 met, 1 not met" in reader
    assert "Make an action" not in reader


def test_a_finished_audit_says_so_and_offers_actions_alone(client, area, audit):
    find(audit, 1, "met", "not")
    client.post(address("finish_audit", audit.pk), {"learnt": "Talk earlier."})
    said = says(client, audit.get_absolute_url())
    for words in ("It cannot change any more.", "Talk earlier.", "Make an action"):
        assert words in said
    for words in ("Remove the audit", "Change the audit", "Go on with file"):
        assert words not in said
    for name in ("change_audit", "audit_measures", "finish_audit", "remove_audit"):
        assert client.get(address(name, audit.pk)).url == audit.get_absolute_url()
    words = shown(client.post(address("finish_audit", audit.pk), {"learnt": "My own words"}))
    assert "This audit is finished" in words
    assert "My own words" in words


def test_a_finished_audit_is_not_removed(client, area, audit):
    find(audit, 1, "met")
    finish(audit, area.coordinator)
    client.post(address("remove_audit", audit.pk))
    assert Audit.objects.exists()


def test_the_overview_has_every_file_and_measure_in_words(client, audit):
    find(audit, 2, "met", "partly")
    page = html.fromstring(client.get(address("audit_grid", audit.pk)).content.decode())
    rows = page.xpath("//tbody/tr")
    assert [[cell.text for cell in row.xpath("td")] for row in rows] == [
        ["Not looked at", "Met", "Not looked at"],
        ["Not looked at", "Partly met", "Not looked at"],
    ]
    assert rows[0].xpath("td/@data-label") == ["File 1", "File 2", "File 3"]


# --- Actions ----------------------------------------------------------------------------------


def test_a_gap_becomes_an_action_whose_page_says_where_it_came_from(
    client, audit, asked, organisation
):
    find(audit, 1, "not")
    path = address("gap_action", audit.pk, asked[0].pk)
    form = client.get(path).context["form"]
    assert form["what"].value() == "Close a gap: We hold a family network meeting"
    assert form["organisation"].value() == organisation.pk
    sent = {"what": "Hold it earlier", "organisation": organisation.pk, "request_key": KEY}
    for _ in range(2):
        assert client.post(path, sent).url == audit.get_absolute_url()
    action = Action.objects.get()
    assert f"Action {action.number}: Hold it earlier" in says(client, audit.get_absolute_url())
    assert "Came of an auditFamily network meetings" in says(client, action.get_absolute_url())


def test_without_a_gap_the_page_leads_back(client, audit, asked):
    find(audit, 1, "met")
    path = address("gap_action", audit.pk, asked[0].pk)
    assert client.get(path).url == audit.get_absolute_url()
    assert client.get(address("gap_action", audit.pk, 0)).status_code == 404


# --- Over time --------------------------------------------------------------------------------


def new_version_of(version):
    """The next version of a standard, whose first measure is the same as before."""
    later = make_version(version.standard, number=2, statement="We meet early.", draft=True)
    first = later.measures.get()
    first.key = version.measures.first().key
    first.save()
    later.state, later.approved_name = "approved", "Ruth Ellis"
    later.effective_on = later.approved_on = date(2026, 2, 1)
    later.save()
    refresh(version.standard)
    return later


def test_over_time_a_measure_is_the_same_in_every_version_of_its_standard(
    client, area, audit, version, organisation
):
    find(audit, 1, "not")
    finish(audit, area.coordinator)
    later = make_audit(
        area.partnership, area.coordinator, new_version_of(version).measures.all(),
        organisation=organisation, name="Autumn", held_on=date(2026, 9, 1), files=1,
    )  # fmt: skip
    assert "Compared with earlier audits" not in says(client, audit.get_absolute_url())
    find(later, 1, "met")
    said = says(client, later.get_absolute_url())
    assert "2 March 2026: Family network meetings 0 of 1 met, 1 not met; not looked at: 2" in said
    assert "1 September 2026: Autumn 1 of 1 met" in said


def test_over_time_stand_finished_audits_of_one_practice_alone(
    client, area, audit, version, organisation
):
    police = make_organisation(area.partnership, "Police")
    for whose, name in ((organisation, "Ours"), (police, "Theirs"), (None, "Several")):
        each = make_audit(
            area.partnership, area.coordinator, version.measures.all(), organisation=whose,
            name=name, files=1,
        )  # fmt: skip
        find(each, 1, "met", "not")
        finish(each, area.coordinator)
    for chosen, name in ((organisation.pk, "Ours"), (police.pk, "Theirs"), ("", "Several")):
        said = says(client, address("audit_results", organisation=chosen))
        assert f"2 March 2026: {name} 1 of 2 met, 1 not met" in said
        assert said.count("2 March 2026") == 1
    assert "Several 1 of 2" in says(client, address("audit_results"))  # the newest comes first
    assert "Several 1 of 2" in says(client, address("audit_results", organisation="strange"))


def test_over_time_without_a_finished_audit_the_page_says_so(client, audit):
    assert "No audit of this practice has been finished yet." in says(
        client, address("audit_results")
    )


# --- Files ------------------------------------------------------------------------------------


def test_files_hold_results_and_findings_and_no_formula(client, area, audit):
    find(audit, 1, "met", "not", note="=1+1")
    results = b"".join(client.get(address("audit_results_csv", audit.pk))).decode("utf-8-sig")
    assert re.search(r"We hold a family network meeting,1,0,0,0,2,1,\r\n", results)
    findings = b"".join(client.get(address("audit_findings_csv", audit.pk))).decode("utf-8-sig")
    assert findings.count("\r\n") == 7
    assert "Not met,'=1+1" in findings
    for name in (area.coordinator.name, area.coordinator.email):
        assert name not in results + findings
    assert client.get(address("audit_xlsx", audit.pk)).content[:2] == b"PK"


# --- Many -------------------------------------------------------------------------------------


def big_audit(area, pillar, files, measures):
    version = make_standard(pillar, measures=measures, position=files).versions.get()
    audit = make_audit(area.partnership, area.coordinator, version.measures.all(), files=files)
    for number in range(1, files + 1):
        find(audit, number, *["not"] * measures, note="A note")
    return audit


def test_50_files_and_30_measures_take_as_many_queries_as_3_and_3(client, area, pillar):
    counts = set()
    for files, measures in ((3, 3), (50, 30)):
        audit = big_audit(area, pillar, files, measures)
        counts.add(
            tuple(
                queries(client, path, warm=True)
                for path in (
                    audit.get_absolute_url(), file_page(audit), address("audit_grid", audit.pk),
                    address("audit_xlsx", audit.pk), address("finish_audit", audit.pk),
                    address("audit_measures", audit.pk),
                    address("gap_action", audit.pk, audit.measures.first().pk),
                )
            )
        )  # fmt: skip
        audit.delete()
    assert len(counts) == 1


def test_saving_a_file_again_takes_as_many_queries_for_30_measures_as_for_3(client, area, pillar):
    counts = set()
    for files, measures in ((3, 3), (4, 30)):
        audit = big_audit(area, pillar, files, measures)
        sent = {box(each, "outcome"): "not" for each in audit.measures.all()}
        sent |= {box(each, "note"): "A note" for each in audit.measures.all()}
        with CaptureQueriesContext(connection) as context:
            assert client.post(file_page(audit), sent).status_code == 302
        counts.add(len(context))
    assert len(counts) == 1


def test_300_audits_take_as_many_queries_as_3(client, area, pillar):
    counts = set()
    measures = make_standard(pillar).versions.get().measures.all()
    for how_many in (3, 297):
        for _ in range(how_many):
            audit = make_audit(area.partnership, area.coordinator, measures, files=1)
            find(audit, 1, "met")
            finish(audit, area.coordinator)
        paths = address("audits"), address("audit_results"), audit.get_absolute_url()
        counts.add(tuple(queries(client, path, warm=True) for path in paths))
    assert len(counts) == 1


def test_a_measure_that_is_amended_while_it_is_chosen_is_not_left_out_silently(
    client, area, pillar, version
):
    other = make_standard(pillar, position=2).versions.get()
    audit = make_audit(area.partnership, area.coordinator)
    ticked = {
        f"s{each.pk}-measures": [measure.pk for measure in each.measures.all()]
        for each in (version, other)
    }
    make_version(version.standard, number=2)
    response = client.post(address("audit_measures", audit.pk), ticked)
    assert response.status_code == 200
    assert "has changed or is withdrawn since this page was made" in shown(response)
    assert not audit.measures.exists()


def test_what_is_finished_is_what_the_page_showed(client, area, audit):
    find(audit, 1, "met", "met")
    path = address("finish_audit", audit.pk)
    seen = seen_on(client, path)
    find(audit, 2, "not", "met")
    again = client.post(path, {"learnt": "My own words", "seen": seen})
    assert again.status_code == 200
    assert auditing.CHANGED in shown(again)
    assert "My own words" in shown(again)
    assert "2 of 3 files are done" in shown(again)
    audit.refresh_from_db()
    assert audit.finished_at is None
    seen = again.context["form"]["seen"].value()
    for _ in range(2):  # the same click twice is one
        answer = client.post(path, {"learnt": "My own words", "seen": seen})
        assert answer.url == audit.get_absolute_url()
    audit.refresh_from_db()
    assert audit.learnt == "My own words"
