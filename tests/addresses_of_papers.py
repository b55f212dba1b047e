"""The addresses of the library's documents."""

from tests.address import Address, lost_in_partnership


def of_model(world):
    return (world.a.partnership.slug, world.library.model.pk)


def of_pillar(world):
    return (world.a.partnership.slug, world.library.pillar.pk)


def of_version(world):
    return (*_of_standard(world), 1)


def _of_standard(world):
    return (world.a.partnership.slug, world.library.standard.pk)


def lost_version(world):
    return (*lost_in_partnership(world), 1)


MODEL_FILE = {"find": of_model, "lost": lost_in_partnership, "file": True}
PILLAR_FILE = {"find": of_pillar, "lost": lost_in_partnership, "file": True}
VERSION_FILE = {"find": of_version, "lost": lost_version, "file": True}
ADDRESSES_OF_PAPERS = {
    "handbook": Address(find=of_model, lost=lost_in_partnership),
    "handbook_pdf": Address(**MODEL_FILE),
    "handbook_word": Address(**MODEL_FILE),
    "practice_measures_csv": Address(**MODEL_FILE),
    "poster": Address(find=of_model, lost=lost_in_partnership),
    "poster_svg": Address(**MODEL_FILE),
    "poster_pdf": Address(**MODEL_FILE),
    "pillar_pdf": Address(**PILLAR_FILE),
    "pillar_word": Address(**PILLAR_FILE),
    "standard_pdf": Address(**VERSION_FILE),
    "standard_word": Address(**VERSION_FILE),
}
