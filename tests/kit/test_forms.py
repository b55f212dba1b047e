"""Text that can be stored, dates that are real, and refusals that name the field and the mend."""

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError

from rpcportal.kit.dates import DayParts
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm, plain_text

INVISIBLE = (
    "“Evidence” held an invisible character that cannot be stored. "
    "It has been taken out: check the text and save again."
)


def refusal(field, value):
    """The one sentence with which a field refuses a value."""
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    [sentence] = refused.value.messages
    return sentence


# --- Text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("Word's\x0bsoft break", "Word's\nsoft break"),
        ("line\u2028separator", "line\nseparator"),
        ("  ends \n", "ends"),
        ("tab\tstays", "tab\tstays"),
        ("bell\x07 and delete\x7f go", "bell and delete go"),
        ("a \u202eturned\u202c b", "a turned b"),
        ("w\u0302yl y\u0302", "ŵyl ŷ"),
        ("العربية שלום 👩‍👧", "العربية שלום 👩‍👧"),
        ("", ""),
        ("\n\t ", ""),
    ],
)
def test_text_is_stored_in_one_form(typed, stored):
    assert PlainTextField(rows=3, required=False).clean(typed) == stored
    assert plain_text(typed) == stored


def test_one_line_has_no_line_end():
    assert PlainTextField().clean("one\r\ntwo") == "one two"


@pytest.mark.parametrize("unstorable", ["a\0b", "a\ud800b", "\udfff"])
def test_what_cannot_be_stored_is_a_sentence(unstorable):
    assert refusal(PlainTextField(label="Evidence", rows=3), unstorable) == INVISIBLE


def test_redisplayed_text_is_without_the_invisible_character():
    class Form(PortalForm):
        evidence = PlainTextField(rows=3)

    form = Form({"evidence": "a\0b  \r\n"})
    assert form.errors["evidence"] == [INVISIBLE]
    assert form["evidence"].value() == "ab  \r\n"


def test_too_long_says_by_how_much_and_keeps_the_text():
    class Form(PortalForm):
        evidence = PlainTextField(rows=3, max_length=20_000)

    form = Form({"evidence": "x" * 10_485_760})
    assert form.errors["evidence"] == [
        (
            "“Evidence” has 10,485,760 characters; the most it can hold is 20,000. "
            "Shorten it and save again."
        )
    ]
    assert len(form["evidence"].value()) == 10_485_760


def test_the_limit_counts_as_the_browser_does():
    field = PlainTextField(rows=3, max_length=5)
    assert field.clean("ab\r\ncd") == "ab\ncd"
    assert refusal(field, "ab\r\ncde").startswith("“This answer” has 6 characters")


def test_unchanged_text_is_not_a_change():
    assert not PlainTextField(rows=3).has_changed("a\nb", "a\r\nb ")


# --- Days ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        (("30", "9", "2026"), dt.date(2026, 9, 30)),
        (("30", "September", "2026"), dt.date(2026, 9, 30)),
        (("1", "sept.", "2026"), dt.date(2026, 9, 1)),
        (("1", "MAY", "2026"), dt.date(2026, 5, 1)),
        (("29", "2", "2028"), dt.date(2028, 2, 29)),
        (("٣", "٩", "٢٠٢٦"), dt.date(2026, 9, 3)),
        (("", "", ""), None),
    ],
)
def test_a_day_is_understood(typed, date):
    assert DayField(required=False).clean(DayParts(*typed)) == date


REAL = "“Due date” must be a real date, like 30 9 2026"


@pytest.mark.parametrize(
    ("typed", "sentence", "boxes"),
    [
        (("", "9", "2026"), "“Due date” must include a day", ["day"]),
        (("30", "", ""), "“Due date” must include a month and year", ["month", "year"]),
        (("31", "2", "2026"), REAL, ["day"]),
        (("29", "2", "2026"), REAL, ["day"]),
        (("30", "13", "2026"), REAL, ["month"]),
        (("30", "Ma", "2026"), REAL, ["month"]),
        (("x", "9", "²⁰²⁶"), REAL, ["day", "year"]),
        (("-1", "9", "2026"), REAL, ["day"]),
        (("9" * 5000, "9", "2026"), REAL, ["day"]),
        (("30", "9", "26"), "“Due date” must have a year of four figures, like 2026", ["year"]),
        (("30", "9", "1999"), "“Due date” must have a year from 2000 to 2100", ["year"]),
        (("30", "9", "2101"), "“Due date” must have a year from 2000 to 2100", ["year"]),
    ],
)
def test_a_day_that_is_none_is_refused_by_box(typed, sentence, boxes):
    with pytest.raises(ValidationError) as refused:
        DayField(label="Due date").clean(DayParts(*typed))
    assert refused.value.messages == [sentence]
    assert refused.value.error_list[0].params["boxes"] == boxes


def test_a_day_is_read_from_its_three_boxes_and_shown_again_as_typed():
    class Form(PortalForm):
        due = DayField(label="Due date")

    form = Form({"due-day": " 31 ", "due-month": "feb\0", "due-year": "2026"})
    assert form.errors["due"] == [REAL]
    assert form["due"].value() == ("31", "feb", "2026")
    assert Form({}).errors["due"] == ["Enter “Due date”"]


# --- Sentences -------------------------------------------------------------------------------


class EveryKind(PortalForm):
    asks_for = {"email": "your e-mail address", "level": "a progress level"}
    email = forms.EmailField(label="E-mail address")
    level = forms.ChoiceField(choices=[("1", "Level 1")])
    themes = forms.MultipleChoiceField(choices=[("a", "A")])
    read = forms.BooleanField(label="I have read it")
    people = forms.IntegerField(label="People reached", min_value=0)
    share = forms.DecimalField(label="Share of 100%", max_digits=4)
    sheet = forms.FileField(label="Recording sheet")
    own = forms.CharField(error_messages={"required": "Say something"})


def test_nothing_typed_says_what_to_do():
    assert {name: errors[0] for name, errors in EveryKind({}).errors.items()} == {
        "email": "Enter your e-mail address",
        "level": "Choose a progress level",
        "themes": "Choose an answer for “Themes”",
        "read": "Tick “I have read it”",
        "people": "Enter “People reached”",
        "share": "Enter “Share of 100%”",
        "sheet": "Choose a file for “Recording sheet”",
        "own": "Say something",
    }


def test_nonsense_says_what_is_wrong():
    nonsense = {"email": "x", "level": "9", "themes": ["z"], "people": "many", "share": "NaN"}
    errors = EveryKind(nonsense).errors
    assert errors["email"] == ["“E-mail address” must be an e-mail address, like name@example.org"]
    assert errors["level"] == ["“Level” has no such choice: choose one that is listed"]
    assert errors["themes"] == ["“Themes” has no such choice: choose one that is listed"]
    assert errors["people"] == ["“People reached” must be a whole number, like 12"]
    assert errors["share"] == ["“Share of 100%” must be a number, like 12.5"]


@pytest.mark.parametrize("number", ["-1", "9" * 20, "9" * 5000, "1e309"])
def test_a_number_that_no_column_holds_is_refused(number):
    assert "people" in EveryKind({"people": number}).errors


def test_half_a_surrogate_is_refused_in_every_text_field():
    assert "own" in EveryKind({"own": "a\ud800"}).errors
