"""Forms about peer reviews, and about the actions that came of them."""

import re
import uuid

from django import forms
from django.db import transaction
from django.utils import timezone

from pledges import peer_reviews, permissions
from rpcportal.kit.forms import DayField, PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint
from rpcportal.kit.quoting import quoted

NOT_HERE = "Somebody from elsewhere"
LARGEST_NUMBER = 2**31 - 1


class PeerReviewForm(MeanwhileMixin, PortalForm):
    """A peer review. ``review`` is None for a new one."""

    reviewer = forms.ModelChoiceField(
        queryset=None, label="Who looked, or will look?", empty_label=NOT_HERE, required=False
    )
    reviewer_words = PlainTextField(
        label="Their name, if they are from elsewhere",
        help_text="An organisation or an area.",
        max_length=150,
        required=False,
    )
    subject = forms.ModelChoiceField(
        queryset=None, label="Whose work was looked at?", empty_label=NOT_HERE, required=False
    )
    subject_words = PlainTextField(
        label="Their name, if they are from elsewhere or it was the whole partnership",
        max_length=150,
        required=False,
    )
    held_on = DayField(label="Day", help_text="When it was held, or is planned for.")
    looked_at = PlainTextField(
        label="What was looked at", rows=4, max_length=10_000, required=False
    )
    strengths = PlainTextField(label="Strengths", rows=5, max_length=10_000, required=False)
    findings = PlainTextField(
        label="Findings",
        help_text="What could be better.",
        rows=5,
        max_length=10_000,
        required=False,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = SeenField()
    asks_for = {"held_on": "the day, or the day it is planned for"}
    mark_optional = False

    def __init__(self, *args, partnership, user, review=None, **kwargs):
        self.partnership, self.user, self.review = partnership, user, review
        names = (*peer_reviews.WORDS, *peer_reviews.TEXTS)
        if review:
            initial = {name: getattr(review, name) for name in names}
            initial["seen"] = fingerprint(self.standing())
        else:
            initial = {"held_on": timezone.localdate(), "request_key": uuid.uuid4()}
        super().__init__(*args, initial=initial, **kwargs)
        for side in ("reviewer", "subject"):
            self.fields[side].queryset = partnership.organisations.order_by("name")

    def standing(self):
        """The review as it stands."""
        each = self.review
        if each is None:
            return ""
        sides = (each.reviewer_id, each.reviewer_words, each.subject_id, each.subject_words)
        return repr((*sides, each.held_on, each.looked_at, each.strengths, each.findings))

    def meanwhile(self):
        """What somebody else made of it."""
        each = self.review
        return (
            f"Someone else has changed this peer review meanwhile. It now says: {each}, "
            f"{each.held_on:%-d %B %Y}. What was looked at: “{each.looked_at}” Strengths: "
            f"“{each.strengths}” Findings: “{each.findings}” Yours is below: save again to "
            "replace theirs."
        )

    def hold(self):
        if self.review:
            self.review = peer_reviews.held_review(self.review)

    def write(self):
        """Save the review."""
        words = dict(self.cleaned_data)
        key = words.pop("request_key")
        if self.review:
            return peer_reviews.change_review(review=self.review, by=self.user, **words)
        return peer_reviews.add_review(
            partnership=self.partnership, by=self.user, request_key=key, **words
        )


class ReviewActionForm(PortalForm):
    """Actions that came of a review: those of the register by number, or a new one."""

    mark_optional = False
    numbers = PlainTextField(
        label="Actions that are in the register already",
        help_text="Their numbers, with commas between them: 3, 12",
        max_length=200,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        queryset=None,
        label="Whose plan is it in?",
        empty_label="Choose an organisation",
        required=False,
    )
    what = PlainTextField(
        label="What will be done?",
        help_text="One thing that somebody can do and be finished with. Owner and day can be "
        "added in the register. Please write nothing about any child or family.",
        rows=2,
        max_length=500,
        required=False,
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, review, user, **kwargs):
        self.review, self.user = review, user
        super().__init__(*args, initial={"request_key": uuid.uuid4()}, **kwargs)
        plans = permissions.plans_of(user, review.partnership)
        self.fields["organisation"].queryset = plans.order_by("name")

    def clean_numbers(self):
        """The actions of these numbers."""
        texts = [each for each in re.split(r"[\s,;]+", self.cleaned_data["numbers"]) if each]
        numbers = []
        for text in texts:
            digits = text.lstrip("#")
            if not digits.isdecimal() or int(digits) > LARGEST_NUMBER:
                raise forms.ValidationError(
                    f"{quoted(text, limit=40)} is not the number of an action: write numbers with "
                    "commas between them, like 3, 12"
                )
            numbers.append(int(digits))
        found = list(peer_reviews.actions_numbered(self.review.partnership, numbers))
        missing = sorted(set(numbers) - {each.number for each in found})
        if missing:
            raise forms.ValidationError(
                f"There is no action {', '.join(map(str, missing))} in the register: look the "
                "number up there"
            )
        return found

    def clean(self):
        """One of the two ways; a new action has a plan and words."""
        cleaned = super().clean()
        what, organisation = cleaned.get("what"), cleaned.get("organisation")
        if self.errors:
            return cleaned
        if not cleaned.get("numbers") and not what:
            self.add_error("numbers", "Enter the number of an action, or write a new action below")
        elif what and not organisation:
            self.add_error("organisation", "Choose the organisation whose plan the action is in")
        return cleaned

    def save(self):
        """Link them, and write the new one; returns the review."""
        chosen = self.cleaned_data
        with transaction.atomic():
            peer_reviews.tie_actions(review=self.review, by=self.user, actions=chosen["numbers"])
            if chosen["what"]:
                peer_reviews.write_action(
                    review=self.review,
                    by=self.user,
                    organisation=chosen["organisation"],
                    what=chosen["what"],
                    request_key=chosen["request_key"],
                )
        return self.review
