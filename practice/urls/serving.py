"""Addresses of what serves a standard, and of the training map."""

from django.urls import path

from practice.views import serving, training_map

_here = "partnerships/<slug:slug>/practice"
_map = f"{_here}/training-map"
urlpatterns = [
    path(f"{_here}/standards/<int:pk>/serving/", serving.link_to_standard, name="link_to_standard"),
    path(
        f"{_here}/actions/<int:number>/standards/",
        serving.action_standards,
        name="action_standards",
    ),
    path(f"{_here}/pledges/<int:pk>/standards/", serving.pledge_standards, name="pledge_standards"),
    path(f"{_here}/serving/<int:pk>/remove/", serving.stop_serving, name="stop_serving"),
    path(f"{_map}/", training_map.training_map, name="training_map"),
    path(f"{_map}.csv", training_map.training_map_csv, name="training_map_csv"),
    path(f"{_map}/new/", training_map.add_need, name="add_course_need"),
    path(f"{_map}/<int:pk>/", training_map.change_need, name="change_course_need"),
    path(f"{_map}/<int:pk>/remove/", training_map.remove_need, name="remove_course_need"),
]
