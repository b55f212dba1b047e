"""Tables of a workshop: how many, where they differ, what came on paper, and their phones."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnerships import joining
from partnerships.permissions import check
from partnerships.views.rooms import for_phones
from planning import permissions, table_words, table_work
from planning.models import Workshop
from planning.outline import outline_of
from planning.room_forms import AgreeForm
from planning.table_differences import domains_at_tables
from planning.table_forms import PhoneCopyForm, TableNameForm, TablesForm
from planning.table_pages import (
    domain_page,
    paper_forms,
    paper_page,
    phone_domains,
    tables_page,
)
from planning.views.workshop_loading import run_workshop
from rpcportal.kit.forms import saved
from rpcportal.kit.methods import page_methods

PAGE = "planning/workshop_tables.html"
CLASH = "Someone else wrote in the same box. Both texts are kept: please settle which stands."


@require_safe
def workshop_tables(request, pk, workshop):
    """Where the tables differ, and the way to each."""
    found = run_workshop(request, pk, workshop)
    return render(request, PAGE, tables_page(found, request))


@require_POST
def lay_tables(request, pk, workshop):
    """Say how many tables there are, or that the room is one."""
    found = run_workshop(request, pk, workshop)
    if "room" in request.POST:
        return _lay_room(request, found)
    form = TablesForm(request.POST, workshop=found, user=request.user)
    if form.is_valid() and (there := saved(form)):
        messages.success(request, f"There are {len(there)} tables now.")
        return redirect("workshop_tables", pk, workshop)
    return render(request, PAGE, tables_page(found, request, form), status=422)


def _lay_room(request, workshop):
    try:
        table = table_work.lay_one_for_the_room(workshop=workshop, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("workshop_tables", workshop.assessment_id, workshop.pk)
    return redirect("table_paper", workshop.assessment_id, workshop.pk, table.number)


@page_methods
def change_table(request, pk, workshop, table):
    """Rename a table, or take away one that has written nothing."""
    found = run_workshop(request, pk, workshop)
    back = redirect("workshop_tables", pk, workshop)
    one = found.tables.filter(number=table).first()
    if one is None and request.method == "POST" and "remove" in request.POST:
        return back  # the same click twice
    one = _table_of(found, table)
    form = TableNameForm(request.POST or None, table=one, user=request.user)
    if request.method == "POST" and "remove" in request.POST:
        try:
            table_work.remove_table(table=one, by=request.user)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        else:
            messages.success(request, f"{one} is removed.")
        return back
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The table is renamed.")
        return back
    context = {
        "partnership": found.partnership,
        "workshop": found,
        "table": one,
        "form": form,
        "refusal": table_work.write_refusal(found),
        "has_written": table_work.has_written(one),
    }
    return render(request, "planning/workshop_tables_change.html", context)


def _table_of(workshop, number):
    table = get_object_or_404(workshop.tables, number=number)
    table.workshop = workshop
    return table


def _place_of(workshop, tables, number):
    """A domain of the workshop's sheet with what these tables wrote; 404 for nonsense."""
    if number not in outline_of(workshop.assessment.framework).by_number:
        raise Http404
    return domains_at_tables(workshop, tables, number=number)[0]


# --- Settling a difference ----------------------------------------------------------------------


@page_methods
def table_domain(request, pk, workshop, number):
    """What every table wrote of one domain, and the level that was agreed."""
    found = run_workshop(request, pk, workshop)
    place = _place_of(found, list(found.tables.all()), number)
    form = None
    if request.method == "POST":
        check(permissions.score_refusal, request.user, found.assessment)
    if not permissions.score_refusal(request.user, found.assessment):
        values = {"workshop": found, "entry": place.entry, "user": request.user}
        form = AgreeForm(request.POST or None, **values)
    if request.method == "POST" and form.is_valid() and (result := saved(form)):
        if result.clashes:
            messages.warning(request, CLASH)
            return redirect("table_domain", pk, workshop, number)
        messages.success(request, f"{place.domain.title}: recorded at {result.at:%H:%M}.")
        return redirect("workshop_tables", pk, workshop)
    context = domain_page(found, place, form, request)
    return render(request, "planning/workshop_tables_domain.html", context)


