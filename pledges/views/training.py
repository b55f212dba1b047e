"""Training: targets, courses, sessions and how many were at them."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.permissions import check
from partnerships.views.loading import visible_partnership
from partnerships.views.removed import twice_is_once, words_come_back
from pledges import permissions, training
from pledges.models import Course, Session, TrainingTarget
from pledges.training_forms import CourseForm, SessionForm, TargetForm
from pledges.training_tables import CourseTable, SessionTable, ShareTable
from pledges.views.outreach_loading import (
    asked_year,
    visible_course,
    visible_session,
    visible_target,
)
from rpcportal.kit.methods import page_methods


@require_safe
def training_page(request, slug):
    """Targets, numbers by setting and organisation, courses and sessions."""
    partnership = visible_partnership(request, slug)
    year = asked_year(request)
    days = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    sessions = Session.objects.of(partnership)
    context = {
        "partnership": partnership,
        "targets": training.targets_of(partnership, timezone.localdate()),
        "years": sessions.years(),
        "year": year,
        **_numbers(request, training.trained(partnership, *days)),
        "courses": CourseTable(
            Course.objects.of(partnership).with_numbers(), prefix="courses-"
        ).show(request),
        "sessions": SessionTable(sessions.of_year(year).with_people(), prefix="sessions-").show(
            request
        ),
        "log_refusal": permissions.log_refusal(request.user, partnership),
        "may_decide": not permissions.figures_refusal(request.user, partnership),
    }
    return render(request, "pledges/training.html", context)


def _numbers(request, trained):
    """The totals and the two small tables."""
    tables = {
        name: ShareTable(shares, heading=heading, caption=caption, prefix=f"{name}-").show(request)
        for name, heading, caption, shares in (
            ("settings", "Setting", "By setting", trained.by_setting),
            ("organisations", "Organisation", "By organisation", trained.by_organisation),
        )
    }
    return {"trained": trained, **tables}


# --- Targets ----------------------------------------------------------------------------------


@page_methods
def add_target(request, slug):
    """How many people are to be trained by when."""
    partnership = visible_partnership(request, slug)
    check(permissions.figures_refusal, request.user, partnership)
    form = TargetForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The target is set.")
        return redirect("training", slug)
    context = {"partnership": partnership, "form": form}
    return render(request, "pledges/training_target.html", context)


@page_methods
@words_come_back(TrainingTarget, "training")
def change_target(request, slug, pk):
    """Write a target anew."""
    target = visible_target(request, slug, pk)
    partnership = target.partnership
    check(permissions.figures_refusal, request.user, partnership)
    form = TargetForm(
        request.POST or None, partnership=partnership, user=request.user, target=target
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The target is saved.")
        return redirect("training", slug)
    context = {"partnership": partnership, "form": form, "target": target}
    return render(request, "pledges/training_target.html", context)


@page_methods
@twice_is_once(TrainingTarget, "training")
def remove_target(request, slug, pk):
    """Take a target off the page."""
    target = visible_target(request, slug, pk)
    check(permissions.figures_refusal, request.user, target.partnership)
    if request.method == "POST":
        training.remove_target(target=target, by=request.user)
        messages.success(request, "The target is removed.")
        return redirect("training", slug)
    context = {"partnership": target.partnership, "target": target}
    return render(request, "pledges/training_remove_target.html", context)


# --- Courses ----------------------------------------------------------------------------------


@require_safe
def course(request, slug, pk):
    """A course, its sessions, and how many were there from where."""
    found = visible_course(request, slug, pk)
    partnership = found.partnership
    context = {
        "partnership": partnership,
        "course": found,
        **_numbers(request, training.trained(partnership, course=found)),
        "sessions": SessionTable(
            Session.objects.of_course(found).with_people(), exclude=("course",), prefix="sessions-"
        ).show(request),
        "log_refusal": permissions.log_refusal(request.user, partnership),
        "may_decide": not permissions.figures_refusal(request.user, partnership),
    }
    return render(request, "pledges/course.html", context)


@page_methods
def add_course(request, slug):
    """A new course."""
    partnership = visible_partnership(request, slug)
    check(permissions.figures_refusal, request.user, partnership)
    form = CourseForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and (made := form.save()):
        messages.success(request, "The course is added.")
        return redirect(made)
    return render(request, "pledges/course_form.html", {"partnership": partnership, "form": form})


@page_methods
def change_course(request, slug, pk):
    """Write a course anew."""
    found = visible_course(request, slug, pk)
    partnership = found.partnership
    check(permissions.figures_refusal, request.user, partnership)
    form = CourseForm(
        request.POST or None, partnership=partnership, user=request.user, course=found
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The course is saved.")
        return redirect(found)
    context = {"partnership": partnership, "form": form, "course": found}
    return render(request, "pledges/course_form.html", context)


# --- Sessions ---------------------------------------------------------------------------------


@require_safe
def session(request, slug, pk):
    """A session and its numbers."""
    found = visible_session(request, slug, pk)
    partnership = found.course.partnership
    rows = found.attendances.all()
    context = {
        "partnership": partnership,
        "session": found,
        "rows": rows,
        "total": f"{sum(each.people for each in rows):,}",
        "nowhere": training.NO_ORGANISATION,
        "log_refusal": permissions.log_refusal(request.user, partnership),
    }
    return render(request, "pledges/session.html", context)


@page_methods
def log_session(request, slug):
    """Record a session, with numbers by organisation and setting."""
    partnership = visible_partnership(request, slug)
    check(permissions.log_refusal, request.user, partnership)
    form = SessionForm(
        request.POST or None,
        partnership=partnership,
        user=request.user,
        course=request.GET.get("course", "")[:12],
    )
    if request.method == "POST" and form.is_valid() and (made := form.save()):
        messages.success(request, "The session is recorded.")
        return redirect("training_session", slug, made.pk)
    return _session_form(request, partnership, form)


@page_methods
@words_come_back(Session, "training", within="course__partnership")
def change_session(request, slug, pk):
    """Put right what was recorded of a session."""
    found = visible_session(request, slug, pk)
    partnership = found.course.partnership
    check(permissions.log_refusal, request.user, partnership)
    form = SessionForm(
        request.POST or None, partnership=partnership, user=request.user, session=found
    )
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The session is saved.")
        return redirect("training_session", slug, found.pk)
    return _session_form(request, partnership, form, session=found)


def _session_form(request, partnership, form, **more):
    has_errors = form.is_bound and any(each.errors for each in (form, *form.rows))
    context = {"partnership": partnership, "form": form, "has_errors": has_errors, **more}
    context["may_decide"] = not permissions.figures_refusal(request.user, partnership)
    return render(request, "pledges/session_form.html", context)


@page_methods
@twice_is_once(Session, "training", within="course__partnership")
def remove_session(request, slug, pk):
    """Take a session off, with its numbers."""
    found = visible_session(request, slug, pk)
    partnership = found.course.partnership
    check(permissions.log_refusal, request.user, partnership)
    if request.method == "POST":
        training.remove_session(session=found, by=request.user)
        messages.success(request, "The session is removed.")
        return redirect("training", slug)
    context = {"partnership": partnership, "session": found}
    return render(request, "pledges/session_remove.html", context)
