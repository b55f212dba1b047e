"""Agreeing, reopening and starting at the same moment: real threads, real connections."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from planning.actions import agree_sheet, reopen_sheet, start_assessment
from planning.models import Assessment
from planning.permissions import SheetClosed
from tests.factories.assessments import agree, entry_of, make_scored, save_texts
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def sheet(area):
    return make_scored(area.partnership, make_small_framework())


def meanwhile(first, second):
    """Do ``first`` and, before it is committed, ``second`` on another connection.

    Returns what ``second`` gave back, or its exception. It has to wait for ``first``.
    """

    def elsewhere():
        try:
            return second()
        except PermissionDenied as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            result = pool.submit(elsewhere)
            time.sleep(0.3)
            assert result.done() is False
        return result.result(timeout=30)


def test_a_save_that_comes_while_the_sheet_is_being_agreed_waits_and_is_refused_whole(area, sheet):
    entry = entry_of(sheet, 1)
    texts = {"evidence": "Mine", "gaps": "Mine", f"action-{uuid.uuid4()}-what": "Mine"}
    refusal = meanwhile(
        partial(agree, sheet, by=area.coordinator),
        partial(save_texts, entry, texts, by=area.partner),
    )
    assert type(refusal) is SheetClosed
    assert str(refusal).startswith("This sheet was agreed a moment ago")
    entry.refresh_from_db()
    assert (entry.evidence, entry.gaps, sheet.priority_actions.count()) == ("", "", 0)


def test_an_agreement_that_comes_while_someone_saves_waits_and_holds_their_words(area, sheet):
    entry = entry_of(sheet, 1)
    agreed = meanwhile(
        partial(save_texts, entry, {"evidence": "Mine"}, by=area.partner),
        partial(agree, sheet, by=area.coordinator),
    )
    assert agreed.status == "agreed"
    entry.refresh_from_db()
    assert entry.evidence == "Mine"


def test_words_that_begin_to_wait_while_the_sheet_is_being_agreed_are_not_agreed_over(area, sheet):
    entry = entry_of(sheet, 1)
    save_texts(entry, {"evidence": "Theirs"}, by=area.facilitator, page="theirs")
    refusal = meanwhile(
        partial(save_texts, entry, {"evidence": "Mine"}, by=area.partner, page="mine"),
        partial(agree, sheet, by=area.coordinator),
    )
    assert str(refusal).startswith("This sheet is not ready to be agreed.")
    sheet.refresh_from_db()
    assert sheet.status == "draft"


def test_a_save_and_an_agreement_at_the_same_moment_agree_on_what_was_agreed(area):
    """Whoever comes first: the words are in the agreed sheet whole, or refused whole."""
    framework = make_small_framework()
    for number in range(1, 11):
        sheet = make_scored(area.partnership, framework, assessed_on=date(2018, 1, number))
        entry = entry_of(sheet, 1)
        texts = {"evidence": "Mine", "gaps": "Mine", f"action-{uuid.uuid4()}-what": "Mine"}
        saved, agreed = at_once(
            partial(save_texts, entry, texts, by=area.partner),
            partial(agree, sheet, by=area.coordinator),
        )
        assert agreed.status == "agreed"
        entry.refresh_from_db()
        there = (entry.evidence, entry.gaps, sheet.priority_actions.count())
        if isinstance(saved, SheetClosed):
            assert str(saved).startswith("This sheet was agreed a moment ago")
            assert there == ("", "", 0)
        else:
            assert there == ("Mine", "Mine", 1)


def test_the_same_start_twenty_times_at_once_is_one_assessment(area):
    framework, key = make_small_framework(), uuid.uuid4()
    results = at_once(
        *[
            lambda: start_assessment(
                partnership=area.partnership,
                framework=framework,
                assessed_on=date(2018, 7, 30),
                request_key=key,
                by=area.coordinator,
            )
        ]
        * 20
    )
    assessment = Assessment.objects.get()
    assert results == [assessment] * 20
    assert assessment.entries.count() == 3


def test_reopening_twice_at_once_makes_one_new_version(area):
    sheet = agree(make_scored(area.partnership, make_small_framework()), by=area.coordinator)
    results = at_once(
        *[lambda: reopen_sheet(assessment=sheet, reason="New figures", by=area.coordinator)] * 4
    )
    assert [result.version for result in results] == [2] * 4
    assert Assessment.objects.count() == 2


def test_agreeing_twice_at_once_records_one_agreement(area):
    sheet = make_scored(area.partnership, make_small_framework())
    results = at_once(
        *(
            lambda name=name: agree_sheet(
                assessment=sheet, name=name, role="Chair", on=date(2018, 7, 31), by=area.coordinator
            )
            for name in ("Ada Marsh", "Bea Holt")
        )
    )
    agreed = [result for result in results if isinstance(result, Assessment)]
    refused = [result for result in results if isinstance(result, PermissionDenied)]
    assert (len(agreed), len(refused)) == (1, 1)
    sheet.refresh_from_db()
    assert sheet.agreed_name == agreed[0].agreed_name


def test_the_same_agreement_twice_at_once_is_one_for_both(area):
    sheet = make_scored(area.partnership, make_small_framework())
    results = at_once(*[lambda: agree(sheet, by=area.coordinator)] * 4)
    assert [result.agreed_name for result in results] == [results[0].agreed_name] * 4
    sheet.refresh_from_db()
    assert {result.agreed_recorded_at for result in results} == {sheet.agreed_recorded_at}
