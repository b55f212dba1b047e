"""How views of the practice library find what an address names, in its reader's scope."""

from django.shortcuts import get_object_or_404

from partnerships.views.loading import visible_partnership
from practice import permissions
from practice.models import Audit, ModelPart, PracticeModel, Resource, Standard


def visible_in_library(request, slug, queryset, pk):
    """The partnership, and a thing of its own library or one that came with the portal."""
    partnership = visible_partnership(request, slug)
    return partnership, get_object_or_404(queryset.of(partnership), pk=pk)


def visible_model(request, slug, pk):
    """The partnership, and a practice model that its library holds."""
    models = PracticeModel.objects.select_related("partnership")
    return visible_in_library(request, slug, models, pk)


def visible_part(request, slug, pk):
    """The partnership, and a part of a practice model that its library holds, with the model."""
    return visible_in_library(request, slug, ModelPart.objects, pk)


def visible_standard(request, slug, pk):
    """The partnership, and a standard that its library holds, with its pillar and model."""
    standards = Standard.objects.select_related("pillar__model", "partnership", "owner")
    return visible_in_library(request, slug, standards, pk)


def visible_resource(request, slug, pk):
    """The partnership, and a resource that its library holds."""
    return visible_in_library(request, slug, Resource.objects.select_related("partnership"), pk)


def visible_audit(request, slug, pk, audits=None):
    """An audit, out of ``audits`` with what its page needs; 404 outside."""
    found = Audit.objects.with_names() if audits is None else audits
    return get_object_or_404(found.visible_to(request.user), partnership__slug=slug, pk=pk)


def audit_refusal(user, audit):
    """Why ``user`` may not work on this audit, or an empty sentence."""
    return permissions.audit_refusal(user, audit.partnership, audit.organisation)
