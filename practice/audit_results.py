"""What an audit found, as numbers: by measure, by standard, and over time.

Rules over values, without the database. “Not applicable” and “not looked at” are counted for
themselves, and never as nought: a share is one of the files to which a measure applies.
"""

from collections import Counter
from dataclasses import dataclass

from practice.models import Outcome

ENOUGH = 5  # of fewer files than this, a percentage says more than is known
NOT_LOOKED_AT = "not_looked_at"
LABELS = {**dict(Outcome.choices), NOT_LOOKED_AT: "Not looked at"}
# In the order in which a bar and a table show them.
KINDS = (*Outcome.values, NOT_LOOKED_AT)
GAPS = (Outcome.NOT, Outcome.PARTLY)


@dataclass(frozen=True)
class Tally:
    """How many files showed what. Adds up: the tally of a standard is that of its measures."""

    met: int = 0
    partly: int = 0
    not_met: int = 0
    not_applicable: int = 0
    not_looked_at: int = 0

    @classmethod
    def of(cls, outcomes, files=None):
        """Of the outcomes that were recorded; the rest of so many ``files`` was not looked at."""
        counted = Counter(outcomes)
        numbers = [counted[each] for each in Outcome.values]
        return cls(*numbers, max((files or 0) - sum(numbers), 0))

    def __add__(self, other):
        return Tally(*(a + b for a, b in zip(self.numbers, other.numbers, strict=True)))

    @property
    def numbers(self):
        """The five numbers, in the order of KINDS."""
        return self.met, self.partly, self.not_met, self.not_applicable, self.not_looked_at

    @property
    def applies(self):
        """To how many it applies, of those that were looked at."""
        return self.met + self.partly + self.not_met

    @property
    def has_gap(self):
        """Whether a file shows it partly met or not met."""
        return bool(self.partly or self.not_met)

    @property
    def percent(self):
        """Met, out of those to which it applies; None where they are too few to say so."""
        if self.applies < ENOUGH:
            return None
        # Of halves upwards, and never 100 or nought for what is not quite that.
        rounded = (200 * self.met + self.applies) // (2 * self.applies)
        if self.met < self.applies:
            rounded = min(rounded, 99)
        return max(rounded, 1) if self.met else rounded

    @property
    def in_words(self):
        """“7 of 9 met (78%), 1 partly, 1 not met; not applicable: 1”."""
        if not self.applies:
            said = "Applies to none that was looked at" if self.not_applicable else ""
        else:
            share = "" if self.percent is None else f" ({self.percent}%)"
            said = f"{self.met} of {self.applies} met{share}"
            said += f", {self.partly} partly" if self.partly else ""
            said += f", {self.not_met} not met" if self.not_met else ""
        aside = [
            f"{LABELS[kind].lower()}: {number}"
            for kind, number in ((Outcome.NOT_APPLICABLE, self.not_applicable),
                                 (NOT_LOOKED_AT, self.not_looked_at))
            if number
        ]  # fmt: skip
        words = "; ".join(filter(None, [said, *aside])) or "Nothing looked at yet"
        return words[0].upper() + words[1:]

    @property
    def parts(self):
        """Of a bar as wide as all numbers together: (kind, where it begins, how wide it is)."""
        found, begins = [], 0
        for kind, number in zip(KINDS, self.numbers, strict=True):
            if number:
                found.append((kind, begins, number))
                begins += number
        return found

    @property
    def width(self):
        """Of such a bar."""
        return sum(self.numbers) or 1


@dataclass(frozen=True)
class Note:
    """What was written about one file."""

    file: object
    outcome: str
    label: str
    words: str


@dataclass(frozen=True)
class MeasureResult:
    """What the files show of one measure (an AuditMeasure), with the notes of its gaps."""

    number: int
    asked: object
    tally: Tally
    gaps: tuple[Note, ...]
    other_notes: tuple[Note, ...]

    @property
    def measure(self):
        """The measure of the standard."""
        return self.asked.measure

    @property
    def is_gap(self):
        """Whether there is something to do about it."""
        return self.tally.has_gap


