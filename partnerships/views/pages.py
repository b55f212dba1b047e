"""The privacy notice and the accessibility statement, which a council may word itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from partnerships import wording
from partnerships.models.pages import PageName
from partnerships.page_forms import WordsForm
from rpcportal.kit.methods import page_methods
from rpcportal.kit.rich_text import render as as_html

NOT_TAKEN_OFF = (
    "Somebody else changed this page meanwhile, so nothing was taken off. Read their words below "
    "first."
)


def _page_name(name):
    if name not in PageName.values:
        raise Http404
    return PageName(name)


@login_not_required
@require_safe
def page(request, name):
    """One of the pages: the council's own words, or ours."""
    name = _page_name(name)
    may_change = wording.may_change(request.user)
    context = {"name": name, "words": wording.words_of(name), "may_change": may_change}
    return render(request, "partnerships/page.html", context)


@page_methods
def change_page(request, name):
    """Word a page, look at it before it is saved, or go back to our words."""
    name = _page_name(name)
    wording.check_may_change(request.user)
    if "ours" in request.POST:
        return _use_our_words(request, name)
    form = WordsForm(request.POST or None, name=name, user=request.user)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = as_html(form.cleaned_data["body"])
        elif form.save():
            messages.success(request, "The page is changed.")
            return redirect("page", name)
    context = {"name": name, "form": form, "preview": preview}
    return render(request, "partnerships/change_page.html", context)


def _use_our_words(request, name):
    try:
        wording.use_our_words(name=name, version=request.POST.get("version", ""), by=request.user)
    except wording.ChangedMeanwhile:
        messages.warning(request, NOT_TAKEN_OFF)
        return redirect("change_page", name)
    messages.success(request, "The page has our words again.")
    return redirect("page", name)
