"""What the pages of an assessment show, as values that their templates only print."""

from dataclasses import dataclass

from django.urls import reverse

from planning import facts, parts, readiness
from planning.levels import format_level
from planning.merging import fingerprint
from planning.models import Status, UnsettledText
from planning.outline import outline_of
from planning.parts import PartName
from planning.reports import sheet_row
from planning.screens import room_of
from planning.spread_charts import newest_spread


@dataclass(frozen=True)
class Task:
    """One domain in the task list. ``tag`` is a GOV.UK tag colour, or empty for plain text.

    ``name`` is for the ids of its elements: a text, because a template looks up how to write
    every number that it prints.
    """

    number: int
    name: str
    title: str
    href: str
    state: str
    tag: str
    hint: str


@dataclass(frozen=True)
class TaskGroup:
    """The tasks of one dimension."""

    name: str
    about: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class TaskList:
    """The domains by dimension, and how far the group has come."""

    groups: tuple[TaskGroup, ...]
    settled: int
    total: int
    next_task: Task | None

    @property
    def is_complete(self):
        """Whether every domain is scored or not applicable."""
        return self.settled == self.total


def task_list(assessment):
    """The TaskList of an assessment (two queries)."""
    outline = outline_of(assessment.framework)
    entries = {outline.number_of[e.domain_id]: e for e in assessment.entries.order_by()}
    waiting = set(
        UnsettledText.objects.filter(entry__assessment=assessment).values_list(
            "entry_id", flat=True
        )
    )
    groups = tuple(
        TaskGroup(
            dimension.name,
            dimension.about,
            tuple(
                _task(assessment, domain, entries[domain.number], waiting)
                for domain in dimension.domains
            ),
        )
        for dimension in outline.dimensions
    )
    settled = sum(_is_settled(entry) for entry in entries.values())
    open_tasks = [
        task for group in groups for task in group.tasks if not _is_settled(entries[task.number])
    ]
    return TaskList(groups, settled, len(entries), open_tasks[0] if open_tasks else None)


def _is_settled(entry):
    return entry.not_applicable or entry.level is not None


def _task(assessment, domain, entry, waiting):
    state, tag = _state(entry)
    return Task(
        number=domain.number,
        name=f"task-{domain.number}",
        title=domain.title,
        href=reverse("domain", args=[assessment.pk, domain.number]),
        state="Two texts to settle" if entry.pk in waiting else state,
        tag="govuk-tag--orange" if entry.pk in waiting else tag,
        hint=f"Target {format_level(entry.target)}" if entry.target is not None else "",
    )


def _state(entry):
    if entry.not_applicable:
        return "Not applicable", "govuk-tag--grey"
    if entry.level is not None:
        return f"Level {format_level(entry.level)}", ""
    if entry.evidence or entry.gaps or entry.reason or entry.dissent or entry.target is not None:
        return "In progress", "govuk-tag--blue"
    return "Not yet scored", "govuk-tag--grey"


# --- A domain's page -----------------------------------------------------------------------


@dataclass(frozen=True)
class LeanedOn:
    """A domain that this one depends on, and how it stands in the same assessment."""

    title: str
    href: str
    because: str
    state: str


@dataclass(frozen=True)
class Unsettled:
    """Two texts for one box: what stands there, and what waits."""

    pk: int
    label: str
    standing: str
    standing_fingerprint: str
    waiting: str
    waiting_fingerprint: str
    author: str
    author_pk: int
    written_at: object
    can_join: bool
    action: str


def domain_page(entry, form, refusal, *, may_assign=False):
    """The context of a domain's page. ``form`` is None for those who may only read it."""
    assessment = entry.assessment
    outline = outline_of(assessment.framework)
    domain = outline.by_number[outline.number_of[entry.domain_id]]
    before, after = outline.before(domain.number), outline.after(domain.number)
    return {
        "assessment": assessment,
        "partnership": assessment.partnership,
        "domain": domain,
        "levels": outline.levels,
        "entry": entry,
        "may_assign": may_assign,
        "form": form,
        "has_errors": bool(form and form.data is not None and form.errors()),
        "refusal": refusal,
        "row": None if form else sheet_row(entry),
        "last_time": _last_time(assessment, entry),
        "leans_on": _leans_on(assessment, domain, outline),
        "unsettled": unsettled_panel(entry),
        "room": room_of(assessment),
        "voted": newest_spread(entry),
        "question": readiness.evidence_question(
            entry.level, entry.evidence, len(form.references_there) if form else 1
        ),
        "before": _link(assessment, before),
        "after": _link(assessment, after),
    }


