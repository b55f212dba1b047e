"""What a phone in the room shows: one thing at a time.

All phones of a room ask for the next thing within two seconds. So what they show alike is made
once for each version of the workshop and kept by the process (``shared_step``); what is one
phone's own, its vote and the token of its form, is put in afterwards.
"""

import secrets
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from partnerships.doors import stamp_of
from planning.dots import ranking_of
from planning.dots_forms import DotsForm
from planning.dots_pages import dots_form_html, own_dots_html
from planning.levels import format_level
from planning.models import Ballot, BallotKind, Stage, Vote, Workshop
from planning.outline import outline_of
from planning.parts import level_text
from planning.phone_forms import VoteForm, value_of
from planning.screens import is_agreed_here, now_at
from planning.spread_charts import Spread
from rpcportal.kit.meanwhile import fingerprint

KEPT = 64  # steps in one process: more than there are workshops on one day
TOKEN = f"token-{secrets.token_hex(16)}"  # stands for the token of a form in what is kept


@dataclass(frozen=True)
class Step:
    """What the phones of a room show at one moment.

    ``key``: a phone that shows another one changes. A vote keeps its key as long as it is open,
    so that nothing is taken from under a finger. ``told``: the sentence that is said aloud once.
    ``html``: what all phones show alike; of a vote, the form of whoever has not voted.
    """

    kind: str
    key: str
    heading: str
    told: str
    html: str
    ballot: Ballot | None
    dot_round: object | None


# --- What all phones show -----------------------------------------------------------------------


def phone_stamp(event):
    """Says how a workshop looks on a phone; ``event``: it, or what a poll knows of it.

    It holds the level of its domain, which a scribe may change elsewhere after it was agreed.
    """
    level = level_text(event.entry) if event.entry else ""
    return f"{stamp_of(event)}l{level}"


@lru_cache(maxsize=KEPT)
def shared_step(workshop_pk, occasion_pk, stamp):
    """The step of a workshop that looks so (``stamp``), for the phones of one of its events.

    Whatever changes it changes the stamp too, in the same transaction: so what is kept is never
    older than its stamp.
    """
    return step_of(Workshop.objects.with_context().get(pk=workshop_pk), occasion_pk)


def step_of(workshop, occasion_pk):
    """The step as it stands. ``workshop``: as with_context() loads it."""
    now = now_at(workshop)
    kind = _kind(now)
    context = {"now": now, "workshop": workshop, "kind": kind, "pk": occasion_pk}
    context["agreed"] = agreed_at(now)
    context["heading"] = heading = _heading(now, kind)
    context["has_tables"] = workshop.tables.exists()
    if kind == "spread":
        context["spread"] = Spread.of(Ballot.objects.with_spread().get(pk=now.ballot.pk))
    if kind == "ranking":
        context["ranking"] = ranking_of(now.dot_round)
    if kind == "vote":
        html = form_html(vote_form(now.ballot, workshop), now.ballot, workshop, occasion_pk)
    elif kind == "dots":
        html = dots_form_html(DotsForm(dot_round=now.dot_round), occasion_pk, TOKEN)
    else:
        html = render_to_string("planning/workshop_phone_step.html", context)
    return Step(
        kind=kind,
        key=_key(now, kind, html),
        heading=heading,
        told=_told(now, kind, heading),
        html=html,
        ballot=now.ballot if kind == "vote" else None,
        dot_round=now.dot_round if kind == "dots" else None,
    )


def _kind(now):
    if now.workshop.closed_at:
        return "over"
    if now.is_open:
        return "vote"
    if now.takes_dots:
        return "dots"
    if now.is_revealed:
        return "spread"
    if now.stage == Stage.DOTS:
        return "ranking" if now.dot_round else "welcome"
    return str(now.stage)


def _heading(now, kind):
    if kind in {"vote", "spread"} and now.ballot.kind == BallotKind.RATING:
        return "How was this workshop?" if kind == "vote" else "Thank you for your rating"
    if kind == "vote":
        return domain_of(now.ballot, now.workshop).title
    if now.domain:
        return now.domain.title
    headings = {
        "over": "The workshop is over",
        "dots": "Place your dots",
        "ranking": "The dots are counted",
        "closing": "The workshop is coming to its end",
    }
    return headings.get(kind, "You are in")


