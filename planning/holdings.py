"""What the planning tool holds about a person (partnerships/holdings.py shows it)."""

from collections import Counter, defaultdict

from django.db.models import Max, Q

from partnerships.events import ADDED, CHANGED
from partnerships.holdings import link_to, own_partnerships, register
from planning.models import Assessment, Entry, EvidenceReference, PriorityAction, UnsettledText
from rpcportal.kit.tracking import events_by


def register_all():
    """Have this room's parts told with the others."""
    register("Domains that you are responsible for", responsible_for)
    register("Priority actions that name you as owner", owner_of)
    register("Assessments that you started", started)
    register("Agreements that you recorded, or that carry your name", agreements)
    register("Where you wrote", writing)


def responsible_for(user):
    """The domains that one sees to."""
    own = own_partnerships(user)
    rows = Entry.objects.filter(responsible=user).select_related(
        "domain", "assessment__partnership"
    )
    return [
        {"Assessment": link_to(each.assessment, own), "Domain": str(each.domain)}
        for each in rows.order_by("-assessment__assessed_on", "domain__number")
    ]


def owner_of(user):
    """Actions of one's own partnerships with one's name as the owner's; elsewhere it is another."""
    own = own_partnerships(user)
    named = PriorityAction.objects.naming(user.name).filter(assessment__partnership__in=own)
    rows = named.select_related("assessment__partnership")
    return [
        {"Assessment": link_to(each.assessment, own), "Action": each.what, "By": each.due}
        for each in rows.order_by("-assessment__assessed_on", "pk")
    ]


def started(user):
    """The assessments that one began."""
    own = own_partnerships(user)
    rows = Assessment.objects.filter(created_by=user).with_context()
    return [{"Assessment": link_to(each, own), "When": each.created_at} for each in rows]


def agreements(user):
    """Sheets whose agreement one recorded; and in one's own partnerships, those one agreed."""
    own = own_partnerships(user)
    by_name = Q(agreed_name__iexact=user.name, partnership__in=own) if user.name else Q(pk__in=[])
    rows = Assessment.objects.filter(Q(agreed_recorded_by=user) | by_name).with_context()
    name = user.name.casefold()
    return [
        {
            "Assessment": link_to(each, own),
            "Agreed on": each.agreed_on,
            "Your name is on it": "Yes" if each.agreed_name.casefold() == name else "No",
            "Recorded by you": "Yes" if each.agreed_recorded_by_id == user.pk else "No",
        }
        for each in rows
    ]


def writing(user):
    """For each assessment, in how many domains, references and actions one wrote, and when last.

    Counted from the history: one domain counts once, however often it was saved.
    """
    kinds = {
        "Domains": _touched(Entry, "assessment_id", [CHANGED], user),
        "References": _touched(EvidenceReference, "entry__assessment_id", [ADDED, CHANGED], user),
        "Priority actions": _touched(PriorityAction, "assessment_id", [ADDED, CHANGED], user),
    }
    waiting = Counter(
        UnsettledText.objects.filter(author=user).values_list("entry__assessment_id", flat=True)
    )
    last = defaultdict(list)
    for touched in kinds.values():
        for number, (_, moment) in touched.items():
            last[number].append(moment)
    own = own_partnerships(user)
    rows = Assessment.objects.filter(pk__in={*last, *waiting}).with_context()
    return [
        {
            "Assessment": link_to(each, own),
            **{name: touched.get(each.pk, (0, None))[0] for name, touched in kinds.items()},
            "Texts that wait to be settled": waiting[each.pk],
            "Last": max(last[each.pk], default=None),
        }
        for each in rows
    ]


def _touched(model, assessment, labels, user):
    """By assessment: how many different things one wrote in, and when last."""
    events = events_by(model.pgh_event_model, [user.pk]).filter(pgh_label__in=labels)
    things = events.values_list(assessment, "pgh_obj_id").annotate(last=Max("pgh_created_at"))
    found = {}
    for number, _, moment in things.order_by():
        count, last = found.get(number, (0, moment))
        found[number] = count + 1, max(last, moment)
    return found
