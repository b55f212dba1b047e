"""Champions, family ambassadors, events and publicity."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from pledges import outreach, permissions
from pledges.models import Champion, Publicity
from pledges.outreach_forms import ChampionForm, PublicityForm
from pledges.outreach_tables import (
    ChampionTable,
    PublicityTable,
    WithoutChampionTable,
    YearTable,
)
from pledges.views.outreach_loading import (
    asked_year,
    visible_champion,
    visible_publicity,
)
from rpcportal.kit.methods import page_methods

# --- Champions and family ambassadors ---------------------------------------------------------


@require_safe
def champions(request, slug):
    """Who keeps it alive in which organisation, and which has nobody yet."""
    partnership = visible_partnership(request, slug)
    user, today = request.user, timezone.localdate()
    theirs = set(outreach.organisations_for(user, partnership).values_list("pk", flat=True))
    refusal = outreach.no_champion_refusal(user, partnership)
    writes_all = outreach.records_all(user, partnership)

    def page_of(champion):
        may_change = writes_all or (not refusal and champion.organisation_id in theirs)
        return reverse("change_champion", args=[slug, champion.pk]) if may_change else None

    def add_page(organisation):
        if refusal or organisation.pk not in theirs:
            return None
        return reverse("add_champion", args=[slug], query={"organisation": organisation.pk})

    def table(rows, caption, prefix, **look):
        return ChampionTable(rows, page_of=page_of, caption=caption, prefix=prefix, **look).show(
            request
        )

    everybody = Champion.objects.of(partnership).with_names()
    context = {
        "partnership": partnership,
        "serving": table(everybody.serving(today), "Today", "", exclude=("until",)),
        "others": table(everybody.not_serving(today), "Earlier and later", "others-"),
        "has_others": everybody.not_serving(today).exists(),
        "without": WithoutChampionTable(
            outreach.without_champion(partnership, today), add_page=add_page
        ).show(request),
        "refusal": refusal,
    }
    return render(request, "pledges/champions.html", context)


@page_methods
def add_champion(request, slug):
    """Record a champion or family ambassador, of the organisation that the address names."""
    partnership = visible_partnership(request, slug)
    check(outreach.no_champion_refusal, request.user, partnership)
    number = request.GET.get("organisation", "")
    form = ChampionForm(
        request.POST or None,
        partnership=partnership,
        user=request.user,
        organisation=int(number) if number.isdecimal() and len(number) < 10 else None,
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The entry is saved.")
        return redirect("champions", slug)
    context = {"partnership": partnership, "form": form}
    return render(request, "pledges/champion_form.html", context)


@page_methods
@words_come_back(Champion, "champions")
def change_champion(request, slug, pk):
    """Put an entry right, or end it."""
    found = visible_champion(request, slug, pk)
    partnership = found.partnership
    check(outreach.champion_refusal, request.user, partnership, found.organisation)
    form = ChampionForm(
        request.POST or None, partnership=partnership, user=request.user, champion=found
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The entry is saved.")
        return redirect("champions", slug)
    context = {"partnership": partnership, "form": form, "champion": found}
    return render(request, "pledges/champion_form.html", context)


@page_methods
@twice_is_once(Champion, "champions")
def remove_champion(request, slug, pk):
    """Take an entry off for good."""
    found = visible_champion(request, slug, pk)
    partnership = found.partnership
    check(outreach.champion_refusal, request.user, partnership, found.organisation)
    if request.method == "POST":
        outreach.remove_champion(champion=found, by=request.user)
        messages.success(request, "The entry is removed.")
        return redirect("champions", slug)
    context = {"partnership": partnership, "champion": found}
    return render(request, "pledges/champion_remove.html", context)


# --- Events and publicity ---------------------------------------------------------------------


@require_safe
def publicity(request, slug):
    """What was held and published, and how many people it reached."""
    partnership = visible_partnership(request, slug)
    year = asked_year(request)
    entries = Publicity.objects.of(partnership)
    refusal = permissions.log_refusal(request.user, partnership)

    def page_of(entry):
        return None if refusal else reverse("change_publicity", args=[slug, entry.pk])

    caption = f"Events and publicity of {year}" if year else "All events and publicity"
    years = list(entries.by_year())
    context = {
        "partnership": partnership,
        "table": PublicityTable(
            entries.of_year(year).with_names(), page_of=page_of, caption=caption
        ).show(request),
        "by_year": YearTable(years, prefix="years-").show(request),
        "years": [each["year"] for each in years],
        "year": year,
        "refusal": refusal,
    }
    return render(request, "pledges/publicity.html", context)


@page_methods
def add_publicity(request, slug):
    """Record an event or something that was published."""
    partnership = visible_partnership(request, slug)
    check(permissions.log_refusal, request.user, partnership)
    form = PublicityForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "It is recorded.")
        return redirect("publicity", slug)
    context = {"partnership": partnership, "form": form}
    return render(request, "pledges/publicity_form.html", context)


@page_methods
@words_come_back(Publicity, "publicity")
def change_publicity(request, slug, pk):
    """Write it anew."""
    found = visible_publicity(request, slug, pk)
    partnership = found.partnership
    check(permissions.log_refusal, request.user, partnership)
    form = PublicityForm(
        request.POST or None, partnership=partnership, user=request.user, publicity=found
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "It is saved.")
        return redirect("publicity", slug)
    context = {"partnership": partnership, "form": form, "publicity": found}
    return render(request, "pledges/publicity_form.html", context)


@page_methods
@twice_is_once(Publicity, "publicity")
def remove_publicity(request, slug, pk):
    """Take it off."""
    found = visible_publicity(request, slug, pk)
    partnership = found.partnership
    check(permissions.log_refusal, request.user, partnership)
    if request.method == "POST":
        outreach.remove_publicity(publicity=found, by=request.user)
        messages.success(request, "It is removed.")
        return redirect("publicity", slug)
    context = {"partnership": partnership, "publicity": found}
    return render(request, "pledges/publicity_remove.html", context)
