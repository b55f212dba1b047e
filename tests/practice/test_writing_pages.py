"""The pages on which standards are written, approved and compared."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from practice import sources_and_measures, writing
from practice.models import Standard, StandardMeasure, StandardVersion
from tests.factories.bad_input import STRANGE, TEN_MEGABYTES, shown
from tests.factories.editing import SOURCE, WORDS, approve, begin, write_measure
from tests.factories.people import client_of
from tests.factories.practice import make_part, make_practice_model, make_resource, make_standard
from tests.practice.asking import queries

pytestmark = pytest.mark.django_db
APPROVAL = {
    "name": "Partnership Board",
    "on-day": "2",
    "on-month": "3",
    "on-year": "2026",
    "effective_on-day": "1",
    "effective_on-month": "4",
    "effective_on-year": "2026",
}


@pytest.fixture
def standard(area, pillar):
    return begin(pillar, area.coordinator)


def path(name, thing, *more):
    return reverse(name, args=["rochdale", thing.pk, *more])


def seen_at(client, address):
    return client.get(address).context["form"]["seen"].value()


# --- From the beginning to the end -------------------------------------------------------------


def test_a_standard_is_begun_written_approved_and_amended(area, client, pillar):
    key = uuid.uuid4()
    begun = client.post(
        path("add_standard", pillar), {"statement": "We listen.", "request_key": key}
    )
    standard = Standard.objects.get()
    draft = path("standard_draft", standard)
    assert begun.url == draft
    client.post(draft, {"statement": "We listen.", "descriptors": "We ask.\nWe wait."})
    client.post(path("add_draft_source", standard), {"kind": "law", "title": "Children Act"})
    measure = {
        "text": "We hold a family network meeting",
        "limit_number": "10",
        "limit_unit": "days_unsaid",
        "trigger": "the child is opened",
        "need_social_care": "required",
        "need_early_help": "considered",
        "other_roles": "allocated practitioner\nteam manager",
        "request_key": uuid.uuid4(),
    }
    assert client.post(path("add_draft_measure", standard), measure).url == draft
    page = shown(client.get(draft))
    assert "within 10 days (calendar or working days: not yet decided)" in page
    assert "Required in children’s social care; considered in early help" in page
    assert "Allocated practitioner and team manager" in page

    address = path("approve_draft", standard)
    body = {**APPROVAL, "seen": seen_at(client, address)}
    assert client.post(address, body).url == path("standard", standard)
    version = StandardVersion.objects.get()
    assert (version.approved_name, version.effective_on) == (
        "Partnership Board",
        date(2026, 4, 1),
    )
    assert client.post(path("change_words", standard)).url == draft
    client.post(draft, {"statement": "We listen to children."})
    found = shown(client.get(path("compare_standard_versions", standard)))
    assert "From version 1 to version 2" in found
    assert re.search(r"added: </span> to children", found)


def test_the_roles_that_are_known_can_be_ticked(area, client, standard):
    measure = write_measure(standard, area.coordinator, roles=["team manager", "supervisor"])
    address = path("change_draft_measure", standard, measure.pk)
    page = shown(client.get(address))
    assert 'value="team manager" checked' in page
    client.post(address, {"text": "We meet", "known_roles": ["supervisor"], "other_roles": "nurse"})
    measure.refresh_from_db()
    assert measure.roles == ["supervisor", "nurse"]
    assert (measure.limit_number, measure.required_in) == (None, [])


BAD = {
    "nothing": ({"text": ""}, "Enter what must be done"),
    "number alone": ({"limit_number": "10"}, "Choose what the number counts"),
    "unit alone": ({"limit_unit": "weeks"}, "Enter the number of the time limit"),
    "none": ({"limit_number": "0", "limit_unit": "weeks"}, "must be 1 or more"),
    "huge": ({"limit_number": "9" * 40, "limit_unit": "weeks"}, "must be 9999 or less"),
    "words": ({"limit_number": "ten", "limit_unit": "weeks"}, "must be a whole number"),
    "unknown unit": ({"limit_unit": "moons"}, "has no such choice"),
    "unknown need": ({"need_health": "perhaps"}, "has no such choice"),
    "everywhere and somewhere": (
        {"need_all": "required", "need_health": "considered"},
        "“Everywhere” says it already",
    ),
    "unknown role": ({"known_roles": ["king"]}, "has no such choice"),
    "long role": ({"other_roles": "x" * 81}, "has 81 characters; the most is 80"),
    "many roles": ({"other_roles": "\n".join("abcdefghijklmnopqrstu")}, "at most 20 roles"),
    "NUL": ({"on_file": "a\0b"}, "invisible character"),
    "10 MB": ({"exception": "x" * TEN_MEGABYTES}, "the most it can hold is 2,000"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_measure_ends_in_a_sentence(area, client, standard, what):
    write_measure(standard, area.coordinator)
    body, sentence = BAD[what]
    body = {"text": "We meet", "request_key": uuid.uuid4(), **body}
    response = client.post(path("add_draft_measure", standard), body)
    assert response.status_code == 200
    assert sentence in shown(response)
    assert StandardMeasure.objects.count() == 1


# --- Markdown ----------------------------------------------------------------------------------

HOSTILE = {
    **STRANGE,
    "html link": '<a href="javascript:alert(1)">x</a>',
    "markdown link": "[x](javascript:alert(1)) [y](data:text/html,x)",
    "frame": "<iframe src=//evil.example></iframe><style>*{}</style>",
    "handler": '<p onclick="alert(1)">x</p>',
    "table": "|a|\n|-|\n" + "|b|\n" * 4_000,
    "wide table": "|" + "a|" * 3_000 + "\n|" + "-|" * 3_000,
    "deep quotes": ">" * 9_000 + "x",
    "deep list": "\n".join(" " * 2 * n + "- x" for n in range(90)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_markdown_is_words_on_every_page(area, client, standard, what):
    text = HOSTILE[what]
    draft = path("standard_draft", standard)
    body = {"statement": "We ask.", "about": text, "descriptors": text[:9_000]}
    for response in (
        client.post(draft, {**body, "preview": "1"}),
        client.post(draft, body, follow=True),
        client.get(path("approve_draft", standard)),
        client.get(path("standard_version", standard, 1)),
    ):
        assert response.status_code == 200
        page = response.content.decode().split("<main")[1].split("</main>")[0]
        for tag in re.findall(r"<[^>]*>", page):
            assert not re.search(
                r"""\son\w+=|["'](javascript|data):|^<(script|iframe|style)""", tag
            )


