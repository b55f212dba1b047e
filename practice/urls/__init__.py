"""Addresses of the practice library."""

from practice.urls import (
    audits,
    commitments,
    editing,
    evidence,
    library,
    models,
    papers,
    prompts,
    reflections,
    resources,
    serving,
)

urlpatterns = [
    *library.urlpatterns,
    *models.urlpatterns,
    *editing.urlpatterns,
    *resources.urlpatterns,
    *evidence.urlpatterns,
    *serving.urlpatterns,
    *commitments.urlpatterns,
    *reflections.urlpatterns,
    *audits.urlpatterns,
    *prompts.urlpatterns,
    *papers.urlpatterns,
]
