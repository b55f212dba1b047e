"""What of the library helps here: on a domain's scoring page, and with an action."""

import html
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practice.needed_here import EVERY_LEVEL, HIGHER, MOST, REACHED, place
from tests.factories.actions import make_plan_action
from tests.factories.assessments import agree, entry_of, make_scored
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area
from tests.factories.practice import make_part, make_practice_model, make_resource, make_standard
from tests.factories.public import make_starter
from tests.factories.serving import make_bearing


@pytest.mark.parametrize(
    ("levels", "level", "found"),
    [
        ([3], "2", (0, "To reach level 3")),
        ([1, 3], "2", (0, "To reach level 3")),
        ([3], "2.5", (0, "To reach level 3")),
        ([2], "1.5", (0, "To reach level 2")),
        ([], "2", (1, EVERY_LEVEL)),
        ([4], "2", (2, HIGHER)),
        ([1, 4], "2", (2, HIGHER)),
        ([1, 2], "2", (3, REACHED)),
        ([4], "4", (0, "To keep level 4")),
        ([4], "3.5", (0, "To reach level 4")),
        ([3], "4", (3, REACHED)),
        ([], "4", (1, EVERY_LEVEL)),
        ([2, 3], None, (2, "To reach level 2")),
        ([1], None, (1, "To reach level 1")),
        ([], None, (5, EVERY_LEVEL)),
    ],
)
def test_what_helps_to_reach_the_next_level_comes_first(levels, level, found):
    assert place(levels, level and Decimal(level), top=4) == found


@pytest.fixture
def sheet(area):
    return make_scored(area.partnership, load_rpc_2018())


@pytest.fixture
def domain(sheet):
    return entry_of(sheet, 2).domain  # scored 1/2: level 2 comes next


def page(sheet):
    return f"/planning/{sheet.pk}/domains/2/"


def shown(client, path):
    """The headings and the links of what helps, in their order."""
    text = html.unescape(client.get(path).content.decode())
    panels = re.findall(r'<details class="govuk-details rpc-no-print">(.*?)</details>', text, re.S)
    if not panels:
        return []
    return re.findall(r"(?:<h3[^>]*>|<li><a[^>]*>)([^<]+)<", panels[0])


def test_a_domains_page_shows_what_bears_on_it_by_level(area, client, sheet, domain, pillar):
    make_bearing(make_standard(pillar, statement="We listen."), domain, [2])
    make_bearing(make_resource(area.partnership, name="Genogram"), domain, [3, 4])
    make_bearing(make_starter(claim="One in ten"), domain)
    make_bearing(make_resource(name="Old tool"), domain, [1])
    make_bearing(make_resource(name="Of another domain"), entry_of(sheet, 3).domain)
    assert shown(client, page(sheet)) == [
        *("To reach level 2", "We listen."),
        *("At every level", "One in ten"),
        *("For higher levels", "Genogram"),
        *("For levels that are reached", "Old tool"),
    ]


def test_nothing_that_bears_on_it_is_no_panel(client, sheet):
    assert "What helps here" not in client.get(page(sheet)).content.decode()


def test_drafts_and_another_partnerships_own_are_not_there(client, sheet, domain, pillar):
    make_bearing(make_standard(pillar, draft=True), domain)
    bury = make_area("bury", "Bury", "Bury").partnership
    make_bearing(make_resource(bury, name="Theirs"), domain)
    theirs = make_part(make_practice_model(bury))
    make_bearing(make_standard(theirs, statement="Theirs too"), domain)
    assert shown(client, page(sheet)) == []


def test_ones_own_stands_in_the_place_of_what_it_was_copied_from(area, client, sheet, domain):
    starter = make_resource(name="Came with the portal")
    model = make_practice_model()
    make_bearing(starter, domain)
    make_bearing(make_standard(make_part(model), statement="Of the starter"), domain)
    assert shown(client, page(sheet))[1:] == ["Of the starter", "Came with the portal"]

    own = make_practice_model(area.partnership, copied_from=model)
    make_bearing(make_standard(make_part(own), statement="Ours"), domain)
    make_bearing(make_resource(area.partnership, name="Our copy", copied_from=starter), domain)
    assert shown(client, page(sheet))[1:] == ["Ours", "Our copy"]


