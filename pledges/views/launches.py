"""Launches: the list, one launch, and what the projector shows."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnerships.door_forms import HoursForm
from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.rooms import room_news
from pledges import launching
from pledges.launch_forms import ChangeLaunchForm, PlanLaunchForm
from pledges.launch_pages import launch_page, launches_page, room_page
from pledges.models import Launch
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


def visible_launch(request, slug, pk):
    """One launch; 404 outside."""
    return get_object_or_404(
        Launch.objects.visible_to(request.user).with_names(), partnership__slug=slug, pk=pk
    )


def run_launch(request, slug, pk):
    """One launch, for those who may run it; 403 for the others."""
    launch = visible_launch(request, slug, pk)
    check(launching.launch_refusal, request.user, launch.partnership)
    return launch


@require_safe
def launches(request, slug):
    """The launches of a partnership."""
    partnership = visible_partnership(request, slug)
    return render(request, "pledges/launches.html", launches_page(partnership, request))


@page_methods
def add_launch(request, slug):
    """Plan a launch."""
    partnership = visible_partnership(request, slug)
    check(launching.launch_refusal, request.user, partnership)
    form = PlanLaunchForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and (launch := saved(form)):
        messages.success(request, "The launch is planned.")
        return redirect(launch)
    return render(request, "pledges/launch_add.html", {"partnership": partnership, "form": form})


@require_safe
def launch(request, slug, pk):
    """One launch: what to do next, and what was written there."""
    found = visible_launch(request, slug, pk)
    return render(request, "pledges/launch.html", launch_page(found, request))


@page_methods
def change_launch(request, slug, pk):
    """Give a launch another name, day or place."""
    found = run_launch(request, slug, pk)
    form = ChangeLaunchForm(request.POST or None, launch=found, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The launch is saved.")
        return redirect(found)
    context = {"partnership": found.partnership, "launch": found, "form": form}
    return render(request, "pledges/launch_change.html", context)


@require_POST
def open_launch(request, slug, pk):
    """Let phones in."""
    return _for_hours(request, slug, pk, launching.open_launch, "The launch is open.")


@require_POST
def extend_launch(request, slug, pk):
    """Keep it open longer."""
    return _for_hours(request, slug, pk, launching.extend_launch, "The launch stays open.")


def _for_hours(request, slug, pk, verb, done):
    found = run_launch(request, slug, pk)
    form = HoursForm(request.POST, verb=partial(verb, launch=found, by=request.user))
    if form.is_valid() and saved(form):
        messages.success(request, done)
        return redirect(found)
    return render(request, "pledges/launch.html", launch_page(found, request, form))


@require_POST
def close_launch(request, slug, pk):
    """Let no more phones in."""
    found = run_launch(request, slug, pk)
    launching.close_launch(launch=found, by=request.user)
    messages.success(request, "The launch is closed. Its notes wait to be confirmed.")
    return redirect(found)


# --- What the projector shows -------------------------------------------------------------------


@require_safe
def launch_screen(request, slug, pk):
    """The code to join with, to be read from the back of the room."""
    found = visible_launch(request, slug, pk)
    return render(request, "pledges/launch_screen.html", room_page(found, request))


@require_safe
def launch_wall(request, slug, pk):
    """The notes, as they come."""
    found = visible_launch(request, slug, pk)
    return render(request, "pledges/launch_wall.html", room_page(found, request))


@require_safe
def launch_screen_news(request, slug, pk):
    """What changed on the screen, for its script; nothing when nothing did."""
    found = visible_launch(request, slug, pk)
    return room_news(request, found, "pledges/launch_screen_news.html", room_page)


@require_safe
def launch_wall_news(request, slug, pk):
    """What changed on the wall, for its script; nothing when nothing did."""
    found = visible_launch(request, slug, pk)
    return room_news(request, found, "pledges/launch_wall_news.html", room_page)
