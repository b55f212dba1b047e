"""The pages of a standard and of a pillar."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practice.models import Bearing, RelatedStandard, Standard, StandardTool
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area
from tests.factories.practice import (
    make_part,
    make_practice_model,
    make_resource,
    make_standard,
    make_version,
)
from tests.practice.asking import queries

pytestmark = pytest.mark.usefixtures("index_left_alone")
HERE = "/partnerships/rochdale/practice"
DRAFT = '<strong class="govuk-tag govuk-tag--grey">Draft</strong>'


def address(standard):
    return f"{HERE}/standards/{standard.pk}/"


def later(days):
    return timezone.localdate() + timedelta(days=days)


def test_a_measure_is_readable_without_a_footnote(client, pillar):
    page = shown(client.get(address(make_standard(pillar))))
    for words in (
        "We hold a family network meeting",
        "Within 10 days (calendar or working days: not yet decided)",
        "counted from when the child is opened to children’s social care",
        "Required in children’s social care; considered in early help",
        "Allocated practitioner and team manager",
        "The date, and who came",
        "The partnership’s own rule",
    ):
        assert words in page


def test_a_standard_says_who_approved_it_and_what_leads_from_it(area, client, pillar):
    standard = make_standard(pillar)
    framework = load_rpc_2018()
    Bearing.objects.create(
        partnership=area.partnership,
        standard=standard,
        domain=framework.domains.get(number=7),
        levels=[2, 3],
    )
    other = make_standard(pillar, statement="We listen.", position=2)
    RelatedStandard.objects.create(standard=standard, other=other)
    StandardTool.objects.create(standard=standard, resource=make_resource())
    page = shown(client.get(address(standard)))
    assert "Version 1, in force from 5 January 2026. Approved by Ruth Ellis" in page
    assert "(levels 2 and 3)" in page
    assert f'href="{address(other)}">We listen.' in page
    assert ">Genogram</a>" in page
    assert "Children Act 1989, section 17" in page
    assert "We look for the network." in page


def test_an_own_copy_of_a_tool_stands_in_its_place(area, client, pillar):
    standard, starter = make_standard(pillar), make_resource()
    own = make_resource(area.partnership, name="Our genogram", copied_from=starter)
    StandardTool.objects.create(standard=standard, resource=starter)
    page = shown(client.get(address(standard)))
    assert f"/practice/resources/{own.pk}/" in page
    assert f"/practice/resources/{starter.pk}/" not in page


def test_what_is_not_in_force_is_said(client, pillar):
    draft = make_standard(pillar, draft=True)
    page = shown(client.get(address(draft)))
    assert DRAFT in page
    assert "Nobody has approved it, so nobody has to work to it yet." in page

    coming = make_standard(pillar, position=2, effective_on=later(30))
    assert f"Not yet in force: from {later(30):%-d %B %Y}" in shown(client.get(address(coming)))

    withdrawn = make_standard(pillar, position=3)
    Standard.objects.filter(pk=withdrawn.pk).update(withdrawn_on=later(0))
    page = shown(client.get(address(withdrawn)))
    assert f"Withdrawn on {later(0):%-d %B %Y}" in page
    assert "We are family focused." in page

    leaving = make_standard(pillar, position=4)
    Standard.objects.filter(pk=leaving.pk).update(withdrawn_on=later(9))
    page = shown(client.get(address(leaving)))
    assert f"Will be withdrawn on {later(9):%-d %B %Y}" in page


def test_the_version_in_force_is_shown_while_the_next_one_waits(client, pillar):
    standard = make_standard(pillar)
    make_version(standard, number=2, statement="We will.", effective_on=later(30))
    page = shown(client.get(address(standard)))
    assert "We are family focused." in page
    assert f"Version 2 follows on {later(30):%-d %B %Y}." in page
    assert "We will." not in page


def test_an_amendment_is_told(client, pillar):
    standard = make_standard(pillar)
    make_version(standard, number=2, statement="We do.", amendment="Ten **working** days.")
    page = shown(client.get(address(standard)))
    assert "What changed in version 2" in page
    assert "Ten <strong>working</strong> days." in page


def test_what_people_write_is_text(client, pillar):
    standard = make_standard(pillar, statement="We <b>do</b>.", about="<script>x</script>")
    page = client.get(address(standard)).content.decode()
    assert "We &lt;b&gt;do&lt;/b&gt;." in page
    assert "<b>do" not in page
    assert "<script>x" not in page


def test_starters_are_read_by_all_and_say_what_they_are(client, area):
    standard = make_standard(make_part(make_practice_model()))
    page = shown(client.get(address(standard)))
    assert "This came with the portal. Your partnership has not taken it on." in page
    assert "Approved by" not in page
    assert "A proposal, for your partnership to decide" in page


@pytest.mark.parametrize("path", ["standards", "pillars"])
def test_another_partnerships_is_not_there(area, client, path):
    theirs = make_part(make_practice_model(make_area("bury", "Bury", "Bury").partnership))
    pk = theirs.pk if path == "pillars" else make_standard(theirs).pk
    assert client.get(f"{HERE}/{path}/{pk}/").status_code == 404


def test_a_part_that_is_no_pillar_has_no_page(area, client):
    value = make_part(make_practice_model(area.partnership), "value")
    assert client.get(f"{HERE}/pillars/{value.pk}/").status_code == 404


def test_a_pillar_shows_what_must_be_done(client, pillar):
    make_standard(pillar)
    make_standard(pillar, position=2, draft=True, statement="We try.")
    page = shown(client.get(f"{HERE}/pillars/{pillar.pk}/"))
    assert "We hold a family network meeting, within 10 days (calendar or working days" in page
    assert page.count(DRAFT) == 1


def test_readers_read_everything(area, pillar):
    standard = make_standard(pillar)
    assert client_of(area.reader).get(address(standard)).status_code == 200


def test_three_and_thirty_take_the_same_queries(area, client, pillar):
    standard = make_standard(pillar, measures=3)
    three = [make_standard(pillar, position=number) for number in (2, 3, 4)]
    model = f"{HERE}/models/{pillar.model_id}/"
    paths = (address(standard), f"{HERE}/pillars/{pillar.pk}/", model)

    def relate(standards):
        for each in standards:
            RelatedStandard.objects.create(standard=standard, other=each)
            StandardTool.objects.create(standard=standard, resource=make_resource())

    relate(three)
    few = [queries(client, path) for path in paths]
    relate([make_standard(pillar, position=number) for number in range(5, 32)])
    assert [queries(client, path) for path in paths] == few
