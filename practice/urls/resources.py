"""Addresses of resources, their files, definitions and the language guide."""

from django.urls import path

from practice.views import resources, words

_practice = "partnerships/<slug:slug>/practice/"
_resources = f"{_practice}resources/"
_resource = f"{_resources}<int:pk>/"
_words = f"{_practice}words/"
_definitions = f"{_practice}definitions/"
urlpatterns = [
    path(_resources, resources.resource_list, name="resources"),
    path(f"{_resources}new/", resources.add_resource, name="add_resource"),
    path(_resource, resources.resource, name="resource"),
    path(f"{_resource}change/", resources.change_resource, name="change_resource"),
    path(f"{_resource}remove/", resources.remove_resource, name="remove_resource"),
    path(f"{_resource}use/", resources.use_resource, name="use_resource"),
    path(f"{_resource}file/", resources.resource_file, name="resource_file"),
    path(f"{_resource}file/choose/", resources.put_resource_file, name="put_resource_file"),
    path(f"{_resource}file/remove/", resources.remove_resource_file, name="remove_resource_file"),
    path(_words, words.word_list, name="words"),
    path(f"{_definitions}new/", words.add_definition, name="add_definition"),
    path(f"{_definitions}<int:pk>/", words.definition, name="definition"),
    path(f"{_definitions}<int:pk>/change/", words.change_definition, name="change_definition"),
    path(f"{_definitions}<int:pk>/remove/", words.remove_definition, name="remove_definition"),
    path(f"{_definitions}<int:pk>/use/", words.use_definition, name="use_definition"),
    path(f"{_words}new/", words.add_preferred_word, name="add_preferred_word"),
    path(f"{_words}<int:pk>/", words.preferred_word, name="preferred_word"),
    path(f"{_words}<int:pk>/change/", words.change_preferred_word, name="change_preferred_word"),
    path(f"{_words}<int:pk>/remove/", words.remove_preferred_word, name="remove_preferred_word"),
    path(f"{_words}<int:pk>/use/", words.use_preferred_word, name="use_preferred_word"),
]
