"""Standards while they are written: begun, drafted, discarded; and what belongs to no version."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from practice import arranging, permissions, writing
from practice.arranging_forms import DetailsForm, LinksForm, WithdrawForm
from practice.models import ModelPart, Standard, StandardVersion
from practice.standard_forms import AddStandardForm, WordsForm
from practice.views.loading import visible_standard
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods


def writable_standard(request, slug, pk):
    """The partnership and a standard of its own, for those who may write it; 404 outside."""
    partnership, standard = visible_standard(request, slug, pk)
    check(permissions.library_refusal, request.user, partnership, standard)
    return partnership, standard


@page_methods
def add_standard(request, slug, pk):
    """Begin a standard under a pillar."""
    partnership = visible_partnership(request, slug)
    pillar = get_object_or_404(ModelPart.objects.of(partnership).pillars(), pk=pk)
    check(permissions.library_refusal, request.user, partnership, pillar)
    form = AddStandardForm(request.POST or None, pillar=pillar, user=request.user)
    if request.method == "POST" and form.is_valid() and (standard := saved(form)):
        messages.success(request, "The draft is begun. Nobody works to it before it is approved.")
        return redirect("standard_draft", slug, standard.pk)
    context = {"partnership": partnership, "pillar": pillar, "form": form}
    return render(request, "practice/add_standard.html", context)


# --- The draft ---------------------------------------------------------------------------------


@require_POST
def change_words(request, slug, pk):
    """Begin a draft, or open the one that is there."""
    _, standard = writable_standard(request, slug, pk)
    try:
        writing.begin_draft(standard=standard, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("library", slug)
    return redirect("standard_draft", slug, pk)


@page_methods
@words_come_back(Standard, "library")
def standard_draft(request, slug, pk):
    """Write the words of the draft, look at them, and see what belongs to it."""
    partnership, standard = writable_standard(request, slug, pk)
    draft = writing.draft_of(standard)
    if draft is None and request.method != "POST":
        return no_draft(request, standard)
    shown = draft or StandardVersion(standard=standard, number=2)
    form = WordsForm(request.POST or None, draft=shown, user=request.user)
    is_preview, preview = "preview" in request.POST, None
    if request.method == "POST" and form.is_valid():
        if is_preview:
            preview = StandardVersion(
                **{name: form.cleaned_data.get(name, "") for name in writing.WORDS}
            )
        elif saved(form):
            messages.success(request, "The words of the draft are saved.")
            return redirect("standard_draft", slug, pk)
    context = {
        "partnership": partnership,
        "standard": standard,
        "draft": draft,
        "theirs": draft if form.non_field_errors() else None,
        "form": form,
        "preview": preview,
        "approve_refusal": permissions.approve_refusal(request.user, partnership, standard),
    }
    return render(request, "practice/standard_draft.html", context)


def no_draft(request, standard):
    """To the page of a standard that has no draft."""
    messages.warning(request, "This standard has no draft. “Change the words” begins one.")
    return redirect(standard)


@page_methods
@twice_is_once(Standard, "library")
def discard_draft(request, slug, pk):
    """Ask first; then throw the draft away, and with it a standard that nobody ever approved."""
    partnership, standard = writable_standard(request, slug, pk)
    draft = writing.draft_of(standard)
    if draft is None:
        return no_draft(request, standard)
    if request.method == "POST":
        try:
            left = writing.discard_draft(standard=standard, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
            return redirect(standard.pillar.model.page_in(partnership))
        messages.success(request, "The draft is discarded.")
        return redirect(left or standard.pillar.model.page_in(partnership))
    context = {"partnership": partnership, "standard": standard, "draft": draft}
    return render(request, "practice/discard_draft.html", context)


# --- What is no matter of a version ------------------------------------------------------------


def _change(request, address, form_class, *, template, done):
    partnership, standard = writable_standard(request, *address)
    sent = request.POST if request.method == "POST" else None  # nothing ticked is an answer
    form = form_class(sent, standard=standard, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, done)
        return redirect(standard)
    newest = standard.versions.order_by("-number").first()
    context = {"partnership": partnership, "standard": standard, "newest": newest, "form": form}
    return render(request, template, context)


@page_methods
@words_come_back(Standard, "library")
def change_details(request, slug, pk):
    """Say who sees to a standard, when it is reviewed, and where it stands."""
    done = "The details are saved."
    template = "practice/standard_details.html"
    return _change(request, (slug, pk), DetailsForm, template=template, done=done)


@page_methods
@words_come_back(Standard, "library")
def change_links(request, slug, pk):
    """Say what a standard leads to: tools, related standards, domains."""
    done = "It is saved."
    template = "practice/standard_links.html"
    return _change(request, (slug, pk), LinksForm, template=template, done=done)


@page_methods
@words_come_back(Standard, "library")
def withdraw(request, slug, pk):
    """Say from which day on a standard is not in force any more; or bring it back."""
    if "bring_back" in request.POST:
        _, standard = writable_standard(request, slug, pk)
        try:
            arranging.withdraw(standard=standard, on=None, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
            return redirect("library", slug)
        messages.success(request, "The standard is brought back.")
        return redirect(standard)
    done = "The day is saved."
    template = "practice/withdraw_standard.html"
    return _change(request, (slug, pk), WithdrawForm, template=template, done=done)
