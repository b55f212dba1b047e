"""What views of every room begin with."""

from django.shortcuts import get_object_or_404

from partnerships.models import Partnership


def visible_partnership(request, slug):
    """The partnership of an address; 404 for whoever is no member."""
    return get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
