"""The starter content of the library, brought to what fixtures/practice says.

Everything is found again by its key, so loading twice changes nothing. What is gone from the
files is withdrawn or retired where people may have worked with it, and removed otherwise.
"""

from django.db import transaction
from django.utils import timezone

from planning.models import Domain
from practice.indexing import forget, refresh
from practice.models import (
    Bearing,
    Definition,
    EntryKind,
    ModelPart,
    PracticeModel,
    PreferredWord,
    Question,
    QuestionSet,
    RelatedStandard,
    Resource,
    Standard,
    StandardMeasure,
    StandardSource,
    StandardTool,
    StandardVersion,
    VersionState,
)
from practice.starters import read_starters

FRAMEWORK = "rpc-2018"  # whose domains the files name by number
APPROVED_NAME = "RPC Portal starter content"
AMENDMENT = "The words that come with the portal were revised."


@transaction.atomic
def load_starters(folder=None, today=None):
    """Bring the starter content to what the files of a folder say; returns how much changed.

    Raises practice.starters.StarterProblem before anything is written.
    """
    starters = read_starters(folder)
    loading = Loading(today or timezone.localdate())
    resources = loading.things(Resource, starters.resources)
    loading.things(Definition, starters.definitions)
    loading.things(PreferredWord, starters.preferred_words)
    loading.question_sets(starters.question_sets)
    loading.models(starters.models)
    standards = loading.standards(starters.standards)
    loading.ties(starters, standards, resources)
    loading.remove_gone()
    refresh(*(each for each in loading.changed if not isinstance(each, QuestionSet)))
    return loading.count


