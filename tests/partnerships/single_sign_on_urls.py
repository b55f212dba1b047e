"""The portal's addresses as they are where single sign-on is switched on."""

from partnerships.urls import single_sign_on_urls
from rpcportal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, *single_sign_on_urls]
