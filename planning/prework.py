"""Scoring before the workshop: papers that know nobody's name, and what is counted of them.

Whoever has the link of a paper has the paper, on any device. The one link that everybody may have
makes a new paper for each who opens it. Who was invited by e-mail has a link of their own: it is
made of their row's number and a secret of the portal, and stands nowhere, so that the portal
cannot show, and who reads its database cannot tell, whose paper is whose. When the time is over
the papers are counted like a vote in the room (planning/balloting.py), as round 0 of each domain,
and deleted.
"""

import uuid
from collections import defaultdict
from datetime import timedelta

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from partnerships import limits
from partnerships.doors import tell_screens
from partnerships.events import PORTAL
from partnerships.mail import base_address, post
from planning.balloting import held_workshop, keep
from planning.models import (
    Ballot,
    BallotState,
    Entry,
    Invitee,
    Paper,
    PaperScore,
    Remark,
    RemarkKind,
    Workshop,
)
from planning.workshop_planning import in_words, when_and_where
from rpcportal.kit.holding import held_row

SALT = "scoring before a workshop"
PROOF, NUMBER = 10, 6  # bytes of a link: 80 bits that nobody guesses, and the invitee's number
# A whole council may stand behind one address; whoever wants to fill a workshop with papers is
# still counted.
PAPERS_FROM_ADDRESS = limits.Limit("scored beforehand, address", 300, 3600)
LINKS_OF_PERSON = limits.Limit("links to score beforehand, person", 500, 3600)
REST = timedelta(minutes=10)  # after a mail, before a reminder: the same click twice is one mail
LIFETIME = timedelta(days=3)

ENDED = "Scoring beforehand has ended."
NOT_SAVED = "Scoring beforehand has ended, so this was not saved."
NOT_ASKED = "Nobody is asked to score beforehand. Set until when people can, then send the link."
STILL_ON = (
    "People can still score beforehand until {when}, and this workshop is planned for {day}. End "
    "scoring beforehand first: that counts what they wrote. Then open the vote."
)


class Ended(Exception):
    """Nobody can score beforehand now; the message says so."""


class Changed(ValidationError):
    """The page had not seen the answer that stands; ``score`` is that one."""

    def __init__(self, score):
        self.score = score
        super().__init__(
            "You answered this elsewhere meanwhile: on another device, or in another tab. Both are "
            "below. Choose which one stands.",
            code="changed",
        )


# --- Links ------------------------------------------------------------------------------------


def key_for(invitee_pk):
    """The key of an invitee's paper. Without the portal's secret it tells nothing about them."""
    number = invitee_pk.to_bytes(NUMBER, "big")
    proof = _digest("proof", number)[:PROOF]
    return uuid.UUID(bytes=proof + _masked(number, proof))


def invitee_in(key):
    """The number of the invitee whose link this is; None for any other."""
    proof = key.bytes[:PROOF]
    number = _masked(key.bytes[PROOF:], proof)
    if not constant_time_compare(proof, _digest("proof", number)[:PROOF]):
        return None
    return int.from_bytes(number, "big")


def _masked(number, proof):
    mask = _digest("mask", proof)
    return bytes(one ^ other for one, other in zip(number, mask, strict=False))


def _digest(what, value):
    return salted_hmac(f"{SALT}, {what}", value, algorithm="sha256").digest()


def key_of_page(workshop, request_key):
    """The key of the paper that a page makes, which sent ``request_key``: one, however often it
    is sent, and none that somebody could choose.
    """
    return uuid.UUID(bytes=_digest("page", f"{workshop.pk} {request_key}")[:16], version=4)


def kept_key(link):
    """What is kept of a link: a reader of the database can open no paper, and tell from no mail
    that still waits whose one is.
    """
    return uuid.UUID(bytes=_digest("kept", link.bytes)[:16], version=4)


def workshop_at(key):
    """The workshop whose common link holds this key, or None. Without pre-work it has none."""
    found = Workshop.objects.with_context().filter(prework_key=key)
    return found.exclude(prework_closes_at=None).first()


