"""What e-mails lead to: an update without signing in, and how often there is one."""

import pghistory
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pledges import links
from pledges.calendar import calendar_of, key_of, new_address, owner_of
from pledges.forms import UpdateForm
from pledges.permissions import write_refusal
from pledges.reminder_form import ReminderForm
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


@login_not_required
@page_methods
def update_by_link(request, token):
    """One update on one action, by whom the link was sent to. Looking changes nothing."""
    opened = links.opened(token)
    if opened is None:
        return render(request, "pledges/link_closed.html", status=404)
    context = {"action": opened.action, "person": opened.user}
    if opened.used:
        return render(request, "pledges/link_used.html", context | {"update": opened.used})
    if refusal := write_refusal(opened.user, opened.action.organisation):
        return render(request, "pledges/link_closed.html", {"refusal": refusal}, status=403)
    form = UpdateForm(
        request.POST or None, action=opened.action, user=opened.user, link_key=opened.request_key
    )
    if request.method == "POST":
        # Whoever else is signed in here: the update is that of the link's person.
        with pghistory.context(user=opened.user.pk):
            if form.is_valid() and saved(form):
                return redirect("update_by_link", token)
    return render(request, "pledges/update_by_link.html", context | {"form": form})


@page_methods
def your_reminders(request):
    """How often one hears of one's actions, and where a calendar finds them."""
    form = ReminderForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your choice is saved.")
        return redirect("your_account")
    key = key_of(request.user)
    path = key and reverse("calendar", args=[key])
    context = {"form": form, "calendar": path and request.build_absolute_uri(path)}
    return render(request, "pledges/your_reminders.html", context)


@require_POST
def new_calendar(request):
    """Make an address for one's calendar; the one before stops working."""
    new_address(request.user)
    messages.success(request, "The address of your calendar is below.")
    return redirect("your_reminders")


@login_not_required
@require_safe
def calendar(request, key):
    """The due dates, for a calendar program: whoever holds the address."""
    owner = owner_of(key)
    if owner is None:
        raise Http404
    return HttpResponse(calendar_of(owner), content_type="text/calendar; charset=utf-8")
