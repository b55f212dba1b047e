"""What the library's first page shows of practice models, beside those that people work by."""

from django import template
from django.utils import timezone

from practice.models import PracticeModel
from practice.permissions import library_refusal

register = template.Library()


@register.inclusion_tag("practice/_models_beside.html", takes_context=True)
def models_beside(context, partnership):
    """The partnership's retired models, and where a new one is written."""
    return {
        "partnership": partnership,
        "retired": PracticeModel.objects.own(partnership).retired(timezone.localdate()),
        "may_write": not library_refusal(context["request"].user, partnership),
    }
