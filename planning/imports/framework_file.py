"""A framework from its YAML file (fixtures/frameworks/ holds them; the format is shown there)."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date

import yaml
from django.db import transaction

from planning.models import Dependency, Descriptor, Dimension, Domain, Framework, ProgressLevel

# NUL and halves of characters, which PostgreSQL cannot hold; YAML can spell them out.
NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


class FrameworkError(Exception):
    """The framework cannot be loaded; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class FrameworkFile:
    """A framework as its file has it, checked, with the digest of its content."""

    content: dict
    digest: str


def parse(text):
    """Read and check a framework file; raises FrameworkError that names the place."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FrameworkError(f"The file is not readable YAML. {error}") from None
    if not isinstance(content, dict):
        raise FrameworkError("The file does not hold a framework.")
    _check(content)
    canonical = json.dumps(content, sort_keys=True, default=str)
    return FrameworkFile(content, hashlib.sha256(canonical.encode()).hexdigest())


def _check(content):
    place = "The framework"
    known = {"slug", "name", "version", "published", "source", "levels", "dimensions"}
    _check_keys(content, known, place)
    _check_texts(content, Framework, ("slug", "name", "version", "source"), place)
    if not re.fullmatch(r"[-a-zA-Z0-9_]+", content["slug"]):
        raise FrameworkError("The framework’s “slug” may hold letters, digits and hyphens only.")
    if type(content.get("published")) is not date:
        raise FrameworkError("The framework’s “published” must be a date such as 2018-10-17.")
    levels = _check_levels(_rows(content, "levels", place))
    dimensions = _rows(content, "dimensions", place)
    for position, dimension in enumerate(dimensions, start=1):
        place = f"Dimension {position}"
        _check_keys(dimension, {"name", "about", "domains"}, place)
        _check_texts(dimension, Dimension, ("name",), place)
        _check_texts(dimension, Dimension, ("about",), place, may_be_empty=True)
    domains = [
        domain
        for dimension in dimensions
        for domain in _rows(dimension, "domains", f"Dimension “{dimension['name']}”")
    ]
    numbers = [domain.get("number") for domain in domains]
    if numbers != list(range(1, len(numbers) + 1)):
        raise FrameworkError("Domains must be numbered 1, 2, 3 … in order over all dimensions.")
    for domain in domains:
        _check_domain(domain, levels, numbers)


def _check_levels(rows):
    """The numbers of the levels."""
    numbers = [level.get("number") for level in rows]
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) not in range(2, 10):
        raise FrameworkError("Levels must be numbered 1, 2, 3 … in order, and be two to nine.")
    for level in rows:
        place = f"Level {level['number']}"
        _check_keys(level, {"number", "name", "summary"}, place)
        _check_texts(level, ProgressLevel, ("name", "summary"), place)
    return numbers


def _check_domain(domain, levels, numbers):
    place = f"Domain {domain['number']}"
    known = {"number", "name", "about", "question", "abuse_boundary", "depends_on", "levels"}
    _check_keys(domain, known, place)
    _check_texts(domain, Domain, ("name", "about"), place)
    _check_texts(domain, Domain, ("question",), place, may_be_empty=True)
    if not isinstance(domain.get("abuse_boundary", False), bool):
        raise FrameworkError(f"{place}: “abuse_boundary” must be true or false.")
    described = domain.get("levels")
    if not isinstance(described, dict) or set(described) != set(levels):
        raise FrameworkError(f"{place} needs a descriptor for each of the levels {levels}.")
    for number, level in described.items():
        _check_descriptor(level, f"{place}, level {number}")
    if domain.get("depends_on"):
        _check_dependencies(_rows(domain, "depends_on", place), domain["number"], numbers)


def _check_descriptor(level, place):
    if not isinstance(level, dict) or not level.get("descriptor"):
        raise FrameworkError(f"{place} has no descriptor.")
    _check_keys(level, {"descriptor", "evidence"}, place)
    _check_text(level["descriptor"], f"{place}, “descriptor”")
    examples = level.get("evidence") or []
    if not isinstance(examples, list):
        raise FrameworkError(f"{place}: “evidence” must be a list of examples.")
    for example in examples:
        _check_text(example, f"{place}, “evidence”")


def _check_dependencies(rows, number, numbers):
    place = f"Domain {number}"
    on = [dependency.get("domain") for dependency in rows]
    if number in on or not all(each in numbers for each in on):
        raise FrameworkError(f"{place} depends on a domain that is not there, or on itself.")
    if len(set(on)) < len(on):
        raise FrameworkError(f"{place} depends on the same domain twice.")
    for dependency in rows:
        _check_keys(dependency, {"domain", "because"}, place)
        _check_texts(dependency, Dependency, ("because",), f"{place}, under “depends_on”,")


def _rows(holder, key, place):
    """A list of the file, of which every entry has named texts of its own."""
    rows = holder.get(key)
    if not rows:
        raise FrameworkError(f"{place} says nothing under “{key}”.")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FrameworkError(f"{place}: “{key}” must be a list, each entry with its own names.")
    return rows


def _check_keys(holder, known, place):
    """A name that is spelt wrong would otherwise be dropped without a word."""
    if unknown := sorted(map(str, set(holder) - known)):
        raise FrameworkError(f"{place} says “{unknown[0]}”, which means nothing here.")


def _check_texts(holder, model, keys, place, *, may_be_empty=False):
    """That the texts are there, are words, and fit their place in the database."""
    for key in keys:
        text = holder.get(key)
        if not text and may_be_empty:
            continue
        if not text:
            raise FrameworkError(f"{place} says nothing under “{key}”.")
        _check_text(text, f"{place}, “{key}”")
        longest = model._meta.get_field(key).max_length
        if longest and len(text) > longest:
            raise FrameworkError(f"{place}: “{key}” must be {longest} characters or fewer.")


def _check_text(text, place):
    if not isinstance(text, str):
        raise FrameworkError(f"{place}: {text!r} is not a text; put it in quotes.")
    if NOT_STORABLE.search(text):
        raise FrameworkError(f"{place} holds a character that cannot be stored.")


@transaction.atomic
def commit(file):
    """Write a framework; returns (framework, changed).

    The same content twice changes nothing. Raises FrameworkError when other content is in
    use under the same slug.
    """
    content = file.content
    existing = Framework.objects.filter(slug=content["slug"]).first()
    if existing and existing.digest == file.digest:
        return existing, False
    if existing:
        if Framework.objects.in_use().filter(pk=existing.pk).exists():
            raise FrameworkError(
                f"The framework “{existing.slug}” is in use, so it cannot change. "
                "Give the changed one another slug and version: both then stand side by side."
            )
        existing.delete()
    framework = Framework.objects.create(
        **{key: content[key] for key in ("slug", "name", "version", "published", "source")},
        digest=file.digest,
    )
    _write(framework, content)
    return framework, True


def _write(framework, content):
    levels = ProgressLevel.objects.bulk_create(
        ProgressLevel(framework=framework, **level) for level in content["levels"]
    )
    domains = {}
    for position, each in enumerate(content["dimensions"], start=1):
        dimension = Dimension.objects.create(
            framework=framework, position=position, name=each["name"], about=each.get("about") or ""
        )
        for domain in each["domains"]:
            domains[domain["number"]] = _write_domain(framework, dimension, domain, levels)
    Dependency.objects.bulk_create(
        Dependency(
            domain=domains[domain["number"]],
            depends_on=domains[dependency["domain"]],
            because=dependency["because"],
        )
        for each in content["dimensions"]
        for domain in each["domains"]
        for dependency in domain.get("depends_on") or ()
    )


def _write_domain(framework, dimension, domain, levels):
    row = Domain.objects.create(
        framework=framework,
        dimension=dimension,
        number=domain["number"],
        name=domain["name"],
        about=domain["about"],
        question=domain.get("question") or "",
        abuse_boundary=domain.get("abuse_boundary", False),
    )
    Descriptor.objects.bulk_create(
        Descriptor(
            domain=row,
            level=level,
            text=domain["levels"][level.number]["descriptor"],
            evidence_examples=domain["levels"][level.number].get("evidence") or [],
        )
        for level in levels
    )
    return row