def paper_at(key):
    """The paper that a personal link leads to, and the invitee, if it came by e-mail.

    (None, None) for a link that leads nowhere: one that never was, of somebody who is invited no
    more, or of a paper that was counted. An invitee's link has no paper until they begin.
    """
    number, invitee = invitee_in(key), None
    if number is not None:
        invited = Invitee.objects.exclude(workshop__prework_closes_at=None)
        invitee = (
            invited.select_related(
                "organisation",
                "workshop__assessment__framework",
                "workshop__assessment__partnership",
            )
            .filter(pk=number)
            .first()
        )
        if invitee is None:
            return None, None
    papers = Paper.objects.select_related(
        "workshop__assessment__framework", "workshop__assessment__partnership"
    )
    paper = papers.filter(key=kept_key(key)).first()
    if paper is not None:
        paper.link = key
    return paper, invitee


# --- Papers -----------------------------------------------------------------------------------


@transaction.atomic
def make_paper(*, workshop, key, sector):
    """The paper of the link ``key``; the one that is there already, if the click came twice.

    Nobody's deed: there is no ``by``. Raises ValidationError when the time is over.
    """
    # Held, so that no paper is made while they are counted.
    standing = held_row(Workshop.objects.all(), workshop.pk, no_key=True)
    if standing is None or not standing.takes_prework:
        raise ValidationError(ENDED, code="closed")
    begun = {"workshop": standing, "sector": sector}
    paper, _ = Paper.objects.get_or_create(key=kept_key(key), defaults=begun)
    paper.link = key
    return paper


def scores_of(paper):
    """What a paper says so far: the number of the entry -> PaperScore."""
    return {score.entry_id: score for score in paper.scores.all()}


def is_answered(score):
    """Whether it says anything of the level; words alone are welcome, but no answer."""
    return score is not None and (score.level is not None or score.does_not_know)


@transaction.atomic
def save_score(*, paper, entry, said, revision):
    """Keep what a paper says of one domain; returns the PaperScore, None where nothing is said.

    ``said``: level, does_not_know, strength, improvement. ``revision``: of the answer that the
    page had seen, 0 for none. The same twice is once. Raises Changed when the page had not seen
    what stands there, and ValidationError (code "closed") when the time is over.
    """
    # Held: two devices write one after the other, and not while the papers are counted.
    standing = held_row(Paper.objects.select_related("workshop"), paper.pk)
    if standing is None or not standing.workshop.takes_prework:
        raise ValidationError(NOT_SAVED, code="closed")
    score = standing.scores.filter(entry=entry).first()
    if score is None:
        return standing.scores.create(entry=entry, **said) if any(said.values()) else None
    if all(getattr(score, name) == value for name, value in said.items()):
        return score
    if score.revision != revision:
        raise Changed(score)
    for name, value in said.items():
        setattr(score, name, value)
    score.revision += 1
    score.save()
    return score


def paper_count(workshop):
    """How many papers hold an answer: all that anybody is told before they are counted."""
    answered = Q(level__isnull=False) | Q(does_not_know=True)
    said = PaperScore.objects.filter(answered | ~Q(strength="") | ~Q(improvement=""))
    return workshop.papers.filter(pk__in=said.values("paper")).count()


# --- Counting ---------------------------------------------------------------------------------


@transaction.atomic
def count_prework(*, workshop, by=None):
    """Count the papers and delete them; returns the workshop as it stands. Twice is once.

    With ``by``, who may run it, scoring beforehand ends now. Without, it is the clock's deed:
    nothing happens before the time is over.
    """
    if by is not None:
        standing = held_workshop(workshop, by)
    else:
        standing = held_row(Workshop.objects.with_context(), workshop.pk, no_key=True)
    if standing is None or not _is_to_count(standing):
        return standing
    if by is not None:
        _count(standing, by)
    elif not standing.takes_prework:
        # Whoever looked at the page in that moment has not done it: the history says so.
        with pghistory.context(by=PORTAL, user=None):
            _count(standing, None)
    return standing


def count_if_over(workshop):
    """The workshop, with its papers counted if the time for them is over."""
    if _is_to_count(workshop) and not workshop.takes_prework:
        return count_prework(workshop=workshop)
    return workshop


def count_all_that_are_over(now):
    """The daily work: count what nobody has looked at yet."""
    over = Workshop.objects.filter(prework_closes_at__lte=now, prework_counted_at=None)
    for workshop in over:
        count_prework(workshop=workshop)


