"""What a page is sent is for what it shows: nothing of another partnership, no field too many."""

import uuid

import pytest
from django.test import Client

from planning.merging import fingerprint
from planning.models import Assessment, Entry, EvidenceReference, PriorityAction, UnsettledText
from tests.address import DAY
from tests.factories.assessments import entry_of, make_action, make_assessment, make_scored
from tests.factories.frameworks import make_small_framework

SMUGGLED = {
    "id": "1", "pk": "1", "status": "agreed", "version": "9", "previous_version": "1",
    "partnership": "1", "partnership_id": "1", "framework": "1", "assessment": "1",
    "assessment_id": "1", "entry": "1", "entry_id": "1", "domain": "2", "domain_id": "2",
    "agreed_name": "Mallory", "agreed_role": "Mallory", "agreed_on": "2018-01-01",
    "agreed_recorded_by": "1", "agreed_recorded_at": "2018-01-01", "created_by": "1",
    "created_at": "2018-01-01", "import_digest": "x", "updated_by": "1", "writers": "{}",
    "not_applicable": "on", "is_staff": "on", "is_superuser": "on", "role": "coordinator",
    "reopening_reason": "Mallory",
}  # fmt: skip
GUARDED = {
    Assessment: ["status", "version", "previous_version_id", "partnership_id", "framework_id",
                 "agreed_name", "agreed_role", "agreed_on", "agreed_recorded_by_id",
                 "created_by_id", "created_at", "import_digest", "reopening_reason"],
    Entry: ["assessment_id", "domain_id", "not_applicable"],
}  # fmt: skip


@pytest.fixture
def mallory(world):
    """The coordinator of b, who knows every number and key of a."""
    client = Client()
    client.force_login(world.b.coordinator)
    return client


def rows_of(world):
    """Everything of area a, as it stands."""
    a = world.a.partnership
    return [
        list(Assessment.objects.filter(partnership=a).order_by("pk").values()),
        list(Entry.objects.filter(assessment__partnership=a).order_by("pk").values()),
        list(EvidenceReference.objects.filter(entry__assessment__partnership=a).values()),
        list(PriorityAction.objects.filter(assessment__partnership=a).values()),
        list(UnsettledText.objects.filter(entry__assessment__partnership=a).values()),
    ]


def test_keys_of_another_partnerships_rows_reach_nothing_of_theirs(world, mallory):
    before = rows_of(world)
    body = {
        "reference-key": str(world.reference.key),
        f"reference-{world.reference.key}-title": "Taken",
        "action-key": str(world.action.key),
        f"action-{world.action.key}-what": "Taken",
        "page": "m",
        "number": "1",
    }
    path = f"/planning/{world.draft_of_b.pk}/domains/1/"

    assert mallory.post(path, body).status_code == 302
    assert mallory.post(path, body, headers={"X-Autosave": "1"}).status_code == 200
    assert rows_of(world) == before
    assert world.draft_of_b.priority_actions.filter(key=world.action.key).count() == 1


def test_a_text_of_another_partnership_cannot_be_settled_from_ones_own(world, mallory):
    before = rows_of(world)
    body = {"choice": "waiting", "standing": fingerprint(entry_of(world.draft, 1).gaps)}
    path = f"/planning/{world.draft_of_b.pk}/domains/1/texts/{world.unsettled.pk}/settle/"
    mallory.post(path, body)

    assert rows_of(world) == before


@pytest.mark.parametrize("kind", ["references", "actions"])
def test_rows_of_another_partnership_cannot_be_removed_through_ones_own(world, mallory, kind):
    before = rows_of(world)
    key = world.reference.key if kind == "references" else world.action.key
    path = f"/planning/{world.draft_of_b.pk}/domains/1/{kind}/{key}/remove/"

    assert mallory.get(path).status_code == 404
    mallory.post(path, {"from": "sheet"})
    assert rows_of(world) == before


