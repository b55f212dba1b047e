"""Who is in a partnership, from where, and as what."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnerships import actions, handing_over
from partnerships.exports import people_workbook
from partnerships.models import Membership, Organisation
from partnerships.people_forms import (
    HandOverForm,
    MembershipForm,
    OrganisationForm,
    SettingsForm,
)
from partnerships.permissions import check_may, may, refusal_for
from partnerships.tables import OrganisationTable, PeopleTable, RolesTable, role_rows
from partnerships.views.loading import visible_partnership
from rpcportal.kit.downloads import EXCEL, file_response
from rpcportal.kit.methods import page_methods
from rpcportal.kit.roles import DESCRIPTIONS, Permission


@require_safe
def people(request, slug):
    """The organisations of a partnership, and who is in it with what role."""
    partnership = visible_partnership(request, slug)
    changes_settings = may(request.user, Permission.SETTINGS, partnership.pk)
    organisations = partnership.organisations.with_people_count()
    context = {
        "partnership": partnership,
        "organisations": OrganisationTable(
            organisations, prefix="o-", changeable=changes_settings
        ).show(request),
        "people": PeopleTable(partnership.memberships.with_names(), prefix="p-").show(request),
        "manages_people": may(request.user, Permission.MANAGE_PEOPLE, partnership.pk),
        "changes_settings": changes_settings,
    }
    return render(request, "partnerships/people.html", context)


@require_safe
def people_file(request, slug):
    """The people of a partnership as a spreadsheet, and a note of who took it."""
    partnership = visible_partnership(request, slug)
    check_may(request.user, Permission.MANAGE_PEOPLE, partnership.pk)
    if request.method == "GET":
        actions.record_download(what="The list of people", by=request.user, partnership=partnership)
    name = f"People of {partnership.name}.xlsx"
    return file_response(people_workbook(partnership), name, EXCEL)


def _visible_membership(request, slug, pk):
    return get_object_or_404(
        Membership.objects.visible_to(request.user).with_names(), partnership__slug=slug, pk=pk
    )


@require_safe
def person(request, slug, pk):
    """One member: their role, where they come from, and what can be done about it."""
    membership = _visible_membership(request, slug, pk)
    context = {
        "partnership": membership.partnership,
        "membership": membership,
        "change_refusal": refusal_for(
            request.user, Permission.MANAGE_PEOPLE, membership.partnership_id
        ),
        "hand_over_refusal": handing_over.hand_over_refusal(request.user, membership),
        "open_work": handing_over.open_work(membership.user, membership.partnership),
    }
    return render(request, "partnerships/person.html", context)


@page_methods
def change_membership(request, slug, pk):
    """Change a member's role, organisations and job title."""
    membership = _visible_membership(request, slug, pk)
    check_may(request.user, Permission.MANAGE_PEOPLE, membership.partnership_id)
    form = MembershipForm(request.POST or None, membership=membership, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except actions.LastCoordinator as error:
            form.add_error("role", str(error))
        else:
            messages.success(request, f"{membership.user} is changed.")
            return redirect("person", slug, pk)
    context = {"partnership": membership.partnership, "membership": membership, "form": form}
    return render(request, "partnerships/change_membership.html", context)


@page_methods
def hand_over(request, slug, pk):
    """Give a member's open work to a colleague."""
    membership = _visible_membership(request, slug, pk)
    if sentence := handing_over.hand_over_refusal(request.user, membership):
        raise PermissionDenied(sentence)
    form = HandOverForm(request.POST or None, membership=membership, user=request.user)
    if request.method == "POST" and form.is_valid():
        number = form.save()
        to = form.cleaned_data["to"].user
        pieces = "1 piece" if number == 1 else f"{number} pieces"
        messages.success(request, f"{to} has taken on {pieces} of work from {membership.user}.")
        return redirect("person", slug, pk)
    context = {
        "partnership": membership.partnership,
        "membership": membership,
        "open_work": handing_over.open_work(membership.user, membership.partnership),
        "form": form,
    }
    return render(request, "partnerships/hand_over.html", context)


@page_methods
def end_membership(request, slug, pk):
    """Ask once, then end a membership."""
    membership = _visible_membership(request, slug, pk)
    check_may(request.user, Permission.MANAGE_PEOPLE, membership.partnership_id)
    is_oneself = membership.user_id == request.user.pk
    problem = ""
    if request.method == "POST":
        try:
            actions.end_membership(membership=membership, by=request.user)
        except actions.LastCoordinator as error:
            problem = str(error)
        else:
            messages.success(request, f"{membership.user} has left {membership.partnership}.")
            return redirect("home") if is_oneself else redirect("people", slug)
    context = {
        "partnership": membership.partnership,
        "membership": membership,
        "open_work": handing_over.open_work(membership.user, membership.partnership),
        "problem": problem,
    }
    return render(request, "partnerships/end_membership.html", context)


def _partnership_to_set_up(request, slug):
    partnership = visible_partnership(request, slug)
    check_may(request.user, Permission.SETTINGS, partnership.pk)
    return partnership


@page_methods
def add_organisation(request, slug):
    """Add an organisation."""
    partnership = _partnership_to_set_up(request, slug)
    return _organisation(request, Organisation(partnership=partnership))


@page_methods
def change_organisation(request, slug, pk):
    """Give an organisation another name or sector."""
    partnership = _partnership_to_set_up(request, slug)
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user), partnership=partnership, pk=pk
    )
    return _organisation(request, organisation)


def _organisation(request, organisation):
    form = OrganisationForm(request.POST or None, organisation=organisation, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{organisation.name} is saved.")
        return redirect("people", organisation.partnership.slug)
    context = {"partnership": organisation.partnership, "organisation": organisation, "form": form}
    return render(request, "partnerships/organisation.html", context)


@page_methods
def settings(request, slug):
    """What the partnership asks of its coordinators."""
    partnership = _partnership_to_set_up(request, slug)
    sent = request.POST if request.method == "POST" else None  # no tick is an answer too
    form = SettingsForm(sent, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "The settings are saved.")
        return redirect("people", slug)
    return render(request, "partnerships/settings.html", {"partnership": partnership, "form": form})


@login_not_required
@require_safe
def roles(request):
    """The table of roles, for everyone to read."""
    context = {
        "table": RolesTable(role_rows()).show(request, per_page=100),
        "roles": [(role.label, words) for role, words in DESCRIPTIONS.items()],
    }
    return render(request, "partnerships/roles.html", context)
