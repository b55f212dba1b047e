"""The addresses of training, champions, peer reviews, events and publicity."""

from tests.address import (
    A_KEY,
    LEADERS,
    LEADERS_CAN,
    NEVER,
    NOBODY,
    WRITERS,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)


def of(kind):
    """The arguments of the area's course, session, target, champion, review or publicity."""
    return lambda world: (world.a.partnership.slug, getattr(world.outreach, kind).pk)


def day(name, year=2026):
    return {f"{name}-day": "1", f"{name}-month": "3", f"{name}-year": str(year)}


TARGET = {"words": "Seen by the walk", "people": "600", **day("from_on"), **day("by_on", 2027)}


def session(world):
    return {
        **day("held_on"),
        "course": world.outreach.course.pk,
        "note": "Seen by the walk",
        "rows": "1",
        "row-1-people": "4",
        "row-1-setting": "health",
        "request_key": A_KEY,
    }


def champion(world):
    return {
        **day("since"),
        "kind": "champion",
        "name": "Seen by the walk",
        "organisation": world.organisation.pk,
        "request_key": A_KEY,
    }


def review(world):
    return {
        **day("held_on"),
        "reviewer": world.organisation.pk,
        "subject_words": "Seen by the walk",
        "request_key": A_KEY,
    }


def publicity(world):
    return {**day("held_on"), "title": "Seen by the walk", "kind": "press", "request_key": A_KEY}


def _page(kind=None):
    find, lost = (of(kind), lost_in_partnership) if kind else (of_partnership, lost_partnership)
    return Address(find=find, lost=lost)


def _form(kind=None, body=lambda world: {}, *, deciders=False):
    find, lost = (of(kind), lost_in_partnership) if kind else (of_partnership, lost_partnership)
    who = {"readers": WRITERS, "writers": WRITERS}
    if deciders:
        who = {"readers": LEADERS, "writers": LEADERS, "refused": LEADERS_CAN}
    return Address(find=find, lost=lost, body=body, **who)


ADDRESSES_OF_OUTREACH = {
    "training": _page(),
    "add_training_target": _form(body=lambda world: TARGET, deciders=True),
    "change_training_target": _form("target", lambda world: TARGET, deciders=True),
    "remove_training_target": _form("target", deciders=True),
    "course": _page("course"),
    "add_course": _form(
        body=lambda world: {"name": "Seen by the walk", "request_key": A_KEY}, deciders=True
    ),
    "change_course": _form("course", lambda world: {"name": "Seen by the walk"}, deciders=True),
    "training_session": _page("session"),
    "log_session": _form(body=session),
    "change_session": _form("session", session),
    "remove_session": _form("session"),
    "champions": _page(),
    "add_champion": _form(body=champion),
    "change_champion": _form("champion", champion),
    "remove_champion": _form("champion"),
    "peer_reviews": _page(),
    "peer_review": _page("review"),
    "peer_review_history": _page("review"),
    "add_peer_review": _form(body=review),
    "change_peer_review": _form("review", review),
    "remove_peer_review": _form("review"),
    "add_review_action": _form(
        "review",
        lambda world: {
            "organisation": world.organisation.pk,
            "what": "Seen by the walk",
            "request_key": A_KEY,
        },
    ),
    "untie_review_action": Address(
        find=lambda world: (*of("review")(world), world.plan_action.number),
        lost=lambda world: (*of("review")(world), NEVER),
        readers=NOBODY,
        writers=WRITERS,
    ),
    "publicity": _page(),
    "add_publicity": _form(body=publicity),
    "change_publicity": _form("publicity", publicity),
    "remove_publicity": _form("publicity"),
    **{
        f"{what}_{kind}": Address(
            find=of_partnership, lost=lost_partnership, file=True, noted=what == "champions"
        )
        for what in ("training", "champions", "publicity")
        for kind in ("xlsx", "csv")
    },
}
