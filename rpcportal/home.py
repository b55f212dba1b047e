"""The front rooms: home, a partnership's own page, and the page on conflict and abuse.

A partnership's page shows things of every app, so it stands above them all.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.models import Partnership
from partnerships.permissions import refusal_for, remember_role
from planning.models import Assessment, Framework, Workshop
from planning.next_steps import next_steps, workshop_steps
from planning.tables import AssessmentTable
from pledges.next_steps import next_steps as register_steps
from rpcportal.kit.roles import Permission


@require_safe
def home(request):
    """Straight to the partnership, for someone who has one; a choice for someone with several."""
    partnerships = list(Partnership.objects.visible_to(request.user)[:2])
    if len(partnerships) == 1:
        return redirect(partnerships[0])
    return render(
        request, "home.html", {"partnerships": Partnership.objects.visible_to(request.user)}
    )


@require_safe
def partnership(request, slug):
    """What to do next, and the assessments so far."""
    partnership = get_object_or_404(
        Partnership.objects.visible_to(request.user).with_role(), slug=slug
    )
    remember_role(request.user, partnership.pk, partnership.member_role)
    # All at once, as an area is scored a few times a year: the steps and the table share them.
    assessments = list(Assessment.objects.of(partnership).with_list_data())
    today = timezone.localdate()
    table = AssessmentTable(assessments).show(request)
    context = {
        "partnership": partnership,
        "next_steps": [
            *workshop_steps(Workshop.objects.of(partnership).coming(today).first()),
            *next_steps(assessments, request.user, partnership),
            *register_steps(request.user, partnership),
        ],
        "table": table,
        "frameworks": Framework.objects.visible_to(request.user),
        "start_refusal": refusal_for(request.user, Permission.START, partnership.pk),
    }
    return render(request, "partnership.html", context)


@login_not_required
@require_safe
def conflict_and_abuse(request):
    """Parental conflict is not domestic abuse: the difference, and where to get help."""
    return render(request, "conflict_and_abuse.html")