def test_a_preview_shows_what_is_typed_and_saves_nothing(client, standard):
    draft = path("standard_draft", standard)
    body = {"statement": "We ask.", "about": "# Why\n\n**because**", "preview": "1"}
    page = shown(client.post(draft, body))
    assert "It is not saved yet" in page
    assert "<strong>because</strong>" in page
    assert ">We ask.</textarea>" in page
    assert StandardVersion.objects.get().statement == "We are family focused."


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"statement": ""}, "Enter the standard"),
        ({"about": "x" * TEN_MEGABYTES}, "the most it can hold is 20,000"),
        ({"descriptors": "a\0b"}, "invisible character"),
        ({"statement": "x" * 301}, "the most it can hold is 300"),
    ],
)
def test_bad_words_end_in_a_sentence(client, standard, body, sentence):
    response = client.post(path("standard_draft", standard), {"statement": "We ask.", **body})
    assert response.status_code == 200
    assert sentence in shown(response)


# --- Nothing is lost ---------------------------------------------------------------------------


def test_somebody_elses_change_is_not_overwritten_unseen(area, client, standard):
    draft = path("standard_draft", standard)
    seen = seen_at(client, draft)
    words = {**WORDS, "statement": "Theirs."}
    writing.change_words(standard=standard, by=area.facilitator, **words)
    clash = client.post(draft, {"statement": "Mine.", "seen": seen})
    assert "It now says: “Theirs.”" in shown(clash)
    assert "Mine." in shown(clash)
    again = clash.context["form"]["seen"].value()
    assert client.post(draft, {"statement": "Mine.", "seen": again}).status_code == 302


def test_a_measure_that_was_taken_out_keeps_what_was_typed(area, client, standard):
    measure = write_measure(standard, area.coordinator)
    address = path("change_draft_measure", standard, measure.pk)
    seen = seen_at(client, address)
    sources_and_measures.remove_measure(measure=measure, by=area.facilitator)
    response = client.post(address, {"text": "My long words", "seen": seen})
    assert "Somebody took this out of the draft meanwhile" in shown(response)
    assert "My long words" in shown(response)
    assert client.get(address).status_code == 404


def test_a_draft_that_was_discarded_keeps_what_was_typed(area, client, standard):
    draft = path("standard_draft", standard)
    writing.discard_draft(standard=standard, by=area.facilitator)
    response = client.post(draft, {"statement": "My long words"})
    assert response.status_code == 410
    assert "My long words" in shown(response)


def test_taking_out_and_moving_twice_is_once(area, client, standard):
    measure = write_measure(standard, area.coordinator)
    for name in ("remove_draft_measure", "remove_draft_measure", "move_draft_measure"):
        answer = client.post(path(name, standard, measure.pk), {"up": "yes"})
        assert answer.url == path("standard_draft", standard)


def test_where_there_is_no_draft_pages_lead_back(client, pillar):
    standard = make_standard(pillar)
    measure = StandardMeasure.objects.get()
    for address in (
        path("standard_draft", standard),
        path("discard_draft", standard),
        path("approve_draft", standard),
        path("add_draft_measure", standard),
        path("change_draft_measure", standard, measure.pk),
        path("remove_draft_measure", standard, measure.pk),
    ):
        assert client.get(address).url == path("standard", standard)


