"""What serves a standard: linked from the standard, from an action, from a pledge."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once
from pledges.views.loading import visible_action, visible_pledge
from practice import permissions, serving
from practice.models import StandardServed
from practice.serving_form import ServedByForm, ServeForm, ServingSearchForm
from practice.views.loading import visible_standard
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


@page_methods
def link_to_standard(request, slug, pk):
    """Choose actions and pledges that serve a standard."""
    partnership, standard = visible_standard(request, slug, pk)
    check(permissions.link_refusal, request.user, partnership, standard)
    search = ServingSearchForm(request.GET)
    form = ServedByForm(
        request.POST or None, standard=standard, user=request.user, words=search.asked()
    )
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "It stands under what serves the standard.")
        return redirect(f"{standard.get_absolute_url()}#serving")
    context = {
        "partnership": partnership,
        "back": standard.get_absolute_url(),
        "search": search,
        "form": form,
        "words": serving.words_of(standard),
    }
    return render(request, "practice/link_to_standard.html", context)


@page_methods
def action_standards(request, slug, number):
    """Choose standards that an action serves."""
    return _standards_of(request, visible_action(request, slug, number))


@page_methods
def pledge_standards(request, slug, pk):
    """Choose standards that the pledge of an organisation (its number) serves."""
    return _standards_of(request, visible_pledge(request, slug, pk))


def _standards_of(request, thing):
    check(permissions.serve_refusal, request.user, thing)
    search = ServingSearchForm(request.GET)
    form = ServeForm(request.POST or None, thing=thing, user=request.user, words=search.asked())
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The standards are linked.")
        return redirect(f"{thing.get_absolute_url()}#standards")
    context = {
        "partnership": thing.partnership,
        "back": thing.get_absolute_url(),
        "search": search,
        "form": form,
        "words": thing,
    }
    return render(request, "practice/link_standards.html", context)


@require_POST
@twice_is_once(StandardServed, "library", within="standard__partnership")
def stop_serving(request, slug, pk):
    """Take a link between a standard and what serves it away."""
    partnership = visible_partnership(request, slug)
    link = get_object_or_404(serving.links_in(partnership), pk=pk)
    serving.stop_serving(link=link, by=request.user)
    messages.success(request, "The link is removed.")
    if request.POST.get("from") == "standard":
        return redirect(f"{link.standard.get_absolute_url()}#serving")
    return redirect(f"{(link.action or link.pledge).get_absolute_url()}#standards")
