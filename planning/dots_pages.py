"""What pages and phones show of dots, as values that templates only print."""

from collections import Counter

from django.template.loader import render_to_string

from planning import dots
from planning.balloting import workshop_refusal
from planning.console_pages import room_context
from planning.dots_forms import DotsForm, DotsListForm
from planning.models import DotsAbout, DotVote
from planning.screens import Timer, counts_at, now_at


def dots_page(workshop, request, form=None):
    """The context of the page of dots; ``form``: as it was sent, with what is wrong with it."""
    refusal = workshop_refusal(request.user, workshop.partnership)
    now = now_at(workshop)
    is_open = now.takes_dots
    if form is None and not refusal and not is_open and not workshop.closed_at:
        about = request.GET.get("about")
        if about in DotsAbout.values:
            form = DotsListForm(workshop=workshop, about=about, user=request.user)
    counts = counts_at(workshop)
    return {
        **room_context(workshop, now, counts, Timer.of(workshop)),
        "is_open": is_open,
        "items": dots.items_of(now.dot_round) if is_open else [],
        "form": form,
        "about": form and DotsAbout(form.about).label,
        "choices": DotsAbout.choices,
        "rankings": rankings_of(workshop),
        "refusal": refusal,
    }


def rankings_of(workshop):
    """Every Ranking of a workshop, the newest first."""
    found = workshop.dot_rounds.revealed().order_by("-pk")
    found = list(found.prefetch_related("items__entry__domain"))
    return [dots.ranking_of(each, list(each.items.all())) for each in found]


# --- The phones -------------------------------------------------------------------------------


def dots_of_workshop(workshop, pk):
    """The round of this number that the phones of a workshop place dots in, or None."""
    found = workshop.dot_rounds.filter(pk=pk).first()
    if found is not None:
        found.workshop = workshop
    return found


def dots_form_html(form, occasion_pk, token):
    """The question with its form; ``token``: of the form."""
    context = {"form": form, "dot_round": form.dot_round, "pk": occasion_pk, "token": token}
    return render_to_string("planning/_phone_dots.html", context)


def own_dots_html(dot_round, key, occasion_pk, token, *, changes=False):
    """What the phone of this key shows of an open round once it has placed dots; "" before.

    ``changes``: it would like to place them anew.
    """
    vote = DotVote.objects.filter(dot_round=dot_round, participant__key=key).first()
    if vote is None:
        return ""
    if changes:
        return dots_form_html(DotsForm(dot_round=dot_round, vote=vote), occasion_pk, token)
    placed = Counter(vote.items)
    context = {
        "placed": [(item.text, placed[item.pk]) for item in dots.items_of(dot_round)],
        "value": ",".join(f"{pk}:{number}" for pk, number in sorted(placed.items())),
        "left": dot_round.dots - len(vote.items),
        "dot_round": dot_round,
        "pk": occasion_pk,
    }
    return render_to_string("planning/_phone_dots_placed.html", context)
