"""A framework as plain values, which every page, rule and report reads.

A framework in use cannot change, so a process keeps the outlines it has read: the key
holds the content's digest, and a framework that is loaded anew has another digest.
"""

from dataclasses import dataclass
from functools import cached_property

from planning import levels


@dataclass(frozen=True)
class OutlineLevel:
    """A whole level of the scale."""

    number: int
    name: str
    summary: str


@dataclass(frozen=True)
class OutlineDescriptor:
    """What one level of one domain looks like, with examples of evidence."""

    level: OutlineLevel
    text: str
    evidence_examples: tuple[str, ...]


@dataclass(frozen=True)
class OutlineDependency:
    """A domain that another one leans on."""

    number: int
    name: str
    because: str


@dataclass(frozen=True)
class OutlineDomain:
    """A domain with its texts. ``pk`` is the row that entries and actions point at."""

    pk: int
    number: int
    name: str
    dimension: str
    about: str
    question: str
    abuse_boundary: bool
    depends_on: tuple[OutlineDependency, ...]
    descriptors: tuple[OutlineDescriptor, ...]

    @property
    def title(self):
        """The name as the official sheet writes it: “1. Strategy”."""
        return f"{self.number}. {self.name}"


@dataclass(frozen=True)
class OutlineDimension:
    """A dimension with its domains in order."""

    name: str
    about: str
    domains: tuple[OutlineDomain, ...]


@dataclass(frozen=True)
class Outline:
    """A framework's dimensions, domains and levels, in official order."""

    name: str
    version: str
    source: str
    levels: tuple[OutlineLevel, ...]
    dimensions: tuple[OutlineDimension, ...]

    @cached_property
    def domains(self):
        """All domains in order, whatever their dimension."""
        return tuple(domain for dimension in self.dimensions for domain in dimension.domains)

    @cached_property
    def by_number(self):
        """Domain number -> domain."""
        return {domain.number: domain for domain in self.domains}

    @cached_property
    def number_of(self):
        """Primary key of a domain -> its number."""
        return {domain.pk: domain.number for domain in self.domains}

    @cached_property
    def top(self):
        """The highest whole level."""
        return max(level.number for level in self.levels)

    @cached_property
    def steps(self):
        """Every level that can be given, in half steps, as Decimals."""
        return levels.half_steps(self.top)

    def after(self, number):
        """The domain after ``number`` in order, or None after the last."""
        later = [domain for domain in self.domains if domain.number > number]
        return later[0] if later else None

    def before(self, number):
        """The domain before ``number`` in order, or None before the first."""
        earlier = [domain for domain in self.domains if domain.number < number]
        return earlier[-1] if earlier else None


_known = {}


def outline_of(framework):
    """The outline of a framework; read from the database once a process."""
    key = (framework.pk, framework.digest)
    if key not in _known:
        _known[key] = _read(framework)
    return _known[key]


def _read(framework):
    loaded = type(framework).objects.with_text().get(pk=framework.pk)
    level_of = {
        level.pk: OutlineLevel(level.number, level.name, level.summary)
        for level in loaded.levels.all()
    }
    domains = list(loaded.domains.all())
    name_of = {domain.pk: (domain.number, domain.name) for domain in domains}
    return Outline(
        name=loaded.name,
        version=loaded.version,
        source=loaded.source,
        levels=tuple(level_of.values()),
        dimensions=tuple(
            OutlineDimension(
                dimension.name,
                dimension.about,
                tuple(
                    _domain(domain, dimension.name, level_of, name_of)
                    for domain in domains
                    if domain.dimension_id == dimension.pk
                ),
            )
            for dimension in loaded.dimensions.all()
        ),
    )


def _domain(domain, dimension, level_of, name_of):
    return OutlineDomain(
        pk=domain.pk,
        number=domain.number,
        name=domain.name,
        dimension=dimension,
        about=domain.about,
        question=domain.question,
        abuse_boundary=domain.abuse_boundary,
        depends_on=tuple(
            OutlineDependency(*name_of[dependency.depends_on_id], dependency.because)
            for dependency in domain.dependencies.all()
        ),
        descriptors=tuple(
            OutlineDescriptor(
                level_of[descriptor.level_id], descriptor.text, tuple(descriptor.evidence_examples)
            )
            for descriptor in domain.descriptors.all()
        ),
    )
