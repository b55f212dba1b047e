"""The manifesto: what a partnership stands for, and the words that its partners sign."""

from django.db import transaction

from partnerships.models import Manifesto, Partnership
from partnerships.permissions import check_may, refusal_for
from rpcportal.kit.roles import Permission


class ManifestoChanged(Exception):
    """Somebody else published another version by now; ``newest`` holds it."""

    def __init__(self, newest):
        super().__init__("Somebody else published a new version while you wrote.")
        self.newest = newest


@transaction.atomic
def publish_manifesto(*, partnership, vision, body, pledge, by, seen_number):
    """Publish these words as the next version; returns it. The same words again make none.

    ``seen_number``: the version that was read before writing, 0 for none. Raises
    ManifestoChanged where another one counts by now, and PermissionDenied.
    """
    check_may(by, Permission.MANIFESTO, partnership.pk)
    # Held, so that two that are published at once have two numbers.
    partnership = Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    newest = Manifesto.objects.newest(partnership)
    words = {"vision": vision, "body": body, "pledge": pledge}
    if newest and all(getattr(newest, name) == text for name, text in words.items()):
        return newest
    number = newest.number if newest else 0
    if number != seen_number:
        raise ManifestoChanged(newest)
    return Manifesto.objects.create(partnership=partnership, number=number + 1, made_by=by, **words)


def manifesto_refusal(user, partnership):
    """Why ``user`` may not write the manifesto, or an empty sentence."""
    return refusal_for(user, Permission.MANIFESTO, partnership.pk)


def versions_of(partnership):
    """Every version, newest first."""
    return list(partnership.manifestos.select_related("made_by"))
