"""The demo's own resources and words: fixtures/demo/resources.yaml."""

import uuid
from datetime import timedelta
from io import BytesIO

import yaml
from django.conf import settings
from django.utils import timezone
from docx import Document

from partnerships.models import User
from pledges.domains import domains_of
from practice import files, resources, words
from practice.models import Definition, PreferredWord, Resource, Standard

FILE = settings.BASE_DIR / "fixtures" / "demo" / "resources.yaml"
TEXTS = ("kind", "name", "what", "link", "length", "stage", "source")


def load(partnership, coordinator, today=None):
    """Write the resources and words of the demo partnership."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    today = today or timezone.localdate()
    domains = {each.number: each.pk for each in domains_of(partnership)}
    for each in content["resources"]:
        _resource(partnership, each, domains, today, by=coordinator)
    for starter in Resource.objects.starters().filter(key__in=content["used"]):
        resources.use_starter(partnership=partnership, starter=starter, by=coordinator)
    for model, name in ((Definition, "definitions"), (PreferredWord, "preferred_words")):
        for each in content[name]:
            said = {"link": "", **each} if model is Definition else each
            words.add_words(
                model, partnership=partnership, request_key=uuid.uuid4(), by=coordinator, **said
            )


def _resource(partnership, content, domains, today, *, by):
    resource = resources.add_resource(
        partnership=partnership,
        request_key=uuid.uuid4(),
        by=by,
        **{name: content.get(name, "") for name in TEXTS},
        audience=content["audience"],
        methods=content["methods"],
        owner=User.objects.get(email=content["owner"]),
        review_on=today + timedelta(days=content["review_in"]),
        bearings={domains[number]: levels for number, levels in content["domains"].items()},
        standards=_helped(partnership, content.get("helps")),
    )
    if name := content.get("file"):
        resources.put_file(resource=resource, file=files.checked(name, _document(content)), by=by)


def _helped(partnership, statement):
    """The partnership's own standards whose statement holds these words."""
    if not statement:
        return []
    return (
        Standard.objects.own(partnership)
        .filter(versions__statement__icontains=statement)
        .distinct()
    )


def _document(content):
    """A Word document with the name of the resource and what it is."""
    document, file = Document(), BytesIO()
    document.core_properties.author = "Rochdale Relationships Matter"
    document.add_heading(content["name"], 1)
    for line in content["what"].splitlines():
        plain = line.removeprefix("- ").replace("**", "")
        document.add_paragraph(plain, style="List Bullet" if line.startswith("- ") else None)
    document.save(file)
    return file.getvalue()
