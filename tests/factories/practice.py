"""Practice models, standards, resources and words, as rows. Each call makes new ones."""

import uuid
from dataclasses import dataclass
from datetime import date

from planning.models import Domain
from practice.indexing import refresh
from practice.models import (
    Bearing,
    Definition,
    ModelPart,
    PartKind,
    PracticeModel,
    PreferredWord,
    QuestionSet,
    RelatedStandard,
    Resource,
    ResourceKind,
    SourceKind,
    Standard,
    StandardMeasure,
    StandardSource,
    StandardTool,
    StandardVersion,
    VersionState,
)

STATEMENT = "We are family focused."
APPROVED = {
    "state": VersionState.APPROVED,
    "effective_on": date(2026, 1, 5),
    "approved_on": date(2026, 1, 2),
    "approved_name": "Ruth Ellis",
}


def _whose(partnership):
    """Of a partnership, or starter content with a key of its own."""
    key = "" if partnership else f"starter-{uuid.uuid4().hex[:12]}"
    return {"partnership": partnership, "key": key}


def make_practice_model(partnership=None, *, name="Relationships first", **values):
    """A model without parts; starter content without a partnership."""
    model = PracticeModel.objects.create(**{**_whose(partnership), "name": name, **values})
    refresh(model)
    return model


def make_part(model, kind=PartKind.PILLAR, *, name="Voice of the child", position=1, **values):
    """A part of a model: a pillar, unless another kind is named."""
    words = {"name": name, "position": position, **values}
    part = ModelPart.objects.create(model=model, kind=kind, **words)
    refresh(model)
    return part


def make_standard(pillar, *, statement=STATEMENT, position=1, measures=1, draft=False, **words):
    """A standard with its first version, approved and in force unless ``draft``."""
    partnership = pillar.model.partnership
    standard = Standard.objects.create(pillar=pillar, position=position, **_whose(partnership))
    make_version(standard, statement=statement, measures=measures, draft=draft, **words)
    return standard


def make_version(standard, *, number=1, statement=STATEMENT, measures=1, draft=False, **values):
    """A version with a source and so many measures. Approved last: then nothing in it changes."""
    words = {"about": "Why it matters.", "descriptors": "We look for the network.\nWe draw it."}
    version = StandardVersion.objects.create(
        standard=standard, number=number, statement=statement, **{**words, **values}
    )
    StandardSource.objects.create(
        version=version, kind=SourceKind.LAW, title="Children Act 1989, section 17"
    )
    for position in range(1, measures + 1):
        make_standard_measure(version, position=position)
    if not draft:
        for name, value in APPROVED.items():
            setattr(version, name, values.get(name, value))
        version.save()
    refresh(standard)
    return version


def make_standard_measure(version, **values):
    """“Within 10 days of opening, a family network meeting …”, in a draft version."""
    measure = {
        "text": "We hold a family network meeting",
        "trigger": "the child is opened to children’s social care",
        "limit_number": 10,
        "limit_unit": "days_unsaid",
        "required_in": ["social_care"],
        "considered_in": ["early_help"],
        "roles": ["allocated practitioner", "team manager"],
        "on_file": "The date, and who came",
    }
    return StandardMeasure.objects.create(version=version, **{**measure, **values})


def make_resource(partnership=None, *, name="Genogram", kind=ResourceKind.TEMPLATE, **values):
    """A resource with a link."""
    words = {"what": "A drawing of a family.", "link": "https://tools.example/genogram"}
    resource = Resource.objects.create(
        **{**_whose(partnership), **words, "name": name, "kind": kind, **values}
    )
    refresh(resource)
    return resource


def make_definition(partnership=None, *, term="Parental conflict", **values):
    """What a term means."""
    words = {"meaning": "Arguments that are frequent, intense and not resolved."}
    definition = Definition.objects.create(
        **{**_whose(partnership), **words, "term": term, **values}
    )
    refresh(definition)
    return definition


def make_preferred_word(partnership=None, *, instead_of="warring parents", **values):
    """An entry of the language guide."""
    words = {"prefer": "parents who argue often", "why": "It says what happens."}
    word = PreferredWord.objects.create(
        **{**_whose(partnership), **words, "instead_of": instead_of, **values}
    )
    refresh(word)
    return word


def make_question_set(partnership=None, *, name="Four questions", kinds=("text", "scale", "pane")):
    """A set with one question of each of these kinds."""
    question_set = QuestionSet.objects.create(**_whose(partnership), name=name)
    for position, kind in enumerate(kinds, 1):
        question_set.questions.create(position=position, kind=kind, words=f"Question {position}?")
    return question_set


@dataclass(frozen=True)
class LibraryOfArea:
    """What the walks need of an area's practice library.

    ``standard`` is in force in ``version`` with ``measure``; ``drafted`` is another standard
    under the same ``pillar``, whose first version ``draft``, with ``draft_measure`` and
    ``draft_source``, nobody has approved.
    """

    model: PracticeModel
    starter_model: PracticeModel
    pillar: ModelPart
    standard: Standard
    version: StandardVersion
    measure: StandardMeasure
    drafted: Standard
    draft: StandardVersion
    draft_measure: StandardMeasure
    draft_source: StandardSource
    resource: Resource
    definition: Definition
    word: PreferredWord
    question_set: QuestionSet


def library_of(partnership, song=""):
    """One of each, in a partnership's own library."""
    model = make_practice_model(partnership, name=f"{song}model", summary=f"{song}summary")
    pillar = make_part(model, name=f"{song}pillar")
    value = {"meaning": f"{song}meaning", "behaviours": f"{song}behaviour"}
    make_part(model, PartKind.VALUE, name=f"{song}value", **value)
    words = {"statement": f"{song}We listen.", "about": f"{song}about"}
    standard = make_standard(pillar, **words)
    drafted = make_standard(pillar, position=2, draft=True, **words)
    version, draft = standard.versions.get(), drafted.versions.get()
    starters = PracticeModel.objects.starters()  # the same one for every area
    starter_model = starters.first() or make_practice_model(name="A starter")
    refresh(starter_model)
    resource = make_resource(partnership, name=f"{song}resource")
    StandardTool.objects.create(standard=standard, resource=resource)
    RelatedStandard.objects.create(standard=standard, other=drafted)
    for thing in ({"standard": standard}, {"resource": resource}):
        _bear(partnership, **thing)
    refresh(standard, resource)
    return LibraryOfArea(
        model=model,
        starter_model=starter_model,
        pillar=pillar,
        standard=standard,
        version=version,
        measure=version.measures.get(),
        drafted=drafted,
        draft=draft,
        draft_measure=draft.measures.get(),
        draft_source=draft.sources.get(),
        resource=resource,
        definition=make_definition(partnership, term=f"{song}term"),
        word=make_preferred_word(partnership, instead_of=f"{song}word"),
        question_set=make_question_set(partnership, name=f"{song}questions"),
    )


def _bear(partnership, **thing):
    """Have it bear on the first domain, where a planning tool is loaded."""
    if domain := Domain.objects.order_by("pk").first():
        Bearing.objects.create(partnership=partnership, domain=domain, levels=[2], **thing)
