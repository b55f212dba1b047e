"""Evidence statements of a partnership: found, written, used, shown to the public."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from practice import evidence, permissions
from practice.evidence_form import AddStatementForm, ChangeStatementForm, SearchForm
from practice.models import EvidenceStatement
from practice.resource_pages import bearing_words
from practice.tables import EvidenceTable
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


def _visible_statement(request, slug, pk):
    """The partnership, and a statement of its own or one that came with the portal."""
    partnership = visible_partnership(request, slug)
    return partnership, get_object_or_404(EvidenceStatement.objects.of(partnership), pk=pk)


@require_safe
def evidence_statements(request, slug):
    """All statements that a partnership can use, or those that hold some words."""
    partnership = visible_partnership(request, slug)
    form = SearchForm(request.GET)
    found = EvidenceStatement.objects.of(partnership).own_first()
    if form.is_valid():
        found = found.holding_words(form.cleaned_data["words"])

    def address_of(statement):
        return reverse("evidence_statement", args=[slug, statement.pk])

    context = {
        "partnership": partnership,
        "form": form,
        "table": EvidenceTable(found, address_of=address_of).show(request),
        "write_refusal": permissions.write_refusal(request.user, partnership),
    }
    return render(request, "practice/evidence_statements.html", context)


@require_safe
def evidence_statement(request, slug, pk):
    """One statement, and what can be done with it."""
    partnership, statement = _visible_statement(request, slug, pk)
    is_starter = statement.partnership_id is None
    context = {
        "partnership": partnership,
        "statement": statement,
        "is_starter": is_starter,
        "bearings": bearing_words(statement),
        "copy": evidence.copy_of(partnership, statement) if is_starter else None,
        "write_refusal": permissions.write_refusal(request.user, partnership),
        "show_refusal": permissions.show_refusal(request.user, partnership, statement),
    }
    return render(request, "practice/evidence_statement.html", context)


@page_methods
def add_evidence(request, slug):
    """Write a statement of the partnership's own."""
    partnership = visible_partnership(request, slug)
    check(permissions.write_refusal, request.user, partnership)
    form = AddStatementForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and (statement := saved(form)):
        messages.success(request, "The statement is in your library.")
        return redirect(statement)
    context = {"partnership": partnership, "form": form}
    return render(request, "practice/write_evidence.html", context)


@page_methods
@words_come_back(EvidenceStatement, "evidence_statements")
def change_evidence(request, slug, pk):
    """Write a statement anew."""
    partnership, statement = _visible_statement(request, slug, pk)
    check(permissions.write_refusal, request.user, partnership, statement)
    form = ChangeStatementForm(request.POST or None, statement=statement, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The statement is saved.")
        return redirect(statement)
    context = {"partnership": partnership, "statement": statement, "form": form}
    return render(request, "practice/write_evidence.html", context)


@page_methods
@twice_is_once(EvidenceStatement, "evidence_statements")
def remove_evidence(request, slug, pk):
    """Ask first; then take a statement out of the library."""
    partnership, statement = _visible_statement(request, slug, pk)
    check(permissions.write_refusal, request.user, partnership, statement)
    if request.method == "POST":
        evidence.remove_statement(statement=statement, by=request.user)
        messages.success(request, "The statement is removed.")
        return redirect("evidence_statements", slug)
    context = {"partnership": partnership, "statement": statement}
    return render(request, "practice/remove_evidence.html", context)


@require_POST
def use_evidence(request, slug, pk):
    """Copy a statement that came with the portal into the partnership's own."""
    partnership, statement = _visible_statement(request, slug, pk)
    if statement.partnership_id is not None:
        return redirect(statement)
    copy = evidence.use_starter(partnership=partnership, starter=statement, by=request.user)
    messages.success(request, "The statement is one of your own now. You can change its words.")
    return redirect(copy)


@require_POST
def show_evidence(request, slug, pk):
    """Say whether the public page shows a statement."""
    partnership, statement = _visible_statement(request, slug, pk)
    check(permissions.show_refusal, request.user, partnership, statement)
    is_public = request.POST.get("shown") == "yes"
    evidence.show_statement(statement=statement, is_public=is_public, by=request.user)
    where = "is on the public page now" if is_public else "is not on the public page any more"
    messages.success(request, f"The statement {where}.")
    return redirect(statement)
