"""What the activity of a partnership tells: every change, as a sentence."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from pghistory.models import Event

from partnerships import actions, inviting
from partnerships.activity import KINDS
from partnerships.models import Membership, User
from planning.actions import (
    change_details,
    remove_action,
    remove_reference,
    reopen_sheet,
    start_assessment,
)
from planning.merging import fingerprint
from planning.models import Entry
from planning.restoring import restore_in_action, restore_in_entry
from planning.saving import settle_text
from tests.factories.assessments import (
    JULY_2018,
    agree,
    entry_of,
    make_action,
    make_assessment,
    make_reference,
    make_scored,
    save_texts,
)
from tests.factories.events import make_event, minutes_ago
from tests.factories.frameworks import load_rpc_2018, make_small_framework
from tests.factories.people import make_invitation, make_member, make_organisation
from tests.partnerships.telling import by, client_of, done, sentences

pytestmark = pytest.mark.django_db

# Frameworks belong to nobody, an account to its owner, and the portal's pages to the portal.
NOBODYS = {
    *("planning.Framework", "planning.ProgressLevel", "planning.Dimension", "planning.Domain"),
    *("planning.Dependency", "planning.Descriptor"),
    *("partnerships.User", "partnerships.Page"),
    *("partnerships.SecondFactor", "partnerships.Address", "partnerships.CouncilAccount"),
    *("pledges.ReminderChoice", "pledges.Follow"),
    # What was voted: whoever revealed it is told with its ballot.
    *("planning.Tally", "planning.Remark", "planning.DotItem"),
}
HISTORIES = [each for each in apps.get_models() if issubclass(each, Event) and each._meta.managed]


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


# --- Everything is told ------------------------------------------------------------------------


@pytest.mark.parametrize("model", HISTORIES, ids=lambda each: each._meta.label)
def test_every_history_is_told_or_is_nobodys(model):
    """A new one fails here until its room registers it (partnerships/activity.py)."""
    told = {kind.events for kind in KINDS}
    of = model.pgh_tracked_model._meta.label
    assert (model in told) != (of in NOBODYS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.events.__name__)
def test_every_field_that_may_change_has_its_words(kind):
    kept = {field.name for field in kind.events._meta.fields if not field.name.startswith("pgh_")}
    assert kept - set(kind.labels) <= {"id", "partnership", kind.within}


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.events.__name__)
def test_the_newest_events_of_a_thing_are_found_by_an_index(kind):
    wanted = [kind.within, "-pgh_created_at", "-pgh_id"]
    if kind.within == "pgh_obj":
        wanted = ["pgh_obj", "-pgh_id"]
    assert wanted in [index.fields for index in kind.events._meta.indexes]


# --- Sentences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"evidence": "E"}, "the evidence"),
        ({"gaps": "G", "reason": "R"}, "the gaps and the reason for the level"),
        (
            {"level": "2", "target": "3", "dissent": "D"},
            "the progress level, the target level and what was seen differently",
        ),
    ],
)
def test_a_change_to_a_domain_is_a_sentence(area, wren, texts, words):
    entry = entry_of(make_assessment(area.partnership, make_small_framework()), 1)
    with by(wren):
        told = done(area, lambda: save_texts(entry, texts, by=wren))
    assert told == [f"Wren Ackerley changed {words} of 1. Purpose (30 July 2018)"]


def test_the_life_of_a_sheet_is_told(area):
    partnership, boss = area.partnership, area.coordinator
    with by(boss):
        started = done(
            area,
            lambda: start_assessment(
                partnership=partnership,
                framework=make_small_framework(),
                assessed_on=JULY_2018,
                by=boss,
            ),
        )
        sheet = partnership.assessments.get()
        illustrated = done(
            area,
            lambda: change_details(
                assessment=sheet, assessed_on=JULY_2018, note="", illustrative=True, by=boss
            ),
        )
        noted = done(
            area,
            lambda: change_details(
                assessment=sheet, assessed_on=JULY_2018, note="Note", illustrative=True, by=boss
            ),
        )
    assert started == [f"{boss} started the assessment of 30 July 2018"]
    assert illustrated == [f"{boss} made the assessment of 30 July 2018 an illustration"]
    assert noted == [f"{boss} changed the words at the head of the assessment of 30 July 2018"]


def test_agreeing_and_reopening_a_sheet_is_told(area):
    boss = area.coordinator
    sheet = make_scored(area.partnership, make_small_framework())
    Entry.objects.update(evidence="E")
    with by(boss):
        agreed = done(area, lambda: agree(sheet, by=boss))
        reopened = done(area, lambda: reopen_sheet(assessment=sheet, reason="R", by=boss))
    assert agreed == [f"{boss} recorded that the sheet of 30 July 2018 was agreed"]
    assert reopened == [
        f"{boss} reopened the sheet of 30 July 2018 as version 2",
        f"{boss} superseded version 1 of the sheet of 30 July 2018",
    ]


def test_starting_an_assessment_is_one_line_and_not_one_for_each_domain(area):
    def start():
        make_assessment(area.partnership, load_rpc_2018())

    assert len(done(area, start)) == 1


def test_evidence_and_actions_are_told_from_beginning_to_end(area, wren):
    sheet = make_assessment(area.partnership, make_small_framework())
    entry = entry_of(sheet, 1)
    with by(wren):
        made = []

        def make():
            made.append(make_reference(entry, title="Minutes  of\nMay"))
            made.append(make_action(sheet, [3], what="Write " + "very " * 30 + "much"))

        begun = done(area, make)
        reference, action = made
        removed = done(area, lambda: (remove_reference(reference=reference, by=wren),
                                      remove_action(action=action, by=wren)))  # fmt: skip
        gone = reference.pgh_event_model.objects.get(pgh_label="removed")
        gone_action = action.pgh_event_model.objects.get(pgh_label="removed")
        back = done(area, lambda: (
            restore_in_entry(entry=entry, event=gone.pgh_id, field="reference", by=wren),
            restore_in_action(assessment=sheet, key=action.key, event=gone_action.pgh_id,
                              field="action", by=wren)))  # fmt: skip
    start = "“Write " + "very " * 14 + "ver…”"
    assert set(begun) == {
        "Wren Ackerley added the evidence “Minutes of May” to 1. Purpose (30 July 2018)",
        f"Wren Ackerley added the priority action {start} (30 July 2018)",
        f"Wren Ackerley put the priority action {start} under 3. Practice (30 July 2018)",
    }
    assert set(removed) == {
        "Wren Ackerley removed the evidence “Minutes of May” from 1. Purpose (30 July 2018)",
        f"Wren Ackerley removed the priority action {start} (30 July 2018)",
        f"Wren Ackerley took the priority action {start} off 3. Practice (30 July 2018)",
    }
    assert set(back) == {
        "Wren Ackerley brought back the evidence “Minutes of May” to 1. Purpose (30 July 2018)",
        f"Wren Ackerley brought back the priority action {start} (30 July 2018)",
        f"Wren Ackerley put the priority action {start} under 3. Practice (30 July 2018)",
    }


def test_two_texts_for_one_box_are_told_until_they_are_settled(area, wren):
    entry = entry_of(make_assessment(area.partnership, make_small_framework()), 1)
    save_texts(entry, {"gaps": "First"}, by=area.lead, page="one")
    with by(wren):
        clash = done(area, lambda: save_texts(entry, {"gaps": "Second"}, by=wren, page="two"))
        waiting = entry.unsettled.get()
        waiting.entry = entry
        choice = {"choice": "standing", "standing": fingerprint("First")}
        settled = done(area, lambda: settle_text(unsettled=waiting, by=wren, **choice))
    where = "“Gaps and areas for development” of 1. Purpose (30 July 2018)"
    assert clash == [f"Wren Ackerley wrote a second text for {where}"]
    assert settled == [f"Wren Ackerley settled the two texts for {where}"]


def test_an_earlier_text_that_came_back_is_told(area, wren):
    entry = entry_of(make_assessment(area.partnership, make_small_framework()), 1)
    save_texts(entry, {"evidence": "Old"}, by=area.lead)
    save_texts(entry, {"evidence": "New"}, by=area.lead, started_from={"evidence": "Old"})
    old = Entry.pgh_event_model.objects.get(evidence="Old")
    with by(wren):
        told = done(area, lambda: restore_in_entry(
            entry=entry, event=old.pgh_id, field="evidence", by=wren))  # fmt: skip
    assert told == ["Wren Ackerley brought back the evidence of 1. Purpose (30 July 2018)"]


def test_who_comes_changes_and_goes_is_told(area, wren, library):
    coordinator, boss = area.coordinator, str(area.coordinator)
    with by(coordinator):
        ada = make_member(area.partnership, "reader", name="Ada Marsh")
        membership = area.partnership.memberships.get(user=ada)
        changed = done(area, lambda: actions.change_membership(
            membership=membership, role="lead", organisations=[library], job_title="",
            by=coordinator))  # fmt: skip
        rows = Membership.objects.filter(pk=membership.pk)
        titled = done(area, lambda: rows.update(job_title="Boss"))
        ended = done(area, lambda: actions.end_membership(membership=membership, by=coordinator))
    assert set(changed) == {
        f"{boss} changed the role of Ada Marsh to partner lead",
        f"{boss} put Ada Marsh into Library",
    }
    assert titled == [f"{boss} changed the job title of Ada Marsh"]
    assert set(ended) == {
        f"{boss} ended the membership of Ada Marsh",
        f"{boss} took Ada Marsh out of Library",
    }


def test_whoever_goes_by_themselves_has_left(area, wren):
    membership = area.partnership.memberships.get(user=wren)
    with by(wren):
        assert done(area, membership.delete) == ["Wren Ackerley left the partnership"]


def test_an_invitation_is_told_without_whom_it_is_to(area, wren, library):
    boss = str(area.coordinator)
    with by(area.coordinator):

        def invite():
            make_invitation(area.partnership, "secret@else.example", token="t", name="Ada Marsh",
                            organisation=library)  # fmt: skip

        invited = done(area, invite)
        invitation = area.partnership.invitations.get()
        again = done(area, lambda: inviting.send_again(
            invitation=invitation, by=area.coordinator, link=str))  # fmt: skip
        back = done(area, lambda: inviting.revoke(invitation=invitation, by=area.coordinator))
    assert invited == [f"{boss} invited somebody as partner editor"]
    assert again == [f"{boss} sent an invitation as partner editor again"]
    assert back == [f"{boss} took back an invitation as partner editor"]


def test_whoever_comes_in_by_an_invitation_is_named_although_not_signed_in(area, library):
    invitation = make_invitation(area.partnership, "new@else.example", organisation=library)

    def come_in():
        with by(None):
            inviting.accept(invitation=invitation, name="Nia Newcomer")

    assert set(done(area, come_in)) == {
        "Nia Newcomer joined as partner editor",
        "Nia Newcomer put themselves into Library",
        "Nia Newcomer accepted the invitation as partner editor",
    }


def test_organisations_and_settings_are_told(area, library):
    boss = str(area.coordinator)
    with by(area.coordinator):
        library.name = "Libraries"
        renamed = done(area, lambda: actions.save_organisation(
            organisation=library, by=area.coordinator))  # fmt: skip
        setting = done(area, lambda: actions.change_settings(
            partnership=area.partnership, second_factor_required=True,
            by=area.coordinator))  # fmt: skip
        removed = done(area, library.delete)
    assert renamed == [f"{boss} changed the name of the organisation Libraries"]
    assert setting == [f"{boss} changed the settings: whether coordinators need a second step"]
    assert removed == [f"{boss} removed the organisation Libraries"]


def test_autosaves_of_one_sitting_are_one_line(area, wren, library):
    at = timezone.now() + timedelta(minutes=1)
    for second in range(40):
        make_event(library, at=at + timedelta(seconds=second), by=wren, name=f"L{second}")
    assert sentences(area, kind="organisations")[:1] == [
        "Wren Ackerley changed the name of the organisation L39"
    ]
    assert len(sentences(area, kind="organisations")) == 2


def test_what_stood_there_when_the_history_began_is_not_told(area, library):
    make_event(library, at=minutes_ago(-1), label="found")
    assert len(sentences(area, kind="organisations")) == 1


def test_somebody_at_the_database_is_told_as_such(area):
    told = done(area, lambda: make_organisation(area.partnership, "Library"))
    assert told == ["Somebody with access to the database added the organisation Library"]


def test_a_person_who_was_anonymised_is_a_former_member(area, wren, library):
    make_event(library, at=minutes_ago(-1), by=wren, name="New")
    User.objects.filter(pk=wren.pk).update(
        name="", is_active=False, anonymised_at=timezone.now(), email="gone@example.org"
    )
    assert sentences(area)[0] == "Former member changed the name of the organisation New"


def test_a_role_of_former_times_is_told_as_it_was_called(area):
    membership = area.partnership.memberships.get(user=area.reader)
    make_event(membership, at=minutes_ago(-1), by=area.coordinator, role="partner")
    assert sentences(area)[0].endswith("changed the role of Reader of Rochdale to partner")
