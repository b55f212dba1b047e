"""Addresses of planning a workshop."""

from django.urls import path

from planning.views import workshops

ONE = "planning/<int:pk>/workshops/<int:workshop>"
INVITEES = f"{ONE}/invitees"

urlpatterns = [
    path("partnerships/<slug:slug>/workshops/", workshops.workshops, name="workshops"),
    path("planning/<int:pk>/workshops/new/", workshops.add_workshop, name="add_workshop"),
    path(f"{ONE}/", workshops.workshop, name="workshop"),
    path(f"{ONE}/change/", workshops.change_workshop, name="change_workshop"),
    path(f"{ONE}/agenda/", workshops.workshop_agenda, name="workshop_agenda"),
    path(f"{INVITEES}/", workshops.workshop_invitees, name="workshop_invitees"),
    path(f"{INVITEES}/all/", workshops.invite_organisations, name="invite_organisations"),
    path(f"{INVITEES}/paste/", workshops.invite_pasted, name="invite_pasted"),
    path(f"{INVITEES}/<int:invitee>/", workshops.change_invitee, name="change_invitee"),
    path(f"{INVITEES}/<int:invitee>/remove/", workshops.remove_invitee, name="remove_invitee"),
]
