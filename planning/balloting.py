"""Verbs on secret ballots: open one, vote, reveal, call off.

A vote is tied to its phone while the ballot is open, so that it can be changed and is there once.
The transaction that reveals counts the votes, deletes them, and writes what was said in a random
order: from then on nobody can tell who voted what. Every verb of those who run the room holds the
workshop first and the ballot after it; a vote holds its ballot for share (room_guards).
"""

import random

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from partnerships.doors import tell_screens
from partnerships.models import Participant
from partnerships.permissions import check, refusal_for
from planning import permissions
from planning.levels import format_level
from planning.models import (
    Ballot,
    BallotKind,
    BallotState,
    DotRound,
    Remark,
    RemarkKind,
    Stage,
    Tally,
    Workshop,
)
from planning.spreads import kept
from planning.voting import REFUSALS, Deed, step
from rpcportal.kit.holding import held_row
from rpcportal.kit.roles import Permission

KIND = "workshop"  # under which partnerships/joining.py knows our events
ONE_OPEN = "Another vote is open. Close it first, then open this one."
OVER = "This workshop is closed. Open it again to go on voting."
STALE = (
    "Your vote is {said}: it was sent from another tab, or a moment ago. To change it, choose "
    "again and vote."
)
# What a higher floor does before a vote opens: functions of the held workshop and of who opens it.
BEFORE_A_VOTE = []
REMARKS = {BallotKind.LEVEL: RemarkKind.REASON, BallotKind.RATING: RemarkKind.COMMENT}


class Stale(ValidationError):
    """The page had not seen the vote that stands; ``vote`` is that one."""

    def __init__(self, vote, sentence):
        self.vote = vote
        super().__init__(sentence, code="stale")


# --- Those who run the room -------------------------------------------------------------------


def workshop_refusal(user, partnership):
    """Why ``user`` may not plan and run workshops here, or an empty sentence."""
    return refusal_for(user, Permission.WORKSHOP, partnership.pk)


def held_workshop(workshop, by):
    """The workshop as it stands, held until the transaction ends, for somebody who may run it."""
    standing = held_row(Workshop.objects.with_context(), workshop.pk, no_key=True)
    check(workshop_refusal, by, standing.partnership)
    return standing


@transaction.atomic
def open_ballot(*, workshop, by, entry=None, kind=BallotKind.LEVEL, number=None):
    """Open a vote on a domain (``entry``), or on how the workshop was; returns the ballot.

    ``number``: the round that the page asked for, so that the same click twice, or one that comes
    late, opens no further round. Raises ValidationError while another vote is open, or the
    workshop is closed; PermissionDenied when the sheet was agreed meanwhile.
    """
    standing = held_workshop(workshop, by)
    rounds = Ballot.objects.standing().filter(workshop=standing, kind=kind, entry=entry)
    last = rounds.filter(round__gt=0).aggregate(last=Max("round"))["last"] or 0
    asked = number or last + 1
    if asked <= last:
        return rounds.get(round=asked)
    if standing.closed_at:
        raise ValidationError(OVER)
    if entry is not None:
        check(permissions.score_refusal, by, standing.assessment)
    check_nothing_is_open(standing)
    for happens in BEFORE_A_VOTE:
        happens(standing, by)
    ballot = Ballot.objects.create(
        workshop=standing, kind=kind, entry=entry, round=last + 1, opened_by=by
    )
    be_at(standing, Stage.DOMAIN if entry else Stage.CLOSING, entry or standing.entry)
    tell_screens(standing)
    return ballot


def be_at(workshop, stage, entry):
    """Write where the room of a held workshop is; elsewhere the old timer means nothing."""
    if (workshop.stage, workshop.entry) != (stage, entry):
        workshop.timer_ends_at = None
    workshop.stage, workshop.entry = stage, entry
    workshop.save(update_fields=["stage", "entry", "timer_ends_at"])


def check_nothing_is_open(workshop, sentence=ONE_OPEN):
    """Phones answer one question at a time. Raises ValidationError while there is one."""
    votes = Ballot.objects.open().filter(workshop=workshop, round__gt=0)
    if votes.exists() or DotRound.objects.open().filter(workshop=workshop).exists():
        raise ValidationError(sentence)


@transaction.atomic
def reveal(*, ballot, by):
    """Close a vote and show the room what was counted; returns the ballot. Twice is once."""
    workshop = held_workshop(ballot.workshop, by)
    standing = held_ballot(ballot)
    if step(standing.state, Deed.REVEAL) != standing.state:
        count_and_forget(standing, by=by)
        tell_screens(workshop)
    return standing


@transaction.atomic
def call_off(*, ballot, by, refusals=REFUSALS):
    """Close a vote that was opened by mistake: nothing is counted. Twice is once."""
    workshop = held_workshop(ballot.workshop, by)
    standing = held_ballot(ballot)
    if step(standing.state, Deed.CALL_OFF, refusals) != standing.state:
        standing.votes.all().delete()
        close_ballot(standing, BallotState.CALLED_OFF, by)
        tell_screens(workshop)
    return standing


