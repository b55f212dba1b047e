"""Making a partnership; its first coordinator comes in by invitation (test_commands.py)."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.actions import NameTaken, create_partnership
from partnerships.models import Membership, Partnership, User

pytestmark = pytest.mark.django_db


def create(name="Bolton Together", **values):
    return create_partnership(name=name, **values)


def rows():
    return Partnership.objects.count(), User.objects.count(), Membership.objects.count()


def test_a_partnership_is_made_that_nobody_is_in_yet():
    partnership = create()
    assert (partnership.name, partnership.slug, partnership.area) == (
        "Bolton Together", "bolton-together", "Bolton Together"
    )  # fmt: skip
    assert rows() == (1, 0, 0)


def test_area_and_short_name_can_be_given():
    partnership = create(area="Bolton", slug="bolton")
    assert (partnership.slug, partnership.area) == ("bolton", "Bolton")


def test_a_short_name_that_is_taken_is_refused():
    create()
    with pytest.raises(NameTaken) as refusal:
        create()
    assert str(refusal.value) == (
        "There is a partnership with the short name “bolton-together” already. "
        "Give another name, or another short name with --slug."
    )
    assert rows() == (1, 0, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
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
