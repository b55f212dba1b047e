"""A practice model on one page: a house of boxes, drawn as SVG.

The guiding words are its roof; below stand, floor by floor, the parts of the model. Everything
here is plain arithmetic over an A4 page on its side; templates/practice/_poster.svg draws it.
"""

from dataclasses import dataclass
from textwrap import wrap

from practice.models import PartKind

WIDTH, HEIGHT, MARGIN, GAP = 1120, 790, 28, 10
ROOF, HEAD = 118, 20
# From the roof to the ground, and what a floor is called when it holds several.
FLOORS = {
    PartKind.APPROACH: "approaches",
    PartKind.METHOD: "methods",
    PartKind.QUESTION: "questions",
    PartKind.PILLAR: "pillars",
    PartKind.OBJECTIVE: "objectives",
    PartKind.MARK: "marks of good practice",
    PartKind.PANE: "panes of the window",
    PartKind.OUTCOME: "outcomes",
    PartKind.VALUE: "values",
}
TALL = {PartKind.PILLAR: 1.7}
IN_A_ROW = 6
LETTER = 0.56  # of its size, the width of a letter on average
LARGEST, SMALLEST = 17, 9


@dataclass(frozen=True)
class Line:
    """A line of words and the point where its middle stands."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Box:
    """One part of the model. Sizes in points of the drawing."""

    x: float
    y: float
    width: float
    height: float
    size: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Floor:
    """All parts of one kind: “5 pillars”."""

    key: str
    title: str
    y: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Poster:
    """The whole drawing. ``guiding``: what the words in the roof are; empty where there are none,
    and then no roof is drawn. ``words`` says in one text what it shows, for who cannot see it."""

    title: str
    guiding: str
    roof: Box
    floors: tuple[Floor, ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def poster_of(model, parts):
    """The Poster of a model and its parts, in whatever order they come."""
    of_kind = {
        kind: sorted(
            (each for each in parts if each.kind == kind), key=lambda e: (e.position, e.pk)
        )
        for kind in FLOORS
    }
    kinds = [kind for kind in FLOORS if of_kind[kind]]
    roof = _box((MARGIN, MARGIN + 34), (WIDTH - 2 * MARGIN, ROOF - 34), model.guiding_words, 22)
    floors = tuple(_floors({kind: of_kind[kind] for kind in kinds}))
    guiding = model.get_guiding_display() if model.guiding_words else ""
    told = [model.name, *([f"{guiding}: {model.guiding_words}"] if guiding else [])]
    for kind in kinds:
        names = "; ".join(_words(each) for each in of_kind[kind])
        told.append(f"{_title(kind, len(of_kind[kind]))}: {names}")
    return Poster(
        title=model.name,
        guiding=guiding,
        roof=roof,
        floors=floors,
        words=". ".join(told),
    )


def _title(kind, number):
    return f"{number} {FLOORS[kind] if number > 1 else kind.label.lower()}"


def _floors(of_kind):
    """Each floor under the one before; rows share the height that the page has."""
    rows = {kind: -(-len(parts) // IN_A_ROW) for kind, parts in of_kind.items()}
    shares = sum(TALL.get(kind, 1) * count for kind, count in rows.items())
    top = MARGIN + ROOF + GAP
    free = HEIGHT - MARGIN - top - sum(HEAD + GAP * count for count in rows.values())
    for kind, parts in of_kind.items():
        height = TALL.get(kind, 1) * free / shares
        boxes = tuple(_boxes(parts, rows[kind], top + HEAD, height))
        yield Floor(kind.value, _title(kind, len(parts)), top + HEAD - 6, boxes)
        top += HEAD + rows[kind] * (height + GAP)


def _boxes(parts, rows, top, height):
    in_row = -(-len(parts) // rows)
    for place, part in enumerate(parts):
        row, column = divmod(place, in_row)
        here = min(in_row, len(parts) - row * in_row)
        width = (WIDTH - 2 * MARGIN - GAP * (here - 1)) / here
        x = MARGIN + column * (width + GAP)
        yield _box((x, top + row * (height + GAP)), (width, height), _words(part), LARGEST)


def _words(part):
    """The name of a part; of a pane of the window, with its place."""
    if part.kind != PartKind.PANE:
        return part.name
    sides = ("high" if high else "low" for high in (part.high_challenge, part.high_support))
    return "{}: {} challenge, {} support".format(part.name, *sides)


def _box(place, size_of_box, words, largest):
    """A box with its words as large as they fit; what does not fit even small is cut with “…”."""
    (x, y), (width, height) = place, size_of_box
    for size in range(largest, SMALLEST - 1, -1):
        letters = max(4, int((width - 16) / (size * LETTER)))
        lines = wrap(words, letters)
        most = max(1, int((height - 8) / (size * 1.2)))
        if len(lines) <= most:
            break
    else:
        lines = wrap(words, letters, max_lines=most, placeholder=" …")
    first = y + height / 2 - (len(lines) - 1) * size * 0.6 + size * 0.35
    placed = (Line(x + width / 2, first + at * size * 1.2, line) for at, line in enumerate(lines))
    return Box(x, y, width, height, size, tuple(placed))
