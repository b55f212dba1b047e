"""Addresses of the library's documents."""

from django.urls import path

from practice.views import papers

_model = "partnerships/<slug:slug>/practice/models/<int:pk>/"
_pillar = "partnerships/<slug:slug>/practice/pillars/<int:pk>"
_version = "partnerships/<slug:slug>/practice/standards/<int:pk>/versions/<int:number>"
urlpatterns = [
    path(f"{_model}handbook/", papers.handbook, name="handbook"),
    path(f"{_model}handbook.pdf", papers.handbook_as_pdf, name="handbook_pdf"),
    path(f"{_model}handbook.docx", papers.handbook_as_word, name="handbook_word"),
    path(f"{_model}measures.csv", papers.measures_as_csv, name="practice_measures_csv"),
    path(f"{_model}poster/", papers.poster, name="poster"),
    path(f"{_model}poster.svg", papers.poster_as_svg, name="poster_svg"),
    path(f"{_model}poster.pdf", papers.poster_as_pdf, name="poster_pdf"),
    path(f"{_pillar}.pdf", papers.pillar_as_pdf, name="pillar_pdf"),
    path(f"{_pillar}.docx", papers.pillar_as_word, name="pillar_word"),
    path(f"{_version}.pdf", papers.standard_as_pdf, name="standard_pdf"),
    path(f"{_version}.docx", papers.standard_as_word, name="standard_word"),
]