def _told(now, kind, heading):
    """What has changed, in a sentence."""
    if kind == "vote":
        return f"The vote is open: {heading}"
    if agreed := agreed_at(now):
        return f"{heading}: the room agreed {agreed}."
    if kind == "spread":
        return f"The vote has closed. {heading}: see what the room voted."
    return f"Now: {heading}."


def agreed_at(now):
    """What this room agreed, and not what stood on the sheet before it met."""
    is_agreed = now.entry is not None and is_agreed_here(now.entry, now.workshop)
    return now.agreed if is_agreed else ""


def _key(now, kind, html):
    if kind == "vote":
        return f"vote-{now.ballot.pk}"
    if kind == "dots":
        return f"dots-{now.dot_round.pk}"
    return f"{kind}-{fingerprint(html)}"


def domain_of(ballot, workshop):
    """The domain that a ballot is about, or None."""
    if ballot.entry_id is None:
        return None
    outline = outline_of(workshop.assessment.framework)
    return outline.by_number[outline.number_of[ballot.entry.domain_id]]


# --- What is one phone's own --------------------------------------------------------------------


def ballot_asked(step, workshop_pk, pk):
    """The ballot of this number that the phones of a workshop vote in, or None.

    As it stood in ``step``, when it is the one that is open there; a copy, which the verbs change.
    """
    if step.ballot is not None and step.ballot.pk == pk:
        return copy(step.ballot)
    workshop = Workshop.objects.with_context().get(pk=workshop_pk)
    found = Ballot.objects.in_the_room(workshop).filter(pk=pk).first()
    if found is not None:
        found.workshop = workshop
    return found


def vote_form(ballot, workshop, data=None, vote=None):
    """The form of one ballot."""
    outline = outline_of(workshop.assessment.framework)
    return VoteForm(
        data, ballot=ballot, outline=outline, domain=domain_of(ballot, workshop), vote=vote
    )


def form_html(form, ballot, workshop, occasion_pk):
    """The question with its form, and TOKEN where the form's token belongs."""
    context = {
        "form": form,
        "ballot": ballot,
        "workshop": workshop,
        "domain": domain_of(ballot, workshop),
        "is_rating": ballot.kind == BallotKind.RATING,
        "pk": occasion_pk,
        "token": TOKEN,
    }
    return render_to_string("planning/workshop_phone_form.html", context)


def vote_of(ballot, key):
    """What the phone of this key voted in an open ballot, or None."""
    return Vote.objects.filter(ballot=ballot, participant__key=key).first()


def own_html(request, step, occasion_pk, *, workshop=None, key="", form=None, changes=False):
    """What this phone shows of a step. ``form``: as it was sent, with what is wrong with it;
    ``changes``: it would like to vote anew. Both need ``workshop``.
    """
    html = step.html
    if isinstance(form, DotsForm):
        html = dots_form_html(form, occasion_pk, TOKEN)
    elif step.dot_round is not None:
        html = own_dots_html(step.dot_round, key, occasion_pk, TOKEN, changes=changes) or html
    elif form is not None:
        html = form_html(form, form.ballot, workshop, occasion_pk)
    elif step.ballot is not None and (vote := vote_of(step.ballot, key)):
        if changes:
            form = vote_form(step.ballot, workshop, vote=vote)
            html = form_html(form, step.ballot, workshop, occasion_pk)
        else:
            html = voted_html(vote, step, occasion_pk)
    # Rendered by templates; the token is letters and figures.
    return mark_safe(html.replace(TOKEN, get_token(request))) if TOKEN in html else html


def voted_html(vote, step, occasion_pk):
    """What a phone shows of the vote that it has cast."""
    level = "don’t know" if vote.level is None else format_level(vote.level)
    context = {
        "vote": vote,
        "level": level,
        "value": value_of(vote.level),
        "step": step,
        "pk": occasion_pk,
    }
    return render_to_string("planning/workshop_phone_voted.html", context)


def phone_page(workshop, step, html, occasion_pk, late=None):
    """The context of the page, of its news, and of the answer to a vote.

    ``late``: the form of a vote that came after the close.
    """
    return {
        "host": workshop.partnership,
        "workshop": workshop,
        "step": step,
        "content": html,
        "late": late,
        "pk": occasion_pk,
        "stamp": phone_stamp(workshop),
    }
