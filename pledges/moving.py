"""What moved where somebody follows: updates and new actions, for the e-mail that reminds."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.text import Truncator

from pledges.followed import name_of, news_of
from pledges.models import Action, ActionStatus, Follow, Rating, ServedDomain, Update

MOST = 30  # lines in one e-mail
LONGEST_WORDS = 200


@dataclass
class Part:
    """What moved of one followed thing. ``page``: the path where all of it is."""

    name: str
    page: str
    lines: list = field(default_factory=list)


@dataclass(frozen=True)
class Moved:
    """All that moved, by what is followed; ``is_more``: there was more than fits."""

    parts: tuple = ()
    is_more: bool = False


@dataclass(frozen=True)
class _News:
    """One thing that happened to an action."""

    at: datetime
    action: Action
    words: str
    is_new: bool = False


def moved_for(user, since, today):
    """What moved from the day ``since`` on, that day included, until the day before today.

    ``since`` is the day of the last e-mail, which told of the days before it; None: there was
    none yet. What somebody did themselves is no news to them.
    """
    follows = list(Follow.objects.visible_to(user).with_names().by_thing())
    if not follows:
        return Moved()
    start = _midnight(since) if since else min(each.since for each in follows)
    news = _news(user, {each.partnership_id for each in follows}, start, _midnight(today))
    return Moved(_parts(follows, news[:MOST]), len(news) > MOST)


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _news(user, partnerships, start, end):
    """The newest news first; one more than fits, where there is more."""
    their_follows = Follow.objects.visible_to(user)
    served = ServedDomain.objects.all()
    # An action's own moment is that of its last update: an index finds those with news.
    updates = Update.objects.filter(
        Exists(their_follows.that_tell_of("action", "written_at", served=served)),
        action__partnership__in=partnerships,
        action__updated_at__gte=start,
        written_at__gte=start,
        written_at__lt=end,
    )
    updates = updates.exclude(written_by=user).select_related("action__organisation", "written_by")
    made = Action.objects.filter(
        Exists(their_follows.that_tell_of("", "created_at", served=served)),
        partnership__in=partnerships,
        updated_at__gte=start,
        created_at__gte=start,
        created_at__lt=end,
    )
    made = made.filter(Q(created_by__isnull=True) | ~Q(created_by=user))
    news = [_News(each.written_at, each.action, _told(each)) for each in updates[: MOST + 1]]
    newest = made.select_related("organisation").order_by("-created_at", "-pk")
    news += [_News(each.created_at, each, "", is_new=True) for each in newest[: MOST + 1]]
    return sorted(news, key=lambda each: each.at, reverse=True)


def _parts(follows, news):
    """Each piece of news under one thing: its action, else its organisation, else a domain."""
    domains = _domains_of({each.action.pk for each in news})
    parts = {}
    for each in news:
        found = next(follow for follow in follows if _tells_of(follow, each, domains))
        if found.pk not in parts:
            parts[found.pk] = Part(name_of(found), news_of(found))
        parts[found.pk].lines.append(_line(each, found))
    return tuple(parts[each.pk] for each in follows if each.pk in parts)


def _domains_of(actions):
    served = {}
    for action, domain in ServedDomain.objects.filter(action__in=actions).values_list(
        "action_id", "domain_id"
    ):
        served.setdefault(action, set()).add(domain)
    return served


def _tells_of(follow, news, domains):
    action = news.action
    if follow.since > news.at or follow.partnership_id != action.partnership_id:
        return False
    if follow.action_id:
        return follow.action_id == action.pk
    if follow.organisation_id:
        return follow.organisation_id == action.organisation_id
    return follow.domain_id in domains.get(action.pk, ())


def _line(news, follow):
    day = f"{timezone.localdate(news.at):%-d %B}"
    action = f"{news.action} ({news.action.organisation})" if follow.domain_id else news.action
    if news.is_new:
        return f"{day}, new: action {action}"
    return f"{day}, {news.words}" if follow.action_id else f"{day}, action {action}: {news.words}"


def _told(update):
    """An update in a line: what changed, and what was said."""
    changes = "; ".join(_changes(update))
    words = Truncator(" ".join(update.text.split())).chars(LONGEST_WORDS)
    said = " ".join(part for part in (f"{changes}." if changes else "", words) if part)
    return f"{update.written_by}: {said}"


def _changes(update):
    if update.status_before != update.status_after:
        yield f"now {ActionStatus(update.status_after).label.lower()}"
    if update.rating_after and update.rating_before != update.rating_after:
        rating = Rating(update.rating_after)
        yield f"rated {rating.name.lower()}, {rating.label.lower()}"
    if update.moved_due:
        before = f" instead of {_day(update.due_before)}" if update.due_before else ""
        yield f"due on {_day(update.due_after)}{before}" if update.due_after else "no day any more"


def _day(day):
    return f"{day:%-d %B %Y}"
