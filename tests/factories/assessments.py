"""Assessments as rows: empty, scored, agreed; and one save of a domain's page.

Entries are found by their domain's number: ``entry_of(assessment, 7)``.
"""

import uuid
from datetime import date, timedelta

from planning.actions import agree_sheet, create_assessment
from planning.levels import parse_level
from planning.merging import Save, fingerprint
from planning.models import EvidenceReference, PriorityAction
from planning.outline import outline_of
from planning.saving import save_entry

JULY_2018 = date(2018, 7, 30)
# The levels that Rochdale's example sheet shows, as people write them.
ROCHDALE = {
    1: "2/3", 2: "1/2", 3: "3", 4: "3/4", 5: "3/4", 6: "4", 7: "2/3", 8: "1/2", 9: "2/3", 10: "2/3",
}  # fmt: skip


def make_assessment(partnership, framework, *, assessed_on=JULY_2018, **details):
    """An assessment in which nothing is scored. ``details``: note, illustrative, by …"""
    return create_assessment(
        partnership=partnership, framework=framework, assessed_on=assessed_on, **details
    )


def make_scored(partnership, framework, *, levels=None, **details):
    """An assessment with a level for every domain (Rochdale's, or 2 when it has none)."""
    assessment = make_assessment(partnership, framework, **details)
    score(assessment, levels)
    return assessment


def make_full(partnership, framework, **details):
    """A scored assessment with words in every box, a reference for each domain, two actions."""
    assessment = make_scored(partnership, framework, **details)
    for entry in assessment.entries.in_order():
        number = entry.domain.number
        entry.target = parse_level("4", top=4)
        for field in ("evidence", "gaps", "reason", "dissent"):
            setattr(entry, field, f"{field.capitalize()} of domain {number}.")
        entry.save()
        make_reference(entry, title=f"Document of domain {number}")
    make_action(assessment, [1], what="Write the strategy")
    make_action(assessment, [1, 3], what="Train the workforce")
    return assessment


def make_agreed(partnership, framework, *, by, **details):
    """A full assessment that Ada Marsh agreed on the day after it."""
    return agree(make_full(partnership, framework, **details), by=by)


def agree(assessment, *, by):
    """Agree the sheet as Ada Marsh, chair of the board, on the day after the assessment."""
    return agree_sheet(
        assessment=assessment,
        name="Ada Marsh",
        role="Chair of the board",
        on=assessment.assessed_on + timedelta(days=1),
        by=by,
    )


def score(assessment, levels=None):
    """Write levels, given as people write them: {1: "2/3"}. None: one for every domain."""
    outline = outline_of(assessment.framework)
    if levels is None:
        levels = {domain.number: ROCHDALE.get(domain.number, "2") for domain in outline.domains}
    for number, level in levels.items():
        entry = entry_of(assessment, number)
        entry.level = parse_level(level, top=outline.top)
        entry.save(update_fields=["level"])


def entry_of(assessment, number):
    """The entry of one domain, with its assessment loaded as the pages load it."""
    entry = assessment.entries.get(domain__number=number)
    entry.assessment = assessment
    return entry


def make_reference(entry, *, title="Minutes", location="Shared drive", shows="That it met"):
    """A reference of the entry."""
    return EvidenceReference.objects.create(
        entry=entry, key=uuid.uuid4(), title=title, location=location, shows=shows
    )


def make_action(assessment, numbers, *, what="Write it down", **words):
    """A priority action that serves the domains with these numbers."""
    outline = outline_of(assessment.framework)
    words = {"key": uuid.uuid4(), **words}
    action = PriorityAction.objects.create(assessment=assessment, what=what, **words)
    action.domains.set([outline.by_number[number].pk for number in numbers])
    return action


def save_texts(entry, texts, *, by, started_from=None, page="page", number=1):
    """Save a domain's page as a browser does; returns saving.Saved.

    ``started_from``: part -> text as it stood when the page was opened; what is not named
    was empty.
    """
    started_from = dict.fromkeys(texts, "") | (started_from or {})
    save = Save(
        texts=texts,
        base={part: fingerprint(text) for part, text in started_from.items()},
        page=page,
        number=number,
    )
    return save_entry(entry=entry, save=save, by=by)
