"""Saving a domain's page, and settling what two people wrote at once.

The rules of who wins are planning/merging.py; here they meet the rows. Every save locks
the entry first and then the actions in order, so that two saves never wait for each other.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from partnerships.permissions import check
from planning import parts, permissions
from planning.actions import closing_noticed
from planning.merging import fingerprint, merge
from planning.models import Entry, EvidenceReference, PriorityAction, UnsettledText
from planning.outline import outline_of
from planning.parts import PartName

SETTLE_STANDING, SETTLE_WAITING, SETTLE_BOTH = "standing", "waiting", "both"
# What a row must have to exist at all: an action without words is no action.
REQUIRED = {"reference": "title", "action": "what"}


@dataclass(frozen=True)
class Saved:
    """What a save did.

    ``base``: part -> fingerprint that the page should go on from. ``kept``: labels of
    parts that someone else had changed and this page had not. ``clashes``: the parts
    (PartName) of which both texts are kept until someone settles them.
    """

    at: datetime
    base: dict[str, str]
    kept: tuple[str, ...]
    clashes: tuple[PartName, ...]


class Moved(Exception):
    """One of the two texts changed since they were shown; look again before settling."""


def save_entry(*, entry, save, by):
    """Merge one save of a domain's page into what stands; returns Saved.

    Raises PermissionDenied with a sentence when ``by`` may not, or the sheet was agreed.
    """
    check(permissions.score_refusal, by, entry.assessment)
    try:
        return _save(entry, save, by)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "priority_action_once":
            raise
    # Someone brought the same removed action back from another domain in this very moment;
    # now it is there, so the two texts can meet.
    return _save(entry, save, by)


def _save(entry, save, by):
    with closing_noticed():
        page = _Page.locked(entry, {PartName.parse(part) for part in save.texts})
        standing = page.standing()
        result = merge(save, standing, page.writers())
        page.write(result.write, save, by)
        for part, text in result.clashes.items():
            UnsettledText.objects.update_or_create(
                entry=entry,
                part=part,
                author=by,
                page=save.page,
                defaults={"text": text, "written_at": timezone.now()},
            )
    return Saved(
        at=timezone.localtime(),
        # A text that waits is known to the server too: as long as the page does not change it
        # again, the page has no say in that part any more.
        base={part: fingerprint(save.texts[part]) for part in result.settled | set(result.clashes)},
        kept=tuple(
            PartName.parse(part).label
            for part in sorted(result.kept)
            if save.base.get(part) != fingerprint(standing.get(part, ""))
        ),
        clashes=tuple(PartName.parse(part) for part in result.clashes),
    )


def settle_text(*, unsettled, choice, standing, by, waiting=None):
    """Decide between what stands and what waits, as both were shown.

    ``standing``, ``waiting``: fingerprints of the texts that were shown. ``choice``:
    ``standing``, ``waiting``, or ``both`` (for running words: one after the other). Raises
    Moved when one of the two is no longer what was shown, or someone has settled it.
    """
    entry = unsettled.entry
    check(permissions.score_refusal, by, entry.assessment)
    name = PartName.parse(unsettled.part)
    if choice not in _choices(name):
        raise PermissionDenied("Choose which of the two texts stands.")
    with closing_noticed():
        page = _Page.locked(entry, {name})
        now = page.standing().get(unsettled.part, "")
        mine = UnsettledText.objects.filter(pk=unsettled.pk).first()
        row_is_gone = (name.row, name.key) not in page.rows
        if mine is None or row_is_gone or fingerprint(now) != standing:
            raise Moved
        if waiting is not None and fingerprint(mine.text) != waiting:
            raise Moved
        text = {SETTLE_WAITING: mine.text, SETTLE_BOTH: _both(now, mine.text)}.get(choice)
        if text is not None:
            page.write({unsettled.part: text}, None, by)
        mine.delete()


def _choices(name):
    one_of_two = {SETTLE_STANDING, SETTLE_WAITING}
    return one_of_two | {SETTLE_BOTH} if name.is_prose else one_of_two


def _both(standing, waiting):
    return "\n\n".join(text for text in (standing, waiting) if text)


class _Page:
    """The rows behind the parts of one domain's page, locked until the transaction ends."""

    def __init__(self, entry, references, actions, names):
        self.entry = entry
        self.outline = outline_of(entry.assessment.framework)
        self.rows = {("", None): entry}
        self.rows |= {("reference", row.key): row for row in references}
        self.rows |= {("action", row.key): row for row in actions}
        self.names = names

    @classmethod
    def locked(cls, entry, names):
        """Lock the entry and the named rows, in that order, and read them afresh."""
        fresh = Entry.objects.select_for_update().get(pk=entry.pk)
        fresh.assessment = entry.assessment
        keys = defaultdict(set)
        for name in names:
            keys[name.row].add(name.key)
        references = fresh.references.filter(key__in=keys["reference"])
        actions = PriorityAction.objects.filter(
            assessment_id=entry.assessment_id, key__in=keys["action"]
        )
        return cls(
            fresh,
            references.select_for_update().order_by("pk") if keys["reference"] else (),
            actions.select_for_update().order_by("pk").with_domains() if keys["action"] else (),
            names,
        )

    def standing(self):
        """Part -> text, of the parts whose row exists."""
        return {
            str(name): parts.read(row, name.field, self.outline)
            for name in self.names
            if (row := self.rows.get((name.row, name.key)))
        }

    def writers(self):
        """Part -> “page:number” of who wrote what stands."""
        return {
            str(name): row.writers.get(name.field, "")
            for name in self.names
            if (row := self.rows.get((name.row, name.key)))
        }

    def write(self, texts, save, by):
        """Write part -> text. A row that does not exist is made, from all that ``save`` says."""
        by_row = defaultdict(dict)
        for part, text in texts.items():
            name = PartName.parse(part)
            by_row[name.row, name.key][name.field] = text
        for (kind, key), fields in by_row.items():
            row = self.rows.get((kind, key)) or self._new_row(kind, key, fields, save)
            if row is not None:
                self._write_row(row, fields, save)
        if texts:
            self.entry.updated_by, self.entry.updated_at = by, timezone.now()
            self.entry.save(update_fields=["updated_by", "updated_at"])

    def _new_row(self, kind, key, fields, save):
        """A row for words that have none yet; None while what it must have is missing."""
        for part, text in save.texts.items():
            name = PartName.parse(part)
            if (name.row, name.key) == (kind, key):
                fields.setdefault(name.field, text)
        if not fields.get(REQUIRED[kind]):
            return None
        if kind == "reference":
            return EvidenceReference(entry=self.entry, key=key)
        return PriorityAction(assessment=self.entry.assessment, key=key)

    def _write_row(self, row, fields, save):
        for field, text in fields.items():
            if field != "domains":
                parts.assign(row, field, text)
            row.writers[field] = f"{save.page}:{save.number}" if save and save.page else ""
        row.save()
        if "domains" in fields or row not in self.rows.values():
            numbers = {int(number) for number in fields.get("domains", "").split(",") if number}
            if isinstance(row, PriorityAction):
                chosen = numbers or {self.outline.number_of[self.entry.domain_id]}
                row.domains.set([self.outline.by_number[number].pk for number in chosen])


def new_key():
    """A key for a row that the page may add."""
    return uuid.uuid4()