def test_comparing_with_another_partnerships_assessment_is_ignored(world, mallory):
    path = f"/planning/{world.draft_of_b.pk}/profile/"
    plain = mallory.get(path).context["compared"]

    assert mallory.get(f"{path}?with={world.agreed.pk}").context["compared"] == plain
    assert mallory.get(f"{path}?with={world.agreed.pk}").context["compared"] != world.agreed


def test_a_request_key_of_another_partnership_starts_ones_own_assessment(world, mallory):
    before = rows_of(world)
    body = {**DAY, "framework": world.framework.pk, "request_key": str(world.draft.request_key)}
    response = mallory.post("/partnerships/bury/assessments/new/", body)

    assert response.status_code in {200, 302}
    assert rows_of(world) == before
    newest = Assessment.objects.order_by("-pk").first()
    assert newest.partnership_id == world.b.partnership.pk


def test_domains_of_another_framework_are_no_choice(world, mallory):
    draft = make_assessment(world.b.partnership, make_small_framework())
    key = uuid.uuid4()
    body = {
        "action-key": str(key), f"action-{key}-what": "Do it", f"action-{key}-domains": ["9"],
        "page": "m", "number": "1",
    }  # fmt: skip

    assert mallory.post(f"/planning/{draft.pk}/domains/1/", body).status_code == 422
    assert not draft.priority_actions.exists()


def test_fields_that_no_form_has_are_ignored(world):
    client = Client()
    client.force_login(world.a.facilitator)
    draft = make_scored(world.a.partnership, world.framework, by=world.a.facilitator)
    action = make_action(draft, [1])
    fields = {model: ["pk", *names] for model, names in GUARDED.items()}

    def guarded():
        return [
            list(Assessment.objects.order_by("pk").values(*fields[Assessment])),
            list(Entry.objects.order_by("pk").values(*fields[Entry])),
        ]

    before = guarded()
    client.post(f"/planning/{draft.pk}/details/", {**SMUGGLED, **DAY})
    client.post(f"/planning/{draft.pk}/domains/1/", {**SMUGGLED, "page": "m", "number": "1"})
    client.post(f"/planning/{draft.pk}/domains/1/actions/{action.key}/remove/", SMUGGLED)
    assert guarded() == before
    started = {**SMUGGLED, **DAY, "framework": world.framework.pk}
    path = f"/partnerships/{world.a.partnership.slug}/assessments/new/"
    assert client.post(path, started).status_code == 302
    new = Assessment.objects.order_by("-pk").first()
    assert (new.status, new.version, new.created_by) == ("draft", 1, world.a.facilitator)
    assert (new.partnership, new.agreed_name) == (world.a.partnership, "")


def test_agreeing_records_the_person_who_did_it_whatever_is_sent(world):
    client = Client()
    client.force_login(world.a.facilitator)
    sheet = make_scored(world.a.partnership, world.framework)
    day = {"on-day": "1", "on-month": "8", "on-year": "2018"}
    body = {**SMUGGLED, "name": "Ada Marsh", "role": "Chair", **day}
    client.post(f"/planning/{sheet.pk}/agree/", body)
    sheet.refresh_from_db()

    assert (sheet.status, sheet.version, sheet.agreed_name) == ("agreed", 1, "Ada Marsh")
    assert sheet.agreed_recorded_by == world.a.facilitator


@pytest.mark.parametrize("choice", ["", "nonsense", "\0", "Waiting"])
def test_a_decision_that_is_none_loses_neither_text(world, choice):
    client = Client()
    client.force_login(world.a.partner)
    standing = entry_of(world.draft, 1).gaps
    path = f"/planning/{world.draft.pk}/domains/1/texts/{world.unsettled.pk}/settle/"
    client.post(path, {"choice": choice, "standing": fingerprint(standing)})

    assert entry_of(world.draft, 1).gaps == standing
    assert UnsettledText.objects.filter(pk=world.unsettled.pk).exists()