def test_a_long_list_is_cut_and_leads_to_the_library(area, client, sheet, domain):
    for number in range(8):
        make_bearing(make_resource(area.partnership, name=f"Tool {number}"), domain)
    assert shown(client, page(sheet))[1:] == [f"Tool {number}" for number in range(6)]
    more = f"/partnerships/rochdale/practice/domains/{domain.pk}/"
    assert more in client.get(page(sheet)).content.decode()
    assert client.get(more).status_code == 200


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as context:
        assert client.get(path).status_code == 200
    return [each["sql"] for each in context]


def test_one_query_more_for_three_and_for_thirty(area, client, sheet, domain):
    action = make_plan_action(area.partnership, domains=[domain, entry_of(sheet, 3).domain])
    paths = [page(sheet), action.get_absolute_url()]

    def add(names):
        for number in names:
            tool = make_resource(area.partnership, name=f"Tool {number}")
            make_bearing(tool, domain, [number % 4 + 1])
            make_bearing(tool, entry_of(sheet, 3).domain)

    add(range(3))
    few = [len(queries(client, path)) for path in paths]
    add(range(3, 30))
    assert [len(queries(client, path)) for path in paths] == few
    for path in paths:
        assert len([each for each in queries(client, path) if "libraryentry" in each]) == 1


def test_who_only_reads_sees_it_and_an_agreed_sheet_shows_it(area, client, sheet, domain):
    make_bearing(make_resource(area.partnership, name="Genogram"), domain)
    assert shown(client_of(area.reader), page(sheet))[1:] == ["Genogram"]
    agree(sheet, by=area.coordinator)
    assert shown(client, page(sheet))[1:] == ["Genogram"]
    assert "Genogram" not in client.get(f"/planning/{sheet.pk}/sheet/").content.decode()


def test_an_autosave_asks_the_library_nothing(area, client, sheet, domain):
    make_bearing(make_resource(area.partnership, name="Genogram"), domain)
    body = {"level": "3", "page": "walk", "number": "1"}
    with CaptureQueriesContext(connection) as context:
        answer = client.post(page(sheet), body, headers={"X-Autosave": "1"})
    assert answer.status_code == 200
    assert not [each for each in context if "libraryentry" in each["sql"]]


def test_an_action_shows_what_bears_on_its_domains_once(area, client, sheet, domain, pillar):
    other = entry_of(sheet, 3).domain
    standard = make_standard(pillar, statement="We listen.")
    for each in (domain, other):
        make_bearing(standard, each)
    make_bearing(make_starter(claim="One in ten"), other)
    make_bearing(make_resource(area.partnership, name="Genogram"), domain)
    action = make_plan_action(area.partnership, domains=[domain, other])
    assert shown(client, action.get_absolute_url()) == [
        *("Standards", "We listen."),
        *("Resources", "Genogram"),
        *("Evidence", "One in ten"),
    ]
    nowhere = make_plan_action(area.partnership)
    assert shown(client, nowhere.get_absolute_url()) == []


def test_many_standards_leave_room_for_the_rest(area, client, domain, pillar):
    for number in range(MOST + 1):
        standard = make_standard(pillar, position=number + 1, statement=f"We listen {number:02}.")
        make_bearing(standard, domain)
    make_bearing(make_resource(area.partnership, name="Genogram"), domain)
    action = make_plan_action(area.partnership, domains=[domain])
    found = shown(client, action.get_absolute_url())
    assert found[:3] == ["Standards", "We listen 00.", "We listen 01."]
    assert found[7:9] == ["Resources", "Genogram"]
    assert "All that helps in this domain" in client.get(action.get_absolute_url()).content.decode()


def test_a_statement_without_a_source_is_marked(client, sheet, domain):
    make_bearing(make_starter(key="bare", claim="Bare", figure="1%"), domain)
    make_bearing(make_starter(claim="Sourced", source="A survey, 2024"), domain)
    text = html.unescape(client.get(page(sheet)).content.decode())
    assert 'Bare</a><br><span class="rpc-quiet">Evidence: No source yet · 1%' in text
    assert text.count("No source yet") == 1
