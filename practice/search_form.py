"""What somebody asks of the library: words, and what narrows them down. It stands in the address,
so that a search can be kept and sent to somebody.
"""

from django import forms
from django.db.models import Q

from practice import browsing, finding
from practice.models import EntryKind, Scope
from rpcportal.kit.forms import PlainTextField, PortalForm

ANY = ""
REQUIRED = ".required"


def _scopes():
    for scope in Scope:
        if scope != Scope.ALL:
            yield scope.value, f"{scope.label}: required or considered"
            yield f"{scope.value}{REQUIRED}", f"{scope.label}: required"


class SearchForm(PortalForm):
    """Words and filters."""

    mark_optional = False
    words = PlainTextField(
        label="Search the library",
        help_text="For example, family network meeting. Typing mistakes are forgiven.",
        max_length=200,
        required=False,
    )
    part = forms.ChoiceField(label="Practice model or pillar", required=False)
    domain = forms.ChoiceField(label="Domain of the planning tool", required=False)
    role = forms.ChoiceField(label="Role", required=False)
    scope = forms.ChoiceField(
        label="Where it holds", choices=[(ANY, "Everywhere"), *_scopes()], required=False
    )
    kind = forms.ChoiceField(
        choices=[(ANY, "All"), *EntryKind.choices], required=False, widget=forms.HiddenInput
    )

    def __init__(self, query, *, partnership):
        self.partnership = partnership
        super().__init__(query)
        self.models = browsing.models_shown(partnership)
        self.domains = browsing.domains_shown(partnership)
        self.fields["part"].choices = [(ANY, "All"), *self._parts()]
        self.fields["domain"].choices = [
            (ANY, "All"), *((str(each.pk), f"{each.number} {each.name}") for each in self.domains)
        ]  # fmt: skip
        roles = browsing.roles_known(partnership)
        self.fields["role"].choices = [(ANY, "All"), *((each, _begun(each)) for each in roles)]

    def _parts(self):
        for model in self.models:
            yield f"model-{model.pk}", f"{model.name}: all of it"
            for pillar in model.pillars:
                yield f"pillar-{pillar.pk}", f"{model.name}: {pillar.name}"

    @property
    def filters(self):
        """The boxes beside the words."""
        return [self[name] for name in ("part", "domain", "role", "scope")]

    @property
    def is_narrowed(self):
        """Whether anything but words is asked for."""
        return any(self.asked(name) for name in ("part", "domain", "role", "scope"))

    @property
    def is_asked(self):
        """Whether there is anything to look for: otherwise the library is browsed."""
        return bool(self.is_narrowed or any(map(self.asked, ("words", "kind"))) or self.errors)

    def asked(self, name):
        """What stands in a box; "" where it cannot be read."""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    def found(self):
        """What the library holds of it."""
        return finding.find(
            self.partnership, self.asked("words"), kind=self.asked("kind"), narrow=self._narrow()
        )

    def _narrow(self):
        narrow = Q()
        if part := self.asked("part"):
            sort, _, number = part.partition("-")
            narrow &= Q(**{f"{sort}_id": int(number)})
        if domain := self.asked("domain"):
            narrow &= Q(domains__contains=[int(domain)])
        if role := self.asked("role"):
            narrow &= Q(roles__contains=[role])
        if scope := self.asked("scope"):
            narrow &= _holding_in(scope)
        return narrow


def _holding_in(scope):
    places = [scope.removesuffix(REQUIRED), Scope.ALL.value]
    required = Q(required_in__overlap=places)
    return required if scope.endswith(REQUIRED) else required | Q(considered_in__overlap=places)


def _begun(text):
    return text[:1].upper() + text[1:]
