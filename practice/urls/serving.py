"""Addresses of serving."""

urlpatterns = []