# --- Details -----------------------------------------------------------------------------------


def test_details_are_changed_without_a_version(area, client, pillar):
    standard = make_standard(pillar)
    body = {
        "owner": area.editor.pk,
        "review_on-day": "1",
        "review_on-month": "2",
        "review_on-year": "2027",
        "pillar": pillar.pk,
        "place": "1",
    }
    client.post(path("change_standard_details", standard), body)
    standard.refresh_from_db()
    assert (standard.owner, standard.review_on) == (area.editor, date(2027, 2, 1))
    refused = client.post(
        path("change_standard_details", standard), {**body, "owner": area.reader.pk}
    )
    assert "has no such choice" in shown(refused)
    assert standard.versions.count() == 1


def test_what_a_standard_leads_to(area, client, pillar):
    standard, other = make_standard(pillar), make_standard(pillar, position=2)
    starter = make_resource(name="Starter")
    copy = make_resource(area.partnership, name="Ours", copied_from=starter)
    address = path("change_standard_links", standard)
    page = shown(client.get(address))
    assert "Ours" in page
    assert "Starter" not in page
    client.post(address, {"tools": [copy.pk], "related": [other.pk]})
    assert (standard.tools.get(), standard.related.get()) == (copy, other)
    assert "A related standard" in shown(client.get(path("standard_history", standard)))
    client.post(address, {})
    assert not standard.tools.exists()


def test_a_standard_is_withdrawn_and_brought_back(client, pillar):
    standard, today = make_standard(pillar), timezone.localdate()
    day = {f"withdrawn_on-{part}": getattr(today, part) for part in ("day", "month", "year")}
    address = path("withdraw_standard", standard)
    past = client.post(address, {**day, "withdrawn_on-year": today.year - 1})
    assert "must be today or in the future" in shown(past)
    client.post(address, day)
    standard.refresh_from_db()
    assert standard.withdrawn_on == today
    client.post(address, {"bring_back": "yes"})
    standard.refresh_from_db()
    assert standard.withdrawn_on is None


# --- Versions ----------------------------------------------------------------------------------


def test_earlier_versions_are_read_as_they_were(area, client, standard):
    boss = area.coordinator
    sources_and_measures.add_source(standard=standard, by=boss, **SOURCE)
    approve(standard, boss)
    writing.begin_draft(standard=standard, by=boss)
    writing.change_words(standard=standard, by=boss, **{**WORDS, "amendment": "Shorter."})
    approve(standard, boss, effective_on=timezone.localdate())
    page = shown(client_of(area.reader).get(path("standard_version", standard, 1)))
    assert "We are family focused." in page
    assert "version 2 is in force" in page
    assert "Children Act 1989" in page
    versions = shown(client.get(path("standard_versions", standard)))
    assert "Shorter." in versions
    assert "Ruth Ellis, Director, on 2 March 2026" in versions
    for query in ("?before=1&after=2", "?before=x&after=99", "?after=1", ""):
        found = client.get(path("compare_standard_versions", standard) + query)
        assert found.status_code == 200
    history = shown(client.get(path("standard_history", standard)))
    assert "Version 2" in history


def test_a_reader_is_not_offered_what_they_may_not_do(area, standard, pillar):
    approve(standard, area.coordinator)
    page = shown(client_of(area.reader).get(path("standard", standard)))
    assert "Change the words" not in page
    assert "Who changed what" in page
    assert "Change the words" in shown(client_of(area.facilitator).get(path("standard", standard)))


def test_what_came_with_the_portal_is_not_changed(client):
    standard = make_standard(make_part(make_practice_model()))
    for name in ("standard_draft", "change_standard_details", "approve_draft"):
        refused = client.get(path(name, standard))
        assert refused.status_code == 403
        assert "This standard came with the portal" in shown(refused)
    assert client.get(path("standard_versions", standard)).status_code == 200


@pytest.mark.parametrize("name", ["standard_draft", "approve_draft", "standard_version"])
def test_one_measure_and_thirty_take_the_same_queries(area, client, standard, name):
    more = [1] if name == "standard_version" else []
    write_measure(standard, area.coordinator)
    sources_and_measures.add_source(standard=standard, by=area.coordinator, **SOURCE)
    few = queries(client, path(name, standard, *more))
    for number in range(29):
        write_measure(standard, area.coordinator, text=f"We do {number}")
        title = {**SOURCE, "title": f"Act {number}"}
        sources_and_measures.add_source(standard=standard, by=area.coordinator, **title)
    assert queries(client, path(name, standard, *more)) == few


def test_one_draft_and_thirty_take_the_same_queries(area, client, pillar, standard):
    address = path("approve_drafts", pillar.model)
    few = queries(client, address)
    for number in range(29):
        write_measure(begin(pillar, area.coordinator, f"We {number}."), area.coordinator)
    assert queries(client, address) == few + 0
