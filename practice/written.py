"""Things of a library that somebody writes: written once, and written anew by another.

``words``: what one says, by the names of its boxes.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

SENT_BEFORE = (
    "What you sent from this page before is in the library already. Open it there to change it; "
    "what you have written now is below."
)


def says(thing, words):
    """Whether it says just these words."""
    return all(getattr(thing, name) == value for name, value in words.items())


def write_once(model, words, *, partnership, request_key, by):
    """One of the partnership's own, and whether it is new: the same click twice makes one.

    Raises ValidationError where the page was sent before with other words.
    """
    thing, is_new = model.objects.get_or_create(
        request_key=request_key, defaults={**words, "partnership": partnership, "written_by": by}
    )
    if thing.partnership_id != partnership.pk or not says(thing, words):
        raise ValidationError(SENT_BEFORE)
    return thing, is_new


def write_anew(standing, words, *, by):
    """Whether there was anything to change; who wrote the same words before stays its writer."""
    if says(standing, words):
        return False
    for name, value in words.items():
        setattr(standing, name, value)
    standing.written_by, standing.written_at = by, timezone.now()
    standing.save()
    return True
