"""Addresses of prompts."""

urlpatterns = []
