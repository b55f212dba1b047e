"""How the signed-in person is fetched, once a request."""

from allauth.account.auth_backends import AuthenticationBackend

from partnerships.models import User


class PortalBackend(AuthenticationBackend):
    """allauth's, whose person knows whether a second factor is asked of them."""

    def get_user(self, user_id):
        """The person of a session, in one query; None once the account is switched off."""
        return User.objects.with_what_every_page_asks().filter(pk=user_id, is_active=True).first()
