"""Addresses of the phones at a launch. Short, and of no partnership: a cookie says whose."""

from django.urls import path

from pledges.views import launch_phone

urlpatterns = [
    path("launch/<int:pk>/", launch_phone.launch_phone, name="launch_phone"),
    path("launch/<int:pk>/change/", launch_phone.change_launch_note, name="change_launch_note"),
]
