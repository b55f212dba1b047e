"""Addresses of launches."""

from django.urls import path

from pledges.urls.base import HERE
from pledges.views import launch_notes as notes
from pledges.views import launches

ONE = f"{HERE}/launches/<int:pk>"
NOTE = f"{ONE}/notes/<int:note>"

urlpatterns = [
    path(f"{HERE}/launches/", launches.launches, name="launches"),
    path(f"{HERE}/launches/new/", launches.add_launch, name="add_launch"),
    path(f"{ONE}/", launches.launch, name="launch"),
    path(f"{ONE}/change/", launches.change_launch, name="change_launch"),
    path(f"{ONE}/open/", launches.open_launch, name="open_launch"),
    path(f"{ONE}/extend/", launches.extend_launch, name="extend_launch"),
    path(f"{ONE}/close/", launches.close_launch, name="close_launch"),
    path(f"{ONE}/screen/", launches.launch_screen, name="launch_screen"),
    path(f"{ONE}/screen/news/", launches.launch_screen_news, name="launch_screen_news"),
    path(f"{ONE}/wall/", launches.launch_wall, name="launch_wall"),
    path(f"{ONE}/wall/news/", launches.launch_wall_news, name="launch_wall_news"),
    path(f"{ONE}/notes/", notes.launch_notes, name="launch_notes"),
    path(f"{ONE}/notes.xlsx", notes.launch_xlsx, name="launch_xlsx"),
    path(f"{ONE}/notes/confirm/", notes.confirm_clear, name="confirm_clear_notes"),
    path(f"{NOTE}/", notes.confirm_note, name="confirm_note"),
    path(f"{NOTE}/hide/", notes.hide_note, name="hide_note"),
    path(f"{NOTE}/aside/", notes.set_note_aside, name="set_note_aside"),
]
