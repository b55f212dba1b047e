"""Forms about what is no matter of a version: details, links, withdrawing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import User
from practice import arranging
from practice.bearing_fields import BearingMixin
from practice.models import ModelPart, PartKind, Resource, Standard
from practice.writing import held
from rpcportal.kit.forms import DayField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint
from rpcportal.kit.roles import Permission

SMALL = {"class": "govuk-checkboxes--small"}  # there may be many


class OfAStandard(MeanwhileMixin, PortalForm):
    """A form about a standard that somebody else may change too."""

    mark_optional = False
    seen = SeenField()

    def __init__(self, *args, standard, user, initial, **kwargs):
        self.standard, self.user = standard, user
        initial = {**initial, "seen": fingerprint(self.standing())}
        super().__init__(*args, initial=initial, **kwargs)

    def hold(self):
        self.standard = held(self.standard)


class DetailsForm(OfAStandard):
    """Who sees to a standard, when it is reviewed, and where it stands."""

    owner = forms.ModelChoiceField(
        queryset=None,
        label="Who sees to it?",
        help_text="They are reminded by e-mail when the review comes. Without anybody, the "
        "coordinators are.",
        empty_label="Nobody yet",
        required=False,
    )
    review_on = DayField(
        label="To be reviewed on",
        help_text="Four weeks before, a reminder goes out; another one when the day has passed.",
        required=False,
    )
    pillar = forms.ModelChoiceField(queryset=None, label="Pillar", empty_label=None)
    place = forms.IntegerField(
        label="Its place under the pillar",
        help_text="1 for the first.",
        min_value=1,
        max_value=9_999,
    )

    def __init__(self, *args, standard, user, **kwargs):
        before = Standard.objects.filter(pillar=standard.pillar_id, position__lt=standard.position)
        initial = {
            "owner": standard.owner_id,
            "review_on": standard.review_on,
            "pillar": standard.pillar_id,
            "place": before.count() + 1,
        }
        super().__init__(*args, standard=standard, user=user, initial=initial, **kwargs)
        writers = standard.partnership.memberships.who_may(Permission.SCORE)
        people = {*writers.values_list("user_id", flat=True), standard.owner_id}
        owners = User.objects.filter(pk__in=people - {None})
        self.fields["owner"].queryset = owners.order_by("name", "email")
        pillars = ModelPart.objects.filter(model=standard.pillar.model_id)
        self.fields["pillar"].queryset = pillars.of_kind(PartKind.PILLAR)

    def hold(self):
        self.standard = arranging.held_among_others(self.standard, self.cleaned_data["pillar"])

    def standing(self):
        """The details as they stand."""
        it = self.standard
        return repr((it.owner_id, it.review_on, it.pillar_id, it.position))

    def meanwhile(self):
        """What somebody else made of them."""
        day = self.standard.review_on
        review = f"to be reviewed on {day:%-d %B %Y}" if day else "without a day of review"
        return (
            "Someone else has changed these details meanwhile. Who sees to it is now "
            f"{self.standard.owner or 'nobody'}; it is {review}, under {self.standard.pillar}. "
            "Yours are below: save again to replace theirs."
        )

    def write(self):
        """Save them."""
        return arranging.change_details(standard=self.standard, by=self.user, **self.cleaned_data)


class LinksForm(BearingMixin, OfAStandard):
    """What a standard leads to: tools, related standards, domains of the planning tool."""

    tools = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Which resources help to work to it?",
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
        required=False,
    )
    related = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Which other standards should its readers know?",
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
        required=False,
    )

    def __init__(self, *args, standard, user, **kwargs):
        self.linked = _links_of(standard)
        tools, related = self.linked[:2]
        initial = {"tools": tools, "related": related}
        super().__init__(*args, standard=standard, user=user, initial=initial, **kwargs)
        partnership = standard.partnership
        chosen = Resource.objects.filter(pk__in=tools)
        others = Standard.objects.own(partnership).standing(timezone.localdate())
        others = others | Standard.objects.filter(pk__in=related)
        self.fields["tools"].queryset = Resource.objects.to_choose_from(partnership) | chosen
        self.fields["related"].queryset = others.exclude(pk=standard.pk).with_statement()
        self.fields["related"].label_from_instance = lambda each: each.statement
        self.add_bearings(partnership, standard)

    def hold(self):
        super().hold()
        self.linked = _links_of(self.standard)

    def standing(self):
        """What it leads to."""
        return repr(self.linked)

    def meanwhile(self):
        """That somebody else changed it."""
        return (
            "Someone else has changed what this standard leads to meanwhile. Yours is below: save "
            "again to replace theirs."
        )

    def write(self):
        """Save it."""
        return arranging.change_links(standard=self.standard, by=self.user, **self.cleaned_data)


def _links_of(standard):
    """The numbers of its tools and related standards, and what it bears on."""
    return (
        sorted(standard.tool_links.values_list("resource", flat=True)),
        sorted(standard.related_links.values_list("other", flat=True)),
        sorted(standard.bearings.values_list("domain", "levels")),
    )


class WithdrawForm(OfAStandard):
    """From which day on a standard is not in force any more."""

    withdrawn_on = DayField(
        label="Not in force from",
        help_text="From this day nobody is asked to commit to it, and the search does not find "
        "it. Its versions, commitments and audits stay.",
    )
    asks_for = {"withdrawn_on": "the day from which it is not in force"}

    def __init__(self, *args, standard, user, **kwargs):
        day = standard.withdrawn_on or timezone.localdate()
        initial = {"withdrawn_on": day}
        super().__init__(*args, standard=standard, user=user, initial=initial, **kwargs)

    def clean_withdrawn_on(self):
        """What was in force on a day that has passed is never told otherwise later."""
        day = self.cleaned_data["withdrawn_on"]
        if day < timezone.localdate() and day != self.standard.withdrawn_on:
            raise ValidationError("“Not in force from” must be today or in the future")
        return day

    def standing(self):
        """Whether it is withdrawn, and from when."""
        return str(self.standard.withdrawn_on)

    def meanwhile(self):
        """What somebody else said of it."""
        day = self.standard.withdrawn_on
        stands = f"It is not in force from {day:%-d %B %Y}." if day else "It was brought back."
        return (
            f"Someone else has withdrawn or brought back this standard meanwhile. {stands} "
            "Yours is below: save again to replace theirs."
        )

    def write(self):
        """Withdraw it."""
        return arranging.withdraw(
            standard=self.standard, on=self.cleaned_data["withdrawn_on"], by=self.user
        )
