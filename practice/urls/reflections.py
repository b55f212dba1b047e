"""Addresses of reflections."""

urlpatterns = []
