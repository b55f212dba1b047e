"""What serves a standard: the rules, and two people at the same moment."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.holdings import Link
from practice import serving_holdings
from practice.indexing import refresh
from practice.models import StandardServed
from practice.serving import (
    EVERYBODYS,
    reach_of,
    serve,
    standards_served,
    standards_to_serve,
    stop_serving,
)
from tests.factories.actions import make_plan_action
from tests.factories.people import make_area, make_membership, make_organisation, make_user
from tests.factories.pledges import make_pledge
from tests.factories.practice import make_part, make_practice_model, make_standard, make_version
from tests.factories.serving import make_link
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(area):
    return make_standard(make_part(make_practice_model(area.partnership)))


@pytest.fixture
def ours(area):
    """The organisation of the lead and of the partner editor."""
    organisation = make_organisation(area.partnership)
    for user in (area.lead, area.partner):
        user.memberships.get().organisations.add(organisation)
    return organisation


def links():
    return list(
        StandardServed.objects.values_list("standard", "action__number", "pledge__organisation")
    )


def test_twice_is_once_and_taking_away_twice_too(area, standard, ours):
    action, pledge = make_plan_action(ours), make_pledge(ours, area.coordinator)
    for by in (area.coordinator, area.facilitator):
        serve(standards=[standard], things=[action, pledge], by=by)
    assert links() == [(standard.pk, 1, None), (standard.pk, None, ours.pk)]
    link = StandardServed.objects.first()
    assert link.linked_by == area.coordinator
    for _ in range(2):
        stop_serving(link=link, by=area.lead)
    assert links() == [(standard.pk, None, ours.pk)]


def test_who_writes_the_plan_links_their_own_and_nobody_elses(area, standard, ours):
    mine, other = make_plan_action(ours), make_plan_action(area.partnership)
    serve(standards=[standard], things=[mine], by=area.partner)
    for user, thing in ((area.partner, other), (area.reader, mine), (area.reader, other)):
        with pytest.raises(PermissionDenied):
            serve(standards=[standard], things=[thing], by=user)
    pledge = make_pledge(ours, area.coordinator)
    with pytest.raises(PermissionDenied):  # an editor signs nothing
        serve(standards=[standard], things=[pledge], by=area.partner)
    serve(standards=[standard], things=[pledge], by=area.lead)
    assert len(links()) == 2
    with pytest.raises(PermissionDenied):
        stop_serving(link=StandardServed.objects.get(action=mine), by=area.reader)


def test_of_several_things_one_refusal_links_none(area, standard, ours):
    things = [make_plan_action(ours), make_plan_action(area.partnership)]
    with pytest.raises(PermissionDenied):
        serve(standards=[standard], things=things, by=area.partner)
    assert links() == []


def test_only_what_is_in_force_is_served(area, ours):
    pillar = make_part(make_practice_model(area.partnership))
    tomorrow = timezone.localdate() + timedelta(days=1)
    draft = make_standard(pillar, draft=True)
    later = make_standard(pillar, effective_on=tomorrow)
    gone = make_standard(pillar)
    gone.withdrawn_on = timezone.localdate()
    gone.save()
    refresh(gone)
    for standard in (draft, later, gone):
        with pytest.raises(ValidationError):
            serve(standards=[standard], things=[make_plan_action(ours)], by=area.coordinator)
    assert not standards_to_serve(make_plan_action(ours)).exists()


def test_the_database_refuses_starters_and_another_partnership(area, standard, ours):
    starter = make_standard(make_part(make_practice_model()))
    bury = make_area("bury", "Bury", "Bury")
    theirs = make_plan_action(bury.partnership)
    for of, action in ((starter, make_plan_action(ours)), (standard, theirs)):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_link(of, action=action)


def test_whose_things_a_person_reaches(area, ours):
    assert reach_of(area.facilitator, area.partnership).actions is EVERYBODYS
    own = frozenset([ours.pk])
    lead, editor, reader = (
        reach_of(user, area.partnership) for user in (area.lead, area.partner, area.reader)
    )
    assert (lead.actions, lead.pledges) == (own, own)
    assert (editor.actions, editor.pledges) == (own, frozenset())
    assert (reader.actions, reader.pledges) == (frozenset(), frozenset())


def test_somebodys_organisation_elsewhere_is_not_reached(area):
    bury = make_area("bury", "Bury", "Bury")
    person = make_user()
    theirs = make_organisation(bury.partnership)
    make_membership(bury.partnership, person, "editor", organisation=theirs)
    make_membership(area.partnership, person, "editor")
    assert reach_of(person, area.partnership).actions == frozenset()


def test_a_standard_is_named_by_what_is_in_force(area, standard, ours):
    action = make_plan_action(ours)
    make_link(standard, action=action)
    make_version(standard, number=2, statement="We shall do better.", draft=True)
    (link,) = standards_served(action)
    assert link.in_force == "We are family focused."
    draft = make_standard(standard.pillar, statement="New", position=2, draft=True)
    make_link(draft, action=action)
    assert [each.in_force or each.newest for each in standards_served(action)][1] == "New"


def test_a_person_is_told_what_they_linked(area, standard, ours):
    pledge = make_pledge(ours, area.coordinator)
    serve(standards=[standard], things=[pledge], by=area.lead)
    (row,) = serving_holdings.links(area.lead)
    assert row["Linked"] == Link(str(pledge), pledge.get_absolute_url())
    assert serving_holdings.links(area.coordinator) == []


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_make_one_link(area, standard, ours):
    action = make_plan_action(ours)
    link = partial(serve, standards=[standard], things=[action])
    people = (area.coordinator, area.lead, area.partner, area.facilitator)
    assert at_once(*(partial(link, by=each) for each in people)) == [None] * 4
    assert links() == [(standard.pk, 1, None)]
    away = partial(stop_serving, link=StandardServed.objects.get())
    assert at_once(*(partial(away, by=each) for each in people)) == [None] * 4
    assert links() == []
