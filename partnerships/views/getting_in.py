"""Signing out, words that were kept at the door, and one's own account.

Signing in itself is django-allauth's; partnerships/urls.py says which of its pages exist.
"""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from partnerships import actions
from partnerships.forms import ChoosePasswordForm, YourDetailsForm
from partnerships.kept import KEY_FIELD, kept
from partnerships.proving import proved_recently, signed_in_before
from rpcportal.kit.methods import page_methods


@login_not_required
@require_POST
def sign_out(request):
    """End the session; for someone who is out already it does nothing.

    With ``next`` the person wants to sign in again at once, and go on there.
    """
    logout(request)
    there = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}):
        return redirect_to_login(there, reverse("account_login"))
    messages.success(request, "You have signed out.")
    return redirect("account_login")


@require_safe
def send_again(request, key):
    """What a form sent after its session had ended, for its person to send once more."""
    words = kept(request, key)
    if words is None:
        raise Http404
    path, pairs = words
    context = {"action": path, "pairs": pairs, "kept": {KEY_FIELD: key}}
    return render(request, "partnerships/send_again.html", context)


@require_safe
def your_account(request):
    """Everything about one's own account, and the way to each change of it."""
    context = {
        "memberships": request.user.memberships.with_partnership(),
        "before": signed_in_before(request),
    }
    return render(request, "partnerships/your_account.html", context)


@page_methods
def your_name(request):
    """Change the name that other people see."""
    form = YourDetailsForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(user=request.user, name=form.cleaned_data["name"])
        messages.success(request, "Your name is changed.")
        return redirect("your_account")
    return render(request, "partnerships/your_name.html", {"form": form})


@page_methods
def your_password(request):
    """Choose a password, the first one or another. It ends every other session.

    Someone who forgot theirs signs in with an e-mailed code and comes here: what is asked
    for is not the old password but having signed in within the last quarter of an hour.
    """
    if not proved_recently(request):
        return render(request, "partnerships/sign_in_again.html", {"next": request.path})
    form = ChoosePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose_password(user=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        UserSession.objects.create_from_request(request)  # under the session's new key
        messages.success(request, "Your password is set. You are signed out everywhere else.")
        return redirect("your_account")
    return render(request, "partnerships/your_password.html", {"form": form})
