"""What the ground floor tells of who did what: people, invitations, organisations, settings,
the manifesto, downloads.

An account is its owner's and no partnership's: a changed password is not told here.
"""

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from partnerships.activity import Kind, Sentence, changed, listed, register
from partnerships.events import ADDED, CHANGED, NOTICED, REMOVED
from partnerships.models import (
    Affiliation,
    Download,
    Invitation,
    Manifesto,
    Membership,
    Organisation,
    Partnership,
    PublicPage,
)
from rpcportal.kit.roles import Role

MembershipEvent = Membership.pgh_event_model


def register_all():
    """Have the ground floor's own events told."""
    register(MEMBERS, AFFILIATIONS, INVITATIONS, ORGANISATIONS, SETTINGS, MANIFESTOS, PUBLIC_PAGES)
    register(DOWNLOADS)


def one_of(queryset, name):
    """A subquery for one value; None where its row is gone."""
    return Subquery(queryset.values(name)[:1])


# The doors of events, which the rooms above tell of with the event (partnerships/doors.py).
OCCASION_LABELS = {
    "kind": "the kind of event",
    "opened_by": "who opened it",
    "opened_at": "when it was opened",
    "closes_at": "when it closes by itself",
    "closed_at": "when it was closed",
}


def door_deed(row, event):
    """What was done with the door of an event."""
    words = {ADDED: f"let phones join {event}", REMOVED: f"removed the code of {event}"}
    if row.label in words:
        return words[row.label]
    if "closed_at" in row.fields:
        return f"closed {event} to phones"
    if row.fields == ("closes_at",):
        return f"kept {event} open longer"
    return changed(row, OCCASION_LABELS, event)


def _number_of(partnership):
    return [partnership.pk]


def _slug(path):
    return one_of(Partnership.objects.filter(pk=OuterRef(path)), "slug")


def _people_url(facts):
    return reverse("people", args=[facts["slug"]])


def _role(facts):
    """What the role is called, or what it was called before roles had other names."""
    return dict(Role.choices).get(facts["role"], facts["role"]).lower()


# --- People ---------------------------------------------------------------------------------

MEMBERSHIP_LABELS = {"role": "the role", "user": "the person", "joined_at": "the day of joining"}


def _membership_facts(events):
    return events.annotate(
        person=F("user_id"),
        slug=_slug("partnership_id"),
        member=one_of(Membership.objects.filter(pk=OuterRef("pgh_obj_id")), "pk"),
    ).values("pgh_id", "role", "person", "slug", "member")


def _describe_membership(row, facts):
    name, is_own = facts["person_name"], row.person == facts["person"]
    link = reverse("person", args=[facts["slug"], facts["member"]]) if facts["member"] else ""
    if row.label == ADDED and (is_own or _is_visitor(row)):
        return Sentence(f"joined as {_role(facts)}", link, who=name)
    if row.label == ADDED:
        return Sentence(f"made {name} a member, as {_role(facts)}", link)
    if row.label == REMOVED:
        return Sentence("left the partnership" if is_own else f"ended the membership of {name}")
    if row.fields == ("role",):
        return Sentence(f"changed the role of {name} to {_role(facts)}", link)
    if row.label == CHANGED:
        return Sentence(changed(row, MEMBERSHIP_LABELS, name), link)
    return Sentence(f"changed the job title of {name}", link)


def _is_visitor(row):
    """Somebody who comes in by an invitation has not signed in yet."""
    return row.person is None and row.by_web


MEMBERS = Kind(
    key="people",
    label="People",
    events=MembershipEvent,
    within="partnership",
    own=_number_of,
    labels=MEMBERSHIP_LABELS,
    facts=_membership_facts,
    describe=_describe_membership,
)


def _memberships_ever(partnership):
    return MembershipEvent.objects.filter(partnership=partnership).values("pgh_obj_id").distinct()


def _affiliation_facts(events):
    membership = MembershipEvent.objects.filter(pgh_obj_id=OuterRef("membership_id"))
    organisation = Organisation.objects.filter(pk=OuterRef("organisation_id"))
    return events.annotate(
        person=one_of(membership, "user_id"),
        organisation_name=one_of(organisation, "name"),
        slug=one_of(membership, "partnership__slug"),
    ).values("pgh_id", "person", "organisation_name", "slug")


def _describe_affiliation(row, facts):
    organisation = facts["organisation_name"] or "an organisation that is gone"
    words = "took {} out of {}" if row.label == REMOVED else "put {} into {}"
    who = facts["person_name"] if _is_visitor(row) else ""
    whom = "themselves" if who or row.person == facts["person"] else facts["person_name"]
    return Sentence(words.format(whom, organisation), _people_url(facts), who=who)


AFFILIATIONS = Kind(
    key="people",
    label="People",
    events=Affiliation.pgh_event_model,
    within="membership",
    own=_memberships_ever,
    labels={"organisation": "the organisation"},
    facts=_affiliation_facts,
    describe=_describe_affiliation,
)

# --- Invitations ----------------------------------------------------------------------------
# Whom they are to is personal data, which the history does not keep.

INVITATION_LABELS = {
    "role": "the role",
    "organisation": "the organisation",
    "invited_by": "who invited",
    "invited_at": "the day",
    "expires_at": "the last day",
    "accepted_at": "the answer",
    "accepted_by": "who answered",
    "revoked_at": "the end",
    "revoked_by": "who ended it",
}


def _invitation_facts(events):
    return events.annotate(person=F("accepted_by_id")).values("pgh_id", "person", "role")


