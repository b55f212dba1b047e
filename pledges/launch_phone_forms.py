"""What a leader signs and writes on a phone at a launch, in a minute."""

from django import forms

from partnerships.join_forms import OrganisationForm
from partnerships.room_text import RoomTextField
from pledges import noting
from pledges.starters import starters
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

LONGEST_WORDS = 600  # what can be read on a wall
LONGEST_ACTION = 300
NONE = "none"
WRITTEN = (
    "name", "role", "email", "organisation_id", "organisation_words", "words", "first_action"
)  # fmt: skip


def ideas():
    """The starter list as choices, “none of these” first."""
    listed = [(str(number), each.what) for number, each in enumerate(starters(), 1)]
    return [(NONE, "None of these"), *listed]


class NoteForm(MeanwhileMixin, OrganisationForm):
    """The note of one phone, new or to be corrected."""

    name = RoomTextField(
        label="Your name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = RoomTextField(
        label="Your job title",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    first_action = RoomTextField(
        label="Our first action",
        help_text="One thing that your organisation will do. Please name no child or family.",
        rows=2,
        max_length=LONGEST_ACTION,
        required=False,
    )
    idea = forms.ChoiceField(
        label="Ideas for a first action",
        choices=ideas,
        initial=NONE,
        widget=forms.RadioSelect,
        required=False,
    )
    words = RoomTextField(
        label="In our own words",
        help_text="What the pledge means to your organisation. Please name no child or family.",
        rows=2,
        max_length=LONGEST_WORDS,
        required=False,
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="Only if you would like an account, to look after your organisation’s pledge.",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    seen = SeenField()
    asks_for = {"name": "your name", "role": "your job title"}

    def __init__(self, *args, participant, launch, note, **kwargs):
        self.participant, self.launch, self.note = participant, launch, note
        stands = note or participant
        kwargs["initial"] = {
            "organisation": stands.organisation_id,
            "organisation_words": stands.organisation_words,
            "seen": fingerprint(self.standing() or "none"),
        }
        if note:
            kwargs["initial"] |= {name: getattr(note, name) for name in WRITTEN}
        super().__init__(*args, partnership=launch.partnership, **kwargs)

    @property
    def signs_for(self):
        """The organisation that the phone said it comes from, or that its note names."""
        stands = self.note or self.participant
        listed = stands.organisation
        return listed.name if listed else stands.organisation_words

    @property
    def signs_for_another(self):
        """Whether the boxes for another one must be seen: one is wrong, changed or needed."""
        boxes = {"organisation", "organisation_words"}
        told = {*self.errors, *self.changed_data} if self.is_bound else set()
        return not self.signs_for or bool(boxes & told)

    @property
    def idea_is_taken(self):
        """Whether the list of ideas must be seen, because something in it is chosen or wrong."""
        return self["idea"].value() not in {None, "", NONE}

    def clean_idea(self):
        """An idea that was taken is the first action, unless other words were typed."""
        idea = self.cleaned_data["idea"]
        if idea not in {"", NONE} and not self.cleaned_data.get("first_action", "?"):
            self.cleaned_data["first_action"] = starters()[int(idea) - 1].what
        return idea

    def standing(self):
        """The phone's note as it stands. Nothing where none does, and for the same words sent
        twice, which is no clash.
        """
        if self.note is None or self._is_the_same():
            return ""
        return repr([getattr(self.note, name) for name in WRITTEN])

    def _is_the_same(self):
        said = getattr(self, "cleaned_data", None)
        if not said or self.errors:
            return False
        chosen = said.get("organisation")
        said = {**said, "organisation_id": chosen and chosen.pk}
        return all(said.get(name) == getattr(self.note, name) for name in WRITTEN)

    def hold(self):
        noting.held(self.launch)
        self.note = noting.note_of(self.participant)

    def meanwhile(self):
        """What this phone wrote before: in another tab, or before it went back."""
        action = f" First action: “{self.note.first_action}”" if self.note.first_action else ""
        return (
            f"This phone has left a note already, for {self.note.organisation_name}.{action} Yours "
            "is below: sign again to put it in its place."
        )

    def write(self):
        """Leave the note."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "idea"}
        return noting.leave_note(participant=self.participant, launch=self.launch, **said)