@require_POST
def put_tables_on_sheet(request, pk, workshop):
    """Put the tables' words on the sheet, of one domain or of all."""
    found = run_workshop(request, pk, workshop)
    check(permissions.score_refusal, request.user, found.assessment)
    number, entry = request.POST.get("domain", ""), None
    if number:
        number = int(number) if number.isdecimal() and len(number) < 4 else 0
        entry = _place_of(found, [], number).entry
    try:
        entries = table_words.put_on_sheet(workshop=found, entry=entry, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _put(len(entries)))
    if number:
        return redirect("table_domain", pk, workshop, number)
    return redirect("workshop_tables", pk, workshop)


def _put(number):
    if not number:
        return "Nothing is new: the tables’ words are on the sheet already."
    return f"The tables’ words are on the sheet, in {number} domain{'' if number == 1 else 's'}."


# --- Paper --------------------------------------------------------------------------------------


@page_methods
def table_paper(request, pk, workshop, table):
    """Type what stands on a table's sheet of paper."""
    found = run_workshop(request, pk, workshop)
    one = _table_of(found, table)
    forms = paper_forms(found, one, request.user, request.POST or None)
    if request.method == "POST" and forms.is_valid():
        try:
            is_kept = forms.save()
        except PermissionDenied as refusal:
            if not table_work.write_refusal(found):
                messages.warning(request, str(refusal))
            is_kept = False
        if is_kept:
            messages.success(request, f"What {one} wrote is kept.")
            return redirect("workshop_tables", pk, workshop)
    status = 422 if request.method == "POST" else 200
    context = paper_page(found, one, forms)
    return render(request, "planning/table_paper.html", context, status=status)


# --- Phones at a table --------------------------------------------------------------------------
# Nobody signs in: the cookie of the event says that a phone is in. Whoever is in no such event
# learns nothing of it.


def _at_event(request, pk):
    """The workshop that a phone is at, or None."""
    participant = joining.participant_of(request, pk)
    return participant and Workshop.objects.with_context().at_event(pk).first()


@for_phones
@require_safe
def phone_table(request, pk):
    """Choose the table that one sits at."""
    workshop = _at_event(request, pk)
    if not workshop:
        return redirect("join")
    context = {"workshop": workshop, "tables": list(workshop.tables.all()), "pk": pk}
    return render(request, "planning/phone_table.html", context)


@for_phones
@require_safe
def phone_table_domains(request, pk, table):
    """The domains, with what the table has of each."""
    workshop = _at_event(request, pk)
    if not workshop:
        return redirect("join")
    one = workshop.tables.filter(number=table).first()
    if one is None:
        return redirect("phone_table", pk)
    context = {
        "workshop": workshop,
        "table": one,
        "domains": phone_domains(workshop, one, pk),
        "saved": _title_of(workshop, request.GET.get("saved", "")),
        "refusal": table_work.write_refusal(workshop),
        "pk": pk,
    }
    return render(request, "planning/phone_table_domains.html", context)


def _title_of(workshop, number):
    """What the domain is called that was saved a moment ago; nothing for nonsense."""
    known = outline_of(workshop.assessment.framework).by_number.values()
    return next((each.title for each in known if str(each.number) == number), "")


@for_phones
@page_methods
def phone_table_domain(request, pk, table, number):
    """One domain of a table's copy."""
    workshop = _at_event(request, pk)
    if not workshop:
        return redirect("join")
    outline = outline_of(workshop.assessment.framework)
    one = workshop.tables.filter(number=table).first()
    if one is None or number not in outline.by_number:
        return redirect("phone_table", pk)
    place = _place_of(workshop, [one], number)
    form = PhoneCopyForm(
        request.POST or None,
        texts=place.copies[0].texts,
        outline=outline,
        domain=place.domain,
    )
    late = ""
    if request.method == "POST" and form.is_valid():
        try:
            if form.save(table=one, entry=place.entry):
                there = reverse("phone_table_domains", args=[pk, table])
                return redirect(f"{there}?saved={number}")
        except PermissionDenied as refusal:
            late = str(refusal)
    context = {
        "workshop": workshop,
        "table": one,
        "domain": place.domain,
        "form": form,
        "refusal": late or table_work.write_refusal(workshop),
        "pk": pk,
    }
    return render(request, "planning/phone_table_domain.html", context)
