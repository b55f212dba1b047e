"""The starter content of the library as its files say it: read and checked, nothing stored.

fixtures/practice/ holds one file for each practice model, and one each for resources,
definitions, language and reflection. Whatever is wrong in them is a ``StarterProblem``, whose
message names the file, the thing and the mend.
"""

from dataclasses import dataclass

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError

from practice.models import (
    Definition,
    LimitUnit,
    ModelPart,
    PartKind,
    PracticeModel,
    PreferredWord,
    Question,
    QuestionSet,
    Resource,
    ResourceKind,
    StandardMeasure,
    StandardSource,
    StandardVersion,
)

FOLDER = settings.BASE_DIR / "fixtures" / "practice"
SHARED = ("resources", "definitions", "language", "reflection")
ROLES = (
    "allocated practitioner",
    "team manager",
    "service manager",
    "supervisor",
    "chair of the review",
    "practice lead",
    "all staff",
)
DOMAINS, LEVELS = range(1, 11), range(1, 5)  # of the planning tool of 2018
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the quick one, where it is built


class StarterProblem(Exception):
    """The files cannot be loaded. The message is a sentence."""


@dataclass(frozen=True)
class StarterThing:
    """A resource, a definition, a preferred word or a set of questions, by the names of its
    fields; ``parts`` are the questions of a set. Domain number -> levels in ``bearings``.
    """

    key: str
    words: dict
    bearings: dict
    parts: tuple = ()


@dataclass(frozen=True)
class StarterStandard:
    """A standard with the words of its newest version.

    ``model``: its key; ``pillar``: the name of its part.
    """

    key: str
    model: str
    pillar: str
    position: int
    words: dict
    amendment: str
    sources: tuple
    measures: tuple
    tools: tuple
    related: tuple
    bearings: dict


@dataclass(frozen=True)
class StarterModel:
    """A practice model with its parts, by the names of their fields, and its standards."""

    key: str
    words: dict
    parts: tuple
    standards: tuple


@dataclass(frozen=True)
class Starters:
    """All of it."""

    models: tuple[StarterModel, ...]
    resources: tuple[StarterThing, ...]
    definitions: tuple[StarterThing, ...]
    preferred_words: tuple[StarterThing, ...]
    question_sets: tuple[StarterThing, ...]

    @property
    def standards(self):
        """Those of all models."""
        return [each for model in self.models for each in model.standards]


def read_starters(folder=None):
    """The Starters of a folder; raises StarterProblem."""
    files = {path.name: _file(path) for path in sorted((folder or FOLDER).glob("*.yaml"))}
    try:
        starters = _starters(files)
    except KeyError as error:
        raise StarterProblem(f"An entry of the starter content lacks {error}. Add it.") from None
    _check_keys(starters)
    return starters


def _starters(files):
    shared = {name: files.pop(f"{name}.yaml", {}) for name in SHARED}
    language = shared["language"]
    links = [_resource_of_link(each) for each in language.get("links", ())]
    return Starters(
        models=tuple(_model(name, content) for name, content in files.items()),
        resources=_things("resource", [*shared["resources"].get("resources", ()), *links]),
        definitions=_things("definition", shared["definitions"].get("definitions", ())),
        preferred_words=_things("preferred word", language.get("language", ())),
        question_sets=_things("set of questions", shared["reflection"].get("sets", ())),
    )


