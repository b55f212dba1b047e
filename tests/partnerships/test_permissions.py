"""Whether a person may do something in a partnership: only with a role in that very one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from partnerships.models import Membership, User
from partnerships.permissions import check_may, may, membership_of, refusal_for
from rpcportal.kit.roles import GRANTS, Permission, Role, refusal
from tests.factories.people import make_area, make_member, make_partnership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return make_area()


@pytest.mark.parametrize("permission", list(Permission), ids=str)
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_member_may_what_the_role_may(area, role, permission):
    user, allowed = getattr(area, role.value), permission in GRANTS[role]
    assert may(user, permission, area.partnership.pk) is allowed
    assert refusal_for(user, permission, area.partnership.pk) == (
        "" if allowed else refusal(permission)
    )


@pytest.mark.parametrize("permission", list(Permission), ids=str)
def test_whoever_is_no_member_may_nothing(area, permission):
    bolton = make_partnership("bolton", "Bolton Together", "Bolton")
    for user in (make_user(), make_member(bolton, Role.COORDINATOR), AnonymousUser()):
        assert may(user, permission, area.partnership.pk) is False
        with pytest.raises(PermissionDenied) as denied:
            check_may(user, permission, area.partnership.pk)
        assert str(denied.value) == refusal(permission)


def test_a_person_may_have_another_role_in_another_partnership(area):
    bolton = make_partnership("bolton", "Bolton Together", "Bolton")
    Membership.objects.create(user=area.reader, partnership=bolton, role=Role.COORDINATOR)
    assert may(area.reader, Permission.REOPEN, bolton.pk) is True
    assert may(area.reader, Permission.REOPEN, area.partnership.pk) is False


def test_who_may_is_let_through(area):
    assert check_may(area.partner, Permission.SCORE, area.partnership.pk) is None


def test_the_membership_is_read_once_for_each_request(area, django_assert_num_queries):
    user = User.objects.get(pk=area.reader.pk)  # as a request loads it
    with django_assert_num_queries(1):
        for permission in Permission:
            may(user, permission, area.partnership.pk)
    with django_assert_num_queries(0):
        assert membership_of(user, area.partnership.pk).role == Role.READER


def test_a_role_that_changed_counts_from_the_next_request_on(area):
    assert may(area.reader, Permission.SCORE, area.partnership.pk) is False
    Membership.objects.filter(user=area.reader).update(role=Role.EDITOR)
    next_request = User.objects.get(pk=area.reader.pk)
    assert may(next_request, Permission.SCORE, area.partnership.pk) is True
