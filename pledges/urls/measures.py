"""Addresses of measures and their readings."""

from django.urls import path

from pledges.urls.base import HERE
from pledges.views import measures

ONE = f"{HERE}/measures/<int:pk>"

urlpatterns = [
    path(f"{HERE}/measures/", measures.measures, name="measures"),
    path(f"{HERE}/measures.xlsx", measures.measures_xlsx, name="measures_xlsx"),
    path(f"{HERE}/measures.csv", measures.measures_csv, name="measures_csv"),
    path(f"{HERE}/measures/new/", measures.add_measure, name="add_measure"),
    path(f"{ONE}/", measures.measure, name="measure"),
    path(f"{ONE}/change/", measures.change_measure, name="change_measure"),
    path(f"{ONE}/end/", measures.end_measure, name="end_measure"),
    path(f"{ONE}/history/", measures.measure_history, name="measure_history"),
    path(f"{ONE}/readings/new/", measures.record_reading, name="record_reading"),
    path(f"{ONE}/readings/<int:reading>/", measures.correct_reading, name="correct_reading"),
    path(f"{ONE}/readings/<int:reading>/rating/", measures.rate_reading, name="rate_reading"),
    path(f"{ONE}/readings/<int:reading>/remove/", measures.remove_reading, name="remove_reading"),
]
