"""Resources: found, read, added, changed, removed, used, and their files."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from pledges.domains import domains_of
from practice import permissions, resource_pages, resources
from practice.models import Resource
from practice.resource_forms import (
    AddResourceForm,
    ChangeResourceForm,
    FileForm,
    FindResourcesForm,
)
from practice.resource_tables import ResourceTable
from practice.views.loading import visible_in_library
from rpcportal.kit.downloads import streamed_response
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods
from rpcportal.kit.previews import previews_of, wants_preview


def _visible(request, slug, pk):
    """The partnership, and a resource that its library holds, with what its file is called."""
    found = Resource.objects.with_file().select_related("partnership", "owner", "file")
    return visible_in_library(request, slug, found, pk)


@require_safe
def resource_list(request, slug):
    """All resources of a library, or those that somebody looks for."""
    partnership, today = visible_partnership(request, slug), timezone.localdate()
    shown = Resource.objects.standing_in(partnership)
    form = FindResourcesForm(request.GET, shown=shown, domains=domains_of(partnership).distinct())
    found = form.found(today).with_file().own_first()

    def address_of(resource):
        return reverse("resource", args=[slug, resource.pk])

    context = {
        "partnership": partnership,
        "form": form,
        "table": ResourceTable(found, address_of=address_of, today=today).show(request),
        "write_refusal": permissions.library_refusal(request.user, partnership),
    }
    return render(request, "practice/resources.html", context)


@require_safe
def resource(request, slug, pk):
    """One resource, and what can be done with it."""
    partnership, found = _visible(request, slug, pk)
    context = {
        "partnership": partnership,
        "resource": found,
        "page": resource_pages.page_of(partnership, found, timezone.localdate()),
        "write_refusal": permissions.library_refusal(request.user, partnership),
    }
    return render(request, "practice/resource.html", context)


@page_methods
def add_resource(request, slug):
    """Put a resource of the partnership's own into its library."""
    partnership = visible_partnership(request, slug)
    check(permissions.library_refusal, request.user, partnership)
    form = AddResourceForm(request.POST or None, partnership=partnership, user=request.user)
    return _written(request, partnership, form)


@page_methods
@words_come_back(Resource, "resources")
def change_resource(request, slug, pk):
    """Write a resource anew."""
    partnership, found = _visible(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, found)
    form = ChangeResourceForm(request.POST or None, resource=found, user=request.user)
    return _written(request, partnership, form, found)


def _written(request, partnership, form, found=None):
    previews = ()
    if wants_preview(request):
        previews = previews_of(form, "what")
    elif request.method == "POST" and form.is_valid() and (written := saved(form)):
        messages.success(request, "The resource is in your library.")
        if "then" in request.POST:
            return redirect("put_resource_file", partnership.slug, written.pk)
        return redirect(written)
    context = {"partnership": partnership, "resource": found, "form": form, "previews": previews}
    return render(request, "practice/write_resource.html", context)


@page_methods
@twice_is_once(Resource, "resources")
def remove_resource(request, slug, pk):
    """Ask first; then take a resource out of the library."""
    partnership, found = _visible(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, found)
    if request.method == "POST":
        resources.remove_resource(resource=found, by=request.user)
        messages.success(request, "The resource is removed.")
        return redirect("resources", slug)
    context = {"partnership": partnership, "resource": found}
    return render(request, "practice/remove_resource.html", context)


@require_POST
def use_resource(request, slug, pk):
    """Copy a resource that came with the portal into the partnership's own."""
    partnership, found = _visible(request, slug, pk)
    if not found.is_starter:
        return redirect(found)
    copy = resources.use_starter(partnership=partnership, starter=found, by=request.user)
    messages.success(request, "The resource is one of your own now. You can change it.")
    return redirect(copy)


# --- Its file -----------------------------------------------------------------------------------


@require_safe
def resource_file(request, slug, pk):
    """The file, to keep."""
    _, found = _visible(request, slug, pk)
    file = getattr(found, "file", None)
    if file is None:
        raise Http404
    return streamed_response(
        request,
        lambda: resource_pages.pieces_of(file),
        file.name,
        file.content_type,
        file.size,
    )


@page_methods
@words_come_back(Resource, "resources")
def put_resource_file(request, slug, pk):
    """Choose a file, in place of the one that is there."""
    partnership, found = _visible(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, found)
    form = FileForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        resource=found,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The file is in your library.")
        return redirect(found)
    context = {"partnership": partnership, "resource": found, "form": form}
    return render(request, "practice/put_resource_file.html", context)


@page_methods
@twice_is_once(Resource, "resources")
def remove_resource_file(request, slug, pk):
    """Ask first; then take the file away. The same click twice is once."""
    partnership, found = _visible(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, found)
    if request.method == "POST":
        resources.remove_file(resource=found, by=request.user)
        messages.success(request, "The file is removed. The resource is still here.")
        return redirect(found)
    if getattr(found, "file", None) is None:
        return redirect(found)
    context = {"partnership": partnership, "resource": found}
    return render(request, "practice/remove_resource_file.html", context)
