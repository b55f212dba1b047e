"""A domain's page: scoring, autosaving, settling two texts, taking a row off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.permissions import check
from planning import actions, permissions, saving
from planning.domain_form import DomainForm
from planning.forms import ResponsibleForm
from planning.outline import outline_of
from planning.presenting import domain_page, unsettled_panel
from planning.views.loading import visible_assessment, visible_entry


@require_http_methods(["GET", "HEAD", "POST"])
def domain(request, pk, number):
    """Score one domain; for those who may not, read it."""
    entry = visible_entry(request, pk, number)
    refusal = permissions.score_refusal(request.user, entry.assessment)
    if request.method == "POST" and request.headers.get("X-Autosave"):
        return _autosave(request, entry)
    if request.method == "POST":
        check(permissions.score_refusal, request.user, entry.assessment)
        return _save(request, entry)
    form = None if refusal else _form(entry)
    return _show(request, entry, form, refusal)


def _show(request, entry, form, refusal="", status=200):
    may_assign = not permissions.assign_refusal(request.user, entry.assessment)
    context = domain_page(entry, form, refusal, may_assign=may_assign)
    return render(request, "planning/domain.html", context, status=status)


def _form(entry, data=None):
    outline = outline_of(entry.assessment.framework)
    return DomainForm(
        entry,
        outline,
        references=entry.references.all(),
        actions=entry.assessment.priority_actions.serving(entry.domain_id).with_domains(),
        data=data,
    )


def _save(request, entry):
    form = _form(entry, request.POST)
    if not form.is_valid():
        return _show(request, entry, form, status=422)
    saved = form.save(by=request.user)
    if saved.clashes:
        messages.warning(
            request,
            "Someone else wrote in the same box. Both texts are kept: please settle which stands.",
        )
        return redirect("domain", entry.assessment_id, form.number)
    messages.success(request, f"Saved {saved.at:%H:%M}.")
    return redirect(_next_address(request, entry, form))


def _next_address(request, entry, form):
    """Where the pressed button leads: another row, the next domain, or the list."""
    wish = request.POST.get("then", "")
    if wish in ("reference", "action"):
        here = reverse("domain", args=[entry.assessment_id, form.number])
        return f"{here}#{wish}s"
    following = form.outline.after(form.number)
    if wish == "next" and following:
        return reverse("domain", args=[entry.assessment_id, following.number])
    return reverse("assessment", args=[entry.assessment_id])


def _autosave(request, entry):
    """What the page's script is told: when it was saved, and what needs a person."""
    form = _form(entry, request.POST)
    form.is_valid()
    try:
        saved = form.save(by=request.user)
    except PermissionDenied as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=403)
    answer = {
        "saved": f"{saved.at:%H:%M}",
        "base": saved.base,
        "errors": form.errors(),
        "kept": saved.kept,
        "unsettled": "",
    }
    if saved.clashes:
        answer["unsettled"] = render_to_string(
            "planning/_unsettled.html",
            {"unsettled": unsettled_panel(form.entry), "user": request.user},
        )
    return JsonResponse(answer)


@require_http_methods(["GET", "HEAD", "POST"])
def responsible(request, pk, number):
    """Say who sees to the domain."""
    entry = visible_entry(request, pk, number)
    check(permissions.assign_refusal, request.user, entry.assessment)
    form = ResponsibleForm(request.POST or None, entry=entry, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{entry.responsible or 'Nobody'} is responsible for it now.")
        return redirect("domain", pk, number)
    outline = outline_of(entry.assessment.framework)
    context = {
        "form": form,
        "domain": outline.by_number[number],
        "assessment": entry.assessment,
        "partnership": entry.assessment.partnership,
    }
    return render(request, "planning/responsible.html", context)


@require_POST
def settle(request, pk, number, text):
    """Decide between the text that stands and the one that waits."""
    entry = visible_entry(request, pk, number)
    check(permissions.score_refusal, request.user, entry.assessment)
    unsettled = entry.unsettled.filter(pk=text).first()
    if unsettled is None:
        messages.info(request, "Someone has settled these two texts already.")
        return redirect("domain", pk, number)
    unsettled.entry = entry
    try:
        saving.settle_text(
            unsettled=unsettled,
            choice=request.POST.get("choice", ""),
            standing=request.POST.get("standing", ""),
            waiting=request.POST.get("waiting"),
            by=request.user,
        )
    except saving.Moved:
        messages.warning(request, "The text has changed again meanwhile. Please look once more.")
    else:
        messages.success(request, "Settled.")
    return redirect("domain", pk, number)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_reference(request, pk, number, key):
    """Take a reference off, after asking."""
    entry = visible_entry(request, pk, number)
    check(permissions.score_refusal, request.user, entry.assessment)
    if request.method == "POST" and not entry.references.filter(key=key).exists():
        return redirect("domain", pk, number)  # the same click twice
    reference = get_object_or_404(entry.references, key=key)
    reference.entry = entry
    if request.method == "POST":
        return _removed(
            request,
            pk,
            number,
            lambda: actions.remove_reference(reference=reference, by=request.user),
        )
    context = _removal(entry, "evidence", reference.title)
    return render(request, "planning/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_action(request, pk, number, key):
    """Take an action off the sheet, or off this domain alone, after asking."""
    assessment = visible_assessment(request, pk)
    entry = visible_entry(request, pk, number)
    check(permissions.score_refusal, request.user, assessment)
    serving = assessment.priority_actions.serving(entry.domain_id)
    if request.method == "POST" and not serving.filter(key=key).exists():
        return redirect("domain", pk, number)  # the same click twice
    action = get_object_or_404(assessment.priority_actions.serving(entry.domain_id), key=key)
    action.assessment = assessment
    if request.method == "POST":
        only_from = entry.domain_id if request.POST.get("from") == "here" else None
        return _removed(
            request,
            pk,
            number,
            lambda: actions.remove_action(action=action, by=request.user, only_from=only_from),
        )
    context = _removal(entry, "priority action", action.what)
    outline = outline_of(assessment.framework)
    context["others"] = [
        outline.by_number[outline.number_of[domain.pk]].title
        for domain in action.domains.all()
        if domain.pk != entry.domain_id
    ]
    return render(request, "planning/remove.html", context)


def _removal(entry, kind, words):
    assessment = entry.assessment
    return {
        "assessment": assessment,
        "partnership": assessment.partnership,
        "domain": outline_of(assessment.framework).by_number[entry.domain.number],
        "kind": kind,
        "words": words,
    }


def _removed(request, pk, number, remove):
    try:
        remove()
    except permissions.SheetClosed:
        raise
    except PermissionDenied as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Removed.")
    return redirect("domain", pk, number)
