"""What every form stands on: text that can be stored, and refusals that say what to do.

A form of the portal is a ``PortalForm`` (or ``PortalModelForm``). Its fields then have error
sentences that name the field, ids and labels in the GOV.UK manner, and no limit that cuts
typing off silently: what is too long comes back whole, with a sentence.
"""

import re
import unicodedata
from functools import cache, lru_cache

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import pretty_name
from django.utils.functional import cached_property

from rpcportal.kit.dates import DayField, DayInput
from rpcportal.kit.quoting import quoted

__all__ = [
    "DayField",
    "DayInput",
    "PlainTextField",
    "PortalForm",
    "PortalFormMixin",
    "PortalModelForm",
    "plain_text",
]

DEFAULT_LENGTH = 20_000
# Every way in which a line may end, Word's soft break and Unicode's own among them.
LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Those that turn the direction of the text after them round are among them.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# PostgreSQL cannot store a NUL, and half of a surrogate pair is no character at all.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def plain_text(text):
    """``text`` as it is stored: NFC, lines ended by a newline, no control characters but tab.

    The ends are stripped. Half surrogates go too, so the result can always be stored.
    """
    text = CONTROL.sub("", LINE_END.sub("\n", UNSTORABLE.sub("", text)))
    return unicodedata.normalize("NFC", text).strip()


class PlainTextField(forms.CharField):
    """Text of one line, or of several when ``rows`` is given.

    Too long, or with a character that cannot be stored, is a sentence; the form shown again
    holds everything that was typed but that character.
    """

    default_error_messages = {
        "invisible": "%(name)s held an invisible character that cannot be stored. "
        "It has been taken out: check the text and save again.",
        "max_length": "%(name)s has %(length)s characters; the most it can hold is %(limit)s. "
        "Shorten it and save again.",
    }

    def __init__(self, *, rows=None, max_length=DEFAULT_LENGTH, **kwargs):
        self.rows = rows
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        # Set after CharField looked at it: its own check cannot write 10,485,760 with commas,
        # and its maxlength attribute makes a browser cut a paste without a word.
        self.max_length = max_length

    def to_python(self, value):
        if value in self.empty_values:
            return self.empty_value
        text = str(value)
        if UNSTORABLE.search(text):
            raise self._error("invisible")
        text = self._in_its_lines(plain_text(text))
        if self.max_length is not None and len(text) > self.max_length:
            numbers = {"length": f"{len(text):,}", "limit": f"{self.max_length:,}"}
            raise self._error("max_length", **numbers)
        return text or self.empty_value

    def bound_data(self, data, initial):
        """What the box shows again: as typed, without what no box can show."""
        if self.disabled or not isinstance(data, str):
            return super().bound_data(data, initial)
        return UNSTORABLE.sub("", data)

    def _in_its_lines(self, text):
        if isinstance(self.widget, forms.Textarea):
            return text
        return " ".join(text.split("\n"))

    def _error(self, code, **params):
        params["name"] = field_name(self)
        return ValidationError(self.error_messages[code], code=code, params=params)


def refuse_unstorable(value):
    """Validator for fields that are not PlainTextField (e-mail, address): no half surrogates."""
    if isinstance(value, str) and UNSTORABLE.search(value):
        message = "An invisible character cannot be stored. Type it again and save again."
        raise ValidationError(message, code="invisible")


def saved(form):
    """What a form saved, or None: what a rule finds missing is an error of the form then."""
    try:
        return form.save()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def field_name(field):
    """A field's label in curly quotes, for a sentence about it."""
    return quoted(str(field.label or "This answer"), limit=150)


# --- Error sentences of the standard fields --------------------------------------------------

INVALID = (
    (forms.EmailField, "must be an e-mail address, like name@example.org"),
    (forms.URLField, "must be a web address, like https://www.example.org"),
    (forms.DecimalField, "must be a number, like 12.5"),
    (forms.FloatField, "must be a number, like 12.5"),
    (forms.IntegerField, "must be a whole number, like 12"),
    (forms.TimeField, "must be a time, like 14:30"),
    (forms.Field, "cannot be read: check it and save again"),
)
LARGEST_INTEGER = 2**31 - 1  # what an integer column of PostgreSQL can hold


