"""How a Django form field looks: the GOV.UK component of its widget, and its error links.

A widget may carry three attributes of ours, each a dict from a choice's value (as text):
``choice_hints`` to a line of explanation under the choice, ``choice_reveals`` to the name
of the field of the same form that appears when the choice is taken, and
``choice_attributes`` to HTML attributes of that one input.
"""

import re
import secrets

from django import forms
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeData, SafeString, mark_safe

from rpcportal.kit.dates import DayInput
from rpcportal.kit.error_links import field_id, wrong_boxes
from rpcportal.kit.govuk import render_component, render_with_value

# Stands for a form's prefix in the names of its boxes while the component is rendered, so that
# what is remembered of one row's boxes serves every row (kit/govuk.py).
PREFIX_MARK = f"prefix-{secrets.token_hex(16)}"
REVEAL_MARK = f"reveal-{secrets.token_hex(16)}-"
CONTROLS = re.compile(r' data-aria-controls="[^"]*"')
REVEALED = re.compile(
    r'class="govuk-(?:radios|checkboxes)__conditional(?: govuk-\w+__conditional)?'
)
# The count appears once this much of the box is filled: before that it is noise.
COUNT_THRESHOLD = 75
# Attributes of a widget that are parameters of the component, or that would cut typing short.
NOT_COPIED = frozenset(
    {
        *("class", "id", "rows", "cols", "maxlength", "minlength", "required", "type"),
        *("autocomplete", "inputmode", "pattern", "spellcheck", "autocapitalize"),
        "aria-describedby",
    }
)


def render_field(field, look=None):
    """The component for a BoundField: label, hint, errors, value and all.

    ``look`` may hold ``label_size`` (s, m, l, xl, or "" for plain), ``heading`` (the label
    is the page's h1), ``classes`` (of the box), ``inline`` (choices side by side),
    ``label`` and ``hint`` (instead of the form's own).
    """
    widget = field.field.widget
    if widget.is_hidden:
        return mark_safe(str(field))
    component = next((each for kind, each in COMPONENTS if isinstance(widget, kind)), _other)
    html = component(field, widget, look or {})
    prefix = field.form.prefix
    return mark_safe(html.replace(PREFIX_MARK, escape(prefix))) if prefix else html


# --- What every component shares -----------------------------------------------------------


def _params(field, widget, look):
    attrs = widget.attrs
    params = {
        "id": _in_any_row(field, field_id(field)),
        "name": _in_any_row(field, field.html_name),
        "attributes": _attributes(attrs),
    }
    classes = " ".join(filter(None, (attrs.get("class"), look.get("classes"))))
    if classes:
        params["classes"] = classes
    for name in ("autocomplete", "inputmode", "pattern", "spellcheck", "autocapitalize"):
        if name in attrs:
            params[name] = attrs[name]
    if described_by := attrs.get("aria-describedby"):
        params["describedBy"] = described_by
    if field.field.disabled:
        params["disabled"] = True
        params["attributes"].setdefault("disabled", {"value": True, "optional": True})
    if hint := look.get("hint", field.help_text):
        params["hint"] = _text_or_html(hint)
    if errors := field.errors:
        params["errorMessage"] = _error_message(errors)
    return params


def _in_any_row(field, name):
    prefix = field.form.prefix
    return name.replace(f"{prefix}-", f"{PREFIX_MARK}-") if prefix else name


def _attributes(attrs):
    """A widget's other attributes; True is an attribute without a value, False is none."""
    return {
        name: {"value": True, "optional": True} if value is True else value
        for name, value in attrs.items()
        if name not in NOT_COPIED and value is not False and value is not None
    }


def _text_or_html(text):
    return {"html": text} if isinstance(text, SafeData) else {"text": str(text)}


def _error_message(errors):
    if len(errors) == 1:
        return {"text": str(errors[0])}
    return {"html": format_html_join(mark_safe("<br>"), "{}", ((error,) for error in errors))}


def _label_text(field, look):
    label = look.get("label", field.label)
    if field.field.required or not getattr(field.form, "mark_optional", False):
        return _text_or_html(label)
    optional = f"{escape(label)} (optional)" if isinstance(label, SafeData) else None
    return {"html": mark_safe(optional)} if optional else {"text": f"{label} (optional)"}


def _label(field, look, kind="govuk-label"):
    size = look.get("label_size", "l" if look.get("heading") else "s")
    label = _label_text(field, look)
    if size:
        label["classes"] = f"{kind}--{size}"
    if look.get("heading"):
        label["isPageHeading"] = True
    return label


def _fieldset(field, look):
    return {"legend": _label(field, look, "govuk-fieldset__legend")}


# --- One function per component ------------------------------------------------------------


def _input(field, widget, look):
    params = _params(field, widget, look)
    params["label"] = _label(field, look)
    params["type"] = widget.input_type
    if isinstance(widget, forms.NumberInput):
        # GOV.UK's way: a number box would scroll its value away and hide what it refuses.
        params["type"] = "text"
        whole = isinstance(field.field, forms.IntegerField) and not isinstance(
            field.field, forms.DecimalField | forms.FloatField
        )
        params.setdefault("inputmode", "numeric" if whole else "decimal")
        params["attributes"] = {
            name: value
            for name, value in params["attributes"].items()
            if name not in ("min", "max", "step")
        }
    if widget.input_type in ("email", "url", "tel"):
        params.setdefault("spellcheck", False)
    return render_with_value("input", params, _typed_value(field, widget))


def _password(field, widget, look):
    params = _params(field, widget, look)
    params["label"] = _label(field, look)
    return render_component("password-input", params)


