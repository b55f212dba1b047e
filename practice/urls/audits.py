"""Addresses of audits."""

from django.urls import path

from practice.views import audit_files, audits

_all = "partnerships/<slug:slug>/practice/audits/"
_here = f"{_all}<int:pk>/"
urlpatterns = [
    path(_all, audits.audits, name="audits"),
    path(f"{_all}new/", audits.start_audit, name="start_audit"),
    path(f"{_all}over-time/", audits.audit_results, name="audit_results"),
    path(_here, audits.audit, name="audit"),
    path(f"{_here}change/", audits.change_audit, name="change_audit"),
    path(f"{_here}measures/", audits.audit_measures, name="audit_measures"),
    path(f"{_here}files/<int:number>/", audit_files.audit_file, name="audit_file"),
    path(f"{_here}overview/", audits.audit_grid, name="audit_grid"),
    path(f"{_here}finish/", audits.finish_audit, name="finish_audit"),
    path(f"{_here}remove/", audits.remove_audit, name="remove_audit"),
    path(f"{_here}gaps/<int:asked>/action/", audit_files.gap_action, name="gap_action"),
    path(f"{_here}audit.xlsx", audit_files.xlsx, name="audit_xlsx"),
    path(f"{_here}results.csv", audit_files.results_csv, name="audit_results_csv"),
    path(f"{_here}findings.csv", audit_files.findings_csv, name="audit_findings_csv"),
]
