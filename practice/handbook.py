"""The handbook: a practice model with its standards in force, as one document.

The page, the PDF and the Word file are rendered from the same outline (rpcportal/kit/blocks.py).
A pillar and a standard are shorter documents of the same shape.
"""

from itertools import groupby

from django.utils.dateformat import format as formatted
from django.utils.text import capfirst

from practice.limits_in_words import responsible, time_limit, where_it_holds
from practice.models import Definition, PartKind, PreferredWord, StandardVersion
from rpcportal.kit.blocks import Bullets, Facts, Heading, Outline, Paragraph, Part, Rich, Table

# The parts of a model that the first chapter shows, and what stands above each.
SHOWN = {
    PartKind.APPROACH: "Approaches",
    PartKind.METHOD: "Methods",
    PartKind.PILLAR: "Pillars",
    PartKind.OBJECTIVE: "Objectives",
    PartKind.VALUE: "Values",
    PartKind.MARK: "Marks of good practice",
    PartKind.QUESTION: "Questions",
    PartKind.OUTCOME: "Outcomes",
}
NONE_IN_FORCE = "No standard is in force here yet."


def handbook_of(model, partnership, today):
    """The whole handbook of a model: how we work, each pillar's standards, the words we use."""
    parts = list(model.parts.all())
    versions = _in_force(today).filter(standard__pillar__model=model)
    return _outline(
        f"{model.name}: the handbook",
        partnership,
        today,
        [
            _how_we_work(model, parts),
            *_pillars([each for each in parts if each.kind == PartKind.PILLAR], versions),
            _words(partnership),
        ],
    )


def handbook_of_pillar(pillar, partnership, today):
    """One pillar with its standards in force."""
    versions = _in_force(today).filter(standard__pillar=pillar)
    return _outline(pillar.name, partnership, today, _pillars([pillar], versions))


def handbook_of_standard(version, partnership, today):
    """One standard, in one of its versions."""
    (version,) = _with_everything(StandardVersion.objects.filter(pk=version.pk))
    pillar = version.standard.pillar
    part = Part(f"pillar-{pillar.pk}", pillar.name, tuple(_standard(version)))
    return _outline(version.statement, partnership, today, [part])


def _outline(title, partnership, today, parts):
    day = formatted(today, "j F Y")
    return Outline(
        title=title,
        partnership=partnership.name,
        facts=(("Partnership", partnership.name), ("As it stood on", day)),
        parts=tuple(parts),
        running=f"{title}, {partnership.name}, {day}",
        filename=f"{title} {today:%Y-%m-%d}".replace(":", ""),
    )


def _in_force(today):
    return _with_everything(StandardVersion.objects.in_force(today))


def _with_everything(versions):
    return (
        versions.select_related("standard__pillar")
        .prefetch_related("sources", "measures", "standard__tools")
        .order_by("standard__pillar__position", "standard__position", "standard_id")
    )


# --- How we work ------------------------------------------------------------------------------


def _how_we_work(model, parts):
    return Part("how-we-work", "How we work", tuple(_model_blocks(model, parts)))


def _model_blocks(model, parts):
    if model.summary:
        yield Rich(model.summary)
    if model.guiding_words:
        yield Heading(model.get_guiding_display())
        yield Paragraph(model.guiding_words)
        yield Rich(model.guiding_meaning)
    for heading, words in (("Vision", model.vision), ("Mission", model.mission)):
        if words:
            yield Heading(heading)
            yield Rich(words)
    of_kind = {kind: [each for each in parts if each.kind == kind] for kind in PartKind}
    for kind, heading in SHOWN.items():
        if of_kind[kind]:
            yield Heading(heading)
            yield from _part_blocks(of_kind[kind])
    if of_kind[PartKind.PANE]:
        yield _window(of_kind[PartKind.PANE])
    if journey := of_kind[PartKind.MILESTONE]:
        yield Heading("The journey so far")
        yield Bullets(tuple(f"{each.when}: {each.name}" for each in journey))
    if model.source:
        yield Paragraph(f"Source: {model.source}")


