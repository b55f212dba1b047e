"""Template tags of the GOV.UK components; every template has them without ``{% load %}``."""

from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from rpcportal.kit.error_links import error_links
from rpcportal.kit.field_html import render_field
from rpcportal.kit.govuk import render_component
from rpcportal.kit.tables import TableView

register = template.Library()

# Not the macro's own role, a landmark: two notices would be two landmarks of one name.
NOTICE = {"titleText": "Please note", "role": "status"}
LEVELS = {
    # message level: parameters of its notification banner
    "success": {"type": "success", "titleText": "Done"},
    "error": {"role": "alert", "titleText": "There is a problem", "classes": "rpc-banner--problem"},
    "warning": {**NOTICE, "classes": "rpc-banner--warning"},
}


@register.simple_tag
def govuk(component, options=None, /, **kwargs):
    """``{% govuk "tag" text="Agreed" classes="govuk-tag--green" %}``

    The parameters are those of GOV.UK's macro, by its names. Two underscores go one level
    down (``hint__text="…"``); in an attribute's name one underscore is a hyphen
    (``attributes__data_module="x"``). A dict may stand before them.
    """
    return render_component(component, nested(kwargs, options))


@register.simple_block_tag(end_name="endgovuk_block")
def govuk_block(content, component, options=None, /, **kwargs):
    """``{% govuk_block "details" summaryText="Why?" %}<p>Because.</p>{% endgovuk_block %}``

    What stands between the tags becomes the component's ``html``.
    """
    return render_component(
        component, {**nested(kwargs, options), "html": mark_safe(content.strip())}
    )


def nested(kwargs, options=None):
    """``{"a__b": 1}`` as ``{"a": {"b": 1}}``, on top of a copy of ``options``."""
    params = dict(options or {})
    for path, value in kwargs.items():
        *parents, name = path.split("__")
        inner = params
        for parent in parents:
            inner[parent] = dict(inner.get(parent) or {})
            inner = inner[parent]
        if parents and parents[-1] == "attributes":
            name = name.replace("_", "-")
        inner[name] = value
    return params


@register.simple_tag
def govuk_field(field, **look):
    """A form's field as its component: ``{% govuk_field form.reason label_size="m" %}``.

    ``label_size`` is s (if not said), m, l, xl or "" for plain; ``heading=True`` makes the
    label the page's h1; ``classes``, ``rows``, ``inline=True``, ``label``, ``hint`` too.
    """
    return render_field(field, look)


@register.simple_tag
def govuk_error_summary(*forms_and_formsets):
    """Every error of the forms and formsets, each with a link that moves the focus to its box."""
    links = error_links(forms_and_formsets)
    if not links:
        return ""
    return render_component(
        "error-summary", {"titleText": "There is a problem", "errorList": links}
    )


@register.simple_tag
def govuk_message(message, number):
    """One of Django's messages as a notification banner."""
    params = LEVELS.get(message.level_tag, NOTICE)
    html = format_html('<p class="govuk-notification-banner__heading">{}</p>', message.message)
    return render_component(
        "notification-banner", {**params, "html": html, "titleId": f"rpc-message-{number}"}
    )


@register.simple_tag
def crispy_button(button):
    """A Submit, Button or Reset of crispy-forms; its Bootstrap classes are left out."""
    classes = [name for name in button.field_classes.split() if name.startswith(("govuk-", "rpc-"))]
    params = {"text": button.value, "type": button.input_type, "name": button.name}
    params |= {"value": button.value, "id": button.id, "classes": " ".join(classes)}
    return render_component("button", params | {"preventDoubleClick": True})


@register.simple_tag(takes_context=True)
def table_view(context, table):
    """What templates/components/table.html prints of a django-tables2 table."""
    request = context.get("request")
    return TableView.of(table, request.GET if request else QueryDict())
