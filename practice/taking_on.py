"""Taking on a practice model that came with the portal: a copy to change and approve."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from partnerships.permissions import check
from practice import permissions
from practice.indexing import refresh
from practice.models import (
    Bearing,
    ModelPart,
    PracticeModel,
    RelatedStandard,
    Standard,
    StandardMeasure,
    StandardSource,
    StandardTool,
    StandardVersion,
)

NOT_OFFERED = "This practice model does not come with the portal any more, so nobody takes it on."
WORDS = (
    *("name", "summary", "source", "source_link", "guiding", "guiding_words"),
    *("guiding_meaning", "vision", "mission"),
)


@transaction.atomic
def take_on(*, model, partnership, by):
    """Copy a practice model into the partnership's own library; returns the copy. Twice is once.

    Its standards become drafts: nothing of them is in force before the partnership approves it.
    """
    check(permissions.library_refusal, by, partnership)
    if not model.is_starter:
        return model
    known = {"partnership": partnership, "copied_from": model}
    copy = PracticeModel.objects.filter(**known).first()  # in whatever words by now
    if copy is None and model.retired_on:
        raise PermissionDenied(NOT_OFFERED)
    if copy is None:
        words = {name: getattr(model, name) for name in WORDS}
        # Of two who click at once, the second waits here and finds what the first one made.
        copy, is_new = PracticeModel.objects.get_or_create(
            **known, defaults={**words, "written_by": by}
        )
        if is_new:
            _copy_standards(model, copy, _copy_parts(model, copy), by)
            refresh(copy)
    return copy


def _copy_parts(model, copy):
    """Number of each part -> its copy."""
    copies = {part.pk: _copied(part, model=copy) for part in model.parts.order_by("pk")}
    ModelPart.objects.bulk_create(copies.values())
    return copies


def _copy_standards(model, copy, parts, by):
    today = timezone.localdate()
    versions = StandardVersion.objects.in_force(today).filter(standard__pillar__model=model)
    versions = versions.select_related("standard").order_by("standard_id")
    copies, drafts = {}, {}
    for version in versions:
        standard = version.standard
        copies[standard.pk] = Standard(
            partnership=copy.partnership,
            pillar=parts[standard.pillar_id],
            position=standard.position,
        )
        drafts[version.pk] = StandardVersion(
            standard=copies[standard.pk],
            number=1,
            statement=version.statement,
            about=version.about,
            descriptors=version.descriptors,
            written_by=by,
        )
    Standard.objects.bulk_create(copies.values())
    StandardVersion.objects.bulk_create(drafts.values())
    for belonging in (StandardMeasure, StandardSource):
        rows = belonging.objects.filter(version__in=drafts).order_by("pk")
        belonging.objects.bulk_create(_copied(row, version=drafts[row.version_id]) for row in rows)
    _copy_ties(copies, copy.partnership)


def _copy_ties(copies, partnership):
    """Tools stay those that came with the portal; related standards are the copies."""
    of_these = {"standard__in": copies}
    StandardTool.objects.bulk_create(
        _copied(tie, standard=copies[tie.standard_id])
        for tie in StandardTool.objects.filter(**of_these).order_by("pk")
    )
    related = RelatedStandard.objects.filter(**of_these, other__in=copies).order_by("pk")
    RelatedStandard.objects.bulk_create(
        _copied(tie, standard=copies[tie.standard_id], other=copies[tie.other_id])
        for tie in related
    )
    Bearing.objects.bulk_create(
        _copied(bearing, standard=copies[bearing.standard_id], partnership=partnership)
        for bearing in Bearing.objects.filter(**of_these).order_by("pk")
    )


def _copied(row, **other):
    """A new row that says the same, with what is said otherwise. A measure keeps its key."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    same = {field.attname: getattr(row, field.attname) for field in fields}
    for name in other:
        same.pop(row._meta.get_field(name).attname)
    return type(row)(**same, **other)
