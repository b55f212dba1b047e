"""The versions of a standard: all of them, each as it was, and what differs between two."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.events import Position
from partnerships.telling import turning
from practice import history, permissions
from practice.models import VersionState
from practice.version_tables import VersionTable
from practice.versions import differences, standing_of
from practice.views.loading import visible_standard
from rpcportal.kit.tables import page_number


@require_safe
def standard_versions(request, slug, pk):
    """All versions of a standard, the newest first."""
    partnership, standard = visible_standard(request, slug, pk)
    versions = list(standard.versions.order_by("-number"))
    standing = standing_of(versions, timezone.localdate(), standard.withdrawn_on)
    table = VersionTable(
        versions, standing=standing, address_of=lambda version: _address(partnership, version)
    )
    context = {
        "partnership": partnership,
        "standard": standard,
        "versions": versions,
        "table": table.show(request),
    }
    return render(request, "practice/standard_versions.html", context)


def _address(partnership, version):
    return f"{version.number}/"


@require_safe
def standard_version(request, slug, pk, number):
    """One version, with all that belongs to it, as it was."""
    partnership, standard = visible_standard(request, slug, pk)
    version = get_object_or_404(standard.versions.with_everything(), number=number)
    versions = standard.versions.order_by("number")
    standing = standing_of(versions, timezone.localdate(), standard.withdrawn_on)
    context = {
        "partnership": partnership,
        "standard": standard,
        "version": version,
        "is_draft": version.state == VersionState.DRAFT,
        "is_in_force": version == standing.in_force,
        "in_force": standing.in_force,
        "before": number - 1 if any(each.number == number - 1 for each in versions) else None,
    }
    return render(request, "practice/standard_version.html", context)


@require_safe
def compare_versions(request, slug, pk):
    """What differs between two versions, word by word; the two newest, unless others are asked
    for.
    """
    partnership, standard = visible_standard(request, slug, pk)
    versions = list(standard.versions.order_by("number"))
    newest = versions[-1]
    by_number = {each.number: each for each in versions}
    after = by_number.get(page_number(request.GET.get("after")) if "after" in request.GET else 0)
    after = after or newest
    before = by_number.get(page_number(request.GET.get("before")) if "before" in request.GET else 0)
    before = before or by_number.get(after.number - 1) or versions[0]
    both = standard.versions.with_everything().in_bulk([before.pk, after.pk])
    context = {
        "partnership": partnership,
        "standard": standard,
        "versions": versions,
        "before": before,
        "after": after,
        "differences": differences(both[before.pk], both[after.pk]),
    }
    return render(request, "practice/compare_versions.html", context)


@require_safe
def standard_history(request, slug, pk):
    """What was changed in a standard and in its versions, by whom and when."""
    partnership, standard = visible_standard(request, slug, pk)
    page, told = history.standard_history(standard, Position.parse(request.GET.get("older")))
    newest_url, older_url = turning(request.GET, page.older)
    context = {
        "partnership": partnership,
        "standard": standard,
        "newest": standard.versions.order_by("-number").first(),
        "told": told,
        "newest_url": newest_url,
        "older_url": older_url,
        "refusal": permissions.library_refusal(request.user, partnership, standard),
    }
    return render(request, "practice/standard_history.html", context)
