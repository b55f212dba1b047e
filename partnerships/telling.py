"""Changes as a page shows them (templates/components/history.html), with the buttons that bring
something back.
"""

from dataclasses import dataclass

from django.utils import timezone

from partnerships.events import ADDED, CHANGED, FOUND, NOTICED, REMOVED
from partnerships.history import Change, FieldChange

DEEDS = {
    ADDED: "Added",
    CHANGED: "Changed",
    REMOVED: "Removed",
    NOTICED: "Changed details that the history does not keep",
    FOUND: "Stood here when the history began",
}


@dataclass(frozen=True)
class Restore:
    """A button that brings something back: the event it comes from, and which field of it.

    ``what`` names it for people who hear the button alone. ``standing`` is the fingerprint
    of what stands there while the page is read.
    """

    event: int
    field: str
    what: str
    standing: str = ""


@dataclass(frozen=True)
class Told:
    """A Change as a page shows it (templates/components/history.html).

    ``heading`` says what was changed, where a page is about several things. ``fields`` are
    pairs of a FieldChange and a Restore, or None. ``whole`` brings a removed thing back.
    """

    change: Change
    heading: str
    fields: list[tuple[FieldChange, Restore | None]]
    whole: Restore | None = None

    @property
    def deed(self):
        """What was done, in a word or two."""
        if self.change.brought_back:
            when = timezone.localtime(self.change.brought_back)
            return f"Brought back from {when:%-d %B %Y %H:%M}"
        if self.change.kind == ADDED and not self.change.fields:
            return "Begun, with nothing in it yet"
        return DEEDS[self.change.kind]


def turning(query, older):
    """The addresses of the newest page and of the older one; empty where there is no going."""
    rest = query.copy()
    is_further_on = rest.pop("older", None) is not None
    newest = f"?{rest.urlencode()}" if is_further_on else ""
    if older is None:
        return newest, ""
    rest["older"] = str(older)
    return newest, f"?{rest.urlencode()}"
