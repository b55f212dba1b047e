"""What the pages of a report show, as values that their templates only print."""

import json
from dataclasses import dataclass

from pledges import boards
from pledges.models import Narrative
from pledges.report_forms import WordsForm
from rpcportal.board_report.outline import Outline
from rpcportal.kit.blocks import Words


@dataclass(frozen=True)
class Beside:
    """A section of a draft: the figures, and the box for the words beside them."""

    key: str
    title: str
    blocks: tuple
    form: WordsForm


def words_forms(report, user, data=None):
    """A form for each section that the board is told, in order."""
    written = {each.section: each.words for each in report.narratives.all()}
    return [
        WordsForm(
            data, report=report, section=section, standing_words=written.get(section, ""), user=user
        )
        for section in boards.sections_of(report.board)
    ]


def drafting(report, forms):
    """The context of a draft's page."""
    outline = Outline.of(report)
    parts = {part.key: part for part in outline.parts}
    return {
        "partnership": report.partnership,
        "report": report,
        "outline": outline,
        "sections": [
            Beside(
                key=form.section.value,
                title=form.section.label,
                blocks=_figures(parts[form.section.value]) if form.section in parts else (),
                form=form,
            )
            for form in forms
        ],
        "forms": forms,
        "has_errors": any(form.errors for form in forms),
    }


def _figures(part):
    return tuple(block for block in part.blocks if block.kind != Words.kind)


def as_read(report):
    """All that a report says, as one text."""
    rows = Narrative.objects.filter(report=report).order_by("section")
    words = list(rows.values_list("section", "words"))
    return json.dumps([report.figures, words], sort_keys=True)
