"""Forms about audits: start one, choose measures, hold a file against them, finish."""

import re
import uuid
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html

from pledges.forms import AddActionForm, RequestKeyField
from pledges.permissions import plans_of
from practice import auditing, permissions
from practice.limits_in_words import time_limit
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

NO_FAMILY = "No names of families, no birthdays, no addresses."
WHOLE = 'All measures of this standard<span class="govuk-visually-hidden">: {}</span>'

A_GROUP = re.compile(r"(s[0-9]{1,9})-(?:measures|whole)")
NOT_IN_FORCE = (
    "A standard with measures that you ticked has changed or is withdrawn since this page was "
    "made. Its measures in force now are below: look again, and tick what you want."
)


def begun(words):
    """With a capital letter."""
    return words[:1].upper() + words[1:]


class AuditForm(PortalForm):
    """What is audited, whose practice it is, and how many files there are."""

    name = PlainTextField(
        label="What is this audit about?",
        help_text="For example, Family network meetings.",
        max_length=150,
    )
    organisation = forms.ModelChoiceField(
        queryset=None, label="Whose practice does it look at?", required=False
    )
    held_on = DayField(label="Day of the audit")
    sample = PlainTextField(
        label="How were the files chosen?",
        help_text=f"From what period, and how: every fifth, at random … {NO_FAMILY}",
        rows=3,
        max_length=2_000,
        required=False,
    )
    files = forms.IntegerField(
        label="How many files?",
        help_text=f"1 to {auditing.MOST_FILES}.",
        min_value=1,
        max_value=auditing.MOST_FILES,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    asks_for = {
        "name": "what the audit is about",
        "organisation": "whose practice it looks at",
        "held_on": "the day of the audit",
        "files": "how many files there are",
    }

    def __init__(self, *args, partnership, user, **kwargs):
        self.partnership, self.user = partnership, user
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        organisation.queryset = plans_of(user, partnership).order_by("name")
        if permissions.audits_several(user, partnership):
            organisation.empty_label = "Several organisations"
        else:
            organisation.required, organisation.empty_label = True, "Choose an organisation"
        self.mark_optional = False

    def clean_held_on(self):
        """A day that has come."""
        day = self.cleaned_data["held_on"]
        if day and day > timezone.localdate():
            raise ValidationError("“Day of the audit” must be today or in the past")
        return day


class StartAuditForm(AuditForm):
    """A new audit."""

    request_key = RequestKeyField()

    def __init__(self, *args, **kwargs):
        initial = {"request_key": uuid.uuid4(), "held_on": timezone.localdate(), "files": 10}
        super().__init__(*args, initial=initial, **kwargs)

    def save(self):
        """Start it; raises ValidationError."""
        return auditing.start_audit(partnership=self.partnership, by=self.user, **self.cleaned_data)


class ChangeAuditForm(MeanwhileMixin, AuditForm):
    """An audit that is there already."""

    seen = SeenField()

    def __init__(self, *args, audit, user, **kwargs):
        self.audit = audit
        initial = {**self._stored(), "seen": fingerprint(self.standing())}
        super().__init__(*args, partnership=audit.partnership, user=user, initial=initial, **kwargs)

    def _stored(self):
        stored = {name: getattr(self.audit, name) for name in auditing.WORDS}
        return {**stored, "files": self.audit.files.count()}

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        stored = self._stored()
        if getattr(self, "cleaned_data", None) == stored:
            return ""
        return repr({**stored, "organisation": self.audit.organisation_id})

    def hold(self):
        self.audit = auditing.held_audit(self.audit)

    def meanwhile(self):
        stored = self._stored()
        return (
            f"Someone else has changed this audit meanwhile. It now says: “{stored['name']}”, "
            f"{stored['organisation'] or 'several organisations'}, "
            f"{stored['held_on']:%-d %B %Y}, files: {stored['files']}. How they were chosen: "
            f"“{stored['sample']}” Yours is below: save again to replace theirs."
        )

    def write(self):
        """Save it."""
        return auditing.change_audit(audit=self.audit, by=self.user, **self.cleaned_data)


# --- Measures ---------------------------------------------------------------------------------


class StandardMeasuresForm(PortalForm):
    """Which measures of one standard are audited."""

    mark_optional = False
    whole = forms.BooleanField(required=False)
    measures = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, version, measures, asked, **kwargs):
        self.version, self.all = version, {str(each.pk): each for each in measures}
        chosen = [pk for pk, each in self.all.items() if each.pk in asked]
        super().__init__(*args, prefix=f"s{version.pk}", initial={"measures": chosen}, **kwargs)
        self.fields["measures"].choices = [(pk, each.text) for pk, each in self.all.items()]
        self.fields["measures"].label = str(version)
        self.fields["measures"].widget.choice_hints = {
            pk: begun(time_limit(each)) for pk, each in self.all.items() if time_limit(each)
        }
        self.fields["whole"].label = format_html(WHOLE, version)
        if len(self.all) == 1:
            del self.fields["whole"]

    def chosen(self):
        """The measures that were ticked, in their order."""
        ticked = self.cleaned_data
        whole = ticked.get("whole")
        return [each for pk, each in self.all.items() if whole or pk in ticked["measures"]]


