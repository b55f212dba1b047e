"""What the pages of a paper show, as values that their templates only print."""

from django.urls import reverse

from planning import prework
from planning.levels import format_level
from planning.outline import outline_of
from planning.presenting import Task, TaskGroup, TaskList
from planning.workshop_planning import in_words, when_and_where
from rpcportal.kit.rich_text import render as as_html

BEGUN = "Begun"
NOT_YET = "Not answered yet"


def paper_tasks(paper):
    """The TaskList of a paper: its domains, what is answered, and which comes next."""
    workshop = paper.workshop
    outline = outline_of(workshop.assessment.framework)
    entries = {outline.number_of[entry.domain_id]: entry for entry in entries_of(workshop)}
    scores = prework.scores_of(paper)
    said = {number: scores.get(entry.pk) for number, entry in entries.items()}
    groups = tuple(
        TaskGroup(
            dimension.name,
            dimension.about,
            tuple(_task(paper, domain, said[domain.number]) for domain in dimension.domains),
        )
        for dimension in outline.dimensions
    )
    tasks = [task for group in groups for task in group.tasks]
    waiting = [task for task in tasks if not prework.is_answered(said[task.number])]
    return TaskList(groups, len(tasks) - len(waiting), len(tasks), waiting[0] if waiting else None)


def paper_path(paper):
    """The path of a paper: the link of whoever has it."""
    return reverse("paper", args=[paper.link])


def domain_path(paper, number):
    """The path of one domain on it."""
    return reverse("paper_domain", args=[paper.link, number])


def entries_of(workshop):
    """The domains of the workshop's sheet."""
    return workshop.assessment.entries.order_by()


def entry_at(workshop, domain):
    """The entry of a domain (planning/outline.py), or None; None for no domain."""
    return entries_of(workshop).filter(domain_id=domain.pk).first() if domain else None


def _task(paper, domain, score):
    state, tag = state_of(score)
    return Task(
        number=domain.number,
        name=f"task-{domain.number}",
        title=domain.title,
        href=domain_path(paper, domain.number),
        state=state,
        tag=tag,
        hint="",
    )


def state_of(score):
    """What a paper says of a domain, in a word, and the colour of its tag."""
    if score is None:
        return NOT_YET, "govuk-tag--grey"
    if level := level_in_words(score):
        return level, ""
    words = score.strength or score.improvement
    return (BEGUN, "govuk-tag--blue") if words else (NOT_YET, "govuk-tag--grey")


def level_in_words(score):
    """“Level 2/3”, “Don’t know”, or nothing."""
    if score.does_not_know:
        return "Don’t know"
    return "" if score.level is None else f"Level {format_level(score.level)}"


def about(workshop):
    """What every page of scoring beforehand says of its workshop."""
    closes_at = workshop.prework_closes_at
    return {
        "workshop": workshop,
        "until": in_words(closes_at) if closes_at else "",
        "when_and_where": when_and_where(workshop),
        "to_read": as_html(workshop.to_read),
    }


def paper_page(paper, address):
    """The context of a paper's list of domains. ``address``: of the page itself, in full."""
    tasks = paper_tasks(paper)
    return {**about(paper.workshop), "paper": paper, "tasks": tasks, "address": address}


def domain_page(paper, form, domain, outline):
    """The context of a paper's page of one domain."""
    after = outline.after(domain.number)
    before = outline.before(domain.number)
    return {
        **about(paper.workshop),
        "paper": paper,
        "form": form,
        "domain": domain,
        "total": len(outline.domains),
        "before": before,
        "after": after,
        "stands": _stands(form.changed) if form.changed else (),
    }


def _stands(score):
    """What stands on the paper that this page had not seen: pairs of a label and a text."""
    return (
        ("Where are we now?", level_in_words(score) or "No answer yet"),
        ("One strength", score.strength or "Nothing"),
        ("One improvement", score.improvement or "Nothing"),
    )


def typed(data, outline):
    """What somebody sent that could not be saved, to be copied: pairs of a label and a text."""
    levels = {f"{step.normalize():f}": f"Level {format_level(step)}" for step in outline.steps}
    level = {**levels, "dk": "Don’t know"}.get(data.get("level", ""), "")
    return typed_words(data, level)


def typed_words(data, level=""):
    """The same where nothing is known of the tool that it was about."""
    pairs = (
        ("Where are we now?", level),
        ("One strength", data.get("strength", "").replace("\0", "")),
        ("One improvement", data.get("improvement", "").replace("\0", "")),
    )
    return [(label, text) for label, text in pairs if text.strip()]


# --- For those who run the workshop -----------------------------------------------------------


def sending_page(workshop, address):
    """The context of the page before anything is counted. ``address``: of the common link."""
    waiting = prework.waiting_for_link(workshop).count()
    return {
        **about(workshop),
        "partnership": workshop.partnership,
        "address": address,
        "number": prework.paper_count(workshop),
        "waiting": waiting,
        "sent": workshop.invitees.exclude(email="").count() - waiting,
        "without": workshop.invitees.filter(email="").count(),
        "to_remind": prework.to_remind(workshop).count(),
    }


def sent_words(number):
    """To how many people the link was sent, as a sentence."""
    if not number:
        return "Everybody was written to a moment ago, so nobody was written to again."
    return f"The link was sent to {number} {'person' if number == 1 else 'people'}."


def report_page(report):
    """The context of the report."""
    return {
        "workshop": report.workshop,
        "partnership": report.workshop.partnership,
        "report": report,
        "counted": in_words(report.workshop.prework_counted_at),
    }
