"""What hostile or unlucky people send, and how a domain's page is filled with it."""

import html
import json
import uuid

from planning.merging import fingerprint
from planning.parts import ENTRY_PARTS
from tests.factories.assessments import entry_of

TEN_MEGABYTES = 10 * 1024 * 1024
ROW = uuid.UUID("11111111-2222-4333-8444-555555555555")
ENTRY_BOXES = ("evidence", "gaps", "reason", "dissent", "not_applicable_reason")
ROW_BOXES = {
    f"reference-{ROW}-title": "reference",
    f"reference-{ROW}-location": "reference",
    f"reference-{ROW}-shows": "reference",
    f"action-{ROW}-what": "action",
    f"action-{ROW}-measure": "action",
    f"action-{ROW}-owner": "action",
}
STRANGE = {
    "script": "<script>alert(1)</script>",
    "picture": "\"><img src=x onerror=alert(1)> '",
    "template": "{{ 7|add:7 }} {% csrf_token %} ${7*7} %s %(name)s {0}",
    "formula": "=HYPERLINK(\"https://evil.example\")",
    "link": "javascript:alert(1)//",
    "welsh": "Gŵyl y Tŷ: ŵyn a ŷd",
    "arabic": "مرحبا بالعالم",
    "hebrew": "שלום עולם",
    "turned round": "level \u200f4 مستوى\u200e",
    "emoji": "👩🏽‍👩🏽‍👧🏽‍👦🏽 👍🏿 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "combining": "Z" + "\u0335\u0336\u0337" * 60,
    "zero width": "a\u200bb\u200dc\ufeffd",
    "no characters": "a\ufffeb\uffffc\U0001fffed",
    "private": "a\ue000b\U0010fffdc",
    "entities": "&lt;b&gt; &amp;amp; &#0; ]]> <!-- --> <![CDATA[",
    "long word": "W" * 1900,
}  # fmt: skip


def domain_path(draft, number=1):
    return f"/planning/{draft.pk}/domains/{number}/"


def body(**boxes):
    """What the page of an empty domain sends; boxes of a row bring their row with them."""
    base = json.dumps({part: fingerprint("") for part in ENTRY_PARTS})
    empty = {"level": "", "target": "", "base": base, "page": "p", "number": "1"}
    for name in boxes:
        if name in ROW_BOXES:
            kind = ROW_BOXES[name]
            needed = {"reference": "title", "action": "what"}[kind]
            empty |= {f"{kind}-key": str(ROW), f"{kind}-{ROW}-{needed}": "Needed"}
    return empty | boxes


def stored(draft, box, number=1):
    """What the database holds for a box of domain 1."""
    entry = entry_of(draft, number)
    if box in ENTRY_BOXES:
        return getattr(entry, box)
    rows = entry.references if ROW_BOXES[box] == "reference" else draft.priority_actions
    row = rows.first()
    return getattr(row, box.rpartition("-")[2]) if row else ""


def shown(response):
    """The page, or a file of text, as a person reads it: entities resolved."""
    return html.unescape(response.getvalue().decode())
