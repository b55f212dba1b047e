"""Recording that drafts were approved: one, or all of a practice model."""

from django.contrib import messages
from django.shortcuts import redirect, render

from partnerships.permissions import check
from partnerships.views.removed import words_come_back
from practice import approving, permissions
from practice.approving_forms import ApproveForm
from practice.models import Standard
from practice.versions import differences
from practice.views.loading import visible_model, visible_standard
from practice.writing import draft_of
from rpcportal.kit.methods import page_methods

MOST_COMPARED = 30  # drafts whose differences one page shows; the others are shown whole


@page_methods
@words_come_back(Standard, "library")
def approve_draft(request, slug, pk):
    """Read the draft, and record who approved it."""
    partnership, standard = visible_standard(request, slug, pk)
    check(permissions.approve_refusal, request.user, partnership, standard)

    def drafts():
        draft = draft_of(standard)
        return [draft] if draft else []

    context = {"partnership": partnership, "standard": standard, "back": standard}
    return _approve(request, context, drafts, {"standard": standard})


@page_methods
def approve_drafts(request, slug, pk):
    """Read all drafts of a practice model, and record who approved them."""
    partnership, model = visible_model(request, slug, pk)
    check(permissions.approve_refusal, request.user, partnership, model)
    context = {"partnership": partnership, "model": model, "back": model}
    return _approve(request, context, lambda: list(approving.waiting_in(model)), {"model": model})


def _approve(request, context, drafts_now, of):
    drafts, back = drafts_now(), context["back"].page_in(context["partnership"])
    if not drafts:
        messages.warning(request, "Nothing waits for approval here.")
        return redirect(back)
    form = ApproveForm(request.POST or None, drafts=drafts, user=request.user, of=of)
    if request.method == "POST" and form.is_valid():
        if approved := form.save():
            several = isinstance(approved, list) and len(approved) > 1
            messages.success(
                request,
                f"{len(approved)} standards are approved." if several else "It is approved.",
            )
            return redirect(back)
        if form.something_else_stands:
            messages.warning(request, approving.CHANGED)
            drafts, typed = drafts_now(), form.cleaned_data
            if not drafts:
                return redirect(back)
            form = ApproveForm(drafts=drafts, user=request.user, of=of, typed=typed)
    context |= {"form": form, "back": back, "shown": _shown(drafts)}
    return render(request, "practice/approve.html", context)


def _shown(drafts):
    """(draft, what it changes) of each: what is new is shown whole."""
    before = approving.versions_before(drafts)
    shown = []
    for place, draft in enumerate(drafts):
        earlier = before.get(draft.standard_id) if place < MOST_COMPARED else None
        shown.append((draft, differences(earlier, draft) if earlier else None))
    return shown
