"""Fields, error links and components as templates print them."""

import re

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.utils.safestring import mark_safe

from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.govuk import render_component
from rpcportal.kit.templatetags.govuk import nested


def printed(template, **context):
    return engines["django"].from_string(template).render(context)


class Form(PortalForm):
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(widget=forms.PasswordInput)
    name = PlainTextField(max_length=100)
    evidence = PlainTextField(rows=5, help_text="Not about a child")
    level = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("1", "Level 1"), ("na", "Not applicable")]
    )
    because = PlainTextField(required=False)
    themes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, choices=[("a", "A"), ("b", "B")]
    )
    read = forms.BooleanField()
    organisation = forms.ChoiceField(choices=[("1", "One"), ("2", "Two")])
    due = DayField()
    sheet = forms.FileField(required=False)
    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].widget.choice_hints = {"1": "Not <yet>"}
        self.fields["level"].widget.choice_reveals = {"na": "because"}


def field(name, data=None, **look):
    look = "".join(f' {key}="{value}"' for key, value in look.items())
    return printed(f"{{% govuk_field form.{name}{look} %}}", form=Form(data))


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("email", ['type="email"', 'autocomplete="email"', 'id="id_email"']),
        ("password", ['type="password"', "govuk-password-input__toggle"]),
        ("name", ['type="text"', 'class="govuk-input"']),
        ("evidence", ["govuk-character-count", 'rows="5"', "up to 20,000 characters"]),
        ("level", ['type="radio"', 'id="id_level"', 'id="id_level-2"', "Not &lt;yet&gt;"]),
        ("themes", ['type="checkbox"', 'id="id_themes-2"', "<fieldset"]),
        ("read", ['type="checkbox"', 'value="on"']),
        ("organisation", ["<select", '<option value="2"']),
        ("due", ['name="due-day"', 'id="id_due-day"', 'role="group"']),
        ("sheet", ['type="file"', "Sheet (optional)"]),
        ("key", ['type="hidden"']),
    ],
)
def test_each_widget_has_its_component(name, marks):
    html = field(name)
    assert [mark for mark in marks if mark not in html] == []


def test_no_box_cuts_typing_off():
    form = Form()
    assert all(" maxlength=" not in printed("{% govuk_field f %}", f=box) for box in form)


def test_text_comes_back_as_it_was_typed_also_inside_a_wrapping_macro():
    typed = "\n<b>one</b>\r\n  two & 'three'"
    escaped = "\n&#10;&lt;b&gt;one&lt;/b&gt;&#10;  two &amp; &#39;three&#39;"
    html = field("evidence", {"evidence": typed}).replace("&#10;&#10;", "\n&#10;")
    assert f">{escaped}</textarea>" in html
    wrapped = render_component("fieldset", {"html": mark_safe(html)})
    assert "&#10;  two" in wrapped


def test_what_somebody_typed_is_remembered_for_nobody():
    assert "first@" in field("email", {"email": "first@example.org"})
    assert "first@" not in field("email", {"email": "second@example.org"})


def test_a_choice_reveals_its_field_without_a_script():
    html = field("level", {"level": "na", "because": "It <is>"})
    assert 'class="govuk-radios__conditional rpc-reveal"' in html
    assert 'value="It &lt;is&gt;"' in html
    assert "aria-controls" not in html


def test_the_look_of_a_field_can_be_said():
    html = field(
        "name", label_size="l", label="Your name", hint="In full", classes="govuk-input--width-10"
    )
    assert "govuk-label--l" in html
    assert "Your name" in html
    assert "In full" in html
    assert 'class="govuk-input govuk-input--width-10"' in html


def test_every_error_link_goes_to_a_box_that_takes_the_focus():
    data = {"due-day": "31", "due-month": "", "due-year": "2026", "key": "x"}
    form = Form(data)
    page = printed(
        "{% govuk_error_summary form %}{% for f in form %}{% govuk_field f %}{% endfor %}",
        form=form,
    )
    targets = re.findall(r'<a href="#([^"]+)"', page)
    assert targets == [
        *("id_email", "id_password", "id_name", "id_evidence", "id_level", "id_themes"),
        *("id_read", "id_organisation", "id_due-month"),
    ]
    boxes = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page))
    assert set(targets) <= boxes


def test_the_summary_takes_forms_formsets_and_what_is_not_there():
    class Row(PortalForm):
        title = PlainTextField()

        def clean(self):
            raise forms.ValidationError("The row does not hold together")

    rows = forms.formset_factory(Row, extra=0)
    formset = rows({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-1-title": "x"})
    page = printed("{% govuk_error_summary form formset missing %}", formset=formset)
    assert re.findall(r'href="([^"]+)"', page) == ["#id_form-0-title"]
    assert page.count("The row does not hold together") == 2
    assert printed("{% govuk_error_summary form %}", form=Form()) == ""


def test_text_is_escaped_wherever_a_macro_would_not():
    unsafe = "<script>"
    for params in (
        {"html": unsafe},
        {"html": "x", "attributes": unsafe},
        {"titleHtml": unsafe, "html": "x"},
    ):
        assert unsafe not in render_component("notification-banner", params)
    assert unsafe not in render_component("service-navigation", {"slots": {"start": unsafe}})
    assert "<b>" in render_component("notification-banner", {"html": mark_safe("<b>")})


def test_the_same_words_marked_and_not_marked_are_two_components():
    assert "&lt;b&gt;" in render_component("tag", {"text": "<b>"})
    assert "<b>" in render_component("tag", {"text": mark_safe("<b>")})


def test_tags_take_nested_parameters_and_a_block():
    assert nested({"hint__text": "x", "attributes__data_module": "y"}, {"hint": {"id": "z"}}) == {
        "hint": {"id": "z", "text": "x"},
        "attributes": {"data-module": "y"},
    }
    details = printed(
        '{% govuk_block "details" summaryText="Why" %}<p>{{ x }}</p>{% endgovuk_block %}', x="<"
    )
    assert "<p>&lt;</p>" in details


@pytest.mark.parametrize(
    ("level", "mark"),
    [
        (messages.SUCCESS, "govuk-notification-banner--success"),
        (messages.ERROR, "rpc-banner--problem"),
        (messages.WARNING, "rpc-banner--warning"),
        (messages.INFO, 'role="status"'),
    ],
)
def test_a_message_is_a_banner(level, mark):
    html = printed("{% govuk_message message 1 %}", message=Message(level, "R&D <b>"))
    assert mark in html
    assert "R&amp;D &lt;b&gt;" in html


def test_crispy_prints_the_same_fields():
    page = printed("{% load crispy_forms_tags %}{% crispy form %}", form=Form())
    fields = printed("{% for f in form %}{% govuk_field f %}{% endfor %}", form=Form())
    assert "".join(page.split()) == "".join(fields.split())


def test_crispy_lays_out_with_our_markup():
    from crispy_forms.layout import Div, Fieldset, Layout, Submit

    form = Form()
    form.helper.layout = Layout(
        Fieldset("About you", "email"), Div("name", css_class="rpc-panel"), Submit("save", "Save")
    )
    page = printed("{% load crispy_forms_tags %}{% crispy form %}", form=form)
    assert '<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">About you' in page
    assert 'class="rpc-panel"' in page
    assert 'class="govuk-button" data-module="govuk-button" id="submit-id-save"' in page
    assert "btn" not in page