@lru_cache(maxsize=2_048)
def error_sentences(kind, name, asks_for=None):
    """Error messages by code for a field class, where ``name`` is the field in a sentence.

    ``asks_for`` ends “Enter …”, “Choose …” or “Tick …” when the field was left empty.
    """
    required = _required_sentence(kind, name, asks_for)
    name = name.replace("%", "%%")  # the rest is filled in by ValidationError
    unknown = f"{name} has no such choice: choose one that is listed"
    too_long = (
        f"{name} has %(show_value)s characters; the most it can hold is %(limit_value)s. "
        "Shorten it and save again."
    )
    if issubclass(kind, forms.FileField):
        too_long = f"The name of the file for {name} is too long: shorten it and choose it again"
    return {
        "required": required,
        "invalid": f"{name} {next(end for base, end in INVALID if issubclass(kind, base))}",
        "invalid_choice": unknown,
        "invalid_pk_value": unknown,
        "invalid_list": unknown,
        "max_length": too_long,
        "min_length": f"{name} must have at least %(limit_value)s characters",
        "min_value": f"{name} must be %(limit_value)s or more",
        "max_value": f"{name} must be %(limit_value)s or less",
        "max_digits": f"{name} must have at most %(max)s figures",
        "max_decimal_places": f"{name} must have at most %(max)s figures after the point",
        "max_whole_digits": f"{name} must have at most %(max)s figures before the point",
        "missing": required,
        "empty": f"The file for {name} is empty: choose another",
    }


def _required_sentence(kind, name, asks_for):
    if issubclass(kind, forms.BooleanField):
        return f"Tick {asks_for or name}"
    if issubclass(kind, forms.FileField):
        return f"Choose {asks_for or f'a file for {name}'}"
    if issubclass(kind, forms.ChoiceField):
        return f"Choose {asks_for or f'an answer for {name}'}"
    return f"Enter {asks_for or name}"


@cache
def _djangos_words(kind):
    """The messages of a field class that Django wrote: the ones that ours replace."""
    words = {}
    for base in reversed(kind.__mro__):
        own = vars(base).get("default_error_messages", {})
        if base.__module__.startswith("django."):
            words |= own
        else:
            words = {code: words[code] for code in words if code not in own}
    return words


class PortalFormMixin:
    """Labels, sentences and the crispy helper of every form.

    ``asks_for`` makes a required field's sentence a plain one: ``{"email": "your e-mail
    address"}`` gives “Enter your e-mail address”. ``mark_optional`` writes “(optional)”
    after the label of what may stay empty.
    """

    use_required_attribute = False
    mark_optional = True
    asks_for = {}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self._prepare_field(name, field)

    def _prepare_field(self, name, field):
        if field.label is None:
            field.label = pretty_name(name)
        kind = type(field)
        words = _djangos_words(kind)
        for code, sentence in error_sentences(
            kind, field_name(field), self.asks_for.get(name)
        ).items():
            # What the form's author wrote stays; only Django's own words give way.
            if field.error_messages.get(code) is words.get(code):
                field.error_messages[code] = sentence
        _add_limits(field)

    @cached_property
    def helper(self):
        """What ``{% crispy form %}`` needs: the fields alone, in the page's own form element."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


def _add_limits(field):
    """Refuse in the form what the database would refuse with an error page."""
    if isinstance(field, forms.CharField) and not isinstance(field, PlainTextField):
        field.validators.append(refuse_unstorable)
    whole = isinstance(field, forms.IntegerField)
    if whole and not isinstance(field, forms.DecimalField | forms.FloatField):
        if field.max_value is None:
            field.validators.append(MaxValueValidator(LARGEST_INTEGER))
        if field.min_value is None:
            field.validators.append(MinValueValidator(-LARGEST_INTEGER))


class PortalForm(PortalFormMixin, forms.Form):
    """The base of every form that is not of a model."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """The base of every form of a model; name its text fields as PlainTextField."""