def _file(path):
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - safe
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise StarterProblem(f"{path.name} cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise StarterProblem(f"{path.name} holds no entries by name.")
    return content


# --- Models and standards ---------------------------------------------------------------------


def _model(name, content):
    where = name
    said = _need(where, content, "model")
    source, guiding = _need(where, said, "source"), _need(where, said, "guiding")
    words = {
        "name": _need(where, said, "name"),
        "summary": said.get("summary", ""),
        "source": ", ".join(filter(None, (source["title"], source["who"], str(source["year"])))),
        "source_link": source.get("link", ""),
        "guiding": guiding["kind"],
        "guiding_words": guiding["words"],
        "guiding_meaning": guiding.get("meaning", ""),
        "vision": said.get("vision", ""),
        "mission": said.get("mission", ""),
    }
    parts = _parts(where, said)
    model = StarterModel(
        key=_need(where, said, "slug"),
        words=words,
        parts=parts,
        standards=_standards(where, content, parts),
    )
    _check(f"{where}, the model", PracticeModel, {"key": model.key, **words})
    return model


def _parts(where, said):
    panes = said.get("window", {}).get("panes", ())
    found = [
        *({**each, "behaviours": "\n".join(each.get("behaviours", ()))} for each in said["parts"]),
        *(_pane(each) for each in panes),
        *(_milestone(each) for each in said.get("timeline", ())),
    ]
    standing, parts = {}, []
    for each in found:
        here = f"{where}, part “{each.get('name')}”"
        position = standing[each["kind"]] = standing.get(each["kind"], 0) + 1
        _check(here, ModelPart, {**each, "position": position})
        if any(each["kind"] == other["kind"] and each["name"] == other["name"] for other in parts):
            raise StarterProblem(f"{here}: its kind has another of this name. Name one anew.")
        parts.append({**each, "position": position})
    return tuple(parts)


def _pane(content):
    return {
        "kind": PartKind.PANE.value,
        "name": content["name"],
        "meaning": content["meaning"],
        "high_challenge": content["high_up"],
        "high_support": content["high_right"],
    }


def _milestone(content):
    return {"kind": PartKind.MILESTONE.value, "name": content["what"], "when": content["when"]}


def _standards(where, content, parts):
    pillars = {each["name"]: [] for each in parts if each["kind"] == PartKind.PILLAR}
    for each in content.get("standards", ()):
        here = f"{where}, standard {each.get('key')}"
        if each.get("pillar") not in pillars:
            raise StarterProblem(f"{here}: the model has no pillar “{each.get('pillar')}”.")
        position = len(pillars[each["pillar"]]) + 1
        pillars[each["pillar"]].append(
            _standard(here, {**each, "model": content["model"]["slug"]}, position)
        )
    return tuple(standard for under in pillars.values() for standard in under)


def _standard(here, content, position):
    words = {
        "statement": _need(here, content, "statement"),
        "about": content.get("about", ""),
        "descriptors": "\n".join(" ".join(each.split()) for each in content["descriptors"]),
    }
    _check(here, StandardVersion, words)
    sources = [{**each, "link": each.get("link", "")} for each in content.get("sources", ())]
    for each in sources:
        _check(f"{here}, source “{each.get('title')}”", StandardSource, each)
    return StarterStandard(
        key=_need(here, content, "key"),
        model=content["model"],
        pillar=content["pillar"],
        position=position,
        words=words,
        amendment=content.get("amendment", ""),
        sources=tuple(sources),
        measures=tuple(_measure(here, each) for each in content.get("measures", ())),
        tools=tuple(content.get("tools", ())),
        related=tuple(content.get("related", ())),
        bearings=_bearings(here, content.get("domains", ())),
    )


def _measure(where, content):
    here = f"{where}, measure “{_need(where, content, 'text')}”"
    limit = content.get("limit") or {}
    if limit and limit.get("unit") not in LimitUnit.values:
        units = ", ".join(LimitUnit.values)
        raise StarterProblem(f"{here}: there is no unit “{limit.get('unit')}”, only {units}.")
    needs = {"required": [], "considered": []}
    for each in content.get("scopes", ()):
        if each.get("need") not in needs:
            raise StarterProblem(f"{here}: a need is required or considered, not {each['need']}.")
        needs[each["need"]].append(each["scope"])
    for role in content.get("roles", ()):
        if role not in ROLES:
            raise StarterProblem(f"{here}: there is no role “{role}”, only {', '.join(ROLES)}.")
    measure = {
        **{name: content.get(name, "") for name in ("trigger", "frequency", "exception")},
        **{name: content.get(name, "") for name in ("text", "on_file", "source")},
        "limit_number": limit.get("number"),
        "limit_unit": limit.get("unit", ""),
        "required_in": needs["required"],
        "considered_in": needs["considered"],
        "roles": list(content.get("roles", ())),
    }
    _check(here, StandardMeasure, measure)
    return measure


# --- Everything else --------------------------------------------------------------------------


def _things(kind, contents):
    make = {
        "resource": _resource,
        "definition": _definition,
        "preferred word": _preferred_word,
        "set of questions": _question_set,
    }[kind]
    return tuple(
        make(f"{kind} {each.get('key')}", each, position)
        for position, each in enumerate(contents, 1)
    )


def _resource(where, content, position):
    texts = ("kind", "name", "what", "length", "stage", "link", "source")
    words = {
        **{name: content.get(name, "") for name in texts},
        "audience": list(content.get("audience", ())),
        "methods": list(content.get("method", ())),
    }
    domains = [{"number": number} for number in content.get("domains", ())]
    key = _need(where, content, "key")
    _check(where, Resource, {"key": key, **words})
    return StarterThing(key, words, _bearings(where, domains))


def _resource_of_link(content):
    """A published language guide is a resource, too."""
    source = ", ".join(filter(None, (content["who"], str(content["year"]))))
    return {
        "key": content.get("key"),
        "kind": ResourceKind.LANGUAGE_GUIDE.value,
        "name": content["title"],
        "link": content["link"],
        "source": source,
    }


def _definition(where, content, position):
    entries = {"term": "term", "meaning": "meaning", "is_not": "not", "link": "more"}
    return _of_words(where, content, position, Definition, entries)


def _preferred_word(where, content, position):
    entries = {"instead_of": "instead_of", "prefer": "prefer", "why": "why"}
    return _of_words(where, content, position, PreferredWord, entries)


def _of_words(where, content, position, model, entries):
    words = {field: content.get(entry, "") for field, entry in entries.items()}
    words["position"] = position
    key = _need(where, content, "key")
    _check(where, model, {"key": key, **words})
    return StarterThing(key, words, {})


def _question_set(where, content, position):
    words = {"name": _need(where, content, "name"), "about": content.get("about", "")}
    key = _need(where, content, "key")
    _check(where, QuestionSet, {"key": key, **words})
    questions = tuple(
        {"position": number, **each} for number, each in enumerate(content["questions"], 1)
    )
    for each in questions:
        _check(f"{where}, question “{each.get('words')}”", Question, each)
    return StarterThing(key, words, {}, questions)


# --- Checks -----------------------------------------------------------------------------------


def _need(where, content, name):
    if not content.get(name):
        raise StarterProblem(f"{where}: “{name}” is missing. Add it.")
    return content[name]


def _bearings(where, contents):
    found = {}
    for each in contents:
        levels = sorted(each.get("levels", ()))
        if each["number"] not in DOMAINS or not set(levels) <= set(LEVELS):
            raise StarterProblem(
                f"{where}: domains are numbered 1 to {DOMAINS[-1]}, and levels 1 to {LEVELS[-1]}."
            )
        found[each["number"]] = levels
    return found


def _check(where, model, words):
    """Against the rules of its table: lengths, choices, addresses."""
    if unknown := words.keys() - {field.name for field in model._meta.fields}:
        raise StarterProblem(f"{where}: “{', '.join(sorted(unknown))}” is not known there.")
    unsaid = [field.name for field in model._meta.fields if field.name not in words]
    try:
        model(**words).clean_fields(exclude=unsaid)
    except ValidationError as error:
        said = "; ".join(f"{name}: {' '.join(e)}" for name, e in error.message_dict.items())
        raise StarterProblem(f"{where}: {said}") from None


def _check_keys(starters):
    resources = {each.key for each in starters.resources}
    standards = {each.key for each in starters.standards}
    for each in starters.standards:
        for keys, known, what in (
            (each.tools, resources, "resource"),
            (each.related, standards, "standard"),
        ):
            for key in keys:
                if key not in known:
                    raise StarterProblem(f"standard {each.key}: there is no {what} “{key}”.")
    groups = {
        "model": starters.models,
        "standard": starters.standards,
        "resource": starters.resources,
        "definition": starters.definitions,
        "preferred word": starters.preferred_words,
        "set of questions": starters.question_sets,
    }
    for what, things in groups.items():
        keys = [each.key for each in things]
        for key in keys:
            if keys.count(key) > 1:
                raise StarterProblem(f"{what} {key}: there are two of this key. Give one another.")
