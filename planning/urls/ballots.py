"""Addresses of what was voted."""

urlpatterns = []
