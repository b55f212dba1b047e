"""Names of files: those that people gave, made safe for every computer that saves one."""

import re
from pathlib import PurePosixPath

from rpcportal.kit.forms import plain_text

LONGEST = 150
UNSAFE = re.compile(r'[<>:"/\\|?*\s]+')
# Letters that cannot be seen, and marks that turn the text after them round.
UNSEEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]")
# Names that Windows keeps for itself, whatever stands after the point.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
NAMELESS = "Resource"
SAME = {".jpeg": ".jpg", ".jpe": ".jpg"}


def safe_name(name, ending):
    """The name under which a file is downloaded. It ends as its kind does, whatever it said."""
    stem = _readable(name)
    suffix = PurePosixPath(stem).suffix.lower()
    if SAME.get(suffix, suffix) == ending:
        stem = stem[: -len(suffix)]
    stem = stem.strip(". ")[:LONGEST].strip(". ") or NAMELESS
    if RESERVED.match(stem):
        stem = f"{NAMELESS} {stem}"
    return f"{stem}{ending}"


def shown_name(name):
    """The name in a sentence."""
    name = _readable(name) or "The file"
    return name if len(name) <= 80 else f"{name[:79]}…"


def _readable(name):
    last = UNSEEN.sub("", plain_text(name)).replace("\\", "/").rpartition("/")[2]
    return UNSAFE.sub(" ", last).strip()