@dataclass(frozen=True)
class StandardResult:
    """What the files show of a standard: its measures together, as far as they were audited."""

    version: object
    tally: Tally
    measures: tuple[MeasureResult, ...]

    @property
    def standard(self):
        """The standard, whichever version was audited."""
        return self.version.standard


@dataclass(frozen=True)
class AuditReport:
    """An audit in numbers and notes: one source for the page, the files and the paper."""

    audit: object
    standards: tuple[StandardResult, ...]
    file_count: int
    done_count: int

    @classmethod
    def of(cls, audit):
        """Of an audit that came ``with_everything``."""
        files = list(audit.files.all())
        found = {}
        for file in files:
            for each in file.findings.all():
                found.setdefault(each.audit_measure_id, []).append((file, each))
        asked = list(audit.measures.all())
        results = [
            _of_measure(number, each, found.get(each.pk, []), len(files))
            for number, each in enumerate(asked, 1)
        ]
        done = sum(is_done(file, asked) for file in files)
        return cls(audit, _by_standard(results), len(files), done)

    @property
    def measures(self):
        """The result of each measure, in the order of the audit."""
        return [each for standard in self.standards for each in standard.measures]

    @property
    def labels(self):
        """What the numbers of a tally count."""
        return [LABELS[kind] for kind in KINDS]

    @property
    def numbers(self):
        """(MeasureResult, cells) for each measure; a cell is (label, how many files)."""
        return [
            (each, list(zip(self.labels, each.tally.numbers, strict=True)))
            for each in self.measures
        ]

    @property
    def next_file(self):
        """The first file that is not done, or None."""
        asked = [each.asked for each in self.measures]
        files = self.audit.files.all()
        return next((each for each in files if asked and not is_done(each, asked)), None)

    def grid(self):
        """(MeasureResult, cells) for each measure; a cell is (file, kind, its label)."""
        files = [
            (file, {each.audit_measure_id: each.outcome for each in file.findings.all()})
            for file in self.audit.files.all()
        ]
        rows = []
        for result in self.measures:
            kinds = [(file, found.get(result.asked.pk, NOT_LOOKED_AT)) for file, found in files]
            rows.append((result, [(file, kind, LABELS[kind]) for file, kind in kinds]))
        return rows

    @property
    def is_begun(self):
        """Whether anything was found yet."""
        return any(sum(each.tally.numbers[:4]) for each in self.standards)


def is_done(file, asked):
    """Whether a file was held against every measure that is ``asked``."""
    return bool(asked) and len(file.findings.all()) == len(asked)


def _of_measure(number, asked, found, file_count):
    notes = [
        Note(file, each.outcome, LABELS[each.outcome], each.note)
        for file, each in found
        if each.note or each.outcome in GAPS
    ]
    return MeasureResult(
        number=number,
        asked=asked,
        tally=Tally.of((each.outcome for _, each in found), file_count),
        gaps=tuple(each for each in notes if each.outcome in GAPS),
        other_notes=tuple(each for each in notes if each.outcome not in GAPS),
    )


def _by_standard(results):
    grouped = {}
    for each in results:
        grouped.setdefault(each.measure.version, []).append(each)
    return tuple(
        StandardResult(version, sum((each.tally for each in own), Tally()), tuple(own))
        for version, own in grouped.items()
    )


# --- Over time --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """What one audit found of a measure or a standard."""

    audit: object
    tally: Tally


def trends_of(audits, asked, outcomes):
    """thing -> tuple of Points, in the order of ``audits``, which come ``with_progress``.

    ``asked`` and ``outcomes`` as the lists of audits count them, for measures by their key or
    for standards.
    """
    found, points = {}, {}
    for each in outcomes:
        counted = found.setdefault((each["thing"], each["audit"]), Counter())
        counted[each["outcome"]] += each["number"]
    known = {audit.pk: (place, audit) for place, audit in enumerate(audits)}
    for each in asked:
        place, audit = known[each["audit"]]
        outcomes_there = found.get((each["thing"], audit.pk), Counter()).elements()
        tally = Tally.of(outcomes_there, (audit.file_count or 0) * each["number"])
        points.setdefault(each["thing"], []).append((place, Point(audit, tally)))
    return {
        thing: tuple(point for _, point in sorted(own, key=lambda pair: pair[0]))
        for thing, own in points.items()
    }
