"""Answers on a scale over time: a small picture for each question, and the table beside it.

Only geometry: practice/_scale_chart.html draws it. It is narrow on purpose, so that its words
stay readable on a phone.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from practice.models import QuestionKind, ReflectionAnswer

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 26, 350, 12, 140
MOST = 40  # answers drawn and listed: the newest
LINES = (0, 5, 10)
ALONE = "You alone"


@dataclass(frozen=True)
class Point:
    """One answer: when, which number, and where it stands."""

    day: date
    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Course:
    """One question's answers, from the oldest to the newest."""

    question: str
    points: tuple[Point, ...]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM

    @property
    def line(self):
        """The points of the line."""
        return " ".join(f"{each.x},{each.y}" for each in self.points)

    @property
    def ticks(self):
        """Height and number of the lines across."""
        return [(_y(number), number) for number in LINES]

    @property
    def description(self):
        """Everything that the picture shows, in words."""
        said = "; ".join(f"{each.day:%-d %B %Y}: {each.number}" for each in self.points)
        return f"{said}. The table holds the same figures."


def course_of(question, answers):
    """The Course of one question; ``answers``: (day, number), the oldest first."""
    shown = answers[-MOST:]
    first, days = shown[0][0], (shown[-1][0] - shown[0][0]).days
    points = (
        Point(day, number, _x((day - first).days / days if days else 0.5), _y(number))
        for day, number in shown
    )
    return Course(question, tuple(points), len(answers) - len(shown))


def _x(share):
    return round(LEFT + 8 + (RIGHT - LEFT - 16) * share, 1)


def _y(number):
    return round(BOTTOM - (BOTTOM - TOP) * number / 10, 1)


def courses_of(question_set, reflections):
    """The Courses of the questions of a set that were answered twice or more on a scale, by
    those who answered: a list of (heading, Courses). ``reflections``: those that the reader may
    see and that are theirs, or their team's.
    """
    rows = (
        ReflectionAnswer.objects.filter(
            reflection__in=reflections.filter(set=question_set),
            kind=QuestionKind.SCALE,
            number__isnull=False,
        )
        .order_by("reflection__written_at", "reflection", "position")
        .values_list(
            "reflection__is_of_team",
            "reflection__organisation__name",
            "question",
            "reflection__written_at",
            "number",
        )
    )
    found = {}
    for is_of_team, name, question, at, number in rows:
        heading = f"Your team at {name}" if is_of_team else ALONE
        answers = found.setdefault(heading, {}).setdefault(question, [])
        answers.append((timezone.localdate(at), number))
    told = [
        (heading, [course_of(each, given) for each, given in asked.items() if len(given) > 1])
        for heading, asked in found.items()
    ]
    told.sort(key=lambda each: (each[0] != ALONE, each[0]))
    return [(heading, courses) for heading, courses in told if courses]
