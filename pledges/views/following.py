"""Follow something, or no longer; and the list of what one follows."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnerships.models import Organisation
from partnerships.views.loading import visible_partnership
from pledges import following
from pledges.domains import domains_of
from pledges.models import Follow
from pledges.tables import FollowTable
from pledges.views.loading import visible_action

NOW_FOLLOWED = (
    "You follow {name} now. What moves there comes by e-mail, once a week at most: see “Reminders” "
    "in your account."
)


@require_POST
def follow_action(request, slug, number):
    """Hear how an action goes, or no longer."""
    found = visible_action(request, slug, number)
    _follow(request, found.partnership, f"action {found.number}", action=found)
    return _back(request, found.get_absolute_url())


@require_POST
def follow_organisation(request, slug, pk):
    """Hear how an organisation's plan goes, or no longer."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("partnership"),
        partnership__slug=slug,
        pk=pk,
    )
    partnership = organisation.partnership
    _follow(request, partnership, str(organisation), organisation=organisation)
    return _back(request, reverse("pledge", args=[slug, pk]))


@require_POST
def follow_domain(request, slug, pk):
    """Hear how everything goes that serves a domain, or no longer."""
    partnership = visible_partnership(request, slug)
    domain = get_object_or_404(domains_of(partnership), pk=pk)
    _follow(request, partnership, f"domain {domain.number}", domain=domain)
    return _back(request, reverse("register", args=[slug], query={"domain": pk}))


def _follow(request, partnership, name, **thing):
    if request.POST.get("follow") not in {"yes", "no"}:
        raise Http404
    if request.POST["follow"] == "yes":
        following.follow(by=request.user, partnership=partnership, **thing)
        messages.success(request, NOW_FOLLOWED.format(name=name))
    else:
        following.unfollow(by=request.user, partnership=partnership, **thing)
        messages.success(request, f"You no longer follow {name}.")


def _back(request, page):
    """To the page of the thing, or to the list, wherever the button stood."""
    return redirect("following" if request.POST.get("from") == "list" else page)


@require_safe
def what_you_follow(request):
    """All that one follows, each with a button that ends it."""
    follows = Follow.objects.visible_to(request.user).with_names().by_thing()
    return render(request, "pledges/following.html", {"table": FollowTable(follows).show(request)})
