"""The training map: who needs which course, by role."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from practice import course_needs, permissions
from practice import training_map as map_of
from practice.course_need_forms import ROLES, AddNeedForm, ChangeNeedForm
from practice.models import CourseNeed
from practice.training_map_tables import CoursesTable, RoleNeedsTable, RolesTable
from rpcportal.kit.downloads import csv_response, dated_name
from rpcportal.kit.forms import plain_text, saved
from rpcportal.kit.methods import page_methods
from rpcportal.kit.spreadsheets import csv_lines

LONGEST_ROLE = 80


def _visible_need(request, slug, pk):
    return get_object_or_404(
        CourseNeed.objects.visible_to(request.user).with_names(), partnership__slug=slug, pk=pk
    )


def _asked_role(request):
    return plain_text(request.GET.get("role", "")[:LONGEST_ROLE])


def address_of_role(slug, role):
    """The page of one role."""
    return f"{reverse('training_map', args=[slug])}?{urlencode({'role': role})}"


def _expected_of(partnership, role):
    """What is expected of a role, as the library's measures say it."""
    return f"{reverse('expected_of_role', args=[partnership.slug])}?{urlencode({'role': role})}"


@require_safe
def training_map(request, slug):
    """Every role with its courses; or one role, when the address names it."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "way": "training_map",
        "refusal": permissions.needs_refusal(request.user, partnership),
    }
    if role := _asked_role(request):
        return _role_page(request, role, context)
    rows = map_of.role_rows(partnership, timezone.localdate())

    def page_of(row):
        return address_of_role(slug, row.role)

    context["roles"] = RolesTable(rows, page_of=page_of, prefix="roles-").show(request)
    context["courses"] = CoursesTable(map_of.course_rows(rows), prefix="courses-").show(request)
    context["is_empty"] = not any(row.cells for row in rows)
    return render(request, "practice/training_map.html", context)


def _role_page(request, role, context):
    partnership = context["partnership"]
    row = map_of.role_row(partnership, role, timezone.localdate())
    context["row"] = row
    context["role_url"] = _expected_of(partnership, row.role)
    context["role_query"] = urlencode({"role": row.role})
    context["table"] = RoleNeedsTable(
        row.cells, exclude=("change",) if context["refusal"] else ()
    ).show(request)
    return render(request, "practice/training_of_role.html", context)


@require_safe
def training_map_csv(request, slug):
    """The map as comma-separated values."""
    partnership = visible_partnership(request, slug)

    def lines():
        rows = map_of.role_rows(partnership, timezone.localdate())
        return csv_lines(map_of.COLUMNS, map_of.file_rows(rows))

    return csv_response(request, lines, dated_name("Training map", partnership, "csv"))


@page_methods
def add_need(request, slug):
    """Say that a role needs a course."""
    partnership = visible_partnership(request, slug)
    check(permissions.needs_refusal, request.user, partnership)
    today, role = timezone.localdate(), _asked_role(request)
    form = AddNeedForm(
        request.POST or None,
        partnership=partnership,
        user=request.user,
        today=today,
        initial={"role": role, "people": course_needs.people_in(partnership, role)},
    )
    if request.method == "POST" and form.is_valid() and (made := saved(form)):
        messages.success(request, "It stands on the training map.")
        return redirect(address_of_role(slug, made.role))
    context = {
        "partnership": partnership,
        "form": form,
        "roles_id": ROLES,
        "roles": map_of.known_roles(partnership, today),
    }
    return render(request, "practice/write_course_need.html", context)


@page_methods
@words_come_back(CourseNeed, "training_map")
def change_need(request, slug, pk):
    """Change how much a role needs a course."""
    need = _visible_need(request, slug, pk)
    check(permissions.needs_refusal, request.user, need.partnership)
    form = ChangeNeedForm(request.POST or None, need=need, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(form):
        messages.success(request, "The training map is saved.")
        return redirect(address_of_role(slug, need.role))
    context = {"partnership": need.partnership, "need": need, "form": form}
    return render(request, "practice/write_course_need.html", context)


@page_methods
@twice_is_once(CourseNeed, "training_map")
def remove_need(request, slug, pk):
    """Ask first; then take a need off the map."""
    need = _visible_need(request, slug, pk)
    check(permissions.needs_refusal, request.user, need.partnership)
    if request.method == "POST":
        course_needs.remove_need(need=need, by=request.user)
        messages.success(request, f"“{need.course}” is taken off for this role.")
        return redirect(address_of_role(slug, need.role))
    context = {"partnership": need.partnership, "need": need}
    return render(request, "practice/remove_course_need.html", context)
