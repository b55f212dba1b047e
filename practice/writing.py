"""Verbs on standards while they are written: begun, drafted, discarded.

Every verb that touches a draft holds its standard first. So of two who begin a draft one makes
it and the other opens it, and nothing is written into a draft while it is being approved.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partnerships.permissions import check
from practice import permissions
from practice.indexing import forget
from practice.models import (
    EntryKind,
    ModelPart,
    PartKind,
    Standard,
    StandardMeasure,
    StandardSource,
    StandardVersion,
)
from rpcportal.kit.holding import held_row

WORDS = ("statement", "about", "descriptors", "amendment")
NO_PILLAR = "A standard stands under a pillar. Choose a pillar of the practice model."
PILLAR_GONE = (
    "Somebody has removed this pillar meanwhile. What you have written is below: copy it, and "
    "begin the standard under another pillar."
)
NO_DRAFT = (
    "This standard has no draft any more: somebody has approved or discarded it meanwhile. "
    "Open the standard, and choose “Change the words” to begin a new draft."
)
DISCARDED = "Somebody has discarded this standard meanwhile: nobody had ever approved it."
SENT_BEFORE = (
    "What you sent from this page before is a standard already. Open it there to change it; what "
    "you have written now is below."
)


def held(standard):
    """The standard as it stands, held against everyone else until the transaction ends.

    Raises ValidationError where somebody has discarded it meanwhile.
    """
    rows = Standard.objects.select_related("pillar__model", "partnership", "owner")
    found = held_row(rows, standard.pk, no_key=True)
    if found is None:
        raise ValidationError(DISCARDED)
    return found


def draft_of(standard):
    """Its draft with all that belongs to it, or None."""
    return StandardVersion.objects.drafts().with_everything().filter(standard=standard).first()


def held_draft(standard):
    """The draft of a standard that is held; raises ValidationError where there is none."""
    held(standard)
    draft = draft_of(standard)
    if draft is None:
        raise ValidationError(NO_DRAFT)
    return draft


# --- The standard and its draft ----------------------------------------------------------------


@transaction.atomic
def add_standard(*, pillar, statement, request_key, by):
    """Begin a standard under a pillar, the last one there; its first version is a draft.

    Returns the standard. The same click twice makes one. Raises PermissionDenied and
    ValidationError with a sentence.
    """
    partnership = pillar.model.partnership
    check(permissions.library_refusal, by, partnership, pillar)
    if pillar.kind != PartKind.PILLAR:
        raise ValidationError(NO_PILLAR)
    if not ModelPart.objects.select_for_update(no_key=True).filter(pk=pillar.pk).first():
        raise ValidationError(PILLAR_GONE)
    if before := Standard.objects.filter(request_key=request_key).first():
        same = before.versions.filter(number=1, statement=statement).exists()
        if same and before.pillar_id == pillar.pk:
            return before
        raise ValidationError(SENT_BEFORE)
    standard = Standard.objects.create(
        partnership=partnership,
        pillar=pillar,
        position=last_of(pillar.standards) + 1,
        request_key=request_key,
    )
    StandardVersion.objects.create(
        standard=standard, number=1, statement=statement, written_by=by, written_at=timezone.now()
    )
    return standard


def last_of(rows):
    """The last place that is taken among these rows; 0 for none."""
    return rows.aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def begin_draft(*, standard, by):
    """The draft of a standard: the one that is there, or a copy of its newest version.

    Measures keep their key from version to version.
    """
    check(permissions.library_refusal, by, standard.partnership, standard)
    held(standard)
    if draft := draft_of(standard):
        return draft
    newest = standard.versions.with_everything().order_by("-number")[0]
    draft = StandardVersion.objects.create(
        standard=standard,
        number=newest.number + 1,
        statement=newest.statement,
        about=newest.about,
        descriptors=newest.descriptors,
        written_by=by,
    )
    for model, rows in ((StandardSource, newest.sources), (StandardMeasure, newest.measures)):
        model.objects.bulk_create(_copies(rows.all(), draft))
    return draft_of(standard)


def _copies(rows, draft):
    for row in rows:
        row.pk, row.version, row._state.adding = None, draft, True
        yield row


@transaction.atomic
def change_words(*, standard, by, **words):
    """Write the words of the draft anew; returns it."""
    check(permissions.library_refusal, by, standard.partnership, standard)
    draft = held_draft(standard)
    if {name: getattr(draft, name) for name in WORDS} == words:
        return draft
    for name in WORDS:
        setattr(draft, name, words[name])
    draft.written_by, draft.written_at = by, timezone.now()
    draft.save()
    return draft


@transaction.atomic
def discard_draft(*, standard, by):
    """Throw the draft away; returns the standard, or None where it went, too: nobody had ever
    approved it.
    """
    check(permissions.library_refusal, by, standard.partnership, standard)
    held_draft(standard).delete()
    if standard.versions.exists():
        return standard
    number = standard.pk
    Standard.objects.filter(pk=number).delete()
    forget(EntryKind.STANDARD, number)
    return None
