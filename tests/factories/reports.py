"""Board reports, as people make them, and an area with something of everything to report."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from partnerships.models import Organisation
from planning.models import Domain
from pledges.boards import sections_of
from pledges.models import (
    Action,
    Attendance,
    BoardReport,
    Champion,
    Course,
    Measure,
    PeerReview,
    Publicity,
    Reading,
    Session,
    TrainingTarget,
    Update,
)
from pledges.reporting import finish_report, make_report, write_narrative
from rpcportal.board_report.gathering import figures_of
from tests.factories.actions import make_plan_action, make_update
from tests.factories.assessments import agree, make_assessment, score
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_organisation
from tests.factories.pledges import make_pledge

FROM, TO = date(2026, 7, 1), date(2026, 9, 30)


def make_board_report(partnership, *, by, board="steering", from_on=FROM, to_on=TO, **words):
    """A draft with the figures of today."""
    return make_report(
        partnership=partnership,
        by=by,
        gather=figures_of,
        board=board,
        from_on=from_on,
        to_on=to_on,
        **words,
    )


def make_written_report(partnership, *, by, words, **details):
    """A draft with words: section -> text."""
    report = make_board_report(partnership, by=by, **details)
    for section, text in words.items():
        write_narrative(report=report, section=section, words=text, by=by)
    return report


def make_finished(partnership, *, by, words=None, **details):
    """A finished report."""
    report = make_written_report(partnership, by=by, words=words or {}, **details)
    return finish_report(report=report, by=by)


def loaded(report):
    """The report as its pages load it."""
    return BoardReport.objects.with_everything().get(pk=report.pk)


@dataclass(frozen=True)
class Busy:
    """What ``make_busy`` made that tests ask about."""

    homes: Organisation
    red: Action
    overdue: Action
    done: Action
    waiting: Action
    measure: Measure


def make_busy(area):
    """A quarter, 1 July to 30 September 2026, in which something of everything happened."""
    framework = make_small_framework()
    domains = list(Domain.objects.filter(framework=framework).order_by("number"))
    homes = make_organisation(area.partnership, "Homes First")
    _sheets(area, framework)
    red = make_plan_action(
        homes, what="Train the wardens", due_on=date(2026, 12, 1), domains=domains[:1]
    )
    make_update(
        red, by=area.coordinator, status="in_progress", rating="red", text="The trainer has left."
    )
    overdue = make_plan_action(
        homes, what="Print the leaflet", due_on=date(2026, 9, 10), domains=domains[:2]
    )
    move(overdue, area.coordinator, date(2026, 8, 10), date(2026, 9, 10), "The printer broke down.")
    done = make_plan_action(homes, what="Write the page", domains=domains[1:2])
    Action.objects.filter(pk=done.pk).update(
        status="complete",
        completed_on=date(2026, 8, 20),
        difference="Parents ask for it at the counter.",
        where_seen="The counter’s tally",
    )
    waiting = make_plan_action(homes, what="Hand the leaflet out", blocked_by=overdue)
    make_pledge(homes, area.coordinator, signed_on=date(2026, 7, 15))
    lapsed = make_organisation(area.partnership, "Old Mill")
    make_pledge(
        lapsed,
        area.coordinator,
        signed_on=date(2025, 7, 1),
        status="lapsed",
        lapsed_on=date(2026, 8, 1),
    )
    _outreach(area, homes)
    return Busy(homes, red, overdue, done, waiting, _measures(area))


def _sheets(area, framework):
    for day, levels in (
        (date(2025, 9, 1), {1: "1/2", 2: "2", 3: "2"}),
        (date(2026, 9, 1), {1: "2/3", 2: "2", 3: "3"}),
    ):
        sheet = make_assessment(area.partnership, framework, assessed_on=day, by=area.coordinator)
        score(sheet, levels)
        sheet.entries.update(evidence="Evidence", gaps="Gaps")
        agree(sheet, by=area.coordinator)


def move(action, by, before, after, reason, on=date(2026, 8, 5)):
    """That a day was moved, told on another day."""
    return Update.objects.create(
        action=action,
        request_key=uuid.uuid4(),
        text="",
        status_before=action.status,
        status_after=action.status,
        due_before=before,
        due_after=after,
        due_reason=reason,
        written_by=by,
        written_at=morning(on),
    )


def morning(day):
    """Ten in the morning of a day."""
    return timezone.make_aware(datetime.combine(day, time(10)))


def _measures(area):
    measure = Measure.objects.create(
        partnership=area.partnership,
        name="Couples who were helped",
        unit_words="couples",
        baseline=Decimal(0),
        baseline_on=date(2026, 1, 1),
        target=Decimal(100),
        target_on=date(2026, 12, 31),
        created_at=morning(date(2026, 1, 1)),
    )
    for day, value in ((date(2026, 6, 30), 40), (date(2026, 9, 30), 50), (date(2026, 10, 31), 99)):
        Reading.objects.create(
            measure=measure, read_on=day, value=value, recorded_by=area.coordinator
        )
    Measure.objects.create(
        partnership=area.partnership,
        name="Calls to the advice line",
        created_at=morning(date(2025, 1, 1)),
    )
    return measure


def _outreach(area, homes):
    partnership = area.partnership
    course = Course.objects.create(partnership=partnership, name="Noticing conflict")
    for day, people in ((date(2026, 7, 7), 12), (date(2026, 10, 7), 30)):
        session = Session.objects.create(course=course, held_on=day)
        Attendance.objects.create(
            session=session, organisation=homes, setting="housing", people=people
        )
    TrainingTarget.objects.create(
        partnership=partnership,
        words="60 practitioners",
        people=60,
        from_on=date(2026, 1, 1),
        by_on=date(2026, 12, 31),
    )
    Champion.objects.create(
        partnership=partnership, organisation=homes, name="Dagny Oyelaran", since=date(2026, 1, 1)
    )
    PeerReview.objects.create(
        partnership=partnership,
        reviewer=homes,
        subject_words="Bury Together",
        held_on=date(2026, 8, 8),
        findings="Leaflets lie behind the counter.",
    )
    Publicity.objects.create(
        partnership=partnership,
        kind="event",
        title="A morning in the market",
        held_on=date(2026, 9, 5),
        reached=210,
    )


def make_many(area, number):
    """So many more of everything that a report lists."""
    homes = make_organisation(area.partnership, f"Many {number}")
    for each in range(number):
        day = FROM + timedelta(days=each % 80)
        action = make_plan_action(homes, what=f"Thing {number}.{each}", due_on=day)
        move(action, area.coordinator, day, day + timedelta(days=2), "Because")
        red = make_plan_action(homes, what=f"Red {number}.{each}", blocked_by=action)
        Action.objects.filter(pk=red.pk).update(status="in_progress", rating="red")
        Measure.objects.create(partnership=area.partnership, name=f"Measure {number}.{each}")
        Publicity.objects.create(
            partnership=area.partnership, kind="press", title="Told", held_on=day, reached=3
        )
        PeerReview.objects.create(
            partnership=area.partnership, reviewer=homes, subject=homes, held_on=day
        )


def make_report_of_world(partnership, *, by):
    """A draft for a board of another name, with words in its every section."""
    words = {section.value: "x" for section in sections_of("other")}
    return make_written_report(partnership, by=by, board="other", board_words="x", words=words)
