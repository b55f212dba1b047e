"""Addresses of board reports."""

from django.urls import path

from rpcportal.board_report import views

REPORTS = "partnerships/<slug:slug>/reports/"
urlpatterns = [
    path(REPORTS, views.board_reports, name="board_reports"),
    path(f"{REPORTS}add/", views.add_board_report, name="add_board_report"),
    path(f"{REPORTS}<int:pk>/", views.board_report, name="board_report"),
    path(f"{REPORTS}<int:pk>/finish/", views.finish_board_report, name="finish_board_report"),
    path(f"{REPORTS}<int:pk>/remove/", views.remove_board_report, name="remove_board_report"),
    path(f"{REPORTS}<int:pk>.pdf", views.board_report_pdf, name="board_report_pdf"),
    path(f"{REPORTS}<int:pk>.docx", views.board_report_word, name="board_report_word"),
]