def _describe_invitation(row, facts):
    role = _role(facts)
    words = {ADDED: f"invited somebody as {role}", REMOVED: f"deleted an invitation as {role}"}
    if row.label in words:
        return Sentence(words[row.label])
    if "accepted_at" in row.fields:
        return Sentence(f"accepted the invitation as {role}", who=facts["person_name"])
    return Sentence(_change_of_invitation(row, f"an invitation as {role}"))


def _change_of_invitation(row, invitation):
    if "revoked_at" in row.fields:
        return f"took back {invitation}"
    if row.fields == ("expires_at",):
        return f"sent {invitation} again"
    if row.label == CHANGED:
        return changed(row, INVITATION_LABELS, invitation)
    return f"changed the address of {invitation}"


INVITATIONS = Kind(
    key="invitations",
    label="Invitations",
    events=Invitation.pgh_event_model,
    within="partnership",
    own=_number_of,
    labels=INVITATION_LABELS,
    facts=_invitation_facts,
    describe=_describe_invitation,
)

# --- Organisations, settings, downloads -------------------------------------------------------

ORGANISATION_LABELS = {"name": "the name", "sector": "the sector"}


def _organisation_facts(events):
    return events.annotate(slug=_slug("partnership_id")).values("pgh_id", "name", "slug")


def _describe_organisation(row, facts):
    words = {
        ADDED: f"added the organisation {facts['name']}",
        REMOVED: f"removed the organisation {facts['name']}",
    }
    done = words.get(row.label) or changed(
        row, ORGANISATION_LABELS, f"the organisation {facts['name']}"
    )
    return Sentence(done, _people_url(facts))


ORGANISATIONS = Kind(
    key="organisations",
    label="Organisations",
    events=Organisation.pgh_event_model,
    within="partnership",
    own=_number_of,
    labels=ORGANISATION_LABELS,
    facts=_organisation_facts,
    describe=_describe_organisation,
)

SETTINGS_LABELS = {
    "name": "the name",
    "slug": "the address",
    "area": "the area’s name",
    "second_factor_required": "whether coordinators need a second step",
    "created_at": "the day of its making",
}


def _settings_facts(events):
    return events.values("pgh_id", "slug")


def _describe_settings(row, facts):
    if row.label == ADDED:
        return Sentence("made the partnership")
    if row.label == REMOVED:
        return Sentence("removed the partnership")
    words = [label for name, label in SETTINGS_LABELS.items() if name in row.fields]
    return Sentence(f"changed the settings: {listed(words)}" if words else "changed the settings")


SETTINGS = Kind(
    key="settings",
    label="Settings",
    events=Partnership.pgh_event_model,
    within="pgh_obj",
    own=_number_of,
    labels=SETTINGS_LABELS,
    facts=_settings_facts,
    describe=_describe_settings,
)


def _manifesto_facts(events):
    return events.values("pgh_id", "number")


def _describe_manifesto(row, facts):
    done = {ADDED: "wrote", REMOVED: "removed"}.get(row.label, "changed")
    return Sentence(f"{done} version {facts['number']} of the manifesto and the pledge’s words")


MANIFESTOS = Kind(
    key="manifesto",
    label="Manifesto",
    events=Manifesto.pgh_event_model,
    within="partnership",
    own=_number_of,
    labels={
        "number": "the version",
        "vision": "the vision",
        "body": "the manifesto",
        "pledge": "the words that partners sign",
        "made_by": "who wrote it",
        "made_at": "when it was written",
    },
    facts=_manifesto_facts,
    describe=_describe_manifesto,
)


PUBLIC_LABELS = {
    "is_published": "whether it is published",
    "campaign": "the name",
    "introduction": "the introduction",
    "hashtag": "the hashtag",
    "colour": "the colour",
    "logo_words": "the logo",
    "help_words": "the help for families",
    "shows_pledges": "whether it shows pledges",
    "shows_actions": "whether it shows what was done",
}


def _public_facts(events):
    return events.annotate(slug=_slug("partnership_id")).values("pgh_id", "slug", "is_published")


def _describe_public_page(row, facts):
    link = reverse("preview_public_page", args=[facts["slug"]])
    if row.label == REMOVED:
        return Sentence("removed the public page", link)
    if row.label == ADDED:
        began = "published" if facts["is_published"] else "began"
        return Sentence(f"{began} the public page", link)
    if row.label == NOTICED:
        return Sentence("changed who can be asked on the public page", link)
    if "is_published" in row.fields:
        done = "published the public page" if facts["is_published"] else TAKEN_OFFLINE
        return Sentence(done, link)
    return Sentence(changed(row, PUBLIC_LABELS, "the public page"), link)


TAKEN_OFFLINE = "took the public page offline"
PUBLIC_PAGES = Kind(
    key="public-page",
    label="Public page",
    events=PublicPage.pgh_event_model,
    within="partnership",
    own=_number_of,
    labels={**PUBLIC_LABELS, "changed_by": "who changed it", "changed_at": "when it was changed"},
    facts=_public_facts,
    describe=_describe_public_page,
)


def _download_facts(events):
    return events.annotate(person=F("user_id")).values("pgh_id", "person", "what")


def _describe_download(row, facts):
    if row.label == ADDED:
        return Sentence(f"downloaded a file: {facts['what']}", who=facts["person_name"])
    done = "removed" if row.label == REMOVED else "changed"
    return Sentence(f"{done} the note of a download: {facts['what']}")


DOWNLOADS = Kind(
    key="downloads",
    label="Downloads",
    events=Download.pgh_event_model,
    within="partnership",
    own=_number_of,
    labels={"what": "what it was", "user": "who it was", "at": "when it was"},
    facts=_download_facts,
    describe=_describe_download,
)