class Loading:
    """One loading. ``changed``: the things that the search should look at again."""

    def __init__(self, today):
        self.today = today
        self.changed = []
        self.count = 0
        self._gone = {}
        self._pillars = {}

    def _note(self, things):
        known = {(type(each), each.pk) for each in self.changed}
        fresh = [each for each in things if (type(each), each.pk) not in known]
        self.changed += fresh
        self.count += len(fresh)

    def _bring(self, model, wanted):
        """The rows of a model by key, made or changed to what is wanted: key -> words."""
        stored = {each.key: each for each in model.objects.starters()}
        new = [model(key=key, **words) for key, words in wanted.items() if key not in stored]
        model.objects.bulk_create(new)
        changed = [
            stored[key]
            for key, words in wanted.items()
            if key in stored and _differs(stored[key], words)
        ]
        for each in changed:
            _write(each, wanted[each.key])
        if changed:
            model.objects.bulk_update(changed, list(wanted[changed[0].key]))
        self._note([*new, *changed])
        self._gone[model] = [each for key, each in stored.items() if key not in wanted]
        return {each.key: each for each in [*stored.values(), *new] if each.key in wanted}

    def things(self, model, wanted):
        """Resources, definitions or preferred words by key."""
        return self._bring(model, {each.key: each.words for each in wanted})

    def question_sets(self, wanted):
        """Sets, each with its questions anew where they differ."""
        words = {each.key: {**each.words, "retired_on": None} for each in wanted}
        sets = self._bring(QuestionSet, words)
        stored = _by("set_id", Question.objects.filter(set__in=sets.values()).order_by("position"))
        for each in wanted:
            its, standing = sets[each.key], stored.get(sets[each.key].pk, [])
            if [_said(row, Question) for row in standing] == [
                _said(Question(set=its, **words), Question) for words in each.parts
            ]:
                continue
            Question.objects.filter(set=its).delete()
            Question.objects.bulk_create(Question(set=its, **words) for words in each.parts)
            self._note([its])

    # --- Models and their parts -------------------------------------------------------------

    def models(self, wanted):
        """Practice models, each with its parts."""
        words = {each.key: {**each.words, "retired_on": None} for each in wanted}
        models = self._bring(PracticeModel, words)
        stored = _by("model_id", ModelPart.objects.filter(model__in=models.values()))
        for each in wanted:
            self._parts(models[each.key], each, stored.get(models[each.key].pk, []))

    def _parts(self, model, wanted, stored):
        """A part is found again by its name; one with another name, by its place."""
        left, matched = list(stored), {}
        for same in (("kind", "name"), ("kind", "position")):
            for number, words in enumerate(wanted.parts):
                found = [p for p in left if all(getattr(p, name) == words[name] for name in same)]
                if found and number not in matched:
                    matched[number] = found[0]
                    left.remove(found[0])
        changed = False
        for number, words in enumerate(wanted.parts):
            part = matched.get(number) or ModelPart(model=model)
            if part.pk is None or _differs(part, _whole(ModelPart, words)):
                _write(part, _whole(ModelPart, words))
                part.save()
                changed = True
            if words["kind"] == "pillar":
                self._pillars[wanted.key, words["name"]] = part
        self._gone.setdefault(ModelPart, []).extend(left)
        if changed:
            self._note([model])

    # --- Standards and their versions -------------------------------------------------------

    def standards(self, wanted):
        """Standards by key, each in the words of the files: changed ones in a next version."""
        words = {
            each.key: {
                "pillar_id": self._pillars[each.model, each.pillar].pk,
                "position": each.position,
                "withdrawn_on": None,
            }
            for each in wanted
        }
        standards = self._bring(Standard, words)
        newest = StandardVersion.objects.filter(standard__in=standards.values())
        newest = newest.order_by("standard_id", "-number").distinct("standard_id")
        stored = {v.standard_id: v for v in newest.prefetch_related("measures", "sources")}
        versions, belongings = [], []
        for each in wanted:
            standing = stored.get(standards[each.key].pk)
            if standing is None or not _says(standing, each):
                version = _next_version(standards[each.key], standing, each)
                versions.append(version)
                belongings += _belongings(version, standing, each)
                self._note([standards[each.key]])
        self._write_versions(versions, belongings)
        return standards

    def _write_versions(self, versions, belongings):
        StandardVersion.objects.bulk_create(versions)
        for model in (StandardMeasure, StandardSource):
            model.objects.bulk_create([each for each in belongings if isinstance(each, model)])
        StandardVersion.objects.filter(pk__in=[each.pk for each in versions]).update(
            state=VersionState.APPROVED,
            effective_on=self.today,
            approved_on=self.today,
            approved_name=APPROVED_NAME,
            approved_recorded_at=timezone.now(),
        )

    def ties(self, starters, standards, resources):
        """What leads from a standard to others, and what bears on which domain."""
        tools = {
            (standards[each.key].pk, resources[key].pk)
            for each in starters.standards
            for key in each.tools
        }
        related = {
            (standards[each.key].pk, standards[key].pk)
            for each in starters.standards
            for key in each.related
        }
        here = {"standard__in": standards.values()}
        self.count += _tie(StandardTool.objects.filter(**here), ("standard", "resource"), tools)
        self.count += _tie(RelatedStandard.objects.filter(**here), ("standard", "other"), related)
        self._bearings("standard", standards, starters.standards)
        self._bearings("resource", resources, starters.resources)

    def _bearings(self, name, things, wanted):
        domains = {
            each.number: each
            for each in Domain.objects.filter(dimension__framework__slug=FRAMEWORK)
        }
        bears = {
            (things[each.key].pk, domains[number].pk): levels
            for each in wanted
            for number, levels in each.bearings.items()
            if number in domains
        }
        stored = {
            (getattr(each, f"{name}_id"), each.domain_id): each
            for each in Bearing.objects.filter(
                **{f"{name}__in": things.values()}, domain__in=domains.values()
            )
        }
        other = {pair for pair, each in stored.items() if bears.get(pair) != each.levels}
        Bearing.objects.filter(pk__in=[stored[pair].pk for pair in other]).delete()
        new = {pair for pair in bears if pair not in stored or pair in other}
        Bearing.objects.bulk_create(
            Bearing(**{f"{name}_id": thing}, domain_id=domain, levels=bears[thing, domain])
            for thing, domain in sorted(new)
        )
        touched = {thing for thing, _ in other | new}
        self._note([each for each in things.values() if each.pk in touched])

    # --- What is gone from the files --------------------------------------------------------

    def remove_gone(self):
        """Withdraw, retire or remove what the files no longer hold."""
        self._end(Standard, "withdrawn_on")
        self._end(PracticeModel, "retired_on")
        self._end(QuestionSet, "retired_on")
        self._remove_parts({each.pk for each in self._gone.get(ModelPart, ())})
        used = StandardTool.objects.filter(standard__partnership__isnull=False)
        used = set(used.values_list("resource_id", flat=True))
        self._remove(Resource, EntryKind.RESOURCE, used)
        self._remove(Definition, EntryKind.DEFINITION)
        self._remove(PreferredWord, EntryKind.WORD)

    def _remove_parts(self, numbers):
        """A pillar stays while a standard stands under it, a withdrawn one, too."""
        parts = ModelPart.objects.filter(pk__in=numbers, standards__isnull=True)
        self._note({part.model for part in parts.select_related("model")})
        parts.delete()

    def _end(self, model, name):
        ending = [each for each in self._gone[model] if getattr(each, name) is None]
        for each in ending:
            setattr(each, name, self.today)
        if ending:
            model.objects.bulk_update(ending, [name])
        self._note(ending)

    def _remove(self, model, kind, used=frozenset()):
        numbers = [each.pk for each in self._gone[model] if each.pk not in used]
        if numbers:
            model.objects.filter(pk__in=numbers).delete()
            forget(kind, *numbers)
        self.count += len(numbers)


