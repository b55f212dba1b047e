"""First actions for those who cannot think of one: fixtures/starters.yaml."""

from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings

FILE = settings.BASE_DIR / "fixtures" / "starters.yaml"


@dataclass(frozen=True)
class Starter:
    """An action that an organisation can begin with: what, why, and how they will know."""

    what: str
    why: str
    measure: str


@cache
def starters():
    """All of them, in the order of the file."""
    return tuple(Starter(**each) for each in yaml.safe_load(FILE.read_text(encoding="utf-8")))
