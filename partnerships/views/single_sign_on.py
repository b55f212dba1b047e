"""The way to a council's own sign-in and back."""

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST, require_safe
from requests import RequestException

from partnerships import limits
from partnerships.single_sign_on import Conversation

ONLY_SIGNING_IN = (
    "A council’s account cannot be tied to yours by hand. Sign out, then sign in with it: the "
    "e-mail address must be the same."
)


@login_not_required
@require_POST
def begin(request, provider_id):
    """On to the council's sign-in; afterwards to ``next``, on this host alone."""
    if request.POST.get("process", AuthProcess.LOGIN) != AuthProcess.LOGIN:
        raise PermissionDenied(ONLY_SIGNING_IN)
    limits.check(limits.SINGLE_SIGN_ON_FROM_ADDRESS, limits.client_address(request))
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
@require_GET
def back(request, provider_id):
    """Where the council sends people back to. The same answer works once."""
    return _answer(OAuth2CallbackView, request, provider_id)


@login_not_required
@require_safe
def cancelled(request):
    """Somebody said no at the council's sign-in."""
    return render(request, "socialaccount/login_cancelled.html")


def _answer(view, request, provider_id):
    conversation = Conversation(request, provider_id)
    try:
        conversation.begin()
        return view.adapter_view(conversation)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (OAuth2Error, RequestException) as error:
        provider = conversation.get_provider()
        return render_authentication_error(request, provider, exception=error)
