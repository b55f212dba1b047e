"""Addresses of people and organisations."""

from django.urls import path

from partnerships import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("set-password/<uidb64>/<token>/", views.SetPassword.as_view(), name="set_password"),
    path("partnerships/<slug:slug>/people/", views.people, name="people"),
]
