"""What the ground floor holds about a person (partnerships/holdings.py shows it)."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Q

from partnerships.events import ADDED, CHANGED, REMOVED
from partnerships.holdings import Link, register
from partnerships.models import (
    Address,
    Affiliation,
    CouncilAccount,
    Download,
    Invitation,
    Manifesto,
    Membership,
    Organisation,
    OutgoingMail,
    Page,
    Partnership,
    PublicPage,
    SecondFactor,
)
from partnerships.models.mail import MailState
from rpcportal.kit.roles import Role
from rpcportal.kit.tracking import events_by

DEEDS = {ADDED: "Added", CHANGED: "Changed", REMOVED: "Ended"}
SECOND_STEPS = {
    Authenticator.Type.TOTP: "App on a phone",
    Authenticator.Type.WEBAUTHN: "Passkey",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


def register_all():
    """In the order in which people ask."""
    register("Your account", account)
    register("Memberships", memberships)
    register("Changes to your memberships", changes_to_memberships)
    register("Invitations to you", invitations)
    register("Ways to sign in", ways_in)
    register("Changes to your ways to sign in", changes_to_ways_in)
    register("Where you are signed in", sessions)
    register("E-mails to you", mails)
    register("Personal data that you downloaded", downloads)
    register("Public pages that name you as the one to ask", contacts)
    register("What you did for partnerships", deeds)


def yes_no(value):
    """As people write it."""
    return "Yes" if value else "No"


def account(user):
    """The account itself, without what proves who one is."""
    return [
        {
            "Name": user.name,
            "E-mail address": user.email,
            "In use": yes_no(user.is_active),
            "Portal administrator": yes_no(user.is_portal_administrator),
            "Joined": user.joined_at,
            "Last sign-in": user.last_login,
            "Warned that the account is not used": user.warned_at,
            "Password": "Set" if user.has_usable_password() else "None",
        }
    ]


def memberships(user):
    """Each partnership with one's role there."""
    rows = user.memberships.with_names().order_by("partnership__name")
    return [
        {
            "Partnership": Link(each.partnership.name, each.partnership.get_absolute_url()),
            "Role": each.get_role_display(),
            "Job title": each.job_title,
            "Organisations": ", ".join(sorted(one.name for one in each.organisations.all())),
            "Since": each.joined_at,
        }
        for each in rows
    ]


def changes_to_memberships(user):
    """What the history says of them, of those that ended too; newest first."""
    events = Membership.pgh_event_model.objects.filter(user_id=user.pk)
    rows = events.order_by("-pgh_created_at", "-pgh_id").values_list(
        "pgh_created_at", "pgh_label", "role", "partnership_id"
    )
    rows = list(rows)
    names = Partnership.objects.in_bulk({partnership for *_, partnership in rows})
    roles = dict(Role.choices)
    return [
        {
            "When": when,
            "What": DEEDS.get(label, "Noted"),
            "Role": roles.get(role, role),
            "Partnership": str(names.get(partnership, "")),
        }
        for when, label, role, partnership in rows
    ]


def invitations(user):
    """Those that were sent to one's address, or that one came in by."""
    rows = Invitation.objects.filter(Q(email__iexact=user.email) | Q(accepted_by=user))
    return [
        {
            "Partnership": each.partnership.name,
            "Role": each.get_role_display(),
            "E-mail address": each.email,
            "Name": each.name,
            "Job title": each.job_title,
            "Invited": each.invited_at,
            "Accepted": each.accepted_at,
            "Taken back": each.revoked_at,
        }
        for each in rows.select_related("partnership")
    ]


def ways_in(user):
    """Second steps and the council's account; never what proves them."""
    steps = Authenticator.objects.filter(user=user).order_by("created_at")
    found = [(SECOND_STEPS[each.type], each.created_at, each.last_used_at) for each in steps]
    councils = SocialAccount.objects.filter(user=user).order_by("date_joined")
    found += [("The council’s account", each.date_joined, each.last_login) for each in councils]
    return [{"What": what, "Since": since, "Last used": used} for what, since, used in found]


def changes_to_ways_in(user):
    """What was added and taken away, by oneself or by somebody else; newest first."""
    done = {ADDED: "Added", REMOVED: "Taken away"}
    what = {
        SecondFactor.pgh_event_model: lambda event: SECOND_STEPS[event.type],
        CouncilAccount.pgh_event_model: lambda event: "The council’s account",
        Address.pgh_event_model: lambda event: "E-mail address",
    }
    found = [
        (event.pgh_created_at, done.get(event.pgh_label, "Changed"), name(event), event)
        for model, name in what.items()
        for event in model.objects.filter(user_id=user.pk)
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    return [
        {"When": when, "What": deed, "Which": which, "By you": yes_no(_by(event) == user.pk)}
        for when, deed, which, event in found
    ]


def _by(event):
    return (event.pgh_context or {}).get("user")


def sessions(user):
    """Each session with its address and browser."""
    rows = UserSession.objects.filter(user=user).order_by("-created_at")
    return [
        {
            "Began": each.created_at,
            "Internet address": each.ip,
            "Browser": each.user_agent,
        }
        for each in rows
    ]


def mails(user):
    """What was sent to one's address in the last month; the words are not kept."""
    rows = OutgoingMail.objects.filter(to__iexact=user.email)
    return [
        {"Written": each.created_at, "Subject": each.subject, "State": MailState(each.state).label}
        for each in rows
    ]


def downloads(user):
    """What one took away, and when."""
    rows = Download.objects.filter(user=user).select_related("partnership")
    return [
        {"When": each.at, "What": each.what, "Partnership": str(each.partnership or "")}
        for each in rows
    ]


def contacts(user):
    """The pages of one's own partnerships for everybody that carry one's address or name."""
    named = Q(contact_email__iexact=user.email)
    if user.name:
        own = user.memberships.values("partnership_id")
        named |= Q(contact_name__icontains=user.name, partnership__in=own)
    rows = PublicPage.objects.filter(named).select_related("partnership").order_by("partnership")
    return [
        {
            "Partnership": each.partnership.name,
            "Published": yes_no(each.is_published),
            "Name": each.contact_name,
            "E-mail address": each.contact_email,
            "Telephone": each.contact_phone,
        }
        for each in rows
    ]


def deeds(user):
    """How often one changed people, organisations and settings; whose they are is not told."""
    kinds = {
        "Invitations": Invitation,
        "Memberships": Membership,
        "Organisations of members": Affiliation,
        "Organisations": Organisation,
        "Settings of a partnership": Partnership,
        "Words of a page": Page,
        "Versions of a manifesto": Manifesto,
        "Public pages": PublicPage,
    }
    counts = {name: count_by(model, user) for name, model in kinds.items()}
    return [{"What": name, "Changes": count} for name, count in counts.items() if count]


def count_by(model, user):
    """How many events of a model's history somebody left."""
    return events_by(model.pgh_event_model, [user.pk]).count()
