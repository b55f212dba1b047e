"""The boxes of a form that say on which domains of the planning tool something bears."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.functional import cached_property

from planning.models import Domain
from pledges.domains import domains_of
from practice.bearing import levels_by_domain
from rpcportal.kit.forms import PortalForm

LEVELS = [(str(level), str(level)) for level in range(1, 5)]


class BearingMixin(PortalForm):
    """For a form about a standard, a resource or an evidence statement.

    Call ``add_bearings`` in ``__init__``, after the fields are there; ``cleaned_data`` then has
    ``bearings``, what ``practice.bearing.set_bearings`` takes.
    """

    def add_bearings(self, partnership, thing=None):
        """A box for each domain, which reveals boxes for the levels."""
        stands = levels_by_domain(thing) if thing else {}
        self.domains = _domains(partnership, stands)
        among = {each.pk for each in self.domains}
        # Domains of a planning tool that is not in use any more have no box, and stay.
        self.elsewhere = {pk: levels for pk, levels in stands.items() if pk not in among}
        widget = forms.CheckboxSelectMultiple()
        field = forms.TypedMultipleChoiceField(
            label="Which domains of the planning tool does it bear on?",
            help_text="It then stands on their scoring pages.",
            choices=[(str(each.pk), str(each)) for each in self.domains],
            coerce=int,
            widget=widget,
            required=False,
        )
        self._add_field("bears_on", field)
        # A copy of the widget is in the form: a field copies the one that it is given.
        self.fields["bears_on"].widget.choice_reveals = {
            str(each.pk): f"levels_{each.pk}" for each in self.domains
        }
        self.initial["bears_on"] = [str(pk) for pk in stands if pk in among]
        for each in self.domains:
            levels = forms.TypedMultipleChoiceField(
                label=f"Levels that it helps to reach in {each}",
                help_text="None ticked means every level.",
                choices=LEVELS,
                coerce=int,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
                required=False,
            )
            self._add_field(f"levels_{each.pk}", levels)
            self.initial[f"levels_{each.pk}"] = [str(n) for n in stands.get(each.pk, [])]

    def _add_field(self, name, field):
        self.fields[name] = field
        self._prepare_field(name, field)

    @cached_property
    def helper(self):
        """Boxes for levels stand inside their domain's box and nowhere else."""
        helper = FormHelper(self)
        helper.form_tag, helper.disable_csrf = False, True
        helper.layout = Layout(*(name for name in self.fields if not name.startswith("levels_")))
        return helper

    def clean(self):
        """What was ticked, as one answer: the domain's number in the database -> its levels."""
        cleaned = super().clean()
        wanted = cleaned.pop("bears_on", [])
        levels = {each.pk: cleaned.pop(f"levels_{each.pk}", []) for each in self.domains}
        cleaned["bearings"] = {**self.elsewhere, **{pk: sorted(levels[pk]) for pk in wanted}}
        return cleaned


def _domains(partnership, stands):
    """Those of the planning tool in use; where nothing is scored yet, those that stand there."""
    found = list(domains_of(partnership).distinct())
    return found or list(Domain.objects.filter(pk__in=stands).order_by("number"))
