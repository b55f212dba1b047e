"""People at the same moment: real threads, real connections, real locks."""

import uuid
from datetime import date
from functools import partial

import pytest

from planning import saving
from planning.actions import remove_action
from planning.merging import Merge
from planning.models import EvidenceReference, PriorityAction, UnsettledText
from planning.saving import Saved
from tests.factories.assessments import (
    entry_of,
    make_action,
    make_assessment,
    save_texts,
)
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 20


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def entry(area):
    return entry_of(make_assessment(area.partnership, make_small_framework()), 1)


def stands_and_waits(entry):
    """What stands in the evidence box, and who else's words wait beside it."""
    evidence = type(entry).objects.get(pk=entry.pk).evidence
    return evidence, {text.author_id: text.text for text in entry.unsettled.all()}


def test_the_same_save_twenty_times_at_once_makes_one_action_and_one_reference(area, entry):
    texts = {
        "evidence": "Mine",
        f"action-{uuid.uuid4()}-what": "Act",
        f"reference-{uuid.uuid4()}-title": "Minutes",
    }
    results = at_once(*[lambda: save_texts(entry, texts, by=area.partner)] * 20)
    assert [type(result) for result in results] == [Saved] * 20
    assert (PriorityAction.objects.count(), EvidenceReference.objects.count()) == (1, 1)
    assert stands_and_waits(entry) == ("Mine", {})
    action = PriorityAction.objects.get()
    assert [domain.number for domain in action.domains.all()] == [1]


def write_by_turns(entry, by, page):
    """One person types on and saves ``ROUNDS`` times; every save holds the earlier words."""
    for number in range(1, ROUNDS + 1):
        text = f"{page}, {number} times"
        save_texts(entry, {"evidence": text}, by=by, page=page, number=number)
    return text


def words_of_two_people(area, entry):
    """Both type into one box at once. Returns their last words, and what is there afterwards."""
    mine, theirs = at_once(
        lambda: write_by_turns(entry, area.partner, "mine"),
        lambda: write_by_turns(entry, area.facilitator, "theirs"),
    )
    stands, waits = stands_and_waits(entry)
    return {mine, theirs}, {stands, *waits.values()}


def test_two_people_who_type_in_one_box_at_once_lose_no_word(area, entry):
    written, kept = words_of_two_people(area, entry)
    assert kept == written


def test_without_the_rules_of_merging_words_are_lost(area, entry, monkeypatch):
    """The negative control: with “the last one wins” the test above would see the loss."""
    monkeypatch.setattr(saving, "merge", lambda save, *_: Merge(write=dict(save.texts)))
    written, kept = words_of_two_people(area, entry)
    assert len(written) == 2
    assert len(kept) == 1


def test_two_people_who_make_the_same_box_clash_have_one_winner_and_one_who_waits(area, entry):
    for number in range(1, ROUNDS + 1):
        field = ["evidence", "gaps", "reason", "dissent"][number % 4]
        before = getattr(type(entry).objects.get(pk=entry.pk), field)
        entry.unsettled.all().delete()
        at_once(
            *(
                partial(
                    save_texts,
                    entry,
                    {field: f"{by.pk} in round {number}"},
                    by=by,
                    page=f"{by.pk}-{number}",
                    started_from={field: before},
                )
                for by in (area.partner, area.facilitator)
            )
        )
        stands = getattr(type(entry).objects.get(pk=entry.pk), field)
        waits = list(entry.unsettled.values_list("text", flat=True))
        assert sorted([stands, *waits]) == sorted(
            f"{by.pk} in round {number}" for by in (area.partner, area.facilitator)
        )


def test_different_domains_at_once_never_clash_nor_wait_for_each_other(area, entry):
    assessment = entry.assessment
    action = make_action(assessment, [1, 2, 3], what="Act")
    entries = [entry_of(assessment, number) for number in (1, 2, 3)]
    fields = ["measure", "owner", "due"]

    def write(entry, field):
        part = f"action-{action.key}-{field}"
        for number in range(1, ROUNDS + 1):
            text = f"2026-01-{number:02}" if field == "due" else f"words {number}"
            texts = {"evidence": f"evidence {number}", part: text}
            save_texts(entry, texts, by=area.partner, page=field, number=number)

    results = at_once(
        *(lambda each=each: write(*each) for each in zip(entries, fields, strict=True))
    )
    assert results == [None, None, None]
    action.refresh_from_db()
    assert (action.measure, action.owner, action.due) == ("words 20", "words 20", date(2026, 1, 20))
    assert [stands_and_waits(entry) for entry in entries] == [("evidence 20", {})] * 3


def test_an_action_that_two_people_take_off_its_last_two_domains_is_gone(area, entry):
    """It never stays behind where no domain shows it."""
    assessment = entry.assessment
    domains = [entry.domain_id, entry_of(assessment, 2).domain_id]
    for _ in range(ROUNDS):
        action = make_action(assessment, [1, 2])
        at_once(
            *(
                partial(remove_action, action=action, by=area.partner, only_from=domain)
                for domain in domains
            )
        )
        assert PriorityAction.objects.count() == 0


def test_words_for_an_action_that_is_removed_at_the_same_moment_are_never_lost(area, entry):
    """It is gone, or it is there with both texts: never a text that waits for nothing."""
    for _ in range(ROUNDS):
        action = make_action(entry.assessment, [1], what="Old words")
        part = f"action-{action.key}-what"
        save_texts(entry, {part: "Theirs"}, by=area.facilitator, page=f"{action.key}-theirs",
                   started_from={part: "Old words"})  # fmt: skip
        _, saved = at_once(
            partial(remove_action, action=action, by=area.facilitator),
            partial(save_texts, entry, {part: "Mine"}, by=area.partner,
                    page=f"{action.key}-mine", started_from={part: "Old words"}),
        )  # fmt: skip
        assert isinstance(saved, Saved)
        there = set(PriorityAction.objects.filter(key=action.key).values_list("what", flat=True))
        there |= set(entry.unsettled.filter(part=part).values_list("text", flat=True))
        assert there in ({"Mine"}, {"Theirs", "Mine"})


def test_a_removed_action_that_two_people_bring_back_at_once_holds_both_their_words(area, entry):
    one, two = entry, entry_of(entry.assessment, 2)
    for number in range(ROUNDS):
        key = uuid.uuid4()  # of an action that was on both pages and has been removed
        what = f"action-{key}-what"
        old = {what: f"Old {number}", f"action-{key}-domains": "1,2"}
        results = at_once(
            *(
                partial(
                    save_texts,
                    each,
                    old | {what: f"{by.pk}"},
                    by=by,
                    page=f"{key}-{by.pk}",
                    started_from=old,
                )
                for each, by in ((one, area.partner), (two, area.facilitator))
            )
        )
        assert [type(result) for result in results] == [Saved, Saved]
        action = PriorityAction.objects.get(key=key)
        waits = UnsettledText.objects.filter(part=what).values_list("text", flat=True)
        assert {action.what, *waits} == {f"{area.partner.pk}", f"{area.facilitator.pk}"}
        assert sorted(domain.number for domain in action.domains.all()) == [1, 2]
