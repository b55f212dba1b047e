"""Addresses of the planning tool."""

from django.urls import path

from planning.views import assessments, domains, sheets

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
    path("planning/<int:pk>/sheet/", sheets.sheet, name="sheet"),
    path("planning/<int:pk>/sheet.pdf", sheets.pdf, name="sheet_pdf"),
    path("planning/<int:pk>/agree/", sheets.agree, name="agree"),
    path("planning/<int:pk>/reopen/", sheets.reopen, name="reopen"),
]
