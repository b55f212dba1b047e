"""What the pages of practice models, pillars and standards show, as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partnerships.activity import listed
from practice.limits_in_words import responsible, time_limit, where_it_holds
from practice.models import (
    ModelPart,
    PartKind,
    PracticeModel,
    Resource,
    Standard,
    StandardMeasure,
    StandardVersion,
    VersionState,
)
from practice.versions import Standing, standing_of

HEADINGS = {
    PartKind.APPROACH: "Approaches",
    PartKind.METHOD: "Methods",
    PartKind.PILLAR: "Pillars",
    PartKind.OBJECTIVE: "Objectives",
    PartKind.VALUE: "Values",
    PartKind.MARK: "Marks of practice",
    PartKind.QUESTION: "Questions",
    PartKind.PANE: "The window",
    PartKind.OUTCOME: "Outcomes",
    PartKind.MILESTONE: "The journey",
}
COUNTED = {
    PartKind.APPROACH: "approach",
    PartKind.METHOD: "method",
    PartKind.PILLAR: "pillar",
    PartKind.OBJECTIVE: "objective",
    PartKind.VALUE: "value",
    PartKind.MARK: "mark of practice",
    PartKind.QUESTION: "question",
    PartKind.OUTCOME: "outcome",
}
PLURALS = {"approach": "approaches", "mark of practice": "marks of practice"}
# Of the window, as it is read: challenge runs upwards, support to the right.
QUADRANTS = ((True, False), (True, True), (False, False), (False, True))


# --- A standard in a list ---------------------------------------------------------------------


@dataclass(frozen=True)
class Measure:
    """A measure in words. Empty where nothing is said."""

    text: str
    limit: str
    counted_from: str
    where: str
    who: str
    frequency: str
    exception: str
    on_file: str
    source: str

    @classmethod
    def of(cls, measure: StandardMeasure):
        limit = time_limit(measure)
        return cls(
            text=measure.text,
            limit=limit[:1].upper() + limit[1:],
            counted_from=measure.trigger if limit else "",
            where=where_it_holds(measure),
            who=responsible(measure),
            frequency=measure.frequency[:1].upper() + measure.frequency[1:],
            exception=measure.exception,
            on_file=measure.on_file,
            source=measure.source,
        )

    @property
    def in_a_line(self):
        """The text with its limit, for lists."""
        return f"{self.text}, {self.limit[:1].lower()}{self.limit[1:]}" if self.limit else self.text


@dataclass(frozen=True)
class Line:
    """A standard as lists show it. ``note`` is what to know of it: draft, withdrawn, coming."""

    standard: Standard
    version: StandardVersion
    note: str

    @classmethod
    def of(cls, standard, versions, today):
        standing = standing_of(versions, today, standard.withdrawn_on)
        shown = standing.in_force or standing.coming or _newest(versions)
        return cls(standard, shown, _note(standard, standing, today))

    @property
    def measures(self):
        """What must be done, each in a line."""
        return [Measure.of(each).in_a_line for each in self.version.measures.all()]


def _newest(versions):
    """The last approved one, or else the draft."""
    approved = [each for each in versions if each.state == VersionState.APPROVED]
    return max(approved or versions, key=lambda each: each.number, default=None)


def _note(standard, standing, today):
    day = standard.withdrawn_on
    if day and day <= today:
        return f"Withdrawn on {day:%-d %B %Y}"
    if day:
        return f"Will be withdrawn on {day:%-d %B %Y}"
    if standing.in_force:
        return ""
    if standing.coming:
        return f"Not yet in force: from {standing.coming.effective_on:%-d %B %Y}"
    return "Draft"


def lines_of(standards, today):
    """The Lines of standards that came ``with_versions``; those without a word are left out."""
    lines = [Line.of(each, list(each.versions.all()), today) for each in standards]
    return [line for line in lines if line.version is not None]


# --- A model ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Section:
    """All parts of a kind. ``lines``: for each pillar its standards."""

    kind: str
    heading: str
    parts: tuple[ModelPart, ...]
    lines: dict

    @property
    def pillars(self):
        """Each pillar with the Lines of its standards."""
        return [(part, self.lines.get(part.pk, ())) for part in self.parts]

    @property
    def quadrants(self):
        """The window: (challenge, support, its panes), as it is read."""
        return [
            (
                "High challenge" if challenge else "Low challenge",
                "high support" if support else "low support",
                [
                    part
                    for part in self.parts
                    if (part.high_challenge, part.high_support) == (challenge, support)
                ],
            )
            for challenge, support in QUADRANTS
        ]


@dataclass(frozen=True)
class ModelShown:
    """A practice model with its parts. ``drafts``: how many standards wait for approval."""

    model: PracticeModel
    sections: tuple[Section, ...]
    counts: str
    drafts: int

    @classmethod
    def of(cls, model, today):
        """Three queries, and two more for standards."""
        parts = {}
        for part in model.parts.all():
            parts.setdefault(part.kind, []).append(part)
        lines = {}
        if PartKind.PILLAR in parts:
            standards = Standard.objects.filter(pillar__model=model).with_versions()
            for line in lines_of(standards.in_order(), today):
                lines.setdefault(line.standard.pillar_id, []).append(line)
        sections = tuple(
            Section(kind.value, heading, tuple(parts[kind]), lines)
            for kind, heading in HEADINGS.items()
            if kind in parts
        )
        return cls(model, sections, _counts(parts, lines), _drafts(lines))


def _drafts(lines):
    return sum(
        line.standard.withdrawn_on is None
        and any(each.state == VersionState.DRAFT for each in line.standard.versions.all())
        for under in lines.values()
        for line in under
    )


def _counts(parts, lines):
    """“3 approaches, 5 pillars with 20 standards and 6 values”."""
    words = []
    for kind, one in COUNTED.items():
        number = len(parts.get(kind, ()))
        if not number:
            continue
        said = f"{number} {one if number == 1 else PLURALS.get(one, f'{one}s')}"
        under = sum(map(len, lines.values())) if kind == PartKind.PILLAR else 0
        if under:
            said += f" with {under} standard{'' if under == 1 else 's'}"
        words.append(said)
    return listed(words) if words else ""


# --- A standard -------------------------------------------------------------------------------


@dataclass(frozen=True)
class StandardShown:
    """A standard's page. ``version`` is what it shows: in force, or else said in ``note``."""

    standard: Standard
    version: StandardVersion
    standing: Standing
    note: str
    measures: tuple[Measure, ...]
    tools: tuple[Resource, ...]
    related: tuple[Line, ...]
    domains: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, standard, partnership, today: date):
        """The same number of queries, however much belongs to it."""
        versions = list(standard.versions.with_everything())
        line = Line.of(standard, versions, today)
        related = Standard.objects.filter(pk__in=standard.related.values("pk")).with_versions()
        return cls(
            standard=standard,
            version=line.version,
            standing=standing_of(versions, today, standard.withdrawn_on),
            note=line.note,
            measures=tuple(Measure.of(each) for each in line.version.measures.all()),
            tools=tuple(_own_in_place(standard.tools.all(), partnership)),
            related=tuple(lines_of(related.in_order(), today)),
            domains=tuple(_domains(standard)),
        )


