"""Addresses of a workshop's printable pack."""

from django.urls import path

from planning.views import pack

PACK = "planning/<int:pk>/workshops/<int:workshop>/pack"

urlpatterns = [
    path(f"{PACK}/", pack.workshop_pack, name="workshop_pack"),
    path(f"{PACK}.pdf", pack.workshop_pack_pdf, name="workshop_pack_pdf"),
    path(f"{PACK}.docx", pack.workshop_pack_word, name="workshop_pack_word"),
    path(f"{PACK}/<slug:part>.pdf", pack.workshop_pack_part, name="workshop_pack_part"),
]
