"""Scoring before the workshop: papers of nobody, counted once, and then gone."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partnerships.daily import JOBS
from partnerships.models import OutgoingMail
from planning import balloting, prework
from planning.models import Ballot, Invitee, Paper, PaperScore, Remark, Tally, Workshop
from planning.workshop_planning import when_and_where
from tests.factories.assessments import entry_of
from tests.factories.workshops import make_workshop

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=1)


@pytest.fixture
def workshop(area, draft):
    closes_at = timezone.now() + SOON
    return make_workshop(draft, area.coordinator, is_open=False, prework_closes_at=closes_at)


def paper_of(workshop, sector="council", key=None):
    return prework.make_paper(workshop=workshop, key=key or uuid.uuid4(), sector=sector)


def said(level="2", strength="", improvement=""):
    does_not_know = level == "dk"
    return {
        "level": None if does_not_know or level is None else Decimal(level),
        "does_not_know": does_not_know,
        "strength": strength,
        "improvement": improvement,
    }


def score(paper, number=1, revision=0, **values):
    entry = entry_of(paper.workshop.assessment, number)
    return prework.save_score(paper=paper, entry=entry, said=said(**values), revision=revision)


def time_is_up(workshop):
    Workshop.objects.filter(pk=workshop.pk).update(prework_closes_at=timezone.now() - SOON)
    workshop.refresh_from_db()
    return workshop


# --- Links --------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 7, 65_536, 10**9, 2**48 - 1])
def test_the_link_of_an_invitee_is_always_the_same_and_names_them_to_the_portal_alone(number):
    key = prework.key_for(number)
    assert prework.key_for(number) == key
    assert prework.invitee_in(key) == number
    assert prework.key_for(number - 1) != key


def test_no_other_key_is_an_invitees(settings):
    key = prework.key_for(7)
    for place in range(16):
        changed = bytearray(key.bytes)
        changed[place] ^= 1
        assert prework.invitee_in(uuid.UUID(bytes=bytes(changed))) is None
    assert not any(prework.invitee_in(uuid.uuid4()) for _ in range(100))
    settings.SECRET_KEY = "of another portal"
    assert prework.invitee_in(key) is None


def test_who_is_invited_no_more_has_no_paper_any_more(workshop):
    invitee = workshop.invitees.create(organisation_words="Harbour Café", email="a@b.example")
    key = prework.key_for(invitee.pk)
    assert prework.paper_at(key) == (None, invitee)
    paper = paper_of(workshop, key=key)
    assert prework.paper_at(key) == (paper, invitee)
    Invitee.objects.all().delete()
    assert prework.paper_at(key) == (None, None)


def test_a_workshop_without_prework_has_no_link(area, draft, workshop):
    plain = make_workshop(draft, area.coordinator)
    assert prework.workshop_at(plain.prework_key) is None
    assert prework.workshop_at(workshop.prework_key) == workshop
    invitee = plain.invitees.create(organisation_words="x", email="a@b.example")
    assert prework.paper_at(prework.key_for(invitee.pk)) == (None, None)


# --- Papers -------------------------------------------------------------------------------------


def test_the_same_page_sent_twice_makes_one_paper(workshop):
    request_key = uuid.uuid4()
    keys = [prework.key_of_page(workshop, request_key) for _ in range(2)]
    assert paper_of(workshop, key=keys[0]) == paper_of(workshop, key=keys[1])
    assert request_key not in keys
    assert prework.key_of_page(workshop, uuid.uuid4()) not in keys


def test_an_answer_can_be_changed_and_the_same_twice_is_once(workshop):
    paper = paper_of(workshop)
    first = score(paper, strength="We meet")
    assert score(paper, strength="We meet").revision == first.revision == 1
    changed = score(paper, level="2.5", revision=1)
    assert (changed.level, changed.strength, changed.revision) == (Decimal("2.5"), "", 2)
    assert score(paper, level="dk", revision=2).does_not_know
    assert PaperScore.objects.count() == 1


def test_who_had_not_seen_the_answer_that_stands_does_not_overwrite_it(workshop):
    paper = paper_of(workshop)
    score(paper, strength="Mine, from the phone")
    with pytest.raises(prework.Changed) as raised:
        score(paper, strength="Mine, from the laptop")
    assert raised.value.score.strength == "Mine, from the phone"
    assert PaperScore.objects.get().strength == "Mine, from the phone"


def test_nothing_said_is_no_answer(workshop):
    paper = paper_of(workshop)
    assert score(paper, level=None) is None
    assert prework.paper_count(workshop) == 0
    score(paper, level=None, strength="Words alone")
    assert prework.paper_count(workshop) == 1
    assert not prework.is_answered(PaperScore.objects.get())


def test_after_the_time_nothing_is_made_or_saved(workshop):
    paper = paper_of(workshop)
    time_is_up(workshop)
    with pytest.raises(ValidationError, match="has ended"):
        score(paper)
    with pytest.raises(ValidationError, match="has ended"):
        paper_of(workshop)
    prework.count_prework(workshop=workshop)
    with pytest.raises(ValidationError, match="was not saved"):
        score(paper)
    assert not Paper.objects.exists()


# --- Counting -----------------------------------------------------------------------------------


def fill(workshop, levels, number=1):
    for level in levels:
        score(paper_of(workshop), number, level=level)


def test_what_is_counted_is_round_0_of_each_domain_and_the_papers_are_gone(workshop):
    for level in ("1", "2", "2", "3.5", "dk"):
        paper = paper_of(workshop)
        score(paper, 1, level=level, strength=f"good at {level}", improvement=f"bad at {level}")
    score(paper, 2, level="4")
    score(paper, 3, level=None, improvement="Only words")
    prework.count_prework(workshop=time_is_up(workshop))
    assert not Paper.objects.exists()
    assert not PaperScore.objects.exists()
    ballots = Ballot.objects.in_order()
    assert [(each.round, each.state, each.voters) for each in ballots] == [
        (0, "revealed", 5), (0, "revealed", 1), (0, "revealed", 0),
    ]  # fmt: skip
    counted = {each.level: each.votes for each in Tally.objects.filter(sector="")}
    assert counted == {Decimal(1): 1, Decimal(2): 2, Decimal("3.5"): 1, None: 1}
    assert {each.ballot for each in Tally.objects.all()} == {ballots[0]}  # not of fewer than five
    kinds = [each.kind for each in Remark.objects.filter(ballot=ballots[0])]
    assert sorted(kinds) == ["improvement"] * 5 + ["strength"] * 5
    assert Remark.objects.get(ballot=ballots[2]).text == "Only words"
    assert Workshop.objects.get().prework_counted_at is not None


def test_nobody_can_tell_from_what_is_left_which_texts_came_together(workshop):
    for number in range(30):
        score(paper_of(workshop), strength=f"{number:02}", improvement=f"{number:02}")
    prework.count_prework(workshop=time_is_up(workshop))
    for kind in ("strength", "improvement"):
        texts = list(Remark.objects.filter(kind=kind).order_by("pk").values_list("text", flat=True))
        assert texts != sorted(texts)  # once in 10 to the 32 it is


def test_twice_is_once_and_before_the_time_the_clock_counts_nothing(workshop):
    fill(workshop, ["2"] * 5)
    assert prework.count_prework(workshop=workshop).prework_counted_at is None
    assert prework.count_if_over(workshop).prework_counted_at is None
    time_is_up(workshop)
    first = prework.count_prework(workshop=workshop).prework_counted_at
    assert prework.count_prework(workshop=workshop).prework_counted_at == first
    assert Ballot.objects.count() == 1


def test_somebody_who_runs_it_can_end_it_early_and_nobody_else(area, workshop):
    fill(workshop, ["2"] * 5)
    with pytest.raises(PermissionDenied):
        prework.count_prework(workshop=workshop, by=area.partner)
    version = Workshop.objects.get().version
    ended = prework.count_prework(workshop=workshop, by=area.facilitator)
    assert not ended.takes_prework
    assert Ballot.objects.get().closed_by == area.facilitator
    assert Workshop.objects.get().version == version + 1
    with pytest.raises(ValidationError):
        paper_of(workshop)


def test_the_daily_work_counts_what_is_over_and_nothing_else(area, draft, workshop):
    fill(workshop, ["2"])
    other = make_workshop(
        draft, area.coordinator, prework_closes_at=timezone.now() + SOON, is_open=False
    )
    fill(other, ["2"])
    time_is_up(workshop)
    JOBS["scored beforehand"](timezone.now())
    assert [each.workshop for each in Paper.objects.all()] == [other]


def test_the_first_vote_in_the_room_ends_it(area, workshop):
    fill(workshop, ["2"] * 5)
    entry = entry_of(workshop.assessment, 1)
    ballot = balloting.open_ballot(workshop=workshop, entry=entry, by=area.facilitator)
    assert ballot.round == 1
    assert Ballot.objects.get(round=0).voters == 5
    assert not Paper.objects.exists()


def test_trying_the_console_out_on_an_earlier_day_does_not_end_it(area, workshop):
    day = timezone.localdate() + timedelta(days=2)
    Workshop.objects.filter(pk=workshop.pk).update(held_on=day)
    fill(workshop, ["2"])
    entry = entry_of(workshop.assessment, 1)
    with pytest.raises(ValidationError, match="can still score beforehand until"):
        balloting.open_ballot(workshop=workshop, entry=entry, by=area.facilitator)
    assert Paper.objects.count() == 1
    assert not Ballot.objects.exists()


# --- Sending ------------------------------------------------------------------------------------


def send(workshop, by, *, remind=False):
    return prework.send_links(workshop=workshop, remind=remind, by=by)


def test_each_who_has_an_address_gets_a_link_of_their_own_once(area, workshop):
    one = workshop.invitees.create(organisation_words="A", name="Ada", email="ada@a.example")
    two = workshop.invitees.create(organisation_words="B", email="b@b.example")
    workshop.invitees.create(organisation_words="C")
    assert [send(workshop, area.facilitator) for _ in range(2)] == [2, 0]
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"ada@a.example", "b@b.example"}
    assert "Hello Ada,\n" in mails["ada@a.example"].body
    assert str(prework.key_for(one.pk)) in mails["ada@a.example"].body
    assert f" on {when_and_where(workshop)}: how far is" in mails["ada@a.example"].body
    assert str(prework.key_for(two.pk)) in mails["b@b.example"].body
    late = mails["b@b.example"].useless_after - workshop.prework_closes_at
    assert late < timedelta(seconds=5)  # of no use after the end
    assert all(each.invited_at for each in Invitee.objects.exclude(email=""))


def test_a_reminder_goes_to_everybody_who_had_the_link_and_not_twice_at_once(area, workshop):
    invitee = workshop.invitees.create(organisation_words="A", email="ada@a.example")
    assert send(workshop, area.facilitator, remind=True) == 0  # not sent to yet
    send(workshop, area.facilitator)
    assert send(workshop, area.facilitator, remind=True) == 0  # a moment ago
    paper = paper_of(workshop, key=prework.key_for(invitee.pk))
    score(paper)
    Invitee.objects.update(invited_at=timezone.now() - SOON)
    assert [send(workshop, area.facilitator, remind=True) for _ in range(2)] == [1, 0]
    mail = OutgoingMail.objects.first()
    assert mail.subject.startswith("Reminder: ")
    assert "nobody can see who has answered" in mail.body
    assert str(paper.link) in mail.body  # the same link, and so the same paper


def test_who_may_not_run_it_sends_nothing_and_after_the_end_nobody_does(area, workshop):
    workshop.invitees.create(organisation_words="A", email="ada@a.example")
    with pytest.raises(PermissionDenied):
        send(workshop, area.partner)
    time_is_up(workshop)
    with pytest.raises(prework.Ended, match="has ended"):
        send(workshop, area.facilitator)
    assert not OutgoingMail.objects.exists()
