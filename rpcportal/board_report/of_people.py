"""Figures of training, champions, peer reviews and events, for gathering.py. Nobody is named."""

from django.db.models import Count, Q, Sum

from pledges.models.outreach import ChampionKind, PublicityKind
from pledges.outreach import champions_of, publicity_of, reviews_of
from pledges.training import targets_of, trained
from rpcportal.board_report.period import day, listed, said

SHARES = 12


def people(period):
    """Who was trained, who carries it on, who looked at whose work, and who was reached."""
    found = trained(period.partnership, period.from_on, period.end)
    targets = targets_of(period.partnership, period.end)
    return {
        "trained": found.total,
        "sessions": found.sessions,
        "by_setting": _shares(found.by_setting),
        "by_organisation": _shares(found.by_organisation),
        "targets": [
            {"words": said(each.target.words, 200), "sentence": each.sentence}
            for each in targets
            if each.target.from_on <= period.end and each.target.by_on >= period.from_on
        ],
        **_champions(period),
        "reviews": listed(reviews_of(period.partnership, *period.days), _review),
        "events": listed(publicity_of(period.partnership, *period.days), _event),
        "reached": _reached(period),
    }


def _shares(shares):
    """The largest shares, and the rest in one."""
    rows = [{"name": said(each.name, 150), "people": each.people} for each in shares[:SHARES]]
    rest = sum(each.people for each in shares[SHARES:])
    return [*rows, {"name": "All others", "people": rest}] if rest else rows


def _champions(period):
    serving = champions_of(period.partnership, period.end).order_by()
    return serving.aggregate(
        champions=Count("pk", filter=Q(kind=ChampionKind.CHAMPION)),
        organisations=Count("organisation", filter=Q(kind=ChampionKind.CHAMPION), distinct=True),
        ambassadors=Count("pk", filter=Q(kind=ChampionKind.AMBASSADOR)),
    )


def _review(review):
    return {
        "held_on": day(review.held_on),
        "reviewer": said(review.reviewer_name, 150),
        "subject": said(review.subject_name, 150),
        "findings": said(review.findings),
        "actions": [action.number for action in review.actions.all()][:10],
    }


def _event(event):
    return {
        "held_on": day(event.held_on),
        "title": said(event.title, 200),
        "kind": PublicityKind(event.kind).label,
        "organisation": said(event.organisation.name, 150) if event.organisation_id else "",
        "reached": event.reached,
    }


def _reached(period):
    rows = publicity_of(period.partnership, *period.days).order_by()
    return rows.aggregate(reached=Sum("reached"))["reached"] or 0
