"""How views of the practice library find what an address names, in its reader's scope."""

from django.shortcuts import get_object_or_404

from partnerships.views.loading import visible_partnership
from practice.models import PracticeModel, Resource, Standard


def visible_in_library(request, slug, queryset, pk):
    """The partnership, and a thing of its own library or one that came with the portal."""
    partnership = visible_partnership(request, slug)
    return partnership, get_object_or_404(queryset.of(partnership), pk=pk)


def visible_model(request, slug, pk):
    """The partnership, and a practice model that its library holds."""
    return visible_in_library(request, slug, PracticeModel.objects, pk)


def visible_standard(request, slug, pk):
    """The partnership, and a standard that its library holds, with its pillar and model."""
    standards = Standard.objects.select_related("pillar__model", "partnership", "owner")
    return visible_in_library(request, slug, standards, pk)


def visible_resource(request, slug, pk):
    """The partnership, and a resource that its library holds."""
    return visible_in_library(request, slug, Resource.objects.select_related("partnership"), pk)
