"""Addresses of models."""

urlpatterns = []
