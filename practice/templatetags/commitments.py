"""What pages of other parts show of commitments."""

from django import template
from django.utils import timezone

from practice import committing
from practice.limits_in_words import responsible, time_limit, where_it_holds
from practice.versions import differences

register = template.Library()


@register.inclusion_tag("practice/_standard_commitments.html", takes_context=True)
def standard_commitments(context, standard, partnership):
    """On a standard's page: whether one committed, and one's organisations; and the button."""
    user = context["request"].user
    version = committing.in_force_version(standard, partnership, timezone.localdate())
    if version is None:
        return {"version": None}
    own = committing.own_organisations(partnership, user)
    mine, theirs = committing.commitments_to(standard, user, own)
    return {
        "version": version,
        "standard": standard,
        "partnership": partnership,
        "mine": mine,
        "changes": differences(mine.version, version) if mine else [],
        "organisations": [(each, theirs[each.pk]) for each in own],
        "may_commit": committing.may_commit(user, partnership, is_own=True),
    }


@register.inclusion_tag("practice/_changed_since.html", takes_context=True)
def changed_since_you_committed(context, partnership):
    """A line for who committed to standards that changed since: “2 standards changed …”."""
    user = context["request"].user
    number = committing.changed_since(partnership, user, timezone.localdate())
    return {"number": number, "partnership": partnership}


@register.simple_tag
def measure_in_full(measure):
    """A measure in one paragraph: what, in what time, by whom and where."""
    limit = time_limit(measure)
    when = f", {limit}{f' from when {measure.trigger}' if measure.trigger else ''}" if limit else ""
    parts = [f"{measure.text}{when}", responsible(measure), where_it_holds(measure)]
    return ". ".join(each.rstrip(".") for each in parts if each) + "."
