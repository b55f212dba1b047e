"""Addresses of the library's first page, of its search, and of the lists to browse."""

from django.urls import path

from practice.views import library

_here = "partnerships/<slug:slug>/practice/"
urlpatterns = [
    path(_here, library.library, name="library"),
    path(f"{_here}roles/", library.expected_of_role, name="expected_of_role"),
    path(f"{_here}time-limits/", library.time_limits, name="time_limits"),
    path(f"{_here}domains/<int:pk>/", library.bearing_on_domain, name="bearing_on_domain"),
]
