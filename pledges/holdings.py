"""What is held about a person in pledges and action plans (partnerships/holdings.py shows it)."""

from django.db.models import Q

from partnerships.holdings import Link, link_to, own_partnerships, register
from pledges.followed import name_of, page_of
from pledges.models import (
    Action,
    Answer,
    BoardReport,
    Deputy,
    Follow,
    Measure,
    Pledge,
    Reading,
    ReminderChoice,
    Signing,
    Update,
)
from pledges.rating import show_of


def register_all():
    """Have this room's parts told with the others."""
    register("Actions that you see to, or that name you", owner_of)
    register("Actions that you stand in on", stands_in)
    register("Actions that you wrote into a plan", wrote)
    register("Updates that you wrote", updates)
    register("Priority actions that you answered with “no action”", answers)
    register("Pledges that you lead, or that name you as champion", leads)
    register("Signings that you recorded, or that carry your name", signings)
    register("How often you are reminded of actions", reminders)
    register("Measures that you see to, or that you added", measures)
    register("Readings that you recorded", readings)
    register("What you follow", follows)
    register("Board reports that you made or wrote in", reports)


def _is_named(user, field, own, partnership="partnership"):
    """Whether a text of one's own partnerships holds one's name; elsewhere it is another's."""
    if not user.name:
        return Q(pk__in=[])
    return Q(**{f"{field}__icontains": user.name, f"{partnership}__in": own})


def owner_of(user):
    """The actions that one sees to, by one's account or by one's name."""
    own = own_partnerships(user)
    mine = Q(owner=user) | _is_named(user, "owner_words", own)
    rows = Action.objects.filter(mine).with_names().order_by("partnership", "number")
    return [
        {
            "Action": link_to(each, own),
            "Organisation": str(each.organisation),
            "Status": each.get_status_display(),
            "Due": each.due_on,
        }
        for each in rows
    ]


def stands_in(user):
    """The actions on which one stands in for the owner."""
    own = own_partnerships(user)
    rows = Deputy.objects.filter(user=user).select_related("action__partnership")
    return [
        {"Action": link_to(each.action, own), "Status": each.action.get_status_display()}
        for each in rows.order_by("action__partnership", "action__number")
    ]


def wrote(user):
    """The actions that one wrote down first."""
    own = own_partnerships(user)
    rows = Action.objects.filter(created_by=user).with_names().order_by("-created_at", "pk")
    return [{"Action": link_to(each, own), "When": each.created_at} for each in rows]


def updates(user):
    """What one told of actions, in one's own words."""
    own = own_partnerships(user)
    rows = Update.objects.filter(written_by=user).select_related("action__partnership")
    return [
        {"Action": link_to(each.action, own), "When": each.written_at, "Words": each.text}
        for each in rows.order_by("-written_at", "-pk")
    ]


def answers(user):
    """The priority actions of which one said that nobody takes them on, and why."""
    rows = Answer.objects.filter(answered_by=user).select_related("priority_action")
    return [
        {
            "Priority action": each.priority_action.what,
            "When": each.answered_at,
            "Because": each.because,
        }
        for each in rows.order_by("-answered_at", "pk")
    ]


def leads(user):
    """The pledges of which one is the lead contact, or the champion by name."""
    own = own_partnerships(user)
    mine = Q(lead=user) | _is_named(user, "champion", own)
    rows = Pledge.objects.filter(mine).select_related("organisation", "lead", "partnership")
    return [
        {
            "Pledge": link_to(each, own),
            "Status": each.get_status_display(),
            "You are the lead contact": "Yes" if each.lead_id == user.pk else "No",
        }
        for each in rows
    ]


def signings(user):
    """The signings that one recorded; and in one's own partnerships, those under one's name."""
    own = own_partnerships(user)
    mine = Q(recorded_by=user) | _is_named(user, "name", own, "pledge__partnership")
    rows = Signing.objects.filter(mine).select_related(
        "pledge__organisation", "pledge__partnership"
    )
    name = user.name.casefold()
    return [
        {
            "Pledge": link_to(each.pledge, own),
            "Signed on": each.signed_on,
            "Your name is on it": "Yes" if name and name in each.name.casefold() else "No",
            "Recorded by you": "Yes" if each.recorded_by_id == user.pk else "No",
        }
        for each in rows
    ]


def reminders(user):
    """One's choice, where one made any or had such an e-mail."""
    rows = ReminderChoice.objects.filter(user=user)
    return [
        {"How often": each.get_rhythm_display(), "Last e-mail": each.last_sent_on} for each in rows
    ]


def follows(user):
    """What one follows, or followed in a partnership that one has left."""
    own = own_partnerships(user)
    rows = Follow.objects.filter(user=user).with_names().order_by("partnership", "pk")
    return [
        {
            "What": Link(name_of(each), page_of(each) if each.partnership_id in own else ""),
            "Since": each.since,
        }
        for each in rows
    ]


def measures(user):
    """The measures that one sees to, and those that one added."""
    own = own_partnerships(user)
    rows = Measure.objects.filter(Q(owner=user) | Q(created_by=user)).with_names()
    return [
        {
            "Measure": link_to(each, own),
            "You see to it": "Yes" if each.owner_id == user.pk else "No",
            "You added it": "Yes" if each.created_by_id == user.pk else "No",
        }
        for each in rows.order_by("partnership", "name", "pk")
    ]


def readings(user):
    """The figures that one recorded, with one's own words."""
    own = own_partnerships(user)
    rows = Reading.objects.filter(recorded_by=user).with_names()
    return [
        {
            "Measure": link_to(each.measure, own),
            "Day": each.read_on,
            "Figure": show_of(each.measure, each.value),
            "Comment": each.comment,
            "When": each.recorded_at,
        }
        for each in rows.order_by("-recorded_at", "pk")
    ]


def reports(user):
    """The board reports that one made or finished, or in which one's words stand."""
    own = own_partnerships(user)
    mine = Q(made_by=user) | Q(finished_by=user) | Q(narratives__written_by=user)
    rows = BoardReport.objects.filter(mine).with_everything().order_by("pk").distinct()
    return [
        {
            "Report": link_to(each, own),
            "Your words": "\n".join(
                f"{written.get_section_display()}: {written.words}"
                for written in each.narratives.all()
                if written.written_by_id == user.pk
            ),
        }
        for each in rows.defer("figures")
    ]
