"""Making a partnership, and the one-time link that lets its coordinator in."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.actions import NameTaken, create_partnership, one_time_path
from partnerships.models import Membership, Partnership, User
from tests.factories.people import PASSWORD, make_area, make_user

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "unrelated-words-four"


def create(name="Bolton Together", email="ada@council.example", **values):
    return create_partnership(name=name, coordinator_email=email, **values)


def rows():
    return Partnership.objects.count(), User.objects.count(), Membership.objects.count()


def test_a_partnership_gets_its_first_coordinator():
    partnership, coordinator = create()
    assert (partnership.name, partnership.slug, partnership.area) == (
        "Bolton Together", "bolton-together", "Bolton Together"
    )  # fmt: skip
    assert (coordinator.email, coordinator.has_usable_password()) == ("ada@council.example", False)
    assert [(each.user, each.role) for each in partnership.memberships.all()] == [
        (coordinator, "coordinator")
    ]


def test_area_and_short_name_can_be_given():
    partnership, _ = create(area="Bolton", slug="bolton")
    assert (partnership.slug, partnership.area) == ("bolton", "Bolton")


@pytest.mark.parametrize(
    "typed", ["ada@council.example", "ADA@council.example", " ada@council.example "]
)
def test_someone_who_has_an_account_becomes_coordinator_with_it(typed):
    user = make_user("ada@council.example")
    _, coordinator = create(email=typed)
    assert coordinator == user
    assert coordinator.check_password(PASSWORD) is True
    assert rows() == (1, 1, 1)


def test_a_short_name_that_is_taken_is_refused():
    create()
    with pytest.raises(NameTaken) as refusal:
        create(email="bea@council.example")
    assert str(refusal.value) == (
        "There is a partnership with the short name “bolton-together” already. "
        "Give another name, or another short name with --slug."
    )
    assert rows() == (1, 1, 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "ada"}, "email"),
        ({"email": ""}, "email"),
        ({"name": "x" * 121}, "name"),
        ({"name": "Болтон"}, "slug"),  # nothing of it is left for an address
        ({"slug": "not a slug"}, "slug"),
        ({"area": "x" * 121}, "area"),
    ],
)
def test_what_cannot_be_stored_is_named_and_nothing_is_made(values, field):
    with pytest.raises(ValidationError) as refusal:
        create(**values)
    assert list(refusal.value.message_dict) == [field]
    assert rows() == (0, 0, 0)


# --- The link -------------------------------------------------------------------------------


def set_password(client, path, password=NEW_PASSWORD):
    """Open a one-time link as a browser does; returns the answer to the form, or the page."""
    page = client.get(path, follow=True)
    if not page.context["validlink"]:
        return page
    return client.post(
        page.redirect_chain[-1][0], {"new_password1": password, "new_password2": password}
    )


def test_the_link_sets_a_password_and_signs_in(client):
    _, coordinator = create()
    answer = set_password(client, one_time_path(coordinator))
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(coordinator.pk)
    coordinator.refresh_from_db()
    assert coordinator.check_password(NEW_PASSWORD) is True


def test_the_link_works_once(client):
    _, coordinator = create()
    path = one_time_path(coordinator)
    set_password(client, path)
    client.logout()
    assert set_password(client, path, "another-set-of-words").context["validlink"] is False
    coordinator.refresh_from_db()
    assert coordinator.check_password(NEW_PASSWORD) is True


def test_the_link_lives_for_a_week(client, settings):
    _, coordinator = create()
    path = one_time_path(coordinator)
    assert settings.PASSWORD_RESET_TIMEOUT == 7 * 24 * 3600
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert set_password(client, path).context["validlink"] is False


def test_the_link_of_one_person_is_no_good_for_another(client):
    area = make_area()
    mine, theirs = one_time_path(area.reader), one_time_path(area.coordinator)
    token, uid = mine.split("/")[-2], theirs.split("/")[-3]
    crossed = theirs.replace(theirs.split("/")[-2], token)
    assert uid in crossed
    assert set_password(client, crossed).context["validlink"] is False
