"""Starting an assessment, its task list, its details and its profile."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.permissions import check, check_may
from partnerships.views.loading import visible_partnership
from planning import facts, permissions
from planning.charts import profile_chart
from planning.forms import CompareForm, DetailsForm, StartForm
from planning.models import Assessment, Framework
from planning.outline import outline_of
from planning.presenting import task_list
from planning.views.loading import visible_assessment
from planning.workshop_planning import plan_refusal
from rpcportal.kit.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def start(request, slug):
    """Start an assessment of a partnership's area."""
    partnership = visible_partnership(request, slug)
    check_may(request.user, Permission.START, partnership.pk)
    form = StartForm(request.POST or None, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    return render(request, "planning/start.html", {"form": form, "partnership": partnership})


@require_safe
def assessment(request, pk):
    """The task list: every domain and how it stands."""
    assessment = visible_assessment(request, pk)
    return render(
        request,
        "planning/assessment.html",
        {
            "assessment": assessment,
            "partnership": assessment.partnership,
            "tasks": task_list(assessment),
            "details_refusal": permissions.details_refusal(request.user, assessment),
            "score_refusal": permissions.score_refusal(request.user, assessment),
            "agree_refusal": permissions.agree_refusal(request.user, assessment),
            "reopen_refusal": permissions.reopen_refusal(request.user, assessment),
            "workshop_refusal": plan_refusal(request.user, assessment),
            "workshops": list(assessment.workshops.all()[:3]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def details(request, pk):
    """Date, words at the head, illustration or not."""
    assessment = visible_assessment(request, pk)
    check(permissions.details_refusal, request.user, assessment)
    form = DetailsForm(request.POST or None, assessment=assessment, user=request.user)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, "The details are saved.")
        return redirect(assessment)
    return render(
        request,
        "planning/details.html",
        {"form": form, "assessment": assessment, "partnership": assessment.partnership},
    )


@require_safe
def profile(request, pk):
    """Every level, against target and against another assessment; the mean is a footnote."""
    assessment = visible_assessment(request, pk)
    others = list(Assessment.objects.comparable_with(assessment))
    last = facts.last_before(assessment, others)
    compared = CompareForm(request.GET, others=others).chosen(last)
    profile = facts.profile_of(assessment, compared_with=compared)
    return render(
        request,
        "planning/profile.html",
        {
            "assessment": assessment,
            "partnership": assessment.partnership,
            "profile": profile,
            "compared": compared,
            "others": others,
            "chart": profile_chart(profile, outline_of(assessment.framework), compared),
        },
    )


@require_safe
def framework(request, slug):
    """The tool itself, to read before the workshop."""
    framework = get_object_or_404(Framework.objects.visible_to(request.user), slug=slug)
    return render(
        request,
        "planning/framework.html",
        {"framework": framework, "outline": outline_of(framework)},
    )
