"""What a row refers to is of its own partnership: the database's guards (rpcportal/kit/guards.py).

The models are found by looking, and the rows are those of the world.
"""

import pytest
from django.apps import apps

from partnerships.models import Participant
from pledges.following import follow
from practice.models import Commitment
from rpcportal.kit.guards import OfOnePartnership
from tests.hostile import AREA_OF
from tests.refusals import refused

NEVER_CHANGE = {Commitment}  # rows of which no update is taken: another is added instead
WAYS = {**AREA_OF, Participant: "occasion__partnership"}
GUARDED = [
    (model, field)
    for model in apps.get_models()
    for trigger in getattr(model._meta, "triggers", ())
    if isinstance(trigger, OfOnePartnership)
    for field in trigger.fields
]


def test_there_are_guards_to_look_at():
    assert len(GUARDED) > 12


def named(each):
    return getattr(each, "__name__", each)


@pytest.mark.parametrize(("model", "field"), GUARDED, ids=named)
def test_nothing_of_another_partnership_is_referred_to(world, model, field):
    follow(by=world.a.reader, partnership=world.a.partnership, action=world.plan_action)
    rows = model.objects.filter(**{WAYS[model]: world.a.partnership}).order_by("pk")[:1]
    target = model._meta.get_field(field).related_model
    foreign = target.objects.filter(partnership=world.b.partnership).first()
    assert rows.exists(), f"the world has no {model.__name__}"
    assert foreign is not None, f"the world has no {target.__name__}"
    with refused("of_one_partnership"):
        if model in NEVER_CHANGE:
            values = {each.attname: getattr(rows[0], each.attname) for each in model._meta.fields}
            model.objects.create(**{**values, "id": None, f"{field}_id": foreign.pk})
        model.objects.filter(pk__in=rows.values("pk")).update(**{field: foreign})
