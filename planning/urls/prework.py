"""Addresses of scoring before a workshop."""

from django.urls import path

from planning.views import papers, prework

OF_WORKSHOP = "planning/<int:pk>/workshops/<int:workshop>/beforehand"

urlpatterns = [
    # For people without an account: whoever has the link.
    path("prework/<uuid:key>/", papers.prework, name="prework"),
    path("prework/papers/<uuid:key>/", papers.paper, name="paper"),
    path("prework/papers/<uuid:key>/<int:number>/", papers.paper_domain, name="paper_domain"),
    # For those who run the workshop.
    path(f"{OF_WORKSHOP}/", prework.prework_report, name="prework_report"),
    path(f"{OF_WORKSHOP}.pdf", prework.prework_report_pdf, name="prework_report_pdf"),
    path(f"{OF_WORKSHOP}/send/", prework.send_prework, name="send_prework"),
    path(f"{OF_WORKSHOP}/end/", prework.end_prework, name="end_prework"),
    path(
        f"{OF_WORKSHOP}/remarks/<int:remark>/hide/",
        prework.hide_prework_remark,
        name="hide_prework_remark",
    ),
]
