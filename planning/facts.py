"""What the database knows of an assessment, handed to the rules as values."""

from collections import Counter

from django.db.models import Count

from planning import readiness, scoring
from planning.models import Assessment, Status
from planning.outline import outline_of

# What a later assessment is compared with: what was agreed, and examples.
COUNTING = (Status.AGREED, Status.ILLUSTRATIVE)


def levels_by_number(assessment, outline):
    """Domain number -> level (None when not scored) of one assessment."""
    rows = assessment.entries.order_by().values_list("domain_id", "level")
    return {outline.number_of[domain]: level for domain, level in rows}


def profile_of(assessment, *, compared_with=None):
    """The scoring.Profile of an assessment, beside another one if given (two or three queries)."""
    outline = outline_of(assessment.framework)
    earlier = levels_by_number(compared_with, outline) if compared_with else {}
    entries = {outline.number_of[e.domain_id]: e for e in assessment.entries.order_by()}
    return scoring.profile(
        (
            dimension.name,
            [_score(domain, entries[domain.number], earlier) for domain in dimension.domains],
        )
        for dimension in outline.dimensions
    )


def _score(domain, entry, earlier):
    return scoring.Score(
        number=domain.number,
        name=domain.name,
        level=entry.level,
        target=entry.target,
        not_applicable=entry.not_applicable,
        previous=earlier.get(domain.number),
    )


def last_before(assessment, others=None):
    """The area's last assessment before this one that counts, or None.

    ``others`` are those that it can be compared with, newest first, where they are at hand.
    """
    if others is None:
        others = Assessment.objects.comparable_with(assessment)
    earlier = (each for each in others if each.assessed_on < assessment.assessed_on)
    return next((each for each in earlier if each.status in COUNTING), None)


def level_before(assessment, domain):
    """A domain's level in the last assessment before, its day and status, or None (one query)."""
    before = Assessment.objects.before(assessment, COUNTING).filter(entries__domain_id=domain)
    return before.values_list("entries__level", "assessed_on", "status").first()


def readiness_of(assessment):
    """What is missing before the sheet is agreed, and what is worth asking (four queries)."""
    outline = outline_of(assessment.framework)
    actions = [
        readiness.ActionFacts(
            what=action.what,
            numbers=tuple(sorted(outline.number_of[pk] for pk in action.domain_pks)),
            measure=action.measure,
            owner=action.owner,
            has_due=action.due is not None,
        )
        for action in assessment.priority_actions.with_domains()
    ]
    action_count = Counter(number for action in actions for number in action.numbers)
    entries = assessment.entries.in_order().annotate(
        reference_count=Count("references", distinct=True),
        unsettled_count=Count("unsettled", distinct=True),
    )
    return readiness.check([_entry_facts(entry, action_count) for entry in entries], actions)


def _entry_facts(entry, action_count):
    return readiness.EntryFacts(
        number=entry.domain.number,
        name=entry.domain.name,
        level=entry.level,
        target=entry.target,
        not_applicable=entry.not_applicable,
        not_applicable_reason=entry.not_applicable_reason,
        evidence=entry.evidence,
        references=entry.reference_count,
        actions=action_count[entry.domain.number],
        unsettled=entry.unsettled_count,
    )
