"""The printable pack of a workshop: as a page, as PDFs, as a Word file."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from planning.pack_pages import pack_page, pack_pdf, sets_form
from planning.views.workshop_loading import visible_workshop
from planning.workshop_pack import CARDS, TEXTS, TITLES, pack_of
from rpcportal.kit.downloads import file_response
from rpcportal.kit.word import WORD, outline_word

PDF = "application/pdf"


@require_safe
def workshop_pack(request, pk, workshop):
    """All of it, to read and to print from here."""
    found = visible_workshop(request, pk, workshop)
    context = pack_page(found, timezone.localdate(), sets_form(found, {}))
    return render(request, "planning/workshop_pack.html", context)


@require_safe
def workshop_pack_pdf(request, pk, workshop):
    """The whole pack for one person, with one set of cards, as a PDF."""
    found = visible_workshop(request, pk, workshop)
    outline = pack_of(found, timezone.localdate())
    return file_response(pack_pdf(outline, found, sets=1), f"{outline.filename}.pdf", PDF)


@require_safe
def workshop_pack_part(request, pk, workshop, part):
    """One part as a PDF. How many sets of cards stands in the address."""
    found = visible_workshop(request, pk, workshop)
    if part not in TITLES:
        raise Http404
    today, sets = timezone.localdate(), 1
    if part == CARDS:
        form = sets_form(found, request.GET)
        if not form.is_valid():
            return render(request, "planning/workshop_pack.html", pack_page(found, today, form))
        sets = form.cleaned_data["sets"]
    outline = pack_of(found, today, (part,))
    return file_response(pack_pdf(outline, found, sets=sets), f"{outline.filename}.pdf", PDF)


@require_safe
def workshop_pack_word(request, pk, workshop):
    """Everything but the cards as a Word file."""
    found = visible_workshop(request, pk, workshop)
    outline = pack_of(found, timezone.localdate(), TEXTS)
    return file_response(outline_word(outline), f"{outline.filename}.docx", WORD)
