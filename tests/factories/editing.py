"""Drafts and their words, as tests send them."""

import uuid
from datetime import date

from practice import approving, sources_and_measures, writing
from practice.versions import fingerprint_of

ON = {"on": date(2026, 3, 2), "effective_on": date(2026, 4, 1)}
APPROVAL = {"name": "Ruth Ellis", "role": "Director", "amendment": "Clearer.", **ON}
MEASURE = {
    "text": "We hold a family network meeting",
    "trigger": "the child is opened to children’s social care",
    "limit_number": 10,
    "limit_unit": "days_unsaid",
    "required_in": ["social_care"],
    "considered_in": ["early_help"],
    "roles": ["allocated practitioner", "team manager"],
    "frequency": "",
    "exception": "",
    "on_file": "",
    "source": "",
}
SOURCE = {"kind": "law", "title": "Children Act 1989", "link": ""}
WORDS = {"statement": "We ask.", "about": "", "descriptors": "", "amendment": ""}


def begin(pillar, by, statement="We are family focused."):
    """A standard with a draft."""
    return writing.add_standard(pillar=pillar, statement=statement, request_key=uuid.uuid4(), by=by)


def write_measure(standard, by, **words):
    """A measure in the draft."""
    key = uuid.uuid4()
    return sources_and_measures.add_measure(
        standard=standard, request_key=key, by=by, **{**MEASURE, **words}
    )


def approve(standard, by, **words):
    """Approve the draft as it stands; returns the version."""
    seen = fingerprint_of([writing.draft_of(standard)])
    return approving.approve_draft(standard=standard, by=by, **{"seen": seen, **APPROVAL, **words})
