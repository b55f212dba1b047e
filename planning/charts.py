"""The profile as a picture: where each domain stands, should stand and stood.

Only geometry: planning/_profile_chart.html draws it, on the page and wherever else. The
picture is narrow on purpose, so that its words stay readable on a phone; every mark has
its own shape, so that it reads in black and white.
"""

from dataclasses import dataclass

from planning.levels import format_level
from planning.scoring import State

WIDTH = 360
LEFT, RIGHT = 16, 344
HEADING_HEIGHT, ROW_HEIGHT, FOOT = 34, 46, 8


@dataclass(frozen=True)
class ChartRow:
    """One domain's track. ``x`` values are None where there is nothing to mark."""

    label: str
    value: str
    y: int
    x: float | None
    target_x: float | None
    previous_x: float | None
    is_scored: bool


@dataclass(frozen=True)
class ChartGroup:
    """One dimension: its heading and its rows."""

    name: str
    y: int
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True)
class Chart:
    """The whole picture, in the units of its view box."""

    height: int
    groups: tuple[ChartGroup, ...]
    ticks: tuple[tuple[float, str], ...]
    half_ticks: tuple[float, ...]
    title: str
    description: str
    has_targets: bool
    has_previous: bool
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT


def profile_chart(profile, outline, compared=None):
    """The Chart of a scoring.Profile."""
    y, groups = 0, []
    for dimension in profile.dimensions:
        heading_y = y + HEADING_HEIGHT - 10
        y += HEADING_HEIGHT
        rows = []
        for score in dimension.scores:
            rows.append(_row(score, y + 32, outline.top))
            y += ROW_HEIGHT
        groups.append(ChartGroup(dimension.name, heading_y, tuple(rows)))
    return Chart(
        height=y + FOOT,
        groups=tuple(groups),
        ticks=tuple((_x(step, outline.top), str(step)) for step in range(1, outline.top + 1)),
        half_ticks=tuple(_x(step, outline.top) for step in outline.steps if step % 1),
        title="Profile of progress levels",
        description=_description(profile),
        has_targets=any(score.target is not None for score in profile.scores),
        has_previous=compared is not None,
    )


def _row(score, y, top):
    is_scored = score.state is State.SCORED
    return ChartRow(
        label=f"{score.number}. {score.name}",
        value=format_level(score.level) if is_scored else score.state.value.capitalize(),
        y=y,
        x=_x(score.level, top),
        target_x=_x(score.target, top),
        previous_x=_x(score.previous, top),
        is_scored=is_scored,
    )


def _x(level, top):
    if level is None:
        return None
    return round(LEFT + (RIGHT - LEFT) * float(level - 1) / (top - 1), 1)


def _description(profile):
    said = [
        f"{score.name} "
        + (format_level(score.level) if score.level is not None else score.state.value)
        for score in profile.scores
    ]
    return "; ".join(said) + ". The table beside the picture holds the same figures."
