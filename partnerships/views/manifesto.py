"""What the partnership stands for: its vision, its manifesto, and the words that partners sign."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnerships.manifesto_form import ManifestoForm
from partnerships.manifestos import manifesto_refusal, versions_of
from partnerships.models import Manifesto
from partnerships.views.loading import visible_partnership
from rpcportal.kit.methods import page_methods
from rpcportal.kit.rich_text import render as as_html


@require_safe
def manifesto(request, slug):
    """The version that counts today, and a way to the earlier ones."""
    partnership = visible_partnership(request, slug)
    versions = versions_of(partnership)
    return _page(request, partnership, versions[0] if versions else None, versions)


@require_safe
def manifesto_version(request, slug, number):
    """One version, as it was signed."""
    partnership = visible_partnership(request, slug)
    version = get_object_or_404(
        Manifesto.objects.visible_to(request.user), partnership=partnership, number=number
    )
    return _page(request, partnership, version, versions_of(partnership))


def _page(request, partnership, version, versions):
    context = {
        "partnership": partnership,
        "version": version,
        "is_newest": version is None or version == versions[0],
        "body": as_html(version.body) if version else "",
        "versions": versions,
        "refusal": manifesto_refusal(request.user, partnership),
    }
    return render(request, "partnerships/manifesto.html", context)


@page_methods
def change_manifesto(request, slug):
    """Write the next version, look at it, publish it."""
    partnership = visible_partnership(request, slug)
    if refusal := manifesto_refusal(request.user, partnership):
        raise PermissionDenied(refusal)
    form = ManifestoForm(request.POST or None, partnership=partnership, user=request.user)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = as_html(form.cleaned_data["body"])
        elif published := form.save():
            messages.success(request, f"Version {published.number} of the manifesto counts now.")
            return redirect("manifesto", slug)
    theirs = as_html(form.theirs.body) if form.theirs else ""
    context = {"partnership": partnership, "form": form, "preview": preview, "theirs": theirs}
    return render(request, "partnerships/change_manifesto.html", context)
