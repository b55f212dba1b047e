"""Addresses of dots, and of a workshop's end."""

from django.urls import path

from planning.views import closing, dots

ONE = "planning/<int:pk>/workshops/<int:workshop>"
ROUND = f"{ONE}/dots/<int:dot_round>"

urlpatterns = [
    path(f"{ONE}/dots/", dots.workshop_dots, name="workshop_dots"),
    path(f"{ROUND}/close/", dots.close_dots, name="close_dots"),
    path(f"{ROUND}/call-off/", dots.call_off_dots, name="call_off_dots"),
    path("workshops/<int:pk>/dots/<int:dot_round>/", dots.place_dots, name="place_dots"),
    path(f"{ONE}/closing/", closing.workshop_closing, name="workshop_closing"),
    path(f"{ONE}/closing/attendance/", closing.workshop_attendance, name="workshop_attendance"),
    path(f"{ONE}/closing/next/", closing.workshop_what_next, name="workshop_what_next"),
    path(f"{ONE}/close/", closing.close_workshop, name="close_workshop"),
    path(f"{ONE}/reopen/", closing.reopen_workshop, name="reopen_workshop"),
]
