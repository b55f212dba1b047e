"""The day's work on reviews: remind those who see to standards and resources.

A review is told of twice: when it comes within four weeks, and when its day has passed. What has
the same day goes into one e-mail; the post's keys allow one of each (partnerships/mail.py). Doing
it twice does it once, and a day that was missed is made up.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from partnerships.mail import base_address, post
from partnerships.models import Membership, OutgoingMail, Partnership
from partnerships.models.mail import MailState
from practice.models import Resource, Standard
from rpcportal.kit.quoting import quoted

AHEAD = timedelta(weeks=4)
MOST_LISTED = 50


def remind_of_reviews(now):
    """Remind of each review that is near or late. Doing it twice is harmless."""
    today = timezone.localdate(now)
    for pk in _partnerships_with_reviews(today):
        _remind(pk, today)


@dataclass(frozen=True)
class Review:
    """Something that is to be reviewed: what it is called, whose it is, and where it stands."""

    name: str
    owner: object
    day: object
    address: str

    def is_late(self, today):
        """Whether its day has passed."""
        return self.day < today


def _due(rows, today):
    return rows.filter(review_on__lte=today + AHEAD)


def _standards(today):
    standing = Standard.objects.standing(today)
    return _due(standing.exclude(pillar__model__retired_on__lte=today), today)


def _partnerships_with_reviews(today):
    owned = Q(pk__in=_standards(today).values("partnership"))
    owned |= Q(pk__in=_due(Resource.objects, today).values("partnership"))
    return Partnership.objects.filter(owned).order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def _remind(pk, today):
    """Look with the partnership held: another machine may be at it."""
    partnership = Partnership.objects.select_for_update(no_key=True).get(pk=pk)
    by_mail = {}
    members = {
        each.user_id: each.user
        for each in Membership.objects.filter(
            partnership=partnership, user__is_active=True
        ).select_related("user")
    }
    coordinators = [each.user for each in partnership.memberships.coordinators().with_names()]
    for review in _reviews(partnership, today):
        owner = members.get(review.owner)
        for person in [owner] if owner else coordinators:
            key = (person, review.day, review.is_late(today))
            by_mail.setdefault(key, []).append(review)
    for (person, day, is_late), reviews in by_mail.items():
        _write(partnership, person, day, reviews, is_late=is_late)


def _reviews(partnership, today):
    """All Reviews of a partnership that are near or late."""
    standards = _standards(today).filter(partnership=partnership).with_statement()
    found = [(each.statement, each) for each in standards]
    found += [(each.name, each) for each in _due(Resource.objects.own(partnership), today)]
    return [
        Review(quoted(name, limit=150), each.owner_id, each.review_on, each.page_in(partnership))
        for name, each in found
    ]


def _write(partnership, person, day, reviews, *, is_late):
    """One e-mail of each kind; what came too late to be sent is written once more."""
    stage = "passed" if is_late else "near"
    name = f"reviews of {partnership.pk} on {day}, {stage}, to {person.pk}"
    mails = OutgoingMail.objects.filter(key__startswith=f"{name},")
    states = list(mails.values_list("state", flat=True))
    if any(state != MailState.STALE for state in states):
        return
    context = {
        "partnership": partnership,
        "person": person,
        "day": day,
        "is_late": is_late,
        "reviews": reviews[:MOST_LISTED],
        "more": max(len(reviews) - MOST_LISTED, 0),
        "base": base_address(),
    }
    when = f"{day:%-d %B %Y}"
    subject = f"The review of {when} is late" if is_late else f"To be reviewed by {when}"
    post(
        to=person.email,
        subject=f"{subject}: practice library of {partnership}",
        body=render_to_string("practice/mail/reviews.txt", context),
        key=f"{name}, try {len(states)}",
    )
