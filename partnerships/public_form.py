"""Forms for the public page: its words, and its logo."""

import hashlib
import re

from django import forms
from django.core.exceptions import ValidationError

from partnerships import publishing
from partnerships.colours import colour_refusal, written
from partnerships.logos import MAX_FILE, MEGABYTE, TOO_HEAVY, UnreadableLogo, small_logo
from rpcportal.kit.forms import PlainTextField, PortalForm
from rpcportal.kit.meanwhile import MeanwhileMixin, SeenField, fingerprint

LONGEST = 5000
MARKDOWN = "In Markdown: # before a heading, - before each item of a list."
NO_FAMILY = "Please name no child or family."
PHONE = re.compile(r"[0-9 +()./-]*")
TAG = re.compile(r"\w+")


class _OfPage(MeanwhileMixin, PortalForm):
    """A form about a page that somebody else may change while it is open."""

    seen = SeenField()

    def __init__(self, *args, page, user, **kwargs):
        self.page, self.user = page, user
        seen = fingerprint(self.standing())
        super().__init__(*args, initial={**self.stored(), "seen": seen}, **kwargs)

    def standing(self):
        """What stands there; nothing for the same click twice, which is no clash."""
        if getattr(self, "cleaned_data", None) and self.is_as_stored():
            return ""
        return repr(sorted(self.stored().items()))

    def hold(self):
        self.page = publishing.held(self.page.partnership)


class PublicPageForm(_OfPage):
    """What the page says, and what it shows."""

    campaign = PlainTextField(
        label="Name of your campaign",
        help_text="The name under which people know it. Without one the page bears the name of "
        "the partnership.",
        max_length=120,
        required=False,
    )
    introduction = PlainTextField(
        label="Introduction",
        help_text="What you do and for whom, in a few sentences. The vision and the manifesto "
        f"follow by themselves. {MARKDOWN} {NO_FAMILY}",
        rows=6,
        max_length=LONGEST,
        required=False,
    )
    hashtag = PlainTextField(label="Hashtag", max_length=60, required=False)
    colour = PlainTextField(
        label="Colour",
        help_text="Of your brand, as designers write it, like #14505c. White words must be "
        "readable on it. Without one the page has the portal’s colour.",
        max_length=20,
        required=False,
    )
    contact_name = PlainTextField(
        label="Who can be asked",
        help_text="A post or a team outlasts a name, for example “Relationships team”.",
        max_length=150,
        required=False,
    )
    contact_email = forms.EmailField(
        label="E-mail address to ask at",
        help_text="Everybody can read it. A shared mailbox is best.",
        max_length=254,
        required=False,
    )
    contact_phone = PlainTextField(
        label="Telephone number to ask at", max_length=40, required=False
    )
    help_words = PlainTextField(
        label="Help for families in your area",
        help_text="Where parents find help here. The national helplines stand beside it always. "
        f"{MARKDOWN} {NO_FAMILY}",
        rows=5,
        max_length=LONGEST,
        required=False,
    )
    shows_pledges = forms.BooleanField(label="Show who has pledged", required=False)
    shows_actions = forms.BooleanField(label="Show what was done", required=False)

    def stored(self):
        """The page's values, by the names of the boxes."""
        return {name: getattr(self.page, name) for name in publishing.WORDS}

    def is_as_stored(self):
        """Whether exactly this stands there."""
        return all(self.cleaned_data.get(name) == value for name, value in self.stored().items())

    def clean_hashtag(self):
        """One word, without the sign."""
        tag = self.cleaned_data["hashtag"].removeprefix("#")
        if tag and not TAG.fullmatch(tag):
            raise ValidationError(
                "“Hashtag” must be one word of letters and figures, like RelationshipsMatter"
            )
        return tag

    def clean_colour(self):
        """As #rrggbb, and dark enough."""
        if not (typed := self.cleaned_data["colour"]):
            return ""
        if not (colour := written(typed)):
            raise ValidationError("“Colour” must be six figures or letters a to f, like #14505c")
        if refusal := colour_refusal(colour):
            raise ValidationError(refusal)
        return colour

    def clean_contact_phone(self):
        """Something that can be dialled."""
        phone = self.cleaned_data["contact_phone"]
        if not PHONE.fullmatch(phone):
            raise ValidationError(
                "“Telephone number to ask at” must be a number, like 01706 000 000"
            )
        return phone

    def meanwhile(self):
        return (
            "Someone else has changed the public page meanwhile. Look at it in another tab. Your "
            "words are below: save again to replace theirs."
        )

    def write(self):
        """Save the words."""
        return publishing.save_words(
            partnership=self.page.partnership, by=self.user, **self.cleaned_data
        )


class LogoForm(_OfPage):
    """A picture, and what it shows in words."""

    picture = forms.FileField(
        label="Logo",
        help_text=f"A PNG or JPEG of up to {MAX_FILE // MEGABYTE} MB. It is made small, and shown "
        "on white.",
        max_length=200,
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )
    logo_words = PlainTextField(
        label="What the logo shows",
        help_text="For those who cannot see it, for example: “Two speech bubbles that overlap”.",
        max_length=200,
    )
    asks_for = {"logo_words": "what the logo shows"}
    logo = None

    def stored(self):
        """The words, and a digest of the picture."""
        return {"logo_words": self.page.logo_words}

    def standing(self):
        """What stands there, the picture too; nothing for the same picture sent twice."""
        if getattr(self, "cleaned_data", None) and self.is_as_stored():
            return ""
        return f"{self.page.logo_words} {_digest(self.page.logo)}"

    def is_as_stored(self):
        """Whether exactly this picture with these words stands there."""
        same = self.logo is None or _digest(self.logo) == _digest(self.page.logo)
        return same and self.cleaned_data.get("logo_words") == self.page.logo_words

    def clean_picture(self):
        """A small picture made of the one that was chosen, or a sentence."""
        file = self.cleaned_data["picture"]
        if file is None and not self.page.logo:
            raise ValidationError("Choose a PNG or JPEG file with the logo")
        if file is None:
            return None
        if file.size > MAX_FILE:
            raise ValidationError(TOO_HEAVY.format(size=file.size / MEGABYTE))
        try:
            self.logo = small_logo(file.read())
        except UnreadableLogo as error:
            raise ValidationError(str(error)) from error
        return file

    def meanwhile(self):
        return (
            "Someone else has changed the logo meanwhile. Choose your file once more and save "
            "again to replace theirs."
        )

    def write(self):
        """Save both."""
        return publishing.save_logo(
            partnership=self.page.partnership,
            by=self.user,
            words=self.cleaned_data["logo_words"],
            logo=self.logo,
        )


def _digest(logo):
    return hashlib.sha256(bytes(logo)).hexdigest() if logo else ""
