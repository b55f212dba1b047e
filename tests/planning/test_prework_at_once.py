"""Papers that are filled in, made and counted at the same moment: real threads, real locks."""

import uuid
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import OutgoingMail
from planning import prework
from planning.models import Ballot, Paper, PaperScore, Remark
from tests.factories.assessments import entry_of, make_scored
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.factories.workshops import make_workshop
from tests.parallel import at_once, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def workshop(area):
    draft = make_scored(area.partnership, make_small_framework())
    closes_at = timezone.now() + timedelta(hours=1)
    return make_workshop(draft, area.coordinator, is_open=False, prework_closes_at=closes_at)


def said(strength="", level="2"):
    return {
        "level": Decimal(level), "does_not_know": False, "strength": strength, "improvement": "",
    }  # fmt: skip


def save(paper, entry, strength):
    return prework.save_score(paper=paper, entry=entry, said=said(strength), revision=0)


def test_what_was_acknowledged_while_it_was_counted_is_counted(area, workshop):
    entry = entry_of(workshop.assessment, 1)
    papers = [Paper.objects.create(workshop=workshop) for _ in range(24)]
    savers = [partial(save, paper, entry, f"{place}") for place, paper in enumerate(papers)]
    count = partial(prework.count_prework, workshop=workshop, by=area.coordinator)
    results = at_once(*savers[:12], count, count, *savers[12:])
    kept = {result.strength for result in results if isinstance(result, PaperScore)}
    refused = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(each, ValidationError) for each in refused), refused
    assert len(kept) + len(refused) == 24
    assert set(Remark.objects.values_list("text", flat=True)) == kept
    assert sum(Ballot.objects.values_list("voters", flat=True)) == len(kept)
    assert Ballot.objects.count() <= 1
    assert not Paper.objects.exists()


def test_no_paper_is_made_while_they_are_counted_and_left_over(area, workshop):
    make = partial(prework.make_paper, workshop=workshop, key=uuid.uuid4(), sector="")
    with meanwhile(make) as outcome:
        prework.count_prework(workshop=workshop, by=area.coordinator)
    assert [type(each) for each in outcome] == [ValidationError]
    assert not Paper.objects.exists()


def test_the_same_page_sent_twenty_times_at_once_makes_one_paper(workshop):
    key = uuid.uuid4()
    make = partial(prework.make_paper, workshop=workshop, key=key, sector="health")
    assert {type(each) for each in at_once(*[make] * 20)} == {Paper}
    assert Paper.objects.count() == 1


def test_two_devices_at_once_keep_one_answer_and_the_other_sees_it(workshop):
    entry, paper = entry_of(workshop.assessment, 1), Paper.objects.create(workshop=workshop)
    results = at_once(*[partial(save, paper, entry, f"{place}") for place in range(8)])
    kept = [each for each in results if isinstance(each, PaperScore)]
    changed = [each for each in results if isinstance(each, prework.Changed)]
    assert (len(kept), len(changed)) == (1, 7)
    assert PaperScore.objects.get().strength == kept[0].strength
    assert {each.score.strength for each in changed} == {kept[0].strength}


def test_two_facilitators_who_send_at_once_send_one_mail_each(area, workshop):
    for number in range(3):
        workshop.invitees.create(organisation_words="A", email=f"a{number}@b.example")
    send = partial(prework.send_links, workshop=workshop, remind=False, by=area.coordinator)
    assert sorted(at_once(send, send, send)) == [0, 0, 3]
    assert OutgoingMail.objects.count() == 3
