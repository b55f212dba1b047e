"""Manifestos and pledges, as rows. Each call makes new ones."""

import uuid
from datetime import date

from django.utils import timezone

from partnerships.models import Manifesto
from pledges.models import Pledge, Signing
from pledges.models.pledges import PledgeStatus

PLEDGE = "We notice when parents are in conflict, and we help early."


def make_manifesto(partnership, *, vision="Every child.", body="# Why\n\nBecause.", pledge=PLEDGE):
    """The next version of a partnership's manifesto."""
    newest = Manifesto.objects.newest(partnership)
    return Manifesto.objects.create(
        partnership=partnership,
        number=newest.number + 1 if newest else 1,
        vision=vision,
        body=body,
        pledge=pledge,
    )


def make_pledge(organisation, by, *, signed_on=date(2026, 3, 1), **values):
    """A pledge that ``by`` recorded as signed on a day, under the newest manifesto."""
    partnership = organisation.partnership
    manifesto = Manifesto.objects.newest(partnership) or make_manifesto(partnership)
    values = {"status": PledgeStatus.SIGNED, "words": "We train everybody.", **values}
    pledge = Pledge.objects.create(organisation=organisation, partnership=partnership, **values)
    add_signing(pledge, by, signed_on=signed_on, manifesto=manifesto)
    return pledge


def add_signing(pledge, by, *, signed_on=None, manifesto=None, name="Ada Marsh"):
    """That somebody signed it on a day."""
    return Signing.objects.create(
        pledge=pledge,
        manifesto=manifesto or Manifesto.objects.newest(pledge.partnership),
        request_key=uuid.uuid4(),
        name=name,
        role="Chief executive",
        signed_on=signed_on or timezone.localdate(),
        words=pledge.words,
        recorded_by=by,
    )
