"""Addresses of evidence statements."""

from django.urls import path

from practice.views import evidence

_here = "partnerships/<slug:slug>/evidence/"
urlpatterns = [
    path(_here, evidence.evidence_statements, name="evidence_statements"),
    path(f"{_here}new/", evidence.add_evidence, name="add_evidence"),
    path(f"{_here}<int:pk>/", evidence.evidence_statement, name="evidence_statement"),
    path(f"{_here}<int:pk>/change/", evidence.change_evidence, name="change_evidence"),
    path(f"{_here}<int:pk>/remove/", evidence.remove_evidence, name="remove_evidence"),
    path(f"{_here}<int:pk>/use/", evidence.use_evidence, name="use_evidence"),
    path(f"{_here}<int:pk>/show/", evidence.show_evidence, name="show_evidence"),
]