def held_ballot(ballot):
    """The ballot as it stands, held: no vote is on its way any more."""
    return held_row(type(ballot).objects.select_related("workshop"), ballot.pk)


def count_and_forget(ballot, *, by):
    """Keep of a held, open ballot what may be kept, and of the votes nothing."""
    votes = list(
        ballot.votes.values_list(
            "participant__sector", "participant__organisation__sector", "level", "reason"
        )
    )
    keep(
        ballot,
        votes=[(theirs or listed or "", level) for theirs, listed, level, _ in votes],
        remarks=[(REMARKS[ballot.kind], reason) for *_, reason in votes],
    )
    ballot.votes.all().delete()
    ballot.voters = len(votes)
    ballot.present = phones_in(ballot.workshop)
    close_ballot(ballot, BallotState.REVEALED, by)


def keep(ballot, *, votes, remarks):
    """Write what was counted: pairs of sector and level, and of RemarkKind and text."""
    counted = [
        Tally(ballot=ballot, sector=sector, level=level, votes=number)
        for sector, levels in kept(votes).items()
        for level, number in levels.items()
    ]
    # By the scale: in the order of counting, the first row would hold what was voted first.
    counted.sort(key=lambda tally: (tally.sector, tally.level is None, tally.level))
    Tally.objects.bulk_create(counted)
    said = [Remark(ballot=ballot, kind=kind, text=text) for kind, text in remarks if text.strip()]
    # Not in the order in which people voted, and in none that could be worked out.
    random.SystemRandom().shuffle(said)
    Remark.objects.bulk_create(said)


def close_ballot(ballot, state, by):
    """Write that a held ballot, or round of dots, without votes any more is closed."""
    ballot.state, ballot.closed_by, ballot.closed_at = state, by, timezone.now()
    ballot.save(update_fields=["state", "closed_by", "closed_at", "voters", "present"])


def phones_in(workshop):
    """How many phones have joined."""
    return Participant.objects.filter(occasion__workshop=workshop).count()


# --- The phones -------------------------------------------------------------------------------


def cast_vote(*, ballot, participant, level, reason, revision):
    """Keep what a phone voted; returns the vote. There is one of each phone, whatever is sent.

    ``level``: a Decimal, or None for “don't know”. ``revision``: of the vote that the page had
    seen, 0 for none. It is the phone's own deed: there is no ``by``, and nothing to permit but
    the ballot's being open. The same again is harmless. Raises Stale when the page had not seen
    the vote that stands, and ValidationError (code "closed") when the ballot has closed.
    """
    said = {"level": level, "reason": reason}
    return answer(
        ballot=ballot, participant=participant, said=said, revision=revision, stale=_stale
    )


def _stale(vote):
    return STALE.format(said=in_words(vote.level))


def answer(*, ballot, participant, said, revision, stale, refusals=REFUSALS):
    """Keep what a phone answers to a ballot or a round of dots; returns its row.

    ``said``: field -> value. ``stale``: a function that says of the row that stands what it holds.
    The rest, and what is raised, is as of ``cast_vote``; ``refusals`` are the sentences.
    """
    step(ballot.state, Deed.VOTE, refusals)
    try:
        return _answer(ballot, participant, said, revision, stale)
    except _JustClosed:
        pass
    ballot.refresh_from_db(fields=["state"])
    step(ballot.state, Deed.VOTE, refusals)
    raise ValidationError(refusals[BallotState.REVEALED, Deed.VOTE], code="closed")


class _JustClosed(Exception):
    """The ballot was closed while the vote waited for it."""


@transaction.atomic
def _answer(ballot, participant, said, revision, stale):
    """No statement here fails when others do the same at once, or come too late: a database may
    write statements that fail into its log, and there they would say who voted what.
    """
    # The ballot before the vote, as those who close it do: otherwise each could wait for the other.
    _hold_open(ballot)
    mine = ballot.votes.filter(participant=participant)
    of_ballot = {ballot.votes.field.name: ballot}
    first = ballot.votes.model(**of_ballot, participant=participant, **said)
    ballot.votes.bulk_create([first], ignore_conflicts=True)
    # The phone's own row, held: two tabs of it answer one after the other.
    vote = mine.select_for_update().get()
    if all(getattr(vote, name) == value for name, value in said.items()):
        return vote
    if vote.revision != revision:
        raise Stale(vote, stale(vote))
    for name, value in said.items():
        setattr(vote, name, value)
    vote.revision += 1
    vote.save(update_fields=[*said, "revision"])
    return vote


def _hold_open(ballot):
    """Hold a ballot for share, as the trigger of its votes does: nobody closes it meanwhile."""
    table = connection.ops.quote_name(ballot._meta.db_table)
    with connection.cursor() as cursor:
        # The name of one of our own tables.
        cursor.execute(f"SELECT state FROM {table} WHERE id = %s FOR SHARE", [ballot.pk])  # noqa: S608
        if cursor.fetchone() != (BallotState.OPEN,):
            raise _JustClosed


def in_words(level):
    """A vote as people read it: “2/3”, “don’t know”."""
    return "“don’t know”" if level is None else format_level(level)
