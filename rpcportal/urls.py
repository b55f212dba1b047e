"""Every address of the portal."""

from django.urls import include, path

from rpcportal import home

urlpatterns = [
    path("", home.home, name="home"),
    path("conflict-and-abuse/", home.conflict_and_abuse, name="conflict_and_abuse"),
    path("partnerships/<slug:slug>/", home.partnership, name="partnership"),
    path("", include("partnerships.urls")),
    path("", include("planning.urls")),
]

handler400 = "rpcportal.errors.bad_request"
handler403 = "rpcportal.errors.forbidden"
handler404 = "rpcportal.errors.not_found"
handler500 = "rpcportal.errors.server_error"
