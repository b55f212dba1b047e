"""Addresses of this room."""

from pledges.urls import following, launches, measures, outreach, phones, plans

urlpatterns = [
    *plans.urlpatterns,
    *launches.urlpatterns,
    *phones.urlpatterns,
    *following.urlpatterns,
    *measures.urlpatterns,
    *outreach.urlpatterns,
]
