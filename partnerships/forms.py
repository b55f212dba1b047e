"""Forms for getting in."""

from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm

from rpcportal.kit.forms import PortalFormMixin


class SignInForm(PortalFormMixin, AuthenticationForm):
    """E-mail address and password."""

    mark_optional = False
    asks_for = {"username": "your e-mail address", "password": "your password"}
    error_messages = {
        "invalid_login": "The e-mail address or the password is not right. Try both again.",
        "inactive": "The e-mail address or the password is not right. Try both again.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail address"
        self.fields["username"].widget.input_type = "email"
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}


class ChoosePasswordForm(PortalFormMixin, SetPasswordForm):
    """A new password, typed twice."""

    mark_optional = False
    asks_for = {"new_password1": "a password", "new_password2": "the password again"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Password"
        self.fields["new_password1"].help_text = (
            "At least 12 characters. Three words that do not belong together are easy to "
            "remember and hard to guess."
        )
        self.fields["new_password2"].label = "Password again"
        self.fields["new_password2"].help_text = ""
