"""Frameworks as rows: the real one of 2018, and a small one with another shape."""

from copy import deepcopy
from datetime import date
from functools import cache

import yaml
from django.conf import settings

from planning.imports import framework_file

RPC_2018 = settings.BASE_DIR / "fixtures" / "frameworks" / "rpc-2018.yaml"
SMALL_DOMAINS = {"Prepare": ("Purpose", "People"), "Do": ("Practice",)}
SMALL_TOP = 5


def load_rpc_2018():
    """The framework of 2018: ten domains, four levels. Twice gives the same row."""
    return framework_file.commit(_rpc_2018_file())[0]


@cache
def _rpc_2018_file():
    return framework_file.parse(RPC_2018.read_text(encoding="utf-8"))


def make_small_framework(slug="small-2025", version="2025"):
    """Three domains in two dimensions, five levels. Twice gives the same row."""
    file = framework_file.parse(small_framework_text(slug=slug, version=version))
    return framework_file.commit(file)[0]


def small_framework_text(**changes):
    """The small framework's file, with some of its top keys changed."""
    return yaml.safe_dump(small_framework_content() | changes, allow_unicode=True)


def small_framework_content():
    """What the small framework's file says, as a dict that a test may break."""
    return deepcopy(_small())


@cache
def _small():
    numbers = iter(range(1, 4))
    return {
        "slug": "small-2025",
        "name": "Small planning tool",
        "version": "2025",
        "published": date(2025, 3, 1),
        "source": "Made for tests.",
        "levels": [
            {"number": number, "name": f"Stage {number}", "summary": f"Summary of stage {number}."}
            for number in range(1, SMALL_TOP + 1)
        ],
        "dimensions": [
            {
                "name": dimension,
                "about": f"About {dimension.lower()}.",
                "domains": [_small_domain(next(numbers), name) for name in names],
            }
            for dimension, names in SMALL_DOMAINS.items()
        ],
    }


def _small_domain(number, name):
    domain = {
        "number": number,
        "name": name,
        "about": f"About {name.lower()}.",
        "question": f"Where does {name.lower()} stand?",
        "levels": {
            level: {
                "descriptor": f"{name} at stage {level}.",
                "evidence": [f"Example of {name.lower()} at stage {level}"],
            }
            for level in range(1, SMALL_TOP + 1)
        },
    }
    if number > 1:
        domain["depends_on"] = [{"domain": 1, "because": f"{name} needs a purpose."}]
    return domain
