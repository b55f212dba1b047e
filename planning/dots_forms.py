"""Forms of dots: what is ranked, for those who run the room; where one's dots lie, on a phone."""

from collections import Counter

from django import forms
from django.core.exceptions import ValidationError

from partnerships.room_text import RoomTextField
from planning import balloting
from planning import dots as rules
from planning.models import DotsAbout
from planning.voting import Deed
from rpcportal.kit.forms import PortalForm
from rpcportal.kit.growing import GrowingMixin


class ItemRowForm(PortalForm):
    """One thing in the list. ``rows``: the sheet's domains or actions, by number as text."""

    mark_optional = False
    of = forms.CharField(widget=forms.HiddenInput, required=False)
    text = RoomTextField(label="Words", rows=2, max_length=rules.LONGEST, required=False)
    out = forms.BooleanField(label="Leave out", required=False)

    def __init__(self, *args, number, rows, **kwargs):
        self.number, self.rows = number, rows
        super().__init__(*args, **kwargs)

    @property
    def row(self):
        """The domain's entry, or the action, that this is about; None for words of one's own."""
        return self.rows.get(str(self["of"].value() or ""))

    @property
    def label(self):
        """What the box is called: the domain that it is about."""
        if self.row is None:
            return "Your own words"
        return str(getattr(self.row, "domain", f"Action {self.number}"))

    def clean(self):
        """What is in the list has words."""
        cleaned = super().clean()
        is_new = not self.row
        if not (cleaned.get("out") or cleaned.get("text") or is_new or self.has_error("text")):
            self.add_error("text", f"Enter words for row {self.number}, or tick “Leave out”")
        return cleaned

    def item(self):
        """What was typed; None for what is left out."""
        cleaned, row = self.cleaned_data, self.row
        if cleaned.get("out") or not cleaned["text"]:
            return None
        is_action = row is not None and not hasattr(row, "domain")
        return rules.Item(
            cleaned["text"],
            entry=None if is_action else row,
            priority_action=row if is_action else None,
        )


class DotsListForm(GrowingMixin, PortalForm):
    """What is ranked, line by line, and with how many dots. ``about``: of DotsAbout."""

    dots = forms.TypedChoiceField(
        label="How many dots does each person place?",
        choices=[(number, rules.in_words(number)) for number in rules.CHOICES],
        coerce=int,
        initial=rules.CHOICES[0],
        widget=forms.RadioSelect,
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    asks_for = {"dots": "how many dots everybody has"}
    mark_optional = False
    most_rows = rules.MOST_ITEMS

    def __init__(self, data=None, *, workshop, about, user):
        self.workshop, self.about, self.user = workshop, about, user
        super().__init__(data, initial={"number": rules.next_number(workshop)})
        self.proposed = rules.proposed(workshop, about)[: self.most_rows]
        if about == DotsAbout.ACTIONS:
            found = workshop.assessment.priority_actions.order_by("pk")
        else:
            found = workshop.assessment.entries.in_order()
        self.of_sheet = {str(each.pk): each for each in found}
        self.rows = self.make_rows(len(self.proposed)) if self.sent or self.proposed else []

    def make_row(self, number, **how):
        """The row of one thing."""
        initial = {}
        if not self.sent:
            item = self.proposed[number - 1]
            row = item.entry or item.priority_action
            initial = {"of": str(row.pk), "text": item.text}
        return ItemRowForm(number=number, rows=self.of_sheet, initial=initial, **how)

    def save(self):
        """Open the dots; sent twice, it is one round."""
        items = [item for row in self.rows if (item := row.item())]
        return rules.open_dots(
            workshop=self.workshop, about=self.about, items=items, by=self.user, **self.cleaned_data
        )


class DotsForm(PortalForm):
    """Where a phone's dots lie: a number for each thing. ``vote``: what it placed, or None."""

    mark_optional = False
    # Which answer this page had seen, so that a late packet changes nothing.
    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, dot_round, vote=None):
        self.dot_round, self.vote = dot_round, vote
        self.items = rules.items_of(dot_round)
        placed = Counter(vote.items if vote else ())
        super().__init__(data, initial={"revision": vote.revision if vote else 0})
        for item in self.items:
            name = name_of(item)
            self.fields[name] = forms.IntegerField(
                label=item.text,
                help_text=str(item.entry.domain) if item.entry_id else "",
                min_value=0,
                max_value=dot_round.dots,
                required=False,
                initial=placed[item.pk],
            )
            self._prepare_field(name, self.fields[name])

    @property
    def boxes(self):
        """The boxes of the things, in order."""
        return [self[name_of(item)] for item in self.items]

    @property
    def is_change(self):
        """Whether this phone has placed dots before."""
        return str(self["revision"].value() or 0) != "0"

    def clean_revision(self):
        """Nothing seen, for whoever left it out."""
        return self.cleaned_data["revision"] or 0

    def cast(self, participant):
        """Place them; the row, or None with a sentence on the form (as VoteForm.cast)."""
        cleaned = self.cleaned_data
        items = [item.pk for item in self.items for _ in range(cleaned[name_of(item)] or 0)]
        try:
            return rules.place_dots(
                dot_round=self.dot_round,
                participant=participant,
                items=items,
                revision=cleaned["revision"],
            )
        except balloting.Stale as stale:
            self.vote = stale.vote
            self.data = self.data.copy()
            self.data["revision"] = str(stale.vote.revision)
            self.add_error(None, stale)
        except ValidationError as refusal:
            # What can be mended stands at a box, so that its link in the summary leads there.
            is_late = refusal.code == "closed"
            self.add_error(None if is_late else name_of(self.items[0]), refusal)
        return None

    @property
    def refusal(self):
        """Why this came too late, or an empty sentence while the round is open."""
        if self.dot_round.is_open and not self.has_error("__all__", code="closed"):
            return ""
        counted = rules.REFUSALS["revealed", Deed.VOTE]
        return rules.REFUSALS.get((self.dot_round.state, Deed.VOTE), counted)

    @property
    def chosen(self):
        """What was typed, in words, for whoever sent it too late."""
        typed = {item: str(self[name_of(item)].value() or "") for item in self.items}
        placed = {item: int(text) for item, text in typed.items() if text in set("12345")}
        return ", ".join(f"{rules.in_words(number)} on “{item}”" for item, number in placed.items())


def name_of(item):
    """The name of an item's box."""
    return f"item-{item.pk}"