def _own_in_place(resources: Iterable[Resource], partnership):
    """A partnership's own copy stands in the place of the resource that it was copied from."""
    resources = list(resources)
    starters = [each.pk for each in resources if each.is_starter]
    copies = {
        copy.copied_from_id: copy
        for copy in Resource.objects.own(partnership).filter(copied_from__in=starters)
    }
    shown = {each.pk: each for each in (copies.get(one.pk, one) for one in resources)}
    return sorted(shown.values(), key=lambda each: each.name.casefold())


def _domains(standard):
    """Each domain, and the levels in words."""
    for bearing in standard.bearings.select_related("domain").order_by("domain__number"):
        levels = [str(level) for level in bearing.levels]
        word = "level" if len(levels) == 1 else "levels"
        yield str(bearing.domain), f"{word} {listed(levels)}" if levels else "all levels"


def one_of(kind):
    """“an approach”, “a pillar”: a part of a kind."""
    label = PartKind(kind).label.lower()
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def parts_by_kind(model):
    """Every kind, also those of which the model has none: (kind, heading, “a value”, parts)."""
    parts = {}
    for part in model.parts.all():
        parts.setdefault(part.kind, []).append(part)
    return [
        (kind.value, heading, one_of(kind), parts.get(kind, []))
        for kind, heading in HEADINGS.items()
    ]
