"""Addresses of the phones at a workshop."""

from django.urls import path

from planning.views import phones

urlpatterns = [
    path("workshops/<int:pk>/", phones.workshop_phone, name="workshop_phone"),
    path("workshops/<int:pk>/news/", phones.workshop_phone_news, name="workshop_phone_news"),
    path("workshops/<int:pk>/votes/<int:ballot>/", phones.cast_vote, name="cast_vote"),
]