def end_with_first_vote(workshop, by):
    """A vote is opened in the room: scoring beforehand ends. ``workshop`` is held.

    Not on an earlier day: somebody who tries the console out would end it for everybody.
    """
    if not _is_to_count(workshop):
        return
    if workshop.takes_prework and timezone.localdate() < workshop.held_on:
        when = in_words(workshop.prework_closes_at)
        raise ValidationError(STILL_ON.format(when=when, day=f"{workshop.held_on:%-d %B %Y}"))
    _count(workshop, by)


def _is_to_count(workshop):
    return workshop.prework_closes_at is not None and workshop.prework_counted_at is None


def _count(workshop, by):
    """Count the papers of a held workshop."""
    # Held until they are deleted: what is being saved is counted, what comes later is refused.
    papers = list(workshop.papers.select_for_update().order_by("pk"))
    scores = PaperScore.objects.filter(paper__in=papers).select_related("paper", "entry__domain")
    by_entry = defaultdict(list)
    for score in scores.order_by("entry__domain__number"):
        by_entry[score.entry].append(score)
    for entry, said in by_entry.items():
        _count_domain(workshop, entry, said, by)
    workshop.papers.all().delete()
    workshop.prework_counted_at = timezone.now()
    workshop.save(update_fields=["prework_counted_at"])
    tell_screens(workshop)


def _count_domain(workshop, entry, said, by):
    votes = [(score.paper.sector, score.level) for score in said if is_answered(score)]
    remarks = [(RemarkKind.STRENGTH, score.strength) for score in said]
    remarks += [(RemarkKind.IMPROVEMENT, score.improvement) for score in said]
    if not votes and not any(text for _, text in remarks):
        return
    ballot = Ballot.objects.create(workshop=workshop, entry=entry, round=0, opened_by=by)
    keep(ballot, votes=votes, remarks=remarks)
    ballot.state, ballot.closed_by, ballot.closed_at = BallotState.REVEALED, by, timezone.now()
    ballot.voters = len(votes)
    ballot.save(update_fields=["state", "closed_by", "closed_at", "voters"])


def remarks_before(workshop):
    """What was written beforehand, as it was counted; hidden texts too."""
    found = Remark.objects.select_related("ballot__workshop", "ballot__entry__domain")
    return found.filter(ballot__workshop=workshop, ballot__round=0)


# --- Inviting ---------------------------------------------------------------------------------


def waiting_for_link(workshop):
    """Invitees with an address who were never sent the link."""
    return workshop.invitees.exclude(email="").filter(invited_at=None)


def to_remind(workshop):
    """Invitees who were sent it, and not a moment ago."""
    return workshop.invitees.exclude(email="").filter(invited_at__lte=timezone.now() - REST)


@transaction.atomic
def send_links(*, workshop, remind, by):
    """Send everybody who was not written to yet the link of a paper; returns to how many.

    ``remind``: send it to those who had it before, instead; nobody knows who of them has answered.
    The same click twice sends one e-mail. Raises TooOften beyond 500 an hour, and Ended when
    nobody can score.
    """
    standing = held_workshop(workshop, by)
    if not standing.takes_prework:
        raise Ended(ENDED if standing.prework_closes_at else NOT_ASKED)
    rows = to_remind(standing) if remind else waiting_for_link(standing)
    invitees = list(rows.select_related("organisation").order_by("pk"))
    limits.check(LINKS_OF_PERSON, by.pk, number=len(invitees))
    domains = Entry.objects.filter(assessment=standing.assessment_id).count()
    for invitee in invitees:
        _write(standing, invitee, domains, remind=remind, by=by)
    now = timezone.now()
    for invitee in invitees:
        invitee.invited_at = now
        invitee.save(update_fields=["invited_at"])
    return len(invitees)


def _write(workshop, invitee, domains, *, remind, by):
    subject = f"Before the workshop of {workshop.partnership}: your view"
    context = {
        "workshop": workshop,
        "invitee": invitee,
        "by": by,
        "remind": remind,
        "when_and_where": when_and_where(workshop),
        "until": in_words(workshop.prework_closes_at),
        "domains": domains,
        "address": base_address() + reverse("paper", args=[key_for(invitee.pk)]),
    }
    post(
        to=invitee.email,
        subject=f"Reminder: {subject}" if remind else subject,
        body=render_to_string("planning/mail/prework.txt", context),
        about=f"workshop {workshop.pk} beforehand",
        # Of no use once the time is over.
        lifetime=min(LIFETIME, workshop.prework_closes_at - timezone.now()),
    )