# --- Rows and words ---------------------------------------------------------------------------


def _by(name, rows):
    found = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _differs(row, words):
    return any(getattr(row, name) != value for name, value in words.items())


def _write(row, words):
    for name, value in words.items():
        setattr(row, name, value)


def _whole(model, words):
    """The words with what a row has of its own where they say nothing."""
    plain = ("kind", "position", "name", "meaning", "behaviours", "when")
    places = ("high_challenge", "high_support")
    blank = dict.fromkeys(plain, "") | dict.fromkeys(places)
    return blank | words


def _said(row, model):
    """What a row says, without its number and to what it belongs."""
    return {
        field.name: getattr(row, field.name)
        for field in model._meta.fields
        if not (field.primary_key or field.is_relation or field.name == "key")
    }


def _says(version, wanted):
    words = {name: getattr(version, name) for name in wanted.words}
    standing = [_said(each, StandardMeasure) for each in version.measures.all()]
    sources = [_said(each, StandardSource) for each in version.sources.all()]
    return (
        words == wanted.words
        and standing == [_said(each, StandardMeasure) for each in _measures(None, wanted)]
        and sources == [_said(each, StandardSource) for each in _sources(None, wanted)]
    )


def _next_version(standard, standing, wanted):
    return StandardVersion(
        standard=standard,
        number=standing.number + 1 if standing else 1,
        amendment=(wanted.amendment or AMENDMENT) if standing else "",
        **wanted.words,
    )


def _measures(version, wanted):
    return [
        StandardMeasure(version=version, position=position, **words)
        for position, words in enumerate(wanted.measures, 1)
    ]


def _sources(version, wanted):
    return [
        StandardSource(version=version, position=position, **words)
        for position, words in enumerate(wanted.sources, 1)
    ]


def _belongings(version, standing, wanted):
    """Measures and sources. A measure keeps its key while its text or else its place stays."""
    measures = _measures(version, wanted)
    left, unmatched = list(standing.measures.all()) if standing else [], list(measures)
    for name in ("text", "position"):
        for measure in list(unmatched):
            found = [each for each in left if getattr(each, name) == getattr(measure, name)]
            if found:
                measure.key = found[0].key
                left.remove(found[0])
                unmatched.remove(measure)
    return [*measures, *_sources(version, wanted)]


def _tie(stored, names, wanted):
    """Make the ties of a queryset what is wanted, pairs of numbers; returns how many changed."""
    first, second = (f"{name}_id" for name in names)
    standing = {(getattr(each, first), getattr(each, second)): each.pk for each in stored}
    gone = [pk for pair, pk in standing.items() if pair not in wanted]
    stored.filter(pk__in=gone).delete()
    new = sorted(wanted - standing.keys())
    stored.model.objects.bulk_create(stored.model(**{first: a, second: b}) for a, b in new)
    return len(gone) + len(new)
