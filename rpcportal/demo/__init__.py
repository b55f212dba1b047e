"""The demo partnership: what a visitor sees who starts the portal for the first time.

Its content is fixtures/demo/; loading it goes through the same actions as people do.
"""

import uuid

import yaml
from django.conf import settings
from django.db import transaction

from partnerships.models import Membership, Organisation, Partnership, User
from planning.actions import agree_sheet, create_assessment
from planning.levels import parse_level
from planning.models import EvidenceReference, Framework, PriorityAction
from planning.outline import outline_of
from rpcportal.demo import (
    audits,
    commitments,
    launch,
    measures,
    outreach,
    practice,
    prompts,
    public,
    register,
    report,
    resources,
    serving,
    workshop,
)
from rpcportal.kit.roles import Role

FILE = settings.BASE_DIR / "fixtures" / "demo" / "rochdale.yaml"
PASSWORD = "relationships-matter"  # noqa: S105 - printed on purpose: the demo runs on one machine

# What others refer to comes before them: the register, and the practice model.
PARTS = (
    *(register, launch, measures, outreach, public),
    workshop,
    *(practice, resources, serving, commitments, audits, prompts),
    report,
)


def sign_ins():
    """The demo's accounts, most powerful first: (role, e-mail address, password).

    None where the demo partnership is not loaded.
    """
    content = _content()
    if not _is_loaded(content):
        return []
    members = Membership.objects.filter(partnership__slug=content["partnership"]["slug"])
    there = set(members.values_list("user__email", flat=True))
    return [
        (Role(person["role"]).label, person["email"], PASSWORD)
        for person in content["people"]
        if person["email"] in there
    ]


def load():
    """Load the demo partnership into a portal that has none at all; True when it was made.

    Its passwords are known to everyone, so it never comes to stand beside a real partnership.
    """
    content = _content()
    if Partnership.objects.exists():
        return False
    with transaction.atomic():
        _load(content)
    return True


def _is_loaded(content):
    slug, person = content["partnership"]["slug"], content["people"][0]
    return Membership.objects.filter(partnership__slug=slug, user__email=person["email"]).exists()


def _content():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _load(content):
    partnership = Partnership.objects.create(**content["partnership"])
    organisations = {
        each["name"]: Organisation.objects.create(partnership=partnership, **each)
        for each in content["organisations"]
    }
    people = [_person(partnership, organisations, each) for each in content["people"]]
    framework = Framework.objects.get(slug="rpc-2018")
    for each in content["assessments"]:
        _assessment(partnership, framework, each, people[0])
    for part in PARTS:
        part.load(partnership, people[0])


def _person(partnership, organisations, each):
    user = User.objects.filter(email__iexact=each["email"]).first()
    user = user or User.objects.create_user(each["email"], each["name"], PASSWORD)
    membership = Membership.objects.create(
        user=user, partnership=partnership, role=each["role"], job_title=each["job_title"]
    )
    membership.organisations.add(organisations[each["organisation"]])
    return user


def _assessment(partnership, framework, each, coordinator):
    assessment = create_assessment(
        partnership=partnership,
        framework=framework,
        assessed_on=each["date"],
        note=each["note"],
        illustrative=each["status"] == "illustrative",
        by=coordinator,
    )
    outline = outline_of(framework)
    for entry in assessment.entries.in_order():
        _entry(entry, each["entries"][entry.domain.number], outline.top)
    for action in each["actions"]:
        _action(assessment, action, outline)
    if agreed := each.get("agreed"):
        agree_sheet(
            assessment=assessment,
            name=agreed["name"],
            role=agreed["role"],
            on=agreed["on"],
            by=coordinator,
        )


def _entry(entry, content, top):
    references = content.pop("references", None) or ()
    for field in ("level", "target"):
        text = content.pop(field, "")
        setattr(entry, field, parse_level(text, top=top) if text else None)
    entry.not_applicable_reason = content.pop("not_applicable", "")
    entry.not_applicable = bool(entry.not_applicable_reason)
    for field, text in content.items():
        setattr(entry, field, text)
    entry.save()
    for reference in references:
        EvidenceReference.objects.create(entry=entry, key=uuid.uuid4(), **reference)


def _action(assessment, content, outline):
    action = PriorityAction.objects.create(
        assessment=assessment,
        key=uuid.uuid4(),
        what=content["what"],
        measure=content.get("measure", ""),
        owner=content.get("owner", ""),
        due=content.get("due"),
    )
    action.domains.set([outline.by_number[number].pk for number in content["domains"]])
