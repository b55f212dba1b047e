"""Addresses of library."""

urlpatterns = []
