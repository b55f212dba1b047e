"""Addresses of editing: standards, their drafts, versions, approval."""

from django.urls import path

from practice.views import approving, editing, rows, versions

_library = "partnerships/<slug:slug>/practice/"
_standard = f"{_library}standards/<int:pk>/"
_draft = f"{_standard}draft/"
_source = f"{_draft}sources/<int:row>/"
_measure = f"{_draft}measures/<int:row>/"
urlpatterns = [
    path(f"{_library}pillars/<int:pk>/standards/new/", editing.add_standard, name="add_standard"),
    path(f"{_library}models/<int:pk>/approve/", approving.approve_drafts, name="approve_drafts"),
    path(f"{_standard}change/", editing.change_words, name="change_words"),
    path(f"{_standard}details/", editing.change_details, name="change_standard_details"),
    path(f"{_standard}links/", editing.change_links, name="change_standard_links"),
    path(f"{_standard}withdraw/", editing.withdraw, name="withdraw_standard"),
    path(_draft, editing.standard_draft, name="standard_draft"),
    path(f"{_draft}discard/", editing.discard_draft, name="discard_draft"),
    path(f"{_draft}approve/", approving.approve_draft, name="approve_draft"),
    path(f"{_draft}sources/new/", rows.add_source, name="add_draft_source"),
    path(_source, rows.change_source, name="change_draft_source"),
    path(f"{_source}remove/", rows.remove_source, name="remove_draft_source"),
    path(f"{_source}move/", rows.move_source, name="move_draft_source"),
    path(f"{_draft}measures/new/", rows.add_measure, name="add_draft_measure"),
    path(_measure, rows.change_measure, name="change_draft_measure"),
    path(f"{_measure}remove/", rows.remove_measure, name="remove_draft_measure"),
    path(f"{_measure}move/", rows.move_measure, name="move_draft_measure"),
    path(f"{_standard}versions/", versions.standard_versions, name="standard_versions"),
    path(f"{_standard}versions/<int:number>/", versions.standard_version, name="standard_version"),
    path(f"{_standard}compare/", versions.compare_versions, name="compare_standard_versions"),
    path(f"{_standard}history/", versions.standard_history, name="standard_history"),
]
