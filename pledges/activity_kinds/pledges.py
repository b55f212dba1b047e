"""What this room tells of who did what: pledges and who signed them."""

from django.db.models import OuterRef
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed
from partnerships.activity_kinds import one_of
from partnerships.events import ADDED, REMOVED
from partnerships.models import Organisation
from pledges.activity import number_of, slug_of
from pledges.models import Pledge, PledgeStatus, Signing

OF_PLEDGES = {"key": "pledges", "label": "Pledges"}


# --- Pledges ----------------------------------------------------------------------------------

PLEDGE_LABELS = {
    "organisation": "the organisation",
    "status": "the status",
    "words": "the words",
    "lead": "the lead contact",
    "champion": "the champion",
    "review_on": "the day of the review",
    "is_shown": "whether the public page shows it",
    "withdrawn_because": "the reason for withdrawing",
    "lapsed_on": "the day it lapsed",
    "made_at": "when it was begun",
}


def _pledges(partnership):
    return Pledge.objects.of(partnership).values("pk")


def _organisation_name(path):
    return one_of(Organisation.objects.filter(pk=OuterRef(path)), "name")


def _pledge_link(facts):
    if facts["there"] is None:
        return ""
    return reverse("pledge_history", args=[facts["slug"], facts["organisation_id"]])


def _pledge_facts(events):
    return events.annotate(
        name=_organisation_name("organisation_id"),
        slug=slug_of("partnership_id"),
        there=one_of(Pledge.objects.filter(pk=OuterRef("pgh_obj_id")), "pk"),
    ).values("pgh_id", "name", "slug", "there", "organisation_id", "status")


def _describe_pledge(row, facts):
    pledge = f"the pledge of {facts['name'] or 'an organisation that is gone'}"
    words = {ADDED: f"began {pledge}", REMOVED: f"removed {pledge}"}
    done = words.get(row.label)
    if done is None and "status" in row.fields:
        done = f"changed {pledge} to {PledgeStatus(facts['status']).label.lower()}"
    elif done is None:
        done = changed(row, PLEDGE_LABELS, pledge)
        done = done.replace("changed", "brought back", 1) if row.restored_from else done
    return Sentence(done, _pledge_link(facts))


PLEDGES = Kind(
    **OF_PLEDGES,
    events=Pledge.pgh_event_model,
    within="partnership",
    own=number_of,
    labels=PLEDGE_LABELS,
    facts=_pledge_facts,
    describe=_describe_pledge,
)

# --- Signings ---------------------------------------------------------------------------------

SIGNING_LABELS = {
    "manifesto": "the words that were signed",
    "name": "who signed",
    "role": "their job title",
    "signed_on": "the day",
    "words": "the organisation’s own words",
    "recorded_by": "who recorded it",
    "recorded_at": "when it was recorded",
}


def _signing_facts(events):
    pledge = Pledge.objects.filter(pk=OuterRef("pledge_id")).order_by()
    return events.annotate(
        there=one_of(pledge, "pk"),
        organisation_id=one_of(pledge, "organisation_id"),
        organisation_name=one_of(pledge, "organisation__name"),
        slug=one_of(pledge, "partnership__slug"),
    ).values("pgh_id", "name", "there", "organisation_id", "organisation_name", "slug")


def _describe_signing(row, facts):
    name = facts["name"]
    pledge = f"the pledge of {facts['organisation_name'] or 'an organisation that is gone'}"
    words = {
        ADDED: f"recorded that {name} signed {pledge}",
        REMOVED: f"removed the signing of {pledge} by {name}",
    }
    done = words.get(row.label) or changed(row, SIGNING_LABELS, f"the signing of {pledge}")
    return Sentence(done, _pledge_link(facts))


SIGNINGS = Kind(
    **OF_PLEDGES,
    events=Signing.pgh_event_model,
    within="pledge",
    own=_pledges,
    labels=SIGNING_LABELS,
    facts=_signing_facts,
    describe=_describe_signing,
)

KINDS = (PLEDGES, SIGNINGS)
