"""The pages of commitments: what waits, reading, who has, receipts, and the weekly e-mail."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from partnerships.models import Download, OutgoingMail, User
from pledges.models import ReminderChoice, Rhythm
from pledges.reminding import send_reminders
from practice.models import Commitment
from tests.factories.bad_input import shown
from tests.factories.people import (
    client_of,
    make_member,
    make_membership,
    make_organisation,
)
from tests.factories.practice import make_standard, make_version
from tests.factories.reflections import make_commitment
from tests.practice.asking import queries

pytestmark = pytest.mark.usefixtures("index_left_alone")
PAGE = "/partnerships/rochdale/practice/commitments/"
READ = f"{PAGE}read/"


@pytest.fixture
def reader(area):
    return client_of(area.reader)


def test_nothing_in_force_is_said(area, reader):
    page = shown(reader.get(PAGE))
    assert "is in force yet, so there is nothing to commit to" in page


def test_one_reads_and_commits_and_is_asked_again_with_what_changed(area, reader, library):
    assert "We listen." in shown(reader.get(PAGE))
    page = shown(reader.get(READ))
    for words in ("We look for the network.", "about", "We hold a family network meeting"):
        assert words in page
    answer = reader.post(READ, {"shown": library.version.pk}, follow=True)
    assert "You are committed to this standard." in shown(answer)
    assert "Nothing: you have committed to the one standard in force." in shown(answer)

    make_version(library.standard, number=2, statement="We hear.", amendment="One word.")
    home = shown(reader.get("/partnerships/rochdale/"))
    assert "1 standard changed since you committed" in home
    page = reader.get(READ).content.decode()
    assert "removed: </span>listen" in page
    assert "added: </span>hear" in page
    assert "One word." in page
    assert "You committed to version 1" in page


def test_the_button_of_one_standard_commits_to_that_alone(reader, library):
    other = make_standard(library.pillar, position=3, statement="We plan.").versions.get()
    assert "I have read these 2 and commit to them" in shown(reader.get(READ))
    reader.post(READ, {"shown": [library.version.pk, other.pk], "only": other.pk})
    assert [each.version for each in Commitment.objects.all()] == [other]
    reader.post(READ, {"shown": [library.version.pk, other.pk]})
    assert Commitment.objects.count() == 2


def test_what_was_superseded_meanwhile_is_said(reader, library):
    make_version(library.standard, number=2, amendment="Clearer.")
    answer = reader.post(READ, {"shown": library.version.pk}, follow=True)
    assert "was amended while you read" in shown(answer)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "9" * 40, "-1", "１２３", "1" * 9])
def test_odd_numbers_end_in_a_sentence(reader, library, sent):
    answer = reader.post(READ, {"shown": sent}, follow=True)
    assert "There is a problem" in shown(answer)
    assert reader.get(READ, {"for": sent}).status_code == (404 if sent else 200)
    assert reader.get(PAGE, {"standard": sent}).status_code == (404 if sent else 200)


def test_a_lead_commits_for_their_organisation_from_its_page(area, library):
    ours = make_organisation(area.partnership, "Riverside")
    area.partnership.memberships.get(user=area.lead).organisations.add(ours)
    lead = client_of(area.lead)
    assert f'href="{READ}?for={ours.pk}"' in shown(lead.get(PAGE))
    assert "You commit for the whole organisation" in shown(lead.get(READ, {"for": ours.pk}))
    lead.post(READ, {"for": ours.pk, "shown": library.version.pk})
    assert Commitment.objects.get().organisation == ours
    assert client_of(area.reader).get(READ, {"for": ours.pk}).status_code == 403


def test_nobody_is_named_but_to_those_who_see_the_activity(area, library):
    ours = make_organisation(area.partnership, "Riverside")
    quiet = make_member(area.partnership, "reader", name="Quiet Person", organisation=ours)
    make_commitment(library.version, area.lead)
    for user in (area.reader, area.lead, area.coordinator):
        page = shown(client_of(user).get(PAGE))
        assert quiet.name not in page
        # One's own name stands on every page, and nobody else's.
        assert user == area.lead or area.lead.name not in page
    assert client_of(area.lead).get(f"{PAGE}who/").status_code == 403
    named = shown(client_of(area.coordinator).get(f"{PAGE}who/"))
    assert "Partner lead of Rochdale" in named
    assert quiet.name not in named


def test_ones_own_receipt_holds_ones_own_alone(area, reader, library):
    make_commitment(library.version, area.reader)
    make_commitment(library.version, area.lead)
    page = shown(reader.get(f"{PAGE}yours/"))
    assert "We listen." in page
    assert "Reader of Rochdale" in page
    csv = shown(reader.get(f"{PAGE}yours.csv")).splitlines()
    assert len(csv) == 2
    assert csv[1].startswith("Reader of Rochdale,,Themselves,We listen.,1,2026-01-05,")
    rows = load_workbook(BytesIO(reader.get(f"{PAGE}yours.xlsx").content)).active
    assert [row[3].value for row in rows] == ["Standard", "We listen."]
    assert not Download.objects.exists()


def test_everybodys_receipts_are_noted(area, client, library):
    ours = make_organisation(area.partnership, "=Riverside")
    area.partnership.memberships.get(user=area.lead).organisations.add(ours)
    make_commitment(library.version, area.lead, ours)
    csv = shown(client.get(f"{PAGE}all.csv")).splitlines()
    assert csv[1].startswith("Partner lead of Rochdale,'=Riverside,'=Riverside,We listen.,1,")
    assert Download.objects.get().what == "Commitments to standards"
    assert client_of(area.lead).get(f"{PAGE}all.xlsx").status_code == 403


@pytest.mark.parametrize("page", ["", "who/", "yours/", "read/"])
def test_three_and_three_hundred_take_the_same_queries(area, client, library, page):
    def people(number):
        for each in range(number):
            organisation = make_organisation(area.partnership, f"Team {number} {each}")
            user = User.objects.create(email=f"{number}-{each}@rochdale.example")
            make_membership(area.partnership, user, "reader", organisation=organisation)
            make_commitment(library.version, user)
            make_commitment(library.version, area.lead, organisation)

    def standards(number, first):
        for each in range(number):
            standard = make_standard(library.pillar, position=first + each)
            make_commitment(standard.versions.get(), area.coordinator)
            if each % 2:
                make_version(standard, number=2, amendment="Anew.")

    people(3)
    standards(3, 10)
    few = queries(client, PAGE + page)
    people(300)
    standards(20, 20)
    assert queries(client, PAGE + page) == few


# --- The weekly e-mail ---------------------------------------------------------------------------


def mails():
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "subject", "body"))


def at(day):
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=7)


def amended(library, days_ago):
    today = timezone.localdate()
    return make_version(
        library.standard,
        number=2,
        statement="We hear.",
        amendment="One word.",
        effective_on=today - timedelta(days=days_ago),
    )


def test_the_weekly_e_mail_asks_again_once(area, library):
    today = timezone.localdate()
    make_commitment(library.version, area.reader)
    new = amended(library, 1)
    assert send_reminders(at(today)) == 1
    ((to, subject, body),) = mails()
    assert (to, subject) == (area.reader.email, "1 standard changed")
    assert "- We hear.\n  http" in body
    assert new.standard.page_in(area.partnership) in body
    assert send_reminders(at(today + timedelta(days=7))) == 0


def test_no_e_mail_goes_to_who_wants_none_has_committed_or_has_left(area, library):
    today = timezone.localdate()
    new = amended(library, 1)
    for user in (area.reader, area.lead, area.partner):
        make_commitment(library.version, user)
    ReminderChoice.objects.create(user=area.reader, rhythm=Rhythm.OFF)
    make_commitment(new, area.lead)
    area.partnership.memberships.get(user=area.partner).delete()
    assert send_reminders(at(today)) == 0
    assert mails() == []


def test_what_comes_into_force_today_is_told_in_the_next_e_mail(area, library):
    today = timezone.localdate()
    make_commitment(library.version, area.reader)
    amended(library, 0)
    assert send_reminders(at(today)) == 0
    assert send_reminders(at(today + timedelta(days=1))) == 1


def test_a_first_version_is_no_change(area, library):
    make_commitment(library.version, area.reader)
    assert send_reminders(at(timezone.localdate())) == 0
