"""Forms about resources: write one, choose its file, find one."""

import uuid
from operator import attrgetter

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from partnerships.models import User
from practice import files, resources
from practice.bearing_fields import BearingMixin
from practice.models import ResourceKind, Standard
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm, field_name, plain_text
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

LONGEST_EACH, MOST_EACH = 80, 20
MARKDOWN = "In Markdown: # before a heading, - before each item of a list."
NO_FAMILY = "Please write nothing about any child or family."


class WebAddressField(forms.URLField):
    """An address that a browser opens as a page: http or https, and nothing else."""

    def __init__(self, **kwargs):
        super().__init__(max_length=500, required=False, assume_scheme="https", **kwargs)
        self.validators.append(URLValidator(schemes=["http", "https"]))


class EachLineField(PlainTextField):
    """Several short answers, one in each line; gives a list, each once."""

    def __init__(self, **kwargs):
        super().__init__(rows=3, required=False, **kwargs)

    def prepare_value(self, value):
        """The list as lines; what was typed, as typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        """The list, or a sentence about the line that is too long."""
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        each = list(dict.fromkeys(filter(None, lines)))
        name = field_name(self)
        if too_long := next((line for line in each if len(line) > LONGEST_EACH), None):
            raise ValidationError(
                f"{name}: “{too_long[:40]}…” has {len(too_long):,} characters; a line can hold "
                f"{LONGEST_EACH}. Shorten it, or write each answer into a line of its own."
            )
        if len(each) > MOST_EACH:
            raise ValidationError(
                f"{name} has {len(each):,} lines; it can hold {MOST_EACH}. Keep what people look "
                "for most."
            )
        return each


class ResourceForm(BearingMixin):
    """What it is, for whom, and what it helps with."""

    kind = forms.ChoiceField(
        label="What kind of resource is it?", choices=[("", "Choose a kind"), *ResourceKind.choices]
    )
    name = PlainTextField(label="Name", max_length=200)
    what = PlainTextField(
        label="What is it, and how do people use it?",
        help_text=f"{MARKDOWN} {NO_FAMILY}",
        rows=8,
        max_length=20_000,
        required=False,
    )
    link = WebAddressField(
        label="Web address",
        help_text="Where it is found. You can add a file of your own as well, or instead.",
    )
    audience = EachLineField(
        label="For whom?", help_text="One in each line, for example “Health visitors”."
    )
    methods = EachLineField(
        label="Methods it belongs to",
        help_text="One in each line, for example “Restorative practice”.",
    )
    length = PlainTextField(
        label="How long does it take?",
        help_text="Of a programme: six weeks, two hours each.",
        max_length=120,
        required=False,
    )
    stage = PlainTextField(
        label="When does it help?",
        help_text="For example, early on, or after a separation.",
        max_length=120,
        required=False,
    )
    source = PlainTextField(
        label="Where does it come from?",
        help_text="Who wrote it, and when.",
        max_length=300,
        required=False,
    )
    owner = forms.ModelChoiceField(
        queryset=None,
        label="Who sees to it?",
        help_text="They are reminded when the review is due.",
        empty_label="Nobody yet",
        required=False,
    )
    review_on = DayField(label="Review it on", required=False)
    standards = forms.ModelMultipleChoiceField(
        queryset=Standard.objects.none(),
        label="Which of your standards does it help with?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asks_for = {"kind": "a kind", "name": "its name"}

    def __init__(self, *args, partnership, user, resource=None, **kwargs):
        self.partnership, self.user, self.resource = partnership, user, resource
        super().__init__(*args, **kwargs)
        people = [each.user_id for each in resources.people_who_own(partnership)]
        if resource and resource.owner_id:
            people.append(resource.owner_id)
        owners = User.objects.filter(pk__in=people)
        self.fields["owner"].queryset = owners.order_by("name", "email")
        standards = self.fields["standards"]
        standards.queryset = resources.standards_to_choose(partnership, resource)
        standards.label_from_instance = attrgetter("statement")
        if not standards.queryset:
            standards.widget = forms.MultipleHiddenInput()
        self.add_bearings(partnership, resource)


class AddResourceForm(ResourceForm):
    """A new resource."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)

    def save(self):
        """Add it; raises ValidationError with field -> sentence."""
        return resources.add_resource(
            partnership=self.partnership, by=self.user, **self.cleaned_data
        )


