"""The verb: to the version that was read, once, and by whom it may."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from practice import committing
from practice.committing import commit
from practice.models import Commitment
from tests.factories.people import make_area, make_membership, make_organisation, make_user
from tests.factories.practice import library_of, make_standard, make_version
from tests.factories.reflections import make_commitment
from tests.parallel import at_once

pytestmark = pytest.mark.usefixtures("index_left_alone")
TODAY = timezone.localdate()


@pytest.fixture
def ours(area):
    """An organisation of the lead and the reader."""
    organisation = make_organisation(area.partnership, "Riverside")
    for user in (area.lead, area.reader):
        area.partnership.memberships.get(user=user).organisations.add(organisation)
    return organisation


def waits(area, user, organisation=None):
    found = committing.waiting_for(area.partnership, user, TODAY, organisation)
    return [(each.version.number, each.before) for each in found]


def committed(area, version, by, organisation=None):
    return commit(
        partnership=area.partnership, versions=[version.pk], by=by, organisation=organisation
    )


def test_a_reader_commits_and_twice_is_once(area, library):
    assert waits(area, area.reader) == [(1, None)]
    assert committed(area, library.version, area.reader).number == 1
    assert committed(area, library.version, area.reader).refused == ()
    assert Commitment.objects.get().user == area.reader
    assert (waits(area, area.reader), waits(area, area.lead)) == ([], [(1, None)])


def test_a_new_version_asks_again_and_only_those_who_see_it_changed(area, library):
    committed(area, library.version, area.reader)
    make_version(library.standard, number=2, amendment="Clearer.")
    assert waits(area, area.reader) == [(2, 1)]
    assert waits(area, area.lead) == [(2, None)]
    assert committing.changed_since(area.partnership, area.reader, TODAY) == 1
    assert committing.changed_since(area.partnership, area.lead, TODAY) == 0


def test_what_was_amended_while_one_read_is_said_and_not_replaced(area, library):
    new = make_version(library.standard, number=2, amendment="Clearer.")
    other = make_standard(library.pillar, position=3)
    outcome = commit(
        partnership=area.partnership,
        versions=[library.version.pk, other.versions.get().pk],
        by=area.reader,
    )
    assert outcome.number == 1
    (sentence,) = outcome.refused
    assert "was amended while you read" in sentence
    assert [each.version.standard for each in Commitment.objects.all()] == [other]
    assert committed(area, new, area.reader).number == 1


def test_what_nobody_works_to_is_refused_with_a_sentence(area, library):
    tomorrow = TODAY + timedelta(days=1)
    later = make_standard(library.pillar, position=4, effective_on=tomorrow).versions.get()
    starter = library_of(None).version
    theirs = library_of(make_area("bury", "Bury", "Bury").partnership).version
    for version, words in (
        (library.draft, "is still a draft"),
        (later, "is in force from"),
        (starter, "came with the portal"),
        (theirs, "no longer in this library"),
    ):
        outcome = committed(area, version, area.reader)
        assert (outcome.number, len(outcome.refused)) == (0, 1)
        assert words in outcome.refused[0]
    library.standard.withdrawn_on = TODAY
    library.standard.save()
    assert "is withdrawn" in committed(area, library.version, area.reader).refused[0]
    assert not Commitment.objects.exists()
    assert waits(area, area.reader) == []


def test_a_retired_model_asks_nobody(area, library):
    library.model.retired_on = TODAY
    library.model.save()
    assert waits(area, area.reader) == []
    assert "is withdrawn" in committed(area, library.version, area.reader).refused[0]


def test_who_commits_for_an_organisation(area, library, ours):
    for refused in (area.reader, area.partner):
        with pytest.raises(PermissionDenied, match="when you are its partner lead"):
            committed(area, library.version, refused, ours)
    another = make_organisation(area.partnership, "Another")
    with pytest.raises(PermissionDenied):
        committed(area, library.version, area.lead, another)
    assert committed(area, library.version, area.lead, ours).number == 1
    assert committed(area, library.version, area.coordinator, ours).number == 1
    assert committed(area, library.version, area.facilitator, another).number == 1
    assert Commitment.objects.of_organisations().count() == 2
    assert waits(area, area.lead) == [(1, None)]
    assert waits(area, area.lead, ours) == []


def test_who_is_no_member_commits_to_nothing(area, library):
    with pytest.raises(PermissionDenied):
        committed(area, library.version, make_user())


def test_numbers_by_organisation(area, library, ours):
    committed(area, library.version, area.lead)
    make_commitment(library.version, area.coordinator, ours)
    in_force = list(committing.in_force_of(area.partnership, TODAY))

    def seen_by(user):
        rows = committing.numbers_of(area.partnership, user, in_force)
        return [(each.name, each.people_words, each.may_commit) for each in rows]

    alone = ("People without an organisation", "0 of 3", False)
    assert seen_by(area.coordinator) == [("Riverside", "1 of 2", True), alone]
    assert seen_by(area.lead) == [("Riverside", "1 of 2", True), alone]
    hidden = ("Riverside", "Not shown: fewer than three people", False)
    assert seen_by(area.partner) == [hidden, alone]
    make_membership(area.partnership, make_user(), "reader", organisation=ours)
    assert seen_by(area.partner)[0] == ("Riverside", "1 of 3", False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("for_organisation", [False, True])
def test_two_clicks_at_once_are_one_commitment(for_organisation):
    area = make_area()
    version = library_of(area.partnership).version
    organisation = make_organisation(area.partnership) if for_organisation else None
    people = [area.coordinator, area.facilitator] if for_organisation else [area.reader] * 2
    results = at_once(*(lambda by=by: committed(area, version, by, organisation) for by in people))
    assert [each.number for each in results] == [1, 1]
    assert Commitment.objects.count() == 1
