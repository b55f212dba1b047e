"""A framework from its YAML file (fixtures/frameworks/ holds them; the format is shown there)."""

import hashlib
import json
from dataclasses import dataclass

import yaml
from django.db import transaction

from planning.models import Dependency, Descriptor, Dimension, Domain, Framework, ProgressLevel


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
    for key in ("slug", "name", "version", "published", "source", "levels", "dimensions"):
        if not content.get(key):
            raise FrameworkError(f"The framework says nothing under “{key}”.")
    levels = [level["number"] for level in content["levels"]]
    if levels != list(range(1, len(levels) + 1)) or len(levels) < 2:
        raise FrameworkError("Levels must be numbered 1, 2, 3 … in order, and be two or more.")
    domains = [domain for each in content["dimensions"] for domain in each["domains"]]
    numbers = [domain["number"] for domain in domains]
    if numbers != list(range(1, len(numbers) + 1)):
        raise FrameworkError("Domains must be numbered 1, 2, 3 … in order over all dimensions.")
    for domain in domains:
        _check_domain(domain, levels, numbers)


def _check_domain(domain, levels, numbers):
    place = f"Domain {domain['number']}"
    for key in ("name", "about"):
        if not domain.get(key):
            raise FrameworkError(f"{place} says nothing under “{key}”.")
    if sorted(domain.get("levels") or ()) != levels:
        raise FrameworkError(f"{place} needs a descriptor for each of the levels {levels}.")
    for number, level in domain["levels"].items():
        if not level.get("descriptor"):
            raise FrameworkError(f"{place}, level {number} has no descriptor.")
    for dependency in domain.get("depends_on") or ():
        if dependency["domain"] not in numbers or dependency["domain"] == domain["number"]:
            raise FrameworkError(f"{place} depends on a domain that is not there, or on itself.")


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
            framework=framework, position=position, name=each["name"], about=each.get("about", "")
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
        question=domain.get("question", ""),
        abuse_boundary=domain.get("abuse_boundary", False),
    )
    Descriptor.objects.bulk_create(
        Descriptor(
            domain=row,
            level=level,
            text=domain["levels"][level.number]["descriptor"],
            evidence_examples=domain["levels"][level.number].get("evidence", []),
        )
        for level in levels
    )
    return row
