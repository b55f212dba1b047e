"""Words: definitions and the language guide, found, read, written, removed, used."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from practice import permissions, words
from practice.models import Definition, PreferredWord, Resource, ResourceKind
from practice.resource_tables import DefinitionTable, PreferredWordTable
from practice.views.loading import visible_in_library
from practice.word_forms import (
    AddDefinitionForm,
    AddPreferredWordForm,
    ChangeDefinitionForm,
    ChangePreferredWordForm,
    FindWordsForm,
)
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods
from rpcportal.kit.previews import previews_of, wants_preview
from rpcportal.kit.rich_text import render as as_html

OWN_NOW = "The entry is one of your own now. You can change its words."


@require_safe
def word_list(request, slug):
    """All definitions, the language guide, and the guides that others publish."""
    partnership = visible_partnership(request, slug)
    form = FindWordsForm(request.GET)
    text = form.cleaned_data["words"] if form.is_valid() else ""

    def table(kind, model, page, prefix):
        rows = model.objects.standing_in(partnership).holding_words(text)

        def address_of(thing):
            return reverse(page, args=[slug, thing.pk])

        return kind(rows, address_of=address_of, prefix=prefix).show(request)

    guides = Resource.objects.standing_in(partnership).of_kind(ResourceKind.LANGUAGE_GUIDE)
    context = {
        "partnership": partnership,
        "form": form,
        "text": text,
        "definitions": table(DefinitionTable, Definition, "definition", "d-"),
        "preferred": table(PreferredWordTable, PreferredWord, "preferred_word", "w-"),
        "guides": [(each, each.page_in(partnership)) for each in guides],
        "write_refusal": permissions.library_refusal(request.user, partnership),
    }
    return render(request, "practice/words.html", context)


def _visible(request, slug, model, pk):
    return visible_in_library(request, slug, model.objects.select_related("partnership"), pk)


def _page(request, partnership, thing, template, **more):
    context = {
        "partnership": partnership,
        "thing": thing,
        "copy": words.copy_of(partnership, thing) if thing.is_starter else None,
        "write_refusal": permissions.library_refusal(request.user, partnership),
        **more,
    }
    return render(request, template, context)


def _written(request, partnership, form, template, *, thing=None, previewed=()):
    previews = ()
    if previewed and wants_preview(request):
        previews = previews_of(form, *previewed)
    elif request.method == "POST" and form.is_valid() and (written := saved(form)):
        messages.success(request, "The entry is in your library.")
        return redirect(written)
    context = {"partnership": partnership, "thing": thing, "form": form, "previews": previews}
    return render(request, template, context)


def _removed(request, slug, model, pk):
    partnership, thing = _visible(request, slug, model, pk)
    check(permissions.library_refusal, request.user, partnership, thing)
    if request.method == "POST":
        words.remove_words(thing=thing, by=request.user)
        messages.success(request, "The entry is removed.")
        return redirect("words", slug)
    return render(
        request, "practice/remove_words.html", {"partnership": partnership, "thing": thing}
    )


def _used(request, slug, model, pk):
    partnership, thing = _visible(request, slug, model, pk)
    if not thing.is_starter:
        return redirect(thing)
    copy = words.use_starter(partnership=partnership, starter=thing, by=request.user)
    messages.success(request, OWN_NOW)
    return redirect(copy)


# --- Definitions ----------------------------------------------------------------------------------

SHOWN_BEFORE = ("meaning", "is_not")


@require_safe
def definition(request, slug, pk):
    """What a term means here, what it does not mean, and the way to help."""
    partnership, thing = _visible(request, slug, Definition, pk)
    return _page(
        request,
        partnership,
        thing,
        "practice/definition.html",
        meaning=as_html(thing.meaning),
        is_not=as_html(thing.is_not),
        shows_help=words.shows_help(thing),
    )


@page_methods
def add_definition(request, slug):
    """Say what a term means here."""
    partnership = visible_partnership(request, slug)
    check(permissions.library_refusal, request.user, partnership)
    form = AddDefinitionForm(request.POST or None, partnership=partnership, user=request.user)
    template = "practice/write_definition.html"
    return _written(request, partnership, form, template, previewed=SHOWN_BEFORE)


@page_methods
@words_come_back(Definition, "words")
def change_definition(request, slug, pk):
    """Say it anew."""
    partnership, thing = _visible(request, slug, Definition, pk)
    check(permissions.library_refusal, request.user, partnership, thing)
    form = ChangeDefinitionForm(request.POST or None, thing=thing, user=request.user)
    template = "practice/write_definition.html"
    return _written(request, partnership, form, template, thing=thing, previewed=SHOWN_BEFORE)


@page_methods
@twice_is_once(Definition, "words")
def remove_definition(request, slug, pk):
    """Ask first; then take a definition out of the library."""
    return _removed(request, slug, Definition, pk)


@require_POST
def use_definition(request, slug, pk):
    """Copy a definition that came with the portal into the partnership's own."""
    return _used(request, slug, Definition, pk)


# --- The language guide ---------------------------------------------------------------------------


@require_safe
def preferred_word(request, slug, pk):
    """One entry of the language guide."""
    partnership, thing = _visible(request, slug, PreferredWord, pk)
    return _page(request, partnership, thing, "practice/preferred_word.html")


@page_methods
def add_preferred_word(request, slug):
    """Say which words are preferred."""
    partnership = visible_partnership(request, slug)
    check(permissions.library_refusal, request.user, partnership)
    form = AddPreferredWordForm(request.POST or None, partnership=partnership, user=request.user)
    return _written(request, partnership, form, "practice/write_preferred_word.html")


@page_methods
@words_come_back(PreferredWord, "words")
def change_preferred_word(request, slug, pk):
    """Say it anew."""
    partnership, thing = _visible(request, slug, PreferredWord, pk)
    check(permissions.library_refusal, request.user, partnership, thing)
    form = ChangePreferredWordForm(request.POST or None, thing=thing, user=request.user)
    return _written(request, partnership, form, "practice/write_preferred_word.html", thing=thing)


@page_methods
@twice_is_once(PreferredWord, "words")
def remove_preferred_word(request, slug, pk):
    """Ask first; then take an entry out of the language guide."""
    return _removed(request, slug, PreferredWord, pk)


@require_POST
def use_preferred_word(request, slug, pk):
    """Copy an entry that came with the portal into the partnership's own."""
    return _used(request, slug, PreferredWord, pk)
