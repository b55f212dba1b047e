"""Files of resources, and starters, as rows."""

from dataclasses import dataclass

from practice.bearing import set_bearings
from practice.indexing import refresh
from practice.models import Definition, PreferredWord, Resource, ResourceFile
from tests.factories.practice import make_definition, make_preferred_word, make_resource


def make_file(resource, *, name="Genogram.txt", content=b"A drawing of a family."):
    """A text file beside a resource."""
    return ResourceFile.objects.create(
        resource=resource,
        name=name,
        content_type="text/plain; charset=utf-8",
        size=len(content),
        content=content,
    )


def bear(thing, bearings):
    """Have it bear on domains: Domain -> levels."""
    set_bearings(thing, {domain.pk: levels for domain, levels in bearings.items()})
    refresh(thing)


@dataclass(frozen=True)
class ResourcesOfArea:
    """``file`` stands beside the resource of the area's library; the starters are everybody's."""

    file: ResourceFile
    starter: Resource
    starter_definition: Definition
    starter_word: PreferredWord


def resources_of(resource, song=""):
    """What the walks need beside an area's library."""
    content = f"{song}file".encode()
    return ResourcesOfArea(
        file=make_file(resource, name=f"{song}file.txt", content=content),
        starter=_once(Resource, make_resource, name="Came along"),
        starter_definition=_once(Definition, make_definition, term="Came along"),
        starter_word=_once(PreferredWord, make_preferred_word, instead_of="Came along"),
    )


def _once(model, make, **words):
    return model.objects.starters().filter(**words).first() or make(**words)