def _link(assessment, domain):
    if domain is None:
        return None
    return {"title": domain.title, "href": reverse("domain", args=[assessment.pk, domain.number])}


def _last_time(assessment, entry):
    """“2/3 on 30 July 2018 (illustrative)”, or None when there is nothing to compare with."""
    level, day, status = facts.level_before(assessment, entry.domain_id) or (None, None, None)
    if level is None:
        return None
    kind = " (an illustration)" if status == Status.ILLUSTRATIVE else ""
    return {"level": format_level(level), "when": f"{day:%-d %B %Y}{kind}"}


def _leans_on(assessment, domain, outline):
    if not domain.depends_on:
        return []
    numbers = {dependency.number for dependency in domain.depends_on}
    domains = [outline.by_number[number].pk for number in numbers]
    entries = assessment.entries.filter(domain_id__in=domains).order_by()
    state = {outline.number_of[e.domain_id]: _state(e)[0] for e in entries}
    return [
        LeanedOn(
            title=f"{dependency.number}. {dependency.name}",
            href=reverse("domain", args=[assessment.pk, dependency.number]),
            because=dependency.because,
            state=state[dependency.number],
        )
        for dependency in domain.depends_on
    ]


def unsettled_panel(entry):
    """The texts of a domain's page that wait for a decision, each beside what stands."""
    waiting = list(entry.unsettled.select_related("author"))
    if not waiting:
        return []
    outline = outline_of(entry.assessment.framework)
    references = {row.key: row for row in entry.references.all()}
    actions = {row.key: row for row in entry.assessment.priority_actions.with_domains()}
    rows = {"": {None: entry}, "reference": references, "action": actions}
    fresh = type(entry).objects.get(pk=entry.pk)
    rows[""] = {None: fresh}
    return [_unsettled(entry, text, rows, outline) for text in waiting]


def _unsettled(entry, text, rows, outline):
    name = PartName.parse(text.part)
    row = rows[name.row].get(name.key)
    standing = parts.read(row, name.field, outline) if row else ""
    return Unsettled(
        pk=text.pk,
        label=name.label,
        standing=parts.shown(name, standing),
        standing_fingerprint=fingerprint(standing),
        waiting=parts.shown(name, text.text),
        waiting_fingerprint=fingerprint(text.text),
        author=str(text.author),
        author_pk=text.author_id,
        written_at=text.written_at,
        can_join=name.is_prose,
        action=reverse(
            "settle",
            args=[entry.assessment_id, outline.number_of[entry.domain_id], text.pk],
        ),
    )


# --- Readiness -----------------------------------------------------------------------------


def with_domains(findings, assessment):
    """Findings of the readiness check, each with its domain's title and address."""
    by_number = outline_of(assessment.framework).by_number
    sheet = {"title": "The sheet", "href": reverse("sheet", args=[assessment.pk])}
    links = [_link(assessment, by_number.get(finding.number)) or sheet for finding in findings]
    return [
        {**link, "sentence": finding.sentence}
        for link, finding in zip(links, findings, strict=True)
    ]


# --- The profile ---------------------------------------------------------------------------

STEP_WORDS = {"0.5": "half a step", "1": "1 step", "1.5": "1½ steps"}


def change_words(change):
    """A change in steps, in words: “up half a step”, “down 2 steps”, “the same”."""
    if change is None:
        return ""
    if change == 0:
        return "The same"
    size = f"{abs(change).normalize():f}"
    words = STEP_WORDS.get(size, f"{size.replace('.5', '½')} steps")
    return f"{'Up' if change > 0 else 'Down'} {words}"
