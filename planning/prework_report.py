"""What was scored before the workshop: for the page and the PDF alike, to be read in 3 minutes.

By domain, where people are widest apart first, with the words that nobody signed.
"""

from dataclasses import dataclass
from decimal import Decimal

from planning.levels import format_level
from planning.models import Ballot, RemarkKind, Workshop
from planning.outline import OutlineDomain, outline_of
from planning.spread_charts import Spread
from planning.spreads import FEWEST, width
from planning.workshop_planning import in_words
from rpcportal.kit.blocks import Bullets, Heading, Outline, Paragraph, Part, Table
from rpcportal.kit.pdf import render_pdf

WIDEST, TOOL = "widest", "tool"
ORDERS = {WIDEST: "widest apart first", TOOL: "in the order of the tool"}
HEADINGS = {RemarkKind.STRENGTH: "Strengths", RemarkKind.IMPROVEMENT: "What could be better"}
NOBODY = "Nobody answered this one."
TOO_FEW = f"Fewer than {FEWEST} people answered, so the levels are not shown."


@dataclass(frozen=True)
class Said:
    """Texts of one kind, in no order that tells anything; rows, so that one can be hidden."""

    heading: str
    remarks: tuple

    @property
    def shown(self):
        """The texts that everybody may read."""
        return tuple(each.text for each in self.remarks if each.hidden_at is None)


@dataclass(frozen=True)
class DomainBefore:
    """One domain. ``counts``: level -> votes, None for “don’t know”; empty where too few answered.

    ``spread``: the same as a picture; None without it.
    """

    domain: OutlineDomain
    voters: int
    counts: dict
    said: tuple[Said, ...]
    spread: Spread | None

    @classmethod
    def of(cls, domain, ballot):
        """Of the domain's ballot of round 0; None where nobody said anything."""
        if ballot is None:
            return cls(domain, 0, {}, (), None)
        counts = {each.level: each.votes for each in ballot.tallies.all() if not each.sector}
        return cls(
            domain=domain,
            voters=ballot.voters,
            counts=counts,
            said=_said(ballot),
            spread=Spread.of(ballot) if counts else None,
        )

    @property
    def title(self):
        """Its name as the sheet writes it."""
        return self.domain.title

    @property
    def key(self):
        """By which the page leads to it."""
        return f"domain-{self.domain.number}"

    @property
    def did_not_know(self):
        """How many said so."""
        return self.counts.get(None, 0)

    @property
    def span(self):
        """From the lowest to the highest level: “1 to 3/4”, “2”, or nothing."""
        levels = sorted(level for level in self.counts if level is not None)
        if not levels:
            return ""
        low, high = format_level(levels[0]), format_level(levels[-1])
        return low if low == high else f"{low} to {high}"

    @property
    def summary(self):
        """What the figures say, in a sentence or three."""
        if not self.voters:
            return NOBODY
        if not self.counts:
            return TOO_FEW
        people = f"{self.voters} people answered."
        unsure = f" {self.did_not_know} did not know." if self.did_not_know else ""
        if not self.span:
            return f"{people} None of them knew a level."
        said = f"Levels {self.span}" if " to " in self.span else f"All said {self.span}"
        return f"{said}. {people}{unsure}"

    @property
    def rank(self):
        """For sorting: the widest apart first, then those of which less is known."""
        apart, different = width(self.counts)
        return (not self.counts, not self.voters, -apart, -different, self.domain.number)


def _said(ballot):
    remarks = sorted(ballot.remarks.all(), key=lambda each: each.pk)
    found = {kind: tuple(each for each in remarks if each.kind == kind) for kind in HEADINGS}
    return tuple(Said(heading, found[kind]) for kind, heading in HEADINGS.items() if found[kind])


@dataclass(frozen=True)
class PreworkReport:
    """All domains in the wanted order. ``steps``: the levels of the scale."""

    workshop: Workshop
    domains: tuple[DomainBefore, ...]
    steps: tuple[Decimal, ...]
    order: str

    @classmethod
    def of(cls, workshop, order=WIDEST):
        """Of a workshop whose papers are counted."""
        outline = outline_of(workshop.assessment.framework)
        rounds = Ballot.objects.standing().of_levels().filter(workshop=workshop, round=0)
        found = {outline.number_of[each.entry.domain_id]: each for each in rounds.with_spread()}
        domains = [DomainBefore.of(each, found.get(each.number)) for each in outline.domains]
        if order == WIDEST:
            domains.sort(key=lambda each: each.rank)
        return cls(workshop, tuple(domains), outline.steps, order)

    @property
    def is_empty(self):
        """Whether nobody said anything at all."""
        return not any(each.voters or each.said for each in self.domains)

    @property
    def most(self):
        """How many answered the domain that most people answered."""
        return max((each.voters for each in self.domains), default=0)

    @property
    def lead(self):
        """Where to begin, in a sentence; nothing where the figures do not say."""
        apart = sorted((each for each in self.domains if width(each.counts)[0]), key=_rank)
        if not apart:
            return ""
        named = ", ".join(f"{each.domain.name} ({each.span})" for each in apart[:3])
        return f"Furthest apart: {named}."

    @property
    def table(self):
        """Everything at a glance: how many chose which level, domain by domain."""
        labels = [format_level(step) for step in self.steps]
        columns = ("Domain", *labels, "Don’t know", "Answers")
        return Table(
            caption="How many people chose which level",
            columns=columns,
            rows=tuple(self._row(each) for each in self.domains),
            numbers=tuple(range(1, len(columns))),
            shape="before",
        )

    def _row(self, each):
        if not each.counts:
            told = "Fewer than 5" if each.voters else "None"
            return (each.title, *[""] * (len(self.steps) + 1), told)
        numbers = [each.counts.get(level, 0) for level in (*self.steps, None)]
        return (each.title, *(str(number or "") for number in numbers), str(each.voters))

    @property
    def glance(self):
        """The blocks at the head of the page."""
        return (self.table,)

    @property
    def outline(self):
        """The same as a document, for the PDF."""
        workshop = self.workshop
        area, day = workshop.assessment.area, f"{workshop.held_on:%-d %B %Y}"
        glance = (Paragraph(self.lead), self.table) if self.lead else (self.table,)
        return Outline(
            title="Scored before the workshop",
            partnership=str(workshop.partnership),
            facts=(
                ("Workshop", f"{workshop.name}, {day}"),
                ("Area", area),
                ("Counted", in_words(workshop.prework_counted_at)),
                ("Order of the domains", ORDERS[self.order]),
            ),
            parts=(
                Part("glance", "At a glance", glance),
                *(Part(each.key, each.title, tuple(_blocks(each))) for each in self.domains),
            ),
            running=f"{area}, scored before the workshop of {day}. No names are kept.",
            filename=f"Scored before the workshop of {area} {workshop.held_on}",
        )


def _rank(each):
    return each.rank


def _blocks(each):
    yield Paragraph(each.summary)
    for said in each.said:
        if said.shown:
            yield Heading(said.heading)
            yield Bullets(tuple(" ".join(text.split()) for text in said.shown))


def prework_pdf(report):
    """The PDF of a report, as bytes."""
    return render_pdf("planning/pdf/prework_report.html", {"outline": report.outline})
