"""Addresses of what people follow."""

from django.urls import path

from pledges.urls.base import HERE
from pledges.views import following

urlpatterns = [
    path(f"{HERE}/actions/<int:number>/follow/", following.follow_action, name="follow_action"),
    path(
        f"{HERE}/pledges/<int:pk>/follow/",
        following.follow_organisation,
        name="follow_organisation",
    ),
    path(f"{HERE}/domains/<int:pk>/follow/", following.follow_domain, name="follow_domain"),
    path("your-account/following/", following.what_you_follow, name="following"),
]
