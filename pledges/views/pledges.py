"""The register of pledges, one organisation's pledge, and what is done about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnerships.models import Organisation
from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from pledges import permissions, pledging
from pledges.certificate import Certificate, certificate_pdf
from pledges.following import FollowButton
from pledges.pledge_forms import DetailsForm, DraftForm, SignForm, WithdrawForm
from pledges.pledge_pages import pledge_page, register_page
from pledges.starters import starters
from pledges.views.loading import visible_pledge
from rpcportal.kit.downloads import file_response
from rpcportal.kit.methods import page_methods


def _visible_organisation(request, slug, pk):
    return get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("partnership"),
        partnership__slug=slug,
        pk=pk,
    )


def _context(organisation, form):
    return {"partnership": organisation.partnership, "organisation": organisation, "form": form}


@require_safe
def pledges(request, slug):
    """Who has pledged, and who has not yet."""
    partnership = visible_partnership(request, slug)
    return render(request, "pledges/pledges.html", register_page(partnership, request))


@require_safe
def pledge(request, slug, pk):
    """One organisation's pledge, or that there is none."""
    organisation = _visible_organisation(request, slug, pk)
    context = pledge_page(organisation, request)
    context["follow"] = FollowButton.of_organisation(organisation, request.user)
    return render(request, "pledges/pledge.html", context)


@require_POST
def invite_to_pledge(request, slug, pk):
    """Ask an organisation to sign."""
    organisation = _visible_organisation(request, slug, pk)
    invited = pledging.invite_to_pledge(organisation=organisation, by=request.user)
    messages.success(request, f"{organisation} is invited to sign.")
    return redirect(invited)


@page_methods
def draft_pledge(request, slug, pk):
    """Prepare the words that somebody will sign."""
    organisation = _visible_organisation(request, slug, pk)
    check(pledging.draft_refusal, request.user, organisation)
    drafted = pledging.pledge_of(organisation)
    if drafted and drafted.status not in pledging.UNSIGNED:
        return redirect(drafted)
    form = DraftForm(
        request.POST or None, organisation=organisation, pledge=drafted, user=request.user
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The draft is saved.")
        return redirect("pledge", slug, pk)
    return render(request, "pledges/draft_pledge.html", _context(organisation, form))


@page_methods
def sign_pledge(request, slug, pk):
    """Sign for an organisation, or sign again."""
    organisation = _visible_organisation(request, slug, pk)
    check(permissions.sign_refusal, request.user, organisation)
    form = SignForm(
        request.POST or None,
        organisation=organisation,
        pledge=pledging.pledge_of(organisation),
        user=request.user,
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, f"The pledge of {organisation} is signed. Thank you.")
        return redirect("pledge", slug, pk)
    return render(request, "pledges/sign_pledge.html", _context(organisation, form))


@page_methods
def change_pledge(request, slug, pk):
    """Change the lead, the champion and the review of a pledge."""
    found = visible_pledge(request, slug, pk)
    check(permissions.sign_refusal, request.user, found.organisation)
    form = DetailsForm(
        request.POST or None, organisation=found.organisation, pledge=found, user=request.user
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The details are saved.")
        return redirect(found)
    return render(request, "pledges/change_pledge.html", _context(found.organisation, form))


@page_methods
def withdraw_pledge(request, slug, pk):
    """Take a pledge back, with a reason."""
    found = visible_pledge(request, slug, pk)
    check(permissions.sign_refusal, request.user, found.organisation)
    form = WithdrawForm(request.POST or None, pledge=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"The pledge of {found.organisation} is withdrawn.")
        return redirect(found)
    return render(request, "pledges/withdraw_pledge.html", _context(found.organisation, form))


def _certificate_of(found):
    certificate = Certificate.of(found)
    if certificate is None:
        raise Http404
    return certificate


@require_safe
def certificate(request, slug, pk):
    """The certificate as a page."""
    found = visible_pledge(request, slug, pk)
    context = {
        "partnership": found.partnership,
        "pledge": found,
        "certificate": _certificate_of(found),
    }
    return render(request, "pledges/certificate.html", context)


@require_safe
def certificate_file(request, slug, pk):
    """The certificate as a PDF."""
    found = _certificate_of(visible_pledge(request, slug, pk))
    return file_response(certificate_pdf(found), f"{found.filename}.pdf", "application/pdf")


@require_safe
def first_actions(request, slug):
    """Ideas for whoever cannot think of a first action."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "starters": starters(),
        "may_write": permissions.plans_of(request.user, partnership).exists(),
    }
    return render(request, "pledges/first_actions.html", context)
