"""Addresses of frameworks and sheets."""

from django.urls import path

from planning.views import assessments, domains, history, sheets

urlpatterns = [
    path("partnerships/<slug:slug>/assessments/new/", assessments.start, name="start_assessment"),
    path("planning/tools/<slug:slug>/", assessments.framework, name="framework"),
    path("planning/<int:pk>/", assessments.assessment, name="assessment"),
    path("planning/<int:pk>/details/", assessments.details, name="assessment_details"),
    path("planning/<int:pk>/profile/", assessments.profile, name="profile"),
    path("planning/<int:pk>/domains/<int:number>/", domains.domain, name="domain"),
    path(
        "planning/<int:pk>/domains/<int:number>/texts/<int:text>/settle/",
        domains.settle,
        name="settle",
    ),
    path(
        "planning/<int:pk>/domains/<int:number>/references/<uuid:key>/remove/",
        domains.remove_reference,
        name="remove_reference",
    ),
    path(
        "planning/<int:pk>/domains/<int:number>/actions/<uuid:key>/remove/",
        domains.remove_action,
        name="remove_action",
    ),
    path(
        "planning/<int:pk>/domains/<int:number>/responsible/",
        domains.responsible,
        name="responsible",
    ),
    path("planning/<int:pk>/domains/<int:number>/history/", history.entry, name="entry_history"),
    path(
        "planning/<int:pk>/domains/<int:number>/history/restore/",
        history.restore_in_entry,
        name="restore_in_entry",
    ),
    path("planning/<int:pk>/actions/<uuid:key>/history/", history.action, name="action_history"),
    path(
        "planning/<int:pk>/actions/<uuid:key>/history/restore/",
        history.restore_in_action,
        name="restore_in_action",
    ),
    path("planning/<int:pk>/history/", history.assessment, name="assessment_history"),
    path("planning/<int:pk>/sheet/", sheets.sheet, name="sheet"),
    path("planning/<int:pk>/sheet.pdf", sheets.pdf, name="sheet_pdf"),
    path("planning/<int:pk>/agree/", sheets.agree, name="agree"),
    path("planning/<int:pk>/reopen/", sheets.reopen, name="reopen"),
]
