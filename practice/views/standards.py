"""Reading a standard, and the standards under a pillar."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from practice import permissions
from practice.models import ModelPart, PracticeModel, Standard
from practice.reading import StandardShown, lines_of
from practice.views.loading import visible_in_library, visible_standard


@require_safe
def pillar(request, slug, pk):
    """What a pillar means, and its standards."""
    partnership, part = visible_in_library(request, slug, ModelPart.objects.pillars(), pk)
    model = part.model
    standards = Standard.objects.under(part).with_versions().in_order()
    context = {
        "partnership": partnership,
        "model": model,
        "model_url": model.page_in(partnership),
        "pillar": part,
        "lines": lines_of(standards, timezone.localdate()),
        "own_model": _own_model(model, partnership),
        "refusal": permissions.library_refusal(request.user, partnership),
    }
    return render(request, "practice/pillar.html", context)


def _own_model(model, partnership):
    """What the partnership took on of a model that came with the portal, or None."""
    return PracticeModel.objects.copy_of(model, partnership) if model.is_starter else None


@require_safe
def standard(request, slug, pk):
    """One standard with its measures, and what leads from it."""
    partnership, found = visible_standard(request, slug, pk)
    model = found.pillar.model
    context = {
        "partnership": partnership,
        "standard": found,
        "model": model,
        "model_url": model.page_in(partnership),
        "shown": StandardShown.of(found, partnership, timezone.localdate()),
        "own_model": _own_model(model, partnership),
        "refusal": permissions.library_refusal(request.user, partnership),
    }
    return render(request, "practice/standard.html", context)
