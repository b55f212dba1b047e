"""Forms of passkeys: what the browser's own dialog gave is sent by a script."""

import json
import struct
from contextlib import contextmanager

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError

from partnerships import limits
from partnerships.forms import count_second_step
from rpcportal.kit.forms import UNSTORABLE, PlainTextField, PortalFormMixin

LONGEST_ANSWER = 20_000
# What fido2 raises for answers that no browser gives.
MALFORMED = (
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError),
    *(struct.error, InvalidSignature, UnsupportedAlgorithm),
)


@contextmanager
def refused_alike():
    """Whatever is wrong with an answer reads the same."""
    try:
        yield
    except MALFORMED:
        raise get_adapter().validation_error("incorrect_passkey") from None
    except ValidationError as error:
        if getattr(error, "code", "") != "incorrect_code":
            raise
        raise get_adapter().validation_error("incorrect_passkey") from None


class AnswerField(forms.Field):
    """What a browser's dialog answered, as an object small enough and fit to be stored."""

    widget = forms.HiddenInput

    def clean(self, value):
        """The object; one sentence for anything else."""
        with refused_alike():
            return self._read(value or "")

    def _read(self, text):
        if len(text) > LONGEST_ANSWER:
            raise ValueError
        answer = json.loads(text)
        stored = json.dumps(answer, ensure_ascii=False, allow_nan=False)
        if (
            not (answer and isinstance(answer, dict))
            or UNSTORABLE.search(stored)
            or r"\u0000" in stored
        ):
            raise ValueError
        return answer

    def bound_data(self, data, initial):
        """Nothing: an answer is good for one try."""


class PasskeyFormMixin(PortalFormMixin):
    """One answer, whose every fault reads the same."""

    mark_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = AnswerField(label="Passkey")


class AddPasskeyForm(PasskeyFormMixin, allauth.AddWebAuthnForm):
    """A new passkey, and what its owner calls it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]  # each of ours is: it asks for a finger, a face or a PIN
        name_the_passkey(self, required=False)
        self.order_fields(["name", "credential"])

    def clean(self):
        """The answer to what this session asked, and no other."""
        count_second_step(self.user)
        with refused_alike():
            return super().clean()


class PasskeyAnswerMixin(PasskeyFormMixin):
    """A passkey that is there, and proves who somebody is."""

    def clean_credential(self):
        """The passkey that answered."""
        self.count()
        with refused_alike():
            return super().clean_credential()

    def count(self):
        """Count the try."""
        count_second_step(self.user)


class PasskeySignInForm(PasskeyAnswerMixin, allauth.LoginWebAuthnForm):
    """Signing in with it. Whose it is shows only afterwards, so the address alone counts."""

    def count(self):
        """Count the try."""
        here = limits.client_address(context.request)
        limits.check_form((limits.PASSKEYS_FROM_ADDRESS, here))


class PasskeySecondStepForm(PasskeyAnswerMixin, allauth.AuthenticateWebAuthnForm):
    """The second step of signing in."""


class PasskeyAgainForm(PasskeyAnswerMixin, allauth.ReauthenticateWebAuthnForm):
    """The passkey once more, before something that matters."""


class PasskeyNameForm(PortalFormMixin, allauth.EditWebAuthnForm):
    """What its owner calls a passkey."""

    asks_for = {"name": "a name for the passkey"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_the_passkey(self)


def name_the_passkey(form, **options):
    """Give a form the box for a passkey's name."""
    hint = "To tell it from others: “Work laptop”, say."
    form.fields["name"] = PlainTextField(label="Name", max_length=80, help_text=hint, **options)
    form._prepare_field("name", form.fields["name"])