def _part_blocks(parts):
    for each in parts:
        yield Heading(each.name, level=4)
        if each.meaning:
            yield Rich(each.meaning)
        if each.behaviour_lines:
            yield Bullets(tuple(each.behaviour_lines))


def _window(panes):
    """The panes of the window as a table: what is read aloud as it is seen."""
    rows = [
        (
            pane.name,
            "high" if pane.high_challenge else "low",
            "high" if pane.high_support else "low",
            pane.meaning,
        )
        for pane in panes
    ]
    return Table(
        "The window of challenge and support",
        ("Pane", "Challenge", "Support", "What it looks like"),
        tuple(rows),
        shape="window",
    )


# --- Standards --------------------------------------------------------------------------------


def _pillars(pillars, versions):
    by_pillar = {
        key: list(each) for key, each in groupby(versions, lambda each: each.standard.pillar_id)
    }
    for pillar in sorted(pillars, key=lambda each: (each.position, each.pk)):
        standing = by_pillar.get(pillar.pk, [])
        yield Part(f"pillar-{pillar.pk}", pillar.name, tuple(_pillar_blocks(pillar, standing)))


def _pillar_blocks(pillar, versions):
    if pillar.meaning:
        yield Rich(pillar.meaning)
    for version in versions:
        yield Heading(version.statement, anchor=f"standard-{version.standard_id}")
        yield from _standard(version)
    if not versions:
        yield Paragraph(NONE_IN_FORCE)


def _standard(version):
    """What stands below the heading of a standard."""
    if version.about:
        yield Rich(version.about)
    if version.descriptor_lines:
        yield Heading("What it means for practice", level=4)
        yield Bullets(tuple(version.descriptor_lines))
    measures = list(version.measures.all())
    if measures:
        yield Heading("Measures", level=4)
    for number, measure in enumerate(measures, 1):
        yield Facts(f"{number}. {measure.text}", tuple(_measure_facts(measure)))
    tools = [tool.name for tool in version.standard.tools.all()]
    if tools:
        yield Heading("Tools that help", level=4)
        yield Bullets(tuple(tools))
    sources = [_source(source) for source in version.sources.all()]
    if sources:
        yield Heading("What it rests on", level=4)
        yield Bullets(tuple(sources))
    yield Paragraph(_standing(version))


def _measure_facts(measure):
    limit = time_limit(measure)
    since = f" of this: {measure.trigger}" if measure.trigger else ""
    told = {
        "When": f"{capfirst(limit)}{since}" if limit else capfirst(measure.trigger),
        "How often": capfirst(measure.frequency),
        "Where": where_it_holds(measure),
        "Who": responsible(measure),
        "Exception": measure.exception,
        "To see on file": measure.on_file,
        "Source": measure.source or "Our own rule",
    }
    return [(label, words) for label, words in told.items() if words]


def _source(source):
    return f"{source.get_kind_display()}: {source.title}"


def _standing(version):
    if version.effective_on is None:
        return f"Draft of version {version.number}: nobody has approved it yet."
    day = formatted(version.effective_on, "j F Y")
    who = ", ".join(filter(None, [version.approved_name, version.approved_role]))
    return f"Version {version.number}, in force from {day}. Approved by {who}."


# --- Words ------------------------------------------------------------------------------------


def _words(partnership):
    definitions = Definition.objects.standing_in(partnership)
    preferred = PreferredWord.objects.standing_in(partnership)
    return Part("words", "The words we use", tuple(_word_blocks(definitions, preferred)))


def _word_blocks(definitions, preferred):
    for each in definitions:
        yield Heading(each.term)
        yield Rich(each.meaning)
        if each.is_not:
            yield Rich(f"**What it is not:** {each.is_not}")
    rows = tuple((each.instead_of, each.prefer, each.why) for each in preferred)
    if rows:
        yield Table(
            "Words that we prefer", ("Instead of", "We prefer", "Why"), rows, shape="preferred"
        )
