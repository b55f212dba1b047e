"""Is the sheet ready to be agreed? What is missing, and what is worth a second look.

A ``must`` has to be mended first. An ``ask`` is a question to the group and stops nobody:
an area may have good reasons for a gap it leaves empty or an action without a date.

Pure rules over values; the questions come from what real sheets left out (none of the
actions on the published example names an owner, and its highest level has one line of
evidence).
"""

from dataclasses import dataclass
from decimal import Decimal

HIGH_LEVEL = Decimal(3)
THIN_WORDS = 20  # “some examples” under a level 4 is nine words on the published example


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to ask: a sentence, and the domain it is about (0: the sheet)."""

    number: int
    sentence: str
    must: bool = False


@dataclass(frozen=True)
class EntryFacts:
    """What readiness needs to know of one entry."""

    number: int
    name: str
    level: Decimal | None
    target: Decimal | None
    not_applicable: bool
    not_applicable_reason: str
    evidence: str
    references: int
    actions: int
    unsettled: int


@dataclass(frozen=True)
class ActionFacts:
    """What readiness needs to know of one priority action."""

    what: str
    numbers: tuple[int, ...]
    measure: str
    owner: str
    has_due: bool


@dataclass(frozen=True)
class Readiness:
    """Everything found, in the sheet's order."""

    findings: tuple[Finding, ...]

    @property
    def musts(self):
        """What has to be mended before the sheet is agreed."""
        return tuple(finding for finding in self.findings if finding.must)

    @property
    def asks(self):
        """Questions to the group."""
        return tuple(finding for finding in self.findings if not finding.must)

    @property
    def is_ready(self):
        """Whether nothing has to be mended."""
        return not self.musts


def check(entries, actions):
    """Look over a whole sheet: EntryFacts in order, then ActionFacts."""
    found = [finding for entry in entries for finding in _entry(entry)]
    found += [finding for action in actions for finding in _action(action)]
    return Readiness(tuple(found))


def is_thin(evidence, references):
    """Whether evidence is less than ``THIN_WORDS`` words and points at nothing."""
    return not references and len(evidence.split()) < THIN_WORDS


def evidence_question(level, evidence, references):
    """The question to ask of a high level with thin evidence, or an empty string."""
    if level is None or level < HIGH_LEVEL or not is_thin(evidence, references):
        return ""
    if not evidence.strip():
        return "A high level with no evidence. What would convince someone who was not here?"
    return "A high level with little evidence. What would convince someone who was not here?"


def _entry(entry):
    yield from _missing(entry)
    if question := evidence_question(entry.level, entry.evidence, entry.references):
        yield Finding(entry.number, question)
    elif entry.level is not None and is_thin(entry.evidence, entry.references):
        yield Finding(entry.number, "There is little evidence for this level. Can you add some?")
    falls_short = entry.level is not None and entry.target is not None
    if falls_short and entry.target > entry.level and not entry.actions:
        yield Finding(entry.number, "The target is above the level, but no action leads there.")


def _missing(entry):
    if entry.not_applicable and not entry.not_applicable_reason.strip():
        yield Finding(entry.number, "Say why this domain is not applicable.", must=True)
    if entry.level is None and not entry.not_applicable:
        sentence = "Choose a progress level, or say why the domain is not applicable."
        yield Finding(entry.number, sentence, must=True)
    if entry.unsettled:
        yield Finding(entry.number, "Two people wrote in the same box. Settle it.", must=True)


def _action(action):
    first = min(action.numbers, default=0)
    missing = [
        words
        for words, is_there in (
            ("who owns it", action.owner),
            ("by when", action.has_due),
            ("how we will know", action.measure),
        )
        if not is_there
    ]
    if missing:
        yield Finding(first, f"“{_short(action.what)}” does not say {_listed(missing)}.")


def _short(text, length=60):
    words = " ".join(text.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"


def _listed(words):
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
