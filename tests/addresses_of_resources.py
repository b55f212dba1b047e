"""The addresses of resources, definitions and the language guide (tests/addresses.py has the
others).
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.address import (
    A_KEY,
    LEADERS,
    LEADERS_CAN,
    NOBODY,
    Address,
    lost_in_partnership,
    lost_partnership,
    of_partnership,
)


def of_resource(world):
    return (world.a.partnership.slug, world.library.resource.pk)


def of_definition(world):
    return (world.a.partnership.slug, world.library.definition.pk)


def of_word(world):
    return (world.a.partnership.slug, world.library.word.pk)


def _writing(find, lost=lost_in_partnership, body=lambda world: {}):
    """Where the library is written."""
    return Address(
        find=find, lost=lost, readers=LEADERS, writers=LEADERS, refused=LEADERS_CAN, body=body
    )


def _using(starter):
    """``starter``: of the world's resources, which one came with the portal."""
    return Address(
        find=lambda world: (world.a.partnership.slug, getattr(world.resources, starter).pk),
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=LEADERS,
        refused=LEADERS_CAN,
    )


RESOURCE = {"kind": "toolkit", "name": "Seen by the walk"}
DEFINITION = {"term": "Seen by the walk", "meaning": "Seen"}
WORD = {"instead_of": "Seen by the walk", "prefer": "Seen"}
ADDRESSES_OF_RESOURCES = {
    "resources": Address(find=of_partnership, lost=lost_partnership),
    "add_resource": _writing(
        of_partnership, lost_partnership, lambda world: {**RESOURCE, "request_key": A_KEY}
    ),
    "resource": Address(find=of_resource, lost=lost_in_partnership),
    "change_resource": _writing(of_resource, body=lambda world: RESOURCE),
    "remove_resource": _writing(of_resource),
    "use_resource": _using("starter"),
    "resource_file": Address(find=of_resource, lost=lost_in_partnership, file=True),
    "put_resource_file": _writing(
        of_resource, body=lambda world: {"file": SimpleUploadedFile("walk.txt", b"Seen")}
    ),
    "remove_resource_file": _writing(of_resource),
    "use_definition": _using("starter_definition"),
    "use_preferred_word": _using("starter_word"),
    "words": Address(find=of_partnership, lost=lost_partnership),
    "add_definition": _writing(
        of_partnership, lost_partnership, lambda world: {**DEFINITION, "request_key": A_KEY}
    ),
    "definition": Address(find=of_definition, lost=lost_in_partnership),
    "change_definition": _writing(of_definition, body=lambda world: DEFINITION),
    "remove_definition": _writing(of_definition),
    "add_preferred_word": _writing(
        of_partnership, lost_partnership, lambda world: {**WORD, "request_key": A_KEY}
    ),
    "preferred_word": Address(find=of_word, lost=lost_in_partnership),
    "change_preferred_word": _writing(of_word, body=lambda world: WORD),
    "remove_preferred_word": _writing(of_word),
}
