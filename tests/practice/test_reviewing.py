"""Who is reminded of a review, when, and how often; who sees to things, and who after them."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from partnerships.daily import JOBS
from partnerships.handing_over import hand_over, open_work
from partnerships.holdings import held_about
from partnerships.models import OutgoingMail
from partnerships.models.mail import MailState
from practice.models import Resource, Standard
from practice.reviewing import remind_of_reviews
from tests.factories.editing import approve, begin
from tests.factories.practice import make_part, make_practice_model, make_resource, make_standard

pytestmark = pytest.mark.django_db
REVIEW = date(2026, 10, 1)
BEFORE = REVIEW - timedelta(days=28)


@pytest.fixture
def standard(area, pillar):
    made = make_standard(pillar)
    Standard.objects.filter(pk=made.pk).update(owner=area.editor, review_on=REVIEW)
    return made


def night(day, *, state=MailState.SENT):
    """The night of a day, and what becomes of its post; the new mails."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    remind_of_reviews(timezone.make_aware(datetime.combine(day, time(3))))
    new = list(OutgoingMail.objects.exclude(pk__in=before))
    OutgoingMail.objects.filter(state=MailState.WAITING).update(
        state=state, ended_at=timezone.now()
    )
    return new


def test_it_is_what_the_portal_does_every_day():
    assert JOBS["reviews of the library"] is remind_of_reviews


def test_once_when_it_comes_near_and_once_when_it_is_late(area, standard):
    days = [BEFORE + timedelta(days=number) for number in range(-2, 60)]
    sent = {day: night(day) for day in days}
    assert [day for day, mails in sent.items() if mails] == [BEFORE, REVIEW + timedelta(days=1)]
    near, late = (mails[0] for mails in sent.values() if mails)
    assert (near.to, late.to) == (area.editor.email, area.editor.email)
    assert (
        near.subject == f"To be reviewed by 1 October 2026: practice library of {area.partnership}"
    )
    assert late.subject.startswith("The review of 1 October 2026 is late")
    assert standard.get_absolute_url() in near.body
    assert "“We are family focused.”" in near.body


def test_a_night_that_was_missed_is_made_up_and_twice_is_once(standard):
    assert len(night(BEFORE + timedelta(days=9))) == 1
    assert night(BEFORE + timedelta(days=9)) == []
    assert len(night(REVIEW + timedelta(days=99))) == 1


def test_what_came_too_late_to_be_sent_is_written_once_more(standard):
    assert len(night(BEFORE, state=MailState.STALE)) == 1
    assert len(night(BEFORE)) == 1
    assert night(BEFORE) == []


def test_what_has_the_same_day_goes_into_one_mail(area, pillar, standard):
    resource = make_resource(area.partnership, name="Genogram")
    Resource.objects.update(owner=area.editor, review_on=REVIEW)
    other = make_standard(pillar, statement="We listen.", position=2)
    Standard.objects.filter(pk=other.pk).update(owner=area.lead, review_on=REVIEW)
    mine, theirs = sorted(night(BEFORE), key=lambda mail: mail.to)
    assert (mine.to, theirs.to) == (area.editor.email, area.lead.email)
    assert "“We are family focused.”" in mine.body
    assert resource.get_absolute_url() in mine.body
    assert "We listen." in theirs.body
    assert "We listen." not in mine.body


GONE = {
    "nobody": lambda area: Standard.objects.update(owner=None),
    "left": lambda area: area.partnership.memberships.filter(user=area.editor).delete(),
    "emptied": lambda area: (
        type(area.editor).objects.filter(pk=area.editor.pk).update(is_active=False)
    ),
}


@pytest.mark.parametrize("why", GONE)
def test_without_an_owner_who_is_there_the_coordinators_are_reminded(area, standard, why):
    GONE[why](area)
    assert [mail.to for mail in night(BEFORE)] == [area.coordinator.email]


@pytest.mark.usefixtures("index_left_alone")
@pytest.mark.parametrize("what", ["withdrawn", "retired", "starter"])
def test_nobody_reviews_what_is_over_or_came_with_the_portal(pillar, standard, what):
    if what == "withdrawn":
        Standard.objects.update(withdrawn_on=BEFORE)
    elif what == "retired":
        pillar.model.retired_on = BEFORE
        pillar.model.save()
    else:
        Standard.objects.update(review_on=None)
        starter = make_standard(make_part(make_practice_model()))
        Standard.objects.filter(pk=starter.pk).update(review_on=REVIEW)
    assert night(BEFORE) == []


# --- Whose it is -------------------------------------------------------------------------------


def member(area, user):
    return area.partnership.memberships.get(user=user)


@pytest.mark.usefixtures("index_left_alone")
def test_who_leaves_hands_over_what_is_still_in_use(area, pillar, standard):
    resource = make_resource(area.partnership, name="Genogram")
    Resource.objects.update(owner=area.editor)
    withdrawn = make_standard(pillar, position=2)
    today = timezone.localdate()
    Standard.objects.filter(pk=withdrawn.pk).update(owner=area.editor, withdrawn_on=today)
    assert open_work(area.editor, area.partnership) == [
        ("Sees to standards", ["We are family focused."]),
        ("Sees to resources", ["Genogram"]),
    ]
    moved = hand_over(
        membership=member(area, area.editor), to=member(area, area.lead), by=area.coordinator
    )
    assert moved == 2
    for thing in (standard, withdrawn, resource):
        thing.refresh_from_db()
    owners = [standard.owner, withdrawn.owner, resource.owner]
    assert owners == [area.lead, area.editor, area.lead]


def test_what_one_sees_to_and_approved_is_in_ones_data(area, pillar, standard):
    begun = begin(pillar, area.coordinator, "We listen.")
    approve(begun, area.coordinator, name=f"{area.lead.name} and the board")

    def rows(user, label):
        return next(rows for name, rows in held_about(user) if name == label)

    (mine,) = rows(area.editor, "Standards and resources that you see to")
    assert (mine["What"].text, mine["To be reviewed on"]) == ("We are family focused.", REVIEW)
    label = "Versions of standards that you wrote or approved"
    (written,) = rows(area.coordinator, label)
    assert written["You wrote it"] == written["You recorded its approval"] == "Yes"
    (named,) = rows(area.lead, label)
    assert (named["Your name is on it"], named["You wrote it"]) == ("Yes", "No")
    assert rows(area.reader, label) == []
