"""What the page of the pack shows, and the pack's PDFs."""

from dataclasses import dataclass

from django.urls import reverse

from planning.inviting import counts_of
from planning.outline import outline_of
from planning.pack_forms import MOST_SETS, CardSetsForm
from planning.tool_in_short import fit_of
from planning.workshop_pack import CARDS, TITLES, cards_of, pack_of, sheets_of_cards
from rpcportal.kit.pdf import render_pdf

ABOUT = {
    "agenda": "When, where, who is invited, and what to read before.",
    "summary": "For everybody who has not seen the tool before.",
    "descriptors": "Every domain with its question, and what each level looks like.",
    "blank": "One for each table that works on paper.",
    "filled": "What is written by now and last time’s levels, with room to write.",
    "cards": "For a room that votes without phones.",
}

USUAL_LEVELS = 5  # with more, what they look like is printed in smaller letters


@dataclass(frozen=True)
class Download:
    """One part of the pack. ``key``: where it stands on the page, and in the address."""

    key: str
    title: str
    about: str
    href: str


def pack_page(workshop, today, form):
    """The context of the page (at most nine queries). ``form``: how many sets of cards."""
    args = [workshop.assessment_id, workshop.pk]
    return {
        "partnership": workshop.partnership,
        "workshop": workshop,
        "outline": pack_of(workshop, today),
        "downloads": [
            Download(key, title, ABOUT[key], reverse("workshop_pack_part", args=[*args, key]))
            for key, title in TITLES.items()
        ],
        "form": form,
    }


def sets_form(workshop, query):
    """How many sets of cards: as asked in the address, or one for each who is invited."""
    if "sets" in query:
        return CardSetsForm(query, usual=1)
    invited, _ = counts_of(workshop)
    return CardSetsForm(query, usual=min(max(invited, 1), MOST_SETS))


def pack_pdf(outline, workshop, *, sets):
    """The PDF of the parts of an outline, as bytes. ``sets``: how many sets of cards are in it."""
    tool = outline_of(workshop.assessment.framework)
    context = {
        "outline": outline,
        "summary_size": fit_of(tool).size.name,
        "many_levels": len(tool.levels) > USUAL_LEVELS,
        "cards_key": CARDS,
        "sheets": list(sheets_of_cards(cards_of(tool), sets)),
    }
    return render_pdf("planning/pdf/workshop_pack.html", context)
