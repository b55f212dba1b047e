"""Addresses of commitments."""

urlpatterns = []
