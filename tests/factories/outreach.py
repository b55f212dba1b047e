"""Training, champions, peer reviews, events and publicity, as rows. Each call makes new ones."""

from dataclasses import dataclass
from datetime import date

from pledges.models import (
    Attendance,
    Champion,
    Course,
    PeerReview,
    Publicity,
    ReviewAction,
    Session,
    TrainingTarget,
)

DAY = date(2026, 3, 1)


def make_course(partnership, name="Noticing conflict", **values):
    """A course."""
    return Course.objects.create(partnership=partnership, name=name, **values)


def make_session(course, *rows, held_on=DAY, **values):
    """A session; ``rows``: (organisation or None, setting, people)."""
    session = Session.objects.create(course=course, held_on=held_on, **values)
    for organisation, setting, people in rows:
        Attendance.objects.create(
            session=session, organisation=organisation, setting=setting, people=people
        )
    return session


def make_target(partnership, people=600, **values):
    """A target of the year 2026 for all courses."""
    values = {"from_on": date(2026, 1, 1), "by_on": date(2026, 12, 31)} | values
    values.setdefault("words", f"{people} practitioners trained")
    return TrainingTarget.objects.create(partnership=partnership, people=people, **values)


def make_champion(partnership, organisation=None, name="Dagny Oyelaran", *, since=DAY, **values):
    """A champion."""
    return Champion.objects.create(
        partnership=partnership, organisation=organisation, name=name, since=since, **values
    )


def make_review(partnership, *, held_on=DAY, actions=(), **values):
    """A peer review; sides that are not named are in words."""
    if "reviewer" not in values:
        values.setdefault("reviewer_words", "A neighbouring area")
    if "subject" not in values:
        values.setdefault("subject_words", "The whole partnership")
    review = PeerReview.objects.create(partnership=partnership, held_on=held_on, **values)
    for action in actions:
        ReviewAction.objects.create(review=review, action=action)
    return review


def make_publicity(partnership, title="Launch", *, held_on=DAY, kind="event", **values):
    """An event."""
    return Publicity.objects.create(
        partnership=partnership, title=title, held_on=held_on, kind=kind, **values
    )


@dataclass(frozen=True)
class OutreachOfArea:
    """One of each kind in an area of the world (tests/factories/world.py)."""

    course: Course
    session: Session
    target: TrainingTarget
    champion: Champion
    review: PeerReview
    publicity: Publicity


def outreach_of(partnership, organisation, plan_action, song=""):
    """One of each kind, with ``song`` in every text."""
    course = make_course(
        partnership, f"{song}course", provider=f"{song}provider", about=f"{song}about"
    )
    return OutreachOfArea(
        course=course,
        session=make_session(
            course,
            (organisation, "housing", 9),
            place=f"{song}place",
            note=f"{song}note",
        ),
        target=make_target(partnership, words=f"{song}target", course=course),
        champion=make_champion(
            partnership,
            organisation,
            f"{song}champion",
            role=f"{song}role",
            email=f"{song.strip().lower()}champion@{partnership.slug}.example",
        ),
        review=make_review(
            partnership,
            reviewer=organisation,
            subject_words=f"{song}subject",
            looked_at=f"{song}looked at",
            strengths=f"{song}strengths",
            findings=f"{song}findings",
            actions=[plan_action],
        ),
        publicity=make_publicity(
            partnership,
            f"{song}title",
            organisation=organisation,
            link=f"https://{song.strip().lower()}www.example.org/",
            note=f"{song}note",
        ),
    )
