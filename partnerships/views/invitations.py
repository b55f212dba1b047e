"""Asking people in, and coming in."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnerships import inviting, limits
from partnerships.models import Invitation
from partnerships.people_forms import InviteForm, JoinForm
from partnerships.permissions import check_may
from partnerships.tables import InvitationTable, invitation_rows
from partnerships.views.loading import visible_partnership
from rpcportal.kit.methods import page_methods
from rpcportal.kit.roles import Permission


def managed_partnership(request, slug):
    """The partnership, for someone who manages its people; 404 outside, 403 for the others."""
    partnership = visible_partnership(request, slug)
    check_may(request.user, Permission.MANAGE_PEOPLE, partnership.pk)
    return partnership


@require_safe
def invitations(request, slug):
    """Who was invited, and what became of it."""
    partnership = managed_partnership(request, slug)
    rows = invitation_rows(partnership.invitations.with_names(), timezone.now())
    context = {"partnership": partnership, "table": InvitationTable(rows).show(request)}
    return render(request, "partnerships/invitations.html", context)


@page_methods
def invite(request, slug):
    """Invite one person, or a pasted list."""
    partnership = managed_partnership(request, slug)
    form = InviteForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            outcomes = form.save(request.build_absolute_uri)
        except limits.TooOften as error:
            form.add_error("people", str(error))
        else:
            _say(request, outcomes)
            return redirect("invitations", slug)
    return render(request, "partnerships/invite.html", {"partnership": partnership, "form": form})


def _say(request, outcomes):
    invited = [outcome for outcome in outcomes if outcome.invitation]
    if len(invited) == 1:
        messages.success(request, f"{invited[0].email} is invited. The e-mail is on its way.")
    elif invited:
        messages.success(
            request, f"{len(invited)} people are invited. The e-mails are on their way."
        )
    left = [outcome.sentence for outcome in outcomes if not outcome.invitation]
    if left:
        messages.warning(request, " ".join(left))


@require_safe
def sent_invitation(request, slug, pk):
    """One invitation: what became of it, and the buttons that send it again or take it back."""
    found = _found(request, slug, pk)
    (row,) = invitation_rows([found], timezone.now())
    context = {"partnership": found.partnership, "invitation": found, "row": row}
    return render(request, "partnerships/sent_invitation.html", context)


@require_POST
def send_again(request, slug, pk):
    """Send an invitation again, with a new link."""
    invitation = _found(request, slug, pk)
    inviting.send_again(invitation=invitation, by=request.user, link=request.build_absolute_uri)
    messages.success(request, f"A new e-mail to {invitation.email} is on its way.")
    return redirect("invitations", slug)


@require_POST
def revoke(request, slug, pk):
    """Take an invitation back."""
    invitation = _found(request, slug, pk)
    inviting.revoke(invitation=invitation, by=request.user)
    messages.success(request, f"The invitation to {invitation.email} is taken back.")
    return redirect("invitations", slug)


def _found(request, slug, pk):
    partnership = managed_partnership(request, slug)
    return get_object_or_404(
        Invitation.objects.visible_to(request.user).with_names(), partnership=partnership, pk=pk
    )


@login_not_required
@page_methods
def invitation(request, token):
    """What the link of an invitation opens. Looking at it uses nothing up: mail scanners look."""
    found = inviting.find(token)
    if found is None:
        address = limits.client_address(request)
        limits.check(limits.INVITATION_LINKS_FROM_ADDRESS, address)
    problem = inviting.why_unusable(found, timezone.now())
    context = {"invitation": found, "problem": problem, "token": token}
    if found and found.accepted_at and found.accepted_by == request.user:
        return redirect(found.partnership)
    if found and found.accepted_at and _is_of_a_stranger(request):
        return _joined_before(request, found)
    if problem:
        return render(request, "partnerships/invitation_closed.html", context, status=404)
    if request.user.is_authenticated:
        return _join_as_oneself(request, found, context)
    if inviting.has_account(found):
        return _sign_in_first(request, context)
    return _join_as_somebody_new(request, found, context)


def _is_of_a_stranger(request):
    return request.method == "POST" and not request.user.is_authenticated


def _joined_before(request, found):
    """The same click twice: the first one let the person in, and its answer went unread."""
    messages.success(request, f"You have joined {found.partnership.name}. Sign in to go on.")
    return redirect_to_login(found.partnership.get_absolute_url())


def _joined_meanwhile(request, found):
    """Another click joined while this one was on its way: the page says how it stands by now."""
    found.refresh_from_db(fields=["accepted_at"])
    if found.accepted_at and _is_of_a_stranger(request):
        return _joined_before(request, found)
    return redirect(request.path)


def _sign_in_first(request, context):
    if request.method == "POST":  # an account made a moment ago
        return _joined_meanwhile(request, context["invitation"])
    return render(request, "partnerships/invitation_sign_in.html", context)


def _join_as_oneself(request, found, context):
    context["is_theirs"] = request.user.email.lower() == found.email.lower()
    if request.method == "POST":
        try:
            inviting.accept(invitation=found, by=request.user)
        except inviting.NotOpen:
            return redirect(request.path)  # the same click twice: the page says how it stands
        messages.success(request, f"You are in {found.partnership.name}.")
        return redirect(found.partnership)
    return render(request, "partnerships/invitation_join.html", context)


def _join_as_somebody_new(request, found, context):
    form = JoinForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            person = inviting.accept(invitation=found, **form.cleaned_data)
        except PermissionDenied:
            return _joined_meanwhile(request, found)
        messages.success(
            request,
            f"Welcome. You are in {found.partnership.name}. Next time, sign in with a code that "
            "we e-mail to you; or choose a password in “Your account”.",
        )
        return perform_login(request, person, redirect_url=found.partnership.get_absolute_url())
    return render(request, "partnerships/invitation_new.html", {**context, "form": form})
