"""Addresses of editing."""

urlpatterns = []
