"""Signing in and out, setting a password, and who is in a partnership."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.forms import ChoosePasswordForm, SignInForm
from partnerships.middleware import unpack
from partnerships.models import Partnership
from partnerships.tables import OrganisationTable, PeopleTable

# Django's form views take PUT for POST; a page of ours takes what a browser sends.
page_methods = require_http_methods(["GET", "HEAD", "POST"])


@method_decorator(page_methods, name="dispatch")
class SignIn(LoginView):
    """E-mail address and password; someone who is in already goes home."""

    template_name = "partnerships/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        """With what was typed before the session ended (see partnerships.middleware)."""
        return super().get_context_data(kept=self.request.POST.get("kept", ""), **kwargs)

    def form_valid(self, form):
        """In; and with words to send again, on to the page that sends them."""
        response = super().form_valid(form)
        pairs = unpack(self.request.POST.get("kept", ""))
        if not pairs:
            return response
        context = {"action": self.get_success_url(), "pairs": pairs}
        return render(self.request, "partnerships/send_again.html", context)


@login_not_required
@require_POST
def sign_out(request):
    """End the session; for someone who is out already it does nothing."""
    logout(request)
    messages.success(request, "You have signed out.")
    return redirect("sign_in")


@method_decorator([login_not_required, page_methods], name="dispatch")
class SetPassword(PasswordResetConfirmView):
    """What a one-time link opens: choose a password and be signed in."""

    template_name = "partnerships/set_password.html"
    form_class = ChoosePasswordForm
    post_reset_login = True
    success_url = reverse_lazy("home")


@require_safe
def people(request, slug):
    """The organisations of a partnership, and who is in it with what role."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    context = {
        "partnership": partnership,
        "organisations": OrganisationTable(
            partnership.organisations.with_people_count(), prefix="o-"
        ).show(request),
        "people": PeopleTable(partnership.memberships.with_names(), prefix="p-").show(request),
    }
    return render(request, "partnerships/people.html", context)
