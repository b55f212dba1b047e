"""The portal's addresses and those of the floor page."""

from django.urls import path

from rpcportal import urls as portal
from rpcportal.urls import handler400, handler403, handler404, handler500
from tests.bench import floor

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    *portal.urlpatterns,
    path("floor/<slug:page>/", floor.show, name="floor"),
    path("floor/<slug:page>/<int:pk>/", floor.show, name="floor_row"),
]
