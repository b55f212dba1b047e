"""Every address of the portal."""

from django.conf import settings
from django.urls import include, path

from partnerships import admin
from rpcportal import health, home

urlpatterns = [
    # First: a thousand phones ask every two seconds, and each address further up costs them time.
    path("", include("planning.urls.phones")),
    path("", home.home, name="home"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("admin/", admin.site.urls),
    path("conflict-and-abuse/", home.conflict_and_abuse, name="conflict_and_abuse"),
    path("partnerships/<slug:slug>/", home.partnership, name="partnership"),
    path("", include("partnerships.urls")),
    path("", include("planning.urls")),
    path("", include("pledges.urls")),
    path("", include("practice.urls")),
    path("", include("rpcportal.board_report.urls")),
    *([path("", include("rpcportal.demo.post"))] if settings.DEMO_POST else []),
]

handler400 = "rpcportal.errors.bad_request"
handler403 = "rpcportal.errors.forbidden"
handler404 = "rpcportal.errors.not_found"
handler500 = "rpcportal.errors.server_error"
