"""Taking on a practice model that came with the portal."""

import pytest
from django.core.exceptions import PermissionDenied

from practice.indexing import refresh
from practice.models import (
    Bearing,
    PracticeModel,
    RelatedStandard,
    Resource,
    Standard,
    StandardMeasure,
    StandardTool,
    StandardVersion,
)
from practice.starter_content import load_starters
from practice.taking_on import take_on
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area
from tests.factories.practice import make_part, make_practice_model, make_standard
from tests.parallel import at_once


def pages(model, area):
    return f"/partnerships/{area.partnership.slug}/practice/models/{model.pk}/"


@pytest.fixture
def starter(db):
    """Two standards under a pillar, one of them related to the other, with a tool and a domain."""
    framework = load_rpc_2018()
    model = make_practice_model(summary="How we work.")
    pillar = make_part(model)
    make_part(model, "value", name="Curiosity", behaviours="I ask.\nI look.")
    one, two = make_standard(pillar), make_standard(pillar, statement="We listen.", position=2)
    tool = Resource.objects.create(key="genogram", kind="template", name="Genogram")
    StandardTool.objects.create(standard=one, resource=tool)
    RelatedStandard.objects.create(standard=one, other=two)
    domain = framework.domains.get(number=7)
    Bearing.objects.create(standard=one, domain=domain, levels=[2, 3])
    refresh(model, tool)
    return model


def said(measure):
    """All that a measure says, but for where it stands."""
    return {
        field.name: getattr(measure, field.name)
        for field in measure._meta.fields
        if field.name not in ("id", "version")
    }


def test_everything_is_copied_and_nothing_is_in_force(area, starter):
    copy = take_on(model=starter, partnership=area.partnership, by=area.coordinator)
    assert (copy.partnership, copy.copied_from) == (area.partnership, starter)
    assert (copy.name, copy.summary, copy.key) == (starter.name, "How we work.", "")
    parts = [(part.kind, part.name, part.behaviours) for part in copy.parts.all()]
    assert parts == [(part.kind, part.name, part.behaviours) for part in starter.parts.all()]

    theirs = Standard.objects.get(pillar__model=starter, position=1)
    one, two = Standard.objects.filter(pillar__model=copy)
    version = one.versions.get()
    assert (version.number, version.state, version.written_by) == (1, "draft", area.coordinator)
    assert (version.approved_name, version.effective_on) == ("", None)
    assert version.statement == theirs.versions.get().statement
    assert [said(each) for each in version.measures.all()] == [
        said(each) for each in theirs.versions.get().measures.all()
    ]
    assert [each.title for each in version.sources.all()] == ["Children Act 1989, section 17"]
    assert [tool.key for tool in one.tools.all()] == ["genogram"]
    assert list(one.related.all()) == [two]
    bearing = one.bearings.get()
    assert (bearing.partnership, bearing.domain.number, bearing.levels) == (
        area.partnership,
        7,
        [2, 3],
    )


def test_the_shipped_model_is_taken_on_whole(area):
    load_rpc_2018()
    load_starters()
    starter = PracticeModel.objects.get(key="relationships-first")
    copy = take_on(model=starter, partnership=area.partnership, by=area.coordinator)

    def counts(model):
        standards = Standard.objects.filter(pillar__model=model)
        return [
            model.parts.count(),
            standards.count(),
            StandardMeasure.objects.filter(version__standard__in=standards).count(),
            StandardTool.objects.filter(standard__in=standards).count(),
            RelatedStandard.objects.filter(standard__in=standards).count(),
            Bearing.objects.filter(standard__in=standards).count(),
        ]

    assert counts(copy) == counts(starter)
    assert counts(copy)[1] == 20


def test_twice_is_once_even_in_other_words(area, starter):
    first = take_on(model=starter, partnership=area.partnership, by=area.coordinator)
    PracticeModel.objects.filter(pk=first.pk).update(name="Ours")
    refresh(first)
    again = take_on(model=starter, partnership=area.partnership, by=area.coordinator)
    assert (again.pk, again.name) == (first.pk, "Ours")
    assert Standard.objects.filter(partnership=area.partnership).count() == 2


def test_two_partnerships_take_it_on_each_for_itself(area, starter):
    other = make_area("bury", "Bury", "Bury")
    ours = take_on(model=starter, partnership=area.partnership, by=area.coordinator)
    theirs = take_on(model=starter, partnership=other.partnership, by=other.coordinator)
    assert ours.pk != theirs.pk
    assert StandardVersion.objects.drafts().count() == 4


def test_withdrawn_standards_stay_behind(area, starter):
    two = Standard.objects.get(pillar__model=starter, position=2)
    Standard.objects.filter(pk=two.pk).update(withdrawn_on="2026-01-01")
    refresh(starter)
    copy = take_on(model=starter, partnership=area.partnership, by=area.coordinator)
    assert Standard.objects.filter(pillar__model=copy).count() == 1
    assert not RelatedStandard.objects.filter(standard__pillar__model=copy).exists()


def test_who_may_not_write_the_library_takes_nothing_on(area, starter):
    for person in (area.lead, area.partner, area.reader):
        with pytest.raises(PermissionDenied):
            take_on(model=starter, partnership=area.partnership, by=person)
        page = client_of(person).get(pages(starter, area))
        assert "A coordinator or facilitator can." in shown(page)
        assert "take-on" not in shown(page)
    assert PracticeModel.objects.get() == starter


def test_a_model_that_is_gone_is_offered_to_nobody(area, client, starter):
    PracticeModel.objects.filter(pk=starter.pk).update(retired_on="2026-01-01")
    refresh(starter)
    assert client.post(f"{pages(starter, area)}take-on/").status_code == 403
    assert PracticeModel.objects.count() == 1


def test_the_button_leads_to_the_copy_and_the_starter_says_so(area, client, starter):
    page = shown(client.get(pages(starter, area)))
    assert "This came with the portal. Your partnership has not taken it on." in page
    answer = client.post(f"{pages(starter, area)}take-on/", follow=True)
    copy = PracticeModel.objects.get(partnership=area.partnership)
    assert answer.redirect_chain == [(pages(copy, area), 302)]
    assert "The practice model is one of your own now." in shown(answer)
    assert "2 standards have drafts that nobody has approved yet." in shown(answer)
    page = shown(client.get(pages(starter, area)))
    assert f'href="{pages(copy, area)}"' in page
    assert "has not taken it on" not in page


def test_another_partnerships_copy_is_not_told(area, starter):
    take_on(model=starter, partnership=area.partnership, by=area.coordinator)
    other = make_area("bury", "Bury", "Bury")
    page = shown(client_of(other.coordinator).get(pages(starter, other)))
    assert "Your partnership has not taken it on." in page


@pytest.mark.django_db(transaction=True)
def test_a_double_click_takes_it_on_once(area, starter):
    def click():
        return client_of(area.coordinator).post(f"{pages(starter, area)}take-on/").url

    answers = at_once(click, click, click)
    copy = PracticeModel.objects.get(partnership=area.partnership)
    assert answers == [pages(copy, area)] * 3
    assert Standard.objects.filter(partnership=area.partnership).count() == 2
