"""The parts of a domain's page: every box by name, and its text as it stands.

A part is named as its box is in the form: ``evidence``, ``reference-<key>-title``,
``action-<key>-what``. Its text is canonical: a level is “2.5”, “na” or empty, a day is
ISO, the domains of an action are their numbers joined by commas. So merging, autosaving
and settling speak of all of them in one way.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning import levels

NOT_APPLICABLE = "na"

LABELS = {
    "level": "Progress level",
    "target": "Target level",
    "not_applicable_reason": "Why it is not applicable",
    "evidence": "Evidence of current progress",
    "gaps": "Gaps and areas for development",
    "reason": "Reason for the level",
    "dissent": "Seen differently",
    "title": "Title of the evidence",
    "location": "Where the evidence is",
    "shows": "What the evidence shows",
    "what": "Priority action",
    "measure": "How we will know",
    "owner": "Who owns the action",
    "due": "By when",
    "domains": "Domains the action serves",
}

ENTRY_PARTS = ("level", "target", "not_applicable_reason", "evidence", "gaps", "reason", "dissent")
REFERENCE_PARTS = ("title", "location", "shows")
ACTION_PARTS = ("what", "measure", "owner", "due", "domains")
# Boxes of running words, whose two versions can stand one after the other.
PROSE = frozenset(
    ["not_applicable_reason", "evidence", "gaps", "reason", "dissent", "shows", "what", "measure"]
)


@dataclass(frozen=True)
class PartName:
    """A part's name, taken apart: ``row`` is “reference”, “action” or empty."""

    field: str
    row: str = ""
    key: uuid.UUID | None = None

    @classmethod
    def parse(cls, text):
        """Take a name apart; raises ValueError for what is no part of a page."""
        if text in ENTRY_PARTS:
            return cls(text)
        row, _, rest = text.partition("-")
        key, _, name = rest.rpartition("-")
        if name not in {"reference": REFERENCE_PARTS, "action": ACTION_PARTS}.get(row, ()):
            raise ValueError(f"“{text}” is no part of a domain's page.")
        return cls(name, row, uuid.UUID(key))

    def __str__(self):
        return f"{self.row}-{self.key}-{self.field}" if self.row else self.field

    @property
    def label(self):
        """What people call it."""
        return LABELS[self.field]

    @property
    def is_prose(self):
        """Whether two texts of it can be put one after the other."""
        return self.field in PROSE


def level_text(entry):
    """The canonical text of an entry's level."""
    if entry.not_applicable:
        return NOT_APPLICABLE
    return "" if entry.level is None else str(entry.level.normalize())


def shown(name, text):
    """A part's text as people read it: levels as “2/3”, days in words."""
    if not text:
        return "Nothing"
    if name.field in ("level", "target"):
        return "Not applicable" if text == NOT_APPLICABLE else levels.format_level(Decimal(text))
    if name.field == "due":
        return f"{date.fromisoformat(text):%-d %B %Y}"
    return text


def read(row, field, outline):
    """The canonical text of one field of an entry, a reference or an action."""
    if field == "level":
        return level_text(row)
    if field == "domains":
        numbers = sorted(outline.number_of[pk] for pk in row.domain_pks)
        return ",".join(map(str, numbers))
    value = getattr(row, field)
    if value is None:
        return ""
    if field == "target":
        return str(value.normalize())
    return value.isoformat() if field == "due" else value


def assign(row, field, text):
    """Put a canonical text into one field; domains are the caller's (they are rows)."""
    if field == "level":
        row.not_applicable = text == NOT_APPLICABLE
        row.level = Decimal(text) if text and not row.not_applicable else None
    elif field == "target":
        row.target = Decimal(text) if text else None
    elif field == "due":
        row.due = date.fromisoformat(text) if text else None
    else:
        setattr(row, field, text)