def _textarea(field, widget, look):
    params = _params(field, widget, look)
    params["label"] = _label(field, look)
    params["rows"] = look.get("rows") or widget.attrs.get("rows")
    limit = getattr(field.field, "max_length", None)
    if limit is None:
        return render_with_value("textarea", params, _typed_value(field, widget))
    params |= {
        "maxlength": limit,
        "threshold": COUNT_THRESHOLD,
        "textareaDescriptionText": f"You can enter up to {limit:,} characters",
    }
    return render_with_value("character-count", params, _typed_value(field, widget))


def _typed_value(field, widget):
    value = widget.format_value(field.value())
    return "" if value is None else value


def _file(field, widget, look):
    params = _params(field, widget, look)
    params["label"] = _label(field, look)
    if widget.allow_multiple_selected:
        params["multiple"] = True
    return render_component("file-upload", params)


def _select(field, widget, look):
    params = _params(field, widget, look)
    params["label"] = _label(field, look)
    if widget.allow_multiple_selected:
        params["attributes"]["multiple"] = {"value": True, "optional": True}
    chosen = _chosen(field, widget)
    params["items"] = [
        {"value": value, "text": text, "selected": value in chosen}
        for value, text in _choices(widget)
    ]
    return render_component("select", params)


def _radios(field, widget, look):
    return _choice_group("radios", field, widget, look)


def _checkboxes(field, widget, look):
    return _choice_group("checkboxes", field, widget, look)


def _choice_group(component, field, widget, look):
    params = _params(field, widget, look)
    params |= {"idPrefix": params["id"], "fieldset": _fieldset(field, look)}
    params["items"] = _items(field, widget, params.pop("attributes"))
    if described_by := params.pop("describedBy", None):
        params["fieldset"]["describedBy"] = described_by
    if look.get("inline"):
        params["classes"] = f"{params.get('classes', '')} govuk-{component}--inline".strip()
    return _with_reveals(render_component(component, params), field, widget)


def _items(field, widget, attributes):
    chosen = _chosen(field, widget)
    hints = getattr(widget, "choice_hints", {})
    reveals = getattr(widget, "choice_reveals", {})
    own_attributes = getattr(widget, "choice_attributes", {})
    items = []
    for value, text in _choices(widget):
        item = {"value": value, "checked": value in chosen, **_text_or_html(text)}
        item["attributes"] = {**attributes, **_attributes(own_attributes.get(value, {}))}
        if hint := hints.get(value):
            item["hint"] = _text_or_html(hint)
        if value in reveals:
            item["conditional"] = {"html": f"{REVEAL_MARK}{value}."}
        items.append(item)
    return items


def _with_reveals(html, field, widget):
    """Put the revealed fields in, after the rest of the component was remembered without them.

    GOV.UK's own way of showing them gives a radio aria-expanded, which ARIA does not allow
    there, and needs its script. Ours is a rule of the style sheet (rpc-reveal).
    """
    reveals = getattr(widget, "choice_reveals", {})
    if not reveals:
        return html
    html = CONTROLS.sub("", html.replace("__conditional--hidden", "__conditional"))
    html = REVEALED.sub(r"\g<0> rpc-reveal", html)
    for value, name in reveals.items():
        html = html.replace(f"{REVEAL_MARK}{escape(value)}.", render_field(field.form[name]))
    return mark_safe(html)


def _choices(widget):
    """Yields (value as text, label); groups are opened, GOV.UK has none."""
    for value, label in widget.choices:
        if isinstance(label, list | tuple):
            for grouped_value, grouped_label in label:
                yield _value_text(grouped_value), grouped_label
        else:
            yield _value_text(value), label


def _value_text(value):
    return "" if value is None else str(value)


def _chosen(field, widget):
    return frozenset(widget.format_value(field.value()))


def _one_checkbox(field, widget, look):
    params = _params(field, widget, look)
    label = _text_or_html(look.get("label", field.label))
    value = _value_text(widget.attrs.get("value", "on"))
    item = {"value": value, "checked": bool(widget.check_test(field.value())), **label}
    item["attributes"] = {
        name: attribute for name, attribute in params.pop("attributes").items() if name != "value"
    }
    if hint := params.pop("hint", None):
        item["hint"] = hint
    return render_component("checkboxes", params | {"idPrefix": params["id"], "items": [item]})


def _day(field, widget, look):
    params = _params(field, widget, look)
    wrong = wrong_boxes(field)
    params |= {"namePrefix": params.pop("name"), "fieldset": _fieldset(field, look)}
    attributes = params.pop("attributes")
    params["items"] = [
        {
            "name": box.name,
            "classes": f"govuk-input--width-{box.width}"
            + (" govuk-input--error" if box.name in wrong else ""),
            "value": box.value,
            "attributes": attributes,
        }
        for box in widget.boxes(field.value())
    ]
    return render_component("date-input", params)


def _other(field, widget, look):
    """A widget that GOV.UK has no component for, as Django draws it, with our label."""
    params = _params(field, widget, look)
    label = {**_label(field, look), "for": field.id_for_label}
    parts = [render_component("label", label)]
    if "hint" in params:
        parts.append(render_component("hint", params["hint"] | {"id": f"{params['id']}-hint"}))
    if "errorMessage" in params:
        error = params["errorMessage"] | {"id": f"{params['id']}-error"}
        parts.append(render_component("error-message", error))
    inside = SafeString("").join([*parts, SafeString(field)])
    return mark_safe(f'<div class="govuk-form-group">{inside}</div>')


# In Django a list of checkboxes is a kind of radios, and radios are a kind of select: the
# narrower widget comes first.
COMPONENTS = (
    (DayInput, _day),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.CheckboxInput, _one_checkbox),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (forms.widgets.Input, _input),
)
