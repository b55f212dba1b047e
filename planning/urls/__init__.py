"""Addresses of the planning tool, but for those of phones, which stand first (rpcportal/urls)."""

from planning.urls import (
    ballots,
    closing,
    pack,
    prework,
    room,
    sheets,
    tables,
    workshops,
)

urlpatterns = [
    *sheets.urlpatterns,
    *workshops.urlpatterns,
    *pack.urlpatterns,
    *prework.urlpatterns,
    *room.urlpatterns,
    *ballots.urlpatterns,
    *tables.urlpatterns,
    *closing.urlpatterns,
]
