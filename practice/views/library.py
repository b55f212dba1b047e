"""The library's first page with its search, and the lists by role, time limit and domain."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.views.loading import visible_partnership
from planning.models import Domain
from practice import browsing, finding
from practice.browsing import SPANS, BearingTable, EntriesTable, MeasuresTable
from practice.models import EntryKind, LibraryEntry
from practice.search_form import SearchForm


@require_safe
def library(request, slug):
    """What the library holds of a question; without one, the ways into it."""
    partnership = visible_partnership(request, slug)
    form = SearchForm(request.GET, partnership=partnership)
    context = {"partnership": partnership, "form": form}
    if form.is_asked:
        context |= _found(request, form)
    else:
        context |= _ways_in(partnership, form)
    return render(request, "practice/library.html", context)


def _found(request, form):
    if not form.is_valid():
        return {"is_asked": True}
    found = form.found()
    table = EntriesTable([], partnership=form.partnership, caption=_caption(found))
    table.caption_size = "s"
    table.show(request, paginator_class=finding.FoundPaginator.over(found))
    return {
        "is_asked": True,
        "found": found,
        "table": table,
        "kinds": _kinds(request.GET, found),
    }


def _caption(found):
    if found.is_cut:
        return "Things found"
    things = "thing" if found.shown == 1 else "things"
    return f"{found.shown:,} {things} found"


def _kinds(query, found):
    """(name, how many, address, whether it is shown) of all kinds together, then of each.

    Where there are too many to count, nothing is said of how many.
    """
    counts = found.counts
    every = [("", "All", sum(counts.values()) if counts else None)]
    every += [
        (kind.value, kind.label, counts.get(kind.value, 0 if counts else None))
        for kind in EntryKind
    ]
    kinds = []
    for kind, name, number in every:
        changed = query.copy()
        changed.pop("page", None)
        changed["kind"] = kind
        if number != 0 or kind in {"", found.kind}:
            kinds.append((name, number, f"?{changed.urlencode()}", kind == found.kind))
    return kinds


def _ways_in(partnership, form):
    browsing.count_standards(partnership, form.models)
    spans = browsing.count_spans(browsing.with_limits(partnership))
    return {
        "own_models": [model for model in form.models if not model.is_starter],
        "starter_models": [model for model in form.models if model.is_starter],
        "roles": browsing.roles_with_measures(partnership),
        "spans": spans,
        "limits": sum(number for _, number in spans),
        "domains": form.domains,
    }


@require_safe
def expected_of_role(request, slug):
    """Every measure in force for which a role is responsible, by pillar."""
    partnership = visible_partnership(request, slug)
    role = request.GET.get("role", "")[:80].strip().lower()
    roles = browsing.roles_with_measures(partnership)
    context = {"partnership": partnership, "roles": roles, "role": role}
    if role in {name for name, _ in roles}:
        measures = browsing.expected_of(partnership, role)
        table = MeasuresTable(measures, partnership=partnership, caption=f"Measures for a {role}")
        context["table"] = table.show(request)
    return render(request, "practice/expected_of_role.html", context)


@require_safe
def time_limits(request, slug):
    """Every measure in force that has a time limit, the shortest first."""
    partnership = visible_partnership(request, slug)
    measures = browsing.with_limits(partnership)
    spans = browsing.count_spans(measures)
    asked = request.GET.get("within", "")
    span = next((each for each in SPANS if each.key == asked), None)
    if span:
        measures = measures.filter(browsing.in_span(span))
    caption = span.name if span else "All time limits"
    table = MeasuresTable(measures, partnership=partnership, caption=caption)
    context = {
        "partnership": partnership,
        "spans": spans,
        "span": span,
        "limits": sum(number for _, number in spans),
        "table": table.show(request),
    }
    return render(request, "practice/time_limits.html", context)


@require_safe
def bearing_on_domain(request, slug, pk):
    """What of the library bears on one domain of a planning tool, for one level or for all.

    Sheets stay on the planning tool that they were scored by, so any tool's domain has its page.
    """
    partnership = visible_partnership(request, slug)
    domain = get_object_or_404(Domain.objects.select_related("framework"), pk=pk)
    asked = request.GET.get("level", "")
    level = int(asked) if asked in {"1", "2", "3", "4"} else None
    entries = LibraryEntry.objects.bearing_on(partnership, [pk])
    if level:
        entries = entries.helping_to_reach(pk, level)
    table = BearingTable(
        entries.in_kinds(),
        partnership=partnership,
        domain=domain,
        caption=f"What helps to reach level {level}" if level else "What helps at any level",
    )
    context = {
        "partnership": partnership,
        "domain": domain,
        "domains": domain.framework.domains.exclude(pk=pk),
        "level": level,
        "levels": (1, 2, 3, 4),
        "table": table.show(request),
    }
    return render(request, "practice/bearing_on_domain.html", context)
