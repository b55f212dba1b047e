"""Addresses of reflections and of the questions that they answer."""

from django.urls import path

from practice.views import reflections

_here = "partnerships/<slug:slug>/practice/reflections/"
_one = f"{_here}<int:pk>/"
_sets = "partnerships/<slug:slug>/practice/questions/"
_set = f"{_sets}<int:pk>/"
urlpatterns = [
    path(_here, reflections.reflections, name="reflections"),
    path(_one, reflections.reflection, name="reflection"),
    path(f"{_one}change/", reflections.change_reflection, name="change_reflection"),
    path(f"{_one}share/", reflections.share_reflection, name="share_reflection"),
    path(f"{_one}remove/", reflections.remove_reflection, name="remove_reflection"),
    path(f"{_sets}new/", reflections.add_question_set, name="add_question_set"),
    path(_set, reflections.question_set, name="question_set"),
    path(f"{_set}answer/", reflections.answer_questions, name="answer_questions"),
    path(f"{_set}change/", reflections.change_question_set, name="change_question_set"),
    path(f"{_set}retire/", reflections.retire_question_set, name="retire_question_set"),
]
