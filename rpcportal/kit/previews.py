"""A look at Markdown before it is saved: a button of the form, and no script.

In the page, above the form: ``{% include "components/preview.html" %}``, with ``previews``;
among its buttons ``{% include "components/preview_button.html" %}``.
"""

from django.forms.utils import ErrorDict

from rpcportal.kit.rich_text import render


def wants_preview(request):
    """Whether somebody asked to see the words, and not to save them."""
    return request.method == "POST" and "preview" in request.POST


def previews_of(form, *names):
    """(label, HTML) of each of these boxes, as typed. The form then shows no errors: whoever looks
    in the middle of writing has not said that it is ready.
    """
    form._errors = ErrorDict()  # a form with errors, even none, does not look for any
    boxes = [form[name] for name in names]
    return [(box.label, render(str(box.value() or ""))) for box in boxes]
