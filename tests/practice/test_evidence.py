"""Verbs on evidence statements, and the starter content."""

import re
import uuid
from datetime import timedelta
from io import StringIO

import pytest
import yaml
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from practice import evidence
from practice.models import EvidenceStatement
from rpcportal import run
from tests.factories.people import make_area
from tests.factories.public import make_starter, make_statement

NOTHING = {**dict.fromkeys(evidence.WORDS, ""), "claim": "One in ten.", "checked_on": None}


def add(area, **words):
    key = words.pop("request_key", uuid.uuid4())
    by = words.pop("by", area.coordinator)
    return evidence.add_statement(
        partnership=area.partnership, request_key=key, by=by, **(NOTHING | words)
    )


def test_the_same_click_twice_makes_one(area):
    key = uuid.uuid4()
    assert add(area, request_key=key) == add(area, request_key=key)
    assert EvidenceStatement.objects.count() == 1


def test_other_words_from_a_page_that_was_sent_are_not_dropped_unsaid(area):
    key = uuid.uuid4()
    add(area, request_key=key)
    with pytest.raises(ValidationError, match="is in the library already"):
        add(area, request_key=key, claim="One in nine.")
    other = make_area("bury", "Bury Together", "Bury")
    with pytest.raises(ValidationError, match="is in the library already"):
        add(other, request_key=key)
    assert EvidenceStatement.objects.count() == 1


@pytest.mark.parametrize("role", ["lead", "editor", "reader"])
def test_who_may_not_write_writes_nothing(area, role):
    person = getattr(area, role)
    own = make_statement(area.partnership)
    starter = make_starter()
    for verb in (
        lambda: add(area, by=person),
        lambda: evidence.change_statement(statement=own, by=person, **NOTHING),
        lambda: evidence.remove_statement(statement=own, by=person),
        lambda: evidence.use_starter(partnership=area.partnership, starter=starter, by=person),
    ):
        with pytest.raises(PermissionDenied, match="does not let you write evidence statements"):
            verb()


@pytest.mark.parametrize("role", ["facilitator", "lead", "editor", "reader"])
def test_only_a_coordinator_shows_one_to_the_public(area, role):
    own = make_statement(area.partnership)
    with pytest.raises(PermissionDenied, match="decide what the public sees"):
        evidence.show_statement(statement=own, is_public=True, by=getattr(area, role))
    evidence.show_statement(statement=own, is_public=True, by=area.coordinator)
    own.refresh_from_db()
    assert own.is_public


def test_what_was_checked_was_checked_by_today_and_a_link_has_a_source(area):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        add(area, checked_on=tomorrow, link="https://example.org/")
    assert set(refused.value.message_dict) == {"checked_on", "source"}


def test_a_starter_is_used_once_and_the_copy_is_ones_own(area):
    starter = make_starter(figure="10%", source="A survey")
    use = {"partnership": area.partnership, "starter": starter, "by": area.facilitator}
    copy = evidence.use_starter(**use)
    evidence.change_statement(
        statement=copy, by=area.coordinator, **{**NOTHING, "claim": "In our words."}
    )
    assert evidence.use_starter(**use) == copy
    assert evidence.copy_of(area.partnership, starter).claim == "In our words."
    assert (copy.key, copy.is_public, copy.figure) == ("", False, "10%")
    starter.refresh_from_db()
    assert (starter.claim, starter.partnership) == ("One child in ten.", None)
    other = make_area("bury", "Bury", "Bury")
    assert evidence.copy_of(other.partnership, starter) is None


def test_a_copy_that_was_removed_can_be_made_again(area):
    use = {"partnership": area.partnership, "starter": make_starter(), "by": area.coordinator}
    evidence.remove_statement(statement=evidence.use_starter(**use), by=area.coordinator)
    assert evidence.use_starter(**use).pk


# --- Starter content --------------------------------------------------------------------------


def content():
    return yaml.safe_load(evidence.FILE.read_text("utf-8"))


def test_the_file_says_what_a_statement_needs():
    assert 10 <= len(content()) <= 20
    assert len({each["key"] for each in content()}) == len(content())
    for each in content():
        assert each.keys() <= {"key", *evidence.WORDS}, each["key"]
        statement = EvidenceStatement(**each)
        statement.full_clean(
            exclude=["partnership", "written_by", "request_key"], validate_constraints=False
        )
        # A link is part of a source, and a number says of whom it is.
        assert bool(each.get("link")) == bool(each.get("source")), each["key"]
        assert not each.get("figure") or each["population"], each["key"]
        assert not re.match(r"(In|At) (that|the same)\b", each["claim"]), each["key"]


def test_loading_twice_changes_nothing_and_loading_mends(db):
    call_command("load_practice", stdout=StringIO())
    assert EvidenceStatement.objects.count() == len(content())
    before = list(EvidenceStatement.objects.order_by("pk").values())
    events = EvidenceStatement.pgh_event_model.objects.count()
    assert evidence.load_starters() == 0
    assert list(EvidenceStatement.objects.order_by("pk").values()) == before
    assert EvidenceStatement.pgh_event_model.objects.count() == events

    EvidenceStatement.objects.filter(key="harmful-conflict").update(claim="Other")
    make_starter(key="no-longer-in-the-file")
    assert evidence.load_starters() == 2
    assert EvidenceStatement.objects.count() == len(content())


def test_loading_leaves_what_partnerships_wrote(area):
    own = make_statement(area.partnership, claim="Ours")
    evidence.load_starters()
    own.refresh_from_db()
    assert own.claim == "Ours"


@pytest.mark.django_db(transaction=True)
def test_the_portal_loads_them_at_its_start():
    run.load_data(demo=False)
    assert EvidenceStatement.objects.starters().count() == len(content())
