"""Addresses of commitments."""

from django.urls import path

from practice.views import commitments

_here = "partnerships/<slug:slug>/practice/commitments/"
urlpatterns = [
    path(_here, commitments.commitments, name="commitments"),
    path(f"{_here}read/", commitments.commit, name="commit"),
    path(f"{_here}yours/", commitments.your_commitments, name="your_commitments"),
    path(f"{_here}who/", commitments.who_committed, name="who_committed"),
    *(
        path(f"{_here}{where}.{kind}", view, {"kind": kind}, name=f"{name}_{kind}")
        for kind in ("csv", "xlsx")
        for where, name, view in (
            ("yours", "your_commitments", commitments.your_commitments_file),
            ("all", "commitments", commitments.commitments_file),
        )
    ),
]
