"""Rules over the versions of a standard: which one is in force, which one is next, and what
differs between two of them.

They ask no clock and no request: today is passed in. What a version holds (sources, measures) is
read through its relations, so prefetch them where there are many.
"""

from dataclasses import dataclass

from practice.limits_in_words import time_limit
from practice.models import Scope, StandardVersion, VersionState
from rpcportal.kit.meanwhile import fingerprint
from rpcportal.kit.quoting import quoted
from rpcportal.kit.word_diff import Piece, shortened, word_diff

# What a version of a standard holds in words of its own, and what people call it.
TEXTS = {
    "statement": "The standard",
    "about": "About it",
    "descriptors": "What it means for practice",
}
# Characters compared word by word on one page, half a second's work. Beyond them the whole text
# before and the whole text after are shown: true, only harder to read.
MOST_COMPARED = 1_000_000


# --- In force, next, being written --------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Where the versions of one standard stand on a day; None for what there is not."""

    in_force: StandardVersion | None
    coming: StandardVersion | None
    draft: StandardVersion | None


def standing_of(versions, today, withdrawn_on=None):
    """The Standing of all versions of one standard, in whatever order they come.

    In force is the approved one with the highest number whose day has come; coming is the one that
    takes its place next: of several with the same day the last. A withdrawn standard has neither,
    and what would begin once it is withdrawn never comes.
    """
    draft, in_force, coming = None, None, None
    for version in sorted(versions, key=lambda each: each.number):
        if version.state == VersionState.DRAFT:
            draft = version
        elif version.effective_on <= today:
            in_force, coming = version, None
        elif coming is None or version.effective_on == coming.effective_on:
            coming = version
    if withdrawn_on is not None:
        in_force = in_force if withdrawn_on > today else None
        coming = coming if coming and withdrawn_on > coming.effective_on else None
    return Standing(in_force, coming, draft)


def earliest_day(versions):
    """The day before which no further version may come into force, or None: that of the last one.

    So what was in force on a day that has passed is never told otherwise later.
    """
    return max(
        (each.effective_on for each in versions if each.state == VersionState.APPROVED),
        default=None,
    )


def reads_of(version):
    """Everything a version says, as one text: whoever approves it approves this very text."""
    sources = [(each.kind, each.title, each.link) for each in version.sources.all()]
    measures = [
        (str(each.key), each.limit_number, each.limit_unit, *_cells(each).values())
        for each in version.measures.all()
    ]
    words = [getattr(version, name) for name in (*TEXTS, "amendment")]
    return repr((version.pk, version.state, words, sources, measures))


def fingerprint_of(versions):
    """A short digest of everything that these versions say."""
    return fingerprint("\n".join(reads_of(each) for each in versions))


# --- What differs -------------------------------------------------------------------------------


def differences(before, after):
    """What changed from one version to another: a list of (label, pieces), in reading order.

    ``pieces`` are those of kit/word_diff.py, for components/word_diff.html. Measures are compared
    by their key, field by field. Empty where both say the same.
    """
    compare = _Comparer()
    told = [
        (label, compare(getattr(before, name), getattr(after, name)))
        for name, label in TEXTS.items()
    ]
    told.append(("Sources", compare(_sources(before), _sources(after))))
    told += _measure_differences(before, after, compare)
    return [(label, pieces) for label, pieces in told if _tells(pieces)]


def _tells(pieces):
    return any(piece.kind in ("added", "removed") for piece in pieces)


class _Comparer:
    """Compares texts word by word, as long as they are not too long together."""

    def __init__(self):
        self.left = MOST_COMPARED

    def __call__(self, before, after):
        self.left -= len(before) + len(after)
        if self.left < 0 and before != after:
            pairs = (("removed", before), ("added", after))
            return [Piece(kind, text) for kind, text in pairs if text]
        return shortened(word_diff(before, after))


def _sources(version):
    return "\n".join(
        f"{each.get_kind_display()}: {each.title}{f', {each.link}' if each.link else ''}"
        for each in version.sources.all()
    )


def _measure_differences(before, after, compare):
    old = {each.key: each for each in before.measures.all()}
    new = {each.key: each for each in after.measures.all()}
    told = []
    for measure in after.measures.all():
        if measure.key in old:
            told += _changed_fields(old[measure.key], measure, compare)
        else:
            told.append((f"New measure: {quoted(measure.text)}", _whole("added", measure)))
    for key, measure in old.items():
        if key not in new:
            told.append((f"Measure taken out: {quoted(measure.text)}", _whole("removed", measure)))
    orders = [
        "\n".join(each.text for each in new.values()),
        "\n".join(new[key].text for key in [*old, *new] if key in new),
    ]
    if [key for key in old if key in new] != [key for key in new if key in old]:
        told.append(("Order of the measures", compare(orders[1], orders[0])))
    return told


def _changed_fields(old, new, compare):
    was, now = _cells(old), _cells(new)
    return [
        (f"Measure {quoted(new.text)}: {label.lower()}", compare(was[label], now[label]))
        for label in now
        if was[label] != now[label]
    ]


def _whole(kind, measure):
    words = [f"{label}: {text}" for label, text in _cells(measure).items() if text]
    return [Piece(kind, "\n".join(words))]


def _cells(measure):
    """Label -> what a measure says there, as people read it."""
    return {
        "What must be done": measure.text,
        "From when the time counts": measure.trigger,
        "Time limit": time_limit(measure),
        "Required": _places(measure.required_in),
        "Considered": _places(measure.considered_in),
        "Responsible": ", ".join(measure.roles),
        "How often": measure.frequency,
        "Exception": measure.exception,
        "On file": measure.on_file,
        "Source": measure.source,
    }


def _places(scopes):
    return ", ".join(Scope(each).label for each in Scope if each in scopes)