class ChooseMeasuresForm(MeanwhileMixin, PortalForm):
    """The measures that files are held against, standard by standard (``groups``)."""

    seen = SeenField()

    def __init__(self, *args, audit, user, measures, **kwargs):
        self.audit, self.user = audit, user
        super().__init__(*args, initial={"seen": fingerprint(self.standing())}, **kwargs)
        offered = list(measures)
        known = {each.pk for each in offered}
        asked = {each.measure_id: each.measure for each in audit.measures.all()}
        offered += [each for pk, each in asked.items() if pk not in known]
        data = self.data if self.is_bound else None
        self.groups = [
            StandardMeasuresForm(data, version=version, measures=list(own), asked=asked)
            for version, own in groupby(offered, key=lambda each: each.version)
        ]

    def clean(self):
        """At least one."""
        known = {each.prefix for each in self.groups}
        ticked = {found[1] for name in self.data if (found := A_GROUP.fullmatch(name))}
        if [each for each in self.groups if not each.is_valid()] or ticked - known:
            raise ValidationError(NOT_IN_FORCE)
        self.chosen = [measure for each in self.groups for measure in each.chosen()]
        if not self.chosen:
            raise ValidationError("Choose at least one measure")
        return super().clean()

    def standing(self):
        """What is chosen; nothing for the same click twice."""
        pks = [each.measure_id for each in self.audit.measures.all()]
        if not pks or sorted(pks) == sorted(each.pk for each in getattr(self, "chosen", [])):
            return ""
        return repr(sorted(pks))

    def hold(self):
        self.audit = auditing.held_audit(self.audit)

    def meanwhile(self):
        texts = "; ".join(str(each) for each in self.audit.measures.select_related("measure"))
        return (
            f"Someone else has chosen measures for this audit meanwhile: {texts}. Yours are "
            "below: save again to replace theirs."
        )

    def write(self):
        """Save them."""
        return auditing.choose_measures(audit=self.audit, by=self.user, measures=self.chosen)


# --- The end, and what comes of it ------------------------------------------------------------


class FinishForm(PortalForm):
    """What was learnt; then the audit is closed."""

    mark_optional = False
    learnt = PlainTextField(
        label="What goes well, and what was learnt?",
        help_text=f"For the team, and for who audits next time. {NO_FAMILY}",
        rows=6,
        max_length=10_000,
        required=False,
    )
    seen = SeenField()

    def __init__(self, *args, audit, user, **kwargs):
        self.audit, self.user = audit, user
        initial = {"learnt": audit.learnt, "seen": auditing.fingerprint_of(audit)}
        super().__init__(*args, initial=initial, **kwargs)

    def save(self):
        """Finish it; raises ValidationError. The page then shows what stands there now."""
        try:
            return auditing.finish_audit(audit=self.audit, by=self.user, **self.cleaned_data)
        except ValidationError:
            self.data = {**self.data.dict(), "seen": self.initial["seen"]}
            raise


class GapActionForm(AddActionForm):
    """An action of the register, made of a gap."""

    def __init__(self, *args, asked, result, **kwargs):
        self.asked = asked
        tally = result.tally
        initial = {
            "what": f"Close a gap: {asked.measure.text}"[:500],
            "measure": f"The next audit finds it met in more files than {tally.met} of "
            f"{tally.applies}.",
            "organisation": asked.audit.organisation_id,
        }
        super().__init__(*args, partnership=asked.audit.partnership, initial=initial, **kwargs)

    def save(self):
        """Write it into the register; sent twice, it is one."""
        return auditing.make_action(asked=self.asked, by=self.user, **self.words())


class WhoseForm(PortalForm):
    """Whose audits are looked at over time: those of one organisation, or of several."""

    mark_optional = False
    organisation = forms.ModelChoiceField(
        queryset=None,
        label="Whose practice?",
        empty_label="Several organisations together",
        required=False,
    )

    def __init__(self, *args, partnership, **kwargs):
        super().__init__(*args, **kwargs)
        audited = partnership.organisations.filter(audits__finished_at__isnull=False)
        self.fields["organisation"].queryset = audited.distinct().order_by("name")
