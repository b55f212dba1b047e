"""Addresses of practice models, their parts and standards."""

from django.urls import path

from practice.views import model_parts, practice_models, standards

_here = "partnerships/<slug:slug>/practice/"
urlpatterns = [
    path(f"{_here}models/new/", practice_models.add_model, name="add_model"),
    path(f"{_here}models/<int:pk>/", practice_models.practice_model, name="practice_model"),
    path(f"{_here}models/<int:pk>/take-on/", practice_models.take_on_model, name="take_on_model"),
    path(f"{_here}models/<int:pk>/change/", practice_models.change_model, name="change_model"),
    path(f"{_here}models/<int:pk>/retire/", practice_models.retire_model, name="retire_model"),
    path(f"{_here}models/<int:pk>/history/", practice_models.model_history, name="model_history"),
    path(f"{_here}models/<int:pk>/parts/", model_parts.model_parts, name="model_parts"),
    path(f"{_here}models/<int:pk>/parts/new/<slug:kind>/", model_parts.add_part, name="add_part"),
    path(f"{_here}parts/<int:pk>/change/", model_parts.change_part, name="change_part"),
    path(f"{_here}parts/<int:pk>/move/", model_parts.move_part, name="move_part"),
    path(f"{_here}parts/<int:pk>/remove/", model_parts.remove_part, name="remove_part"),
    path(f"{_here}pillars/<int:pk>/", standards.pillar, name="pillar"),
    path(f"{_here}standards/<int:pk>/", standards.standard, name="standard"),
]
