"""The demo's post: e-mails that nobody sends, to be read on a page.

Whoever opens it can sign in as anybody, with the codes and links that it shows. So it has an
address only where settings.DEMO_POST says that this is no real portal.
"""

import re

import django_tables2 as tables
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.models import OutgoingMail
from rpcportal.kit.tables import ON_ONE_LINE, PortalTable

# A sentence's full stop is no part of the link before it.
LINK = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)\]])")


class MailTable(PortalTable):
    """What would have been sent, newest first."""

    things = "e-mails"
    widest_fitting = 2
    row_header = "subject"
    empty_text = "No e-mail has been written yet."
    created_at = tables.Column(verbose_name="Written", attrs=ON_ONE_LINE)
    to = tables.Column(verbose_name="To")
    subject = tables.Column(
        linkify=lambda record: reverse("demo_mail", args=[record.pk]),
        attrs={"a": {"class": "govuk-link"}},
    )

    class Meta:
        model = OutgoingMail
        fields = ["subject", "to", "created_at"]

    def render_created_at(self, value):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"


@login_not_required
@require_safe
def mails(request):
    """Every e-mail, newest first."""
    table = MailTable(OutgoingMail.objects.to_be_read()).show(request)
    return render(request, "demo_mails.html", {"table": table})


@login_not_required
@require_safe
def mail(request, pk):
    """One e-mail; its links can be followed."""
    found = get_object_or_404(OutgoingMail.objects.to_be_read(), pk=pk)
    return render(request, "demo_mail.html", {"mail": found, "pieces": pieces_of(found.body)})


def pieces_of(body):
    """A text in pieces, for printing: (text, whether it is a link)."""
    pieces = enumerate(LINK.split(body))
    return [(text, bool(number % 2)) for number, text in pieces if text]


urlpatterns = [
    path("demo/mail/", mails, name="demo_mails"),
    path("demo/mail/<int:pk>/", mail, name="demo_mail"),
]