class ChangeResourceForm(MeanwhileMixin, ResourceForm):
    """A resource that somebody else may change too."""

    seen = SeenField()

    def __init__(self, *args, resource, **kwargs):
        initial = {name: getattr(resource, name) for name in resources.WORDS}
        initial["standards"] = sorted(resources.standards_helped(resource))
        initial["seen"] = fingerprint(resources.standing_of(resource))
        partnership = resource.partnership
        super().__init__(
            *args, initial=initial, resource=resource, partnership=partnership, **kwargs
        )

    def standing(self):
        """The resource as it stands."""
        return resources.standing_of(self.resource)

    def hold(self):
        self.resource = resources.held(self.resource)

    def meanwhile(self):
        """What somebody else made of it."""
        resource = self.resource
        return (
            "Someone else has changed this resource meanwhile. It is now called "
            f"“{resource.name}” ({resource.get_kind_display().lower()}). Look at it in another "
            "tab. Yours is below: save again to replace theirs."
        )

    def write(self):
        """Save it."""
        return resources.change_resource(resource=self.resource, by=self.user, **self.cleaned_data)


# --- Its file -----------------------------------------------------------------------------------


class FileForm(PortalForm):
    """The file of a resource."""

    file = forms.FileField(
        label="File",
        help_text=f"{files.KINDS}; up to {files.MAX_FILE // files.MEGABYTE} MB.",
        max_length=200,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": files.ACCEPTED}),
    )
    asks_for = {"file": "a file"}

    def __init__(self, *args, resource, user, **kwargs):
        self.resource, self.user = resource, user
        super().__init__(*args, **kwargs)

    def clean_file(self):
        """The file as it may be kept, or a sentence. What is too large is never read."""
        file = self.cleaned_data["file"]
        name = plain_text(file.name)
        try:
            if file.size > files.MAX_FILE:
                raise files.FileRefused(f"“{name}” cannot be kept: {files.too_large(file.size)}")
            return files.checked(name, file.read())
        except files.FileRefused as refused:
            raise ValidationError(str(refused)) from refused

    def save(self):
        """Keep it."""
        return resources.put_file(
            resource=self.resource, file=self.cleaned_data["file"], by=self.user
        )


# --- The list -----------------------------------------------------------------------------------


class FindResourcesForm(PortalForm):
    """What somebody looks for. It comes with the address, so a list can be kept."""

    mark_optional = False
    words = PlainTextField(label="Words", max_length=200, required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "All"), *ResourceKind.choices], required=False
    )
    audience = forms.ChoiceField(label="For whom", required=False)
    method = forms.ChoiceField(label="Method", required=False)
    domain = forms.ChoiceField(label="Domain", required=False)
    review = forms.ChoiceField(
        label="Review",
        choices=[("", "All"), ("due", "Due for review")],
        required=False,
    )

    def __init__(self, query, *, shown, domains):
        super().__init__(query)
        self.shown = shown
        for name, words in (("audience", shown.own_audiences()), ("method", shown.own_methods())):
            self.fields[name].choices = [("", "All"), *((each, each) for each in words)]
        self.fields["domain"].choices = [
            ("", "All"),
            *((str(each.pk), str(each)) for each in domains),
        ]

    @property
    def is_narrowed(self):
        """Whether something was asked for."""
        return self.is_valid() and any(self.cleaned_data.values())

    def found(self, today):
        """The resources that were asked for; all of them where what was asked cannot be read."""
        found = self.shown
        if not self.is_valid():
            return found
        for name, way in WAYS.items():
            if asked := self.cleaned_data[name]:
                found = getattr(found, way)(asked)
        return found.due_for_review(today) if self.cleaned_data["review"] else found


# What is asked, and the method of a list of resources that answers it.
WAYS = {
    "words": "holding_words",
    "kind": "of_kind",
    "audience": "for_audience",
    "method": "with_method",
    "domain": "bearing_on",
}
