"""Where a form's errors are: a link for each, to a box that takes the focus."""

from django import forms

from rpcportal.kit.dates import BOXES, DayInput


def field_id(field):
    """The id of a field's first focusable box, of its choices' prefix, or of its date group."""
    return field.field.widget.attrs.get("id") or field.auto_id or field.html_name


def wrong_boxes(field):
    """The names of a date's boxes that its errors are about: all of them when none is named."""
    boxes = set()
    for error in field.errors.as_data():
        params = error.params if isinstance(error.params, dict) else {}
        boxes.update(params.get("boxes") or BOXES)
    return boxes


def error_target(field):
    """The id of the box that an error's link moves the focus to."""
    identity = field_id(field)
    if not isinstance(field.field.widget, DayInput):
        return identity
    wrong = wrong_boxes(field)
    first = next((name for name in BOXES if name in wrong), "day")
    return f"{identity}-{first}"


def error_links(forms_and_formsets):
    """Every error as ``{"text", "href"}``, in the order of the page; some have no link."""
    links = []
    for part in forms_and_formsets:
        if not part:
            continue
        if hasattr(part, "management_form"):
            links += [{"text": str(error)} for error in part.non_form_errors()]
            links += error_links(_kept_forms(part))
        elif isinstance(part, list | tuple):
            links += error_links(part)
        else:
            links += _links_of_form(part)
    return links


def _kept_forms(formset):
    if not formset.can_delete:
        return formset.forms
    return [form for form in formset.forms if not formset._should_delete_form(form)]


def _links_of_form(form):
    links = [{"text": str(error)} for error in form.errors.get(forms.forms.NON_FIELD_ERRORS, ())]
    for name in form.fields:
        if name not in form.errors:
            continue
        field = form[name]
        link = {} if field.is_hidden else {"href": f"#{error_target(field)}"}
        links += [{"text": str(error), **link} for error in field.errors]
    return links
