"""Is the sheet ready? What must be mended, and what is asked; a question stops nobody."""

from decimal import Decimal

import pytest

from planning.readiness import ActionFacts, EntryFacts, Finding, check, evidence_question, is_thin

MUCH = "word " * 20
MUST_SCORE = "Choose a progress level, or say why the domain is not applicable."
MUST_SAY_WHY = "Say why this domain is not applicable."
MUST_SETTLE = "Two people wrote in the same box. Settle it."
ASK_HIGH_NONE = "A high level with no evidence. What would convince someone who was not here?"
ASK_HIGH_LITTLE = "A high level with little evidence. What would convince someone who was not here?"
ASK_LITTLE = "There is little evidence for this level. Can you add some?"
NOT_APPLICABLE = {"level": None, "not_applicable": True}
ASK_ACTION = "The target is above the level, but no action leads there."


def an_entry(**changes):
    whole = {
        "number": 4, "name": "Partnership", "level": Decimal(2), "target": None,
        "not_applicable": False, "not_applicable_reason": "", "evidence": MUCH,
        "references": 0, "actions": 0, "unsettled": 0,
    }  # fmt: skip
    return EntryFacts(**whole | changes)


def an_action(**changes):
    whole = {"what": "Write it down", "numbers": (4,), "measure": "Written", "owner": "Ada",
             "has_due": True}  # fmt: skip
    return ActionFacts(**whole | changes)


def sentences(findings):
    return [finding.sentence for finding in findings]


@pytest.mark.parametrize(
    ("changes", "musts", "asks"),
    [
        ({}, [], []),
        ({"level": None}, [MUST_SCORE], []),
        ({"level": None, "evidence": ""}, [MUST_SCORE], []),
        (NOT_APPLICABLE, [MUST_SAY_WHY], []),
        (NOT_APPLICABLE | {"not_applicable_reason": " \n"}, [MUST_SAY_WHY], []),
        (NOT_APPLICABLE | {"not_applicable_reason": "No schools"}, [], []),
        ({"unsettled": 1}, [MUST_SETTLE], []),
        ({"level": None, "unsettled": 2}, [MUST_SCORE, MUST_SETTLE], []),
        ({"evidence": ""}, [], [ASK_LITTLE]),
        ({"evidence": "some examples"}, [], [ASK_LITTLE]),
        ({"evidence": "", "references": 1}, [], []),
        ({"level": Decimal("2.5"), "evidence": ""}, [], [ASK_LITTLE]),
        ({"level": Decimal(3), "evidence": ""}, [], [ASK_HIGH_NONE]),
        ({"level": Decimal("3.5"), "evidence": "some examples"}, [], [ASK_HIGH_LITTLE]),
        ({"level": Decimal(4), "evidence": "some examples", "references": 1}, [], []),
        ({"target": Decimal(3)}, [], [ASK_ACTION]),
        ({"target": Decimal(3), "actions": 1}, [], []),
        ({"target": Decimal(2)}, [], []),
        ({"target": Decimal(1)}, [], []),
        ({"level": None, "target": Decimal(3)}, [MUST_SCORE], []),
    ],
)  # fmt: skip
def test_what_is_found_about_one_domain(changes, musts, asks):
    readiness = check([an_entry(**changes)], [])
    assert (sentences(readiness.musts), sentences(readiness.asks)) == (musts, asks)
    assert readiness.is_ready is (not musts)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"owner": ""}, "who owns it"),
        ({"has_due": False}, "by when"),
        ({"measure": ""}, "how we will know"),
        ({"owner": "", "has_due": False}, "who owns it or by when"),
        (
            {"owner": "", "has_due": False, "measure": ""},
            "who owns it, by when or how we will know",
        ),
    ],
)  # fmt: skip
def test_an_action_is_asked_about_what_it_does_not_say(changes, missing):
    readiness = check([], [an_action(**changes)])
    assert readiness.findings == (Finding(4, f"“Write it down” does not say {missing}."),)
    assert readiness.is_ready is True


def test_a_whole_action_is_not_asked_about():
    assert check([], [an_action()]).findings == ()


def test_a_question_about_an_action_belongs_to_the_first_domain_it_serves():
    assert check([], [an_action(numbers=(7, 2), owner="")]).findings[0].number == 2


def test_a_long_action_is_named_by_its_first_words():
    readiness = check([], [an_action(what="Ask all\nneighbouring areas " * 5, owner="")])
    assert sentences(readiness.findings) == [
        "“Ask all neighbouring areas Ask all neighbouring areas Ask …” does not say who owns it."
    ]


@pytest.mark.parametrize(
    ("evidence", "references", "thin"),
    [("", 0, True), ("word " * 19, 0, True), (MUCH, 0, False), ("", 1, False)],
)
def test_evidence_is_thin_below_twenty_words_that_point_at_nothing(evidence, references, thin):
    assert is_thin(evidence, references) is thin


@pytest.mark.parametrize("level", [None, Decimal(1), Decimal("2.5")])
def test_only_a_high_level_is_asked_for_more(level):
    assert evidence_question(level, "", 0) == ""


def test_findings_stand_in_the_sheets_order_and_actions_after_domains():
    readiness = check(
        [an_entry(number=1, level=None), an_entry(number=2, evidence="")],
        [an_action(numbers=(1,), owner="")],
    )
    assert [(finding.number, finding.must) for finding in readiness.findings] == [
        (1, True), (2, False), (1, False)
    ]  # fmt: skip


def test_an_empty_sheet_is_ready():
    assert check([], []).is_ready is True
