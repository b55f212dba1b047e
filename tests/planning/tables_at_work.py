"""What tests of a workshop's tables stand on."""

import json

from planning import table_work
from planning.merging import Save, fingerprint
from planning.models import TableEntry
from planning.table_work import PARTS
from tests.factories.assessments import entry_of


def save_of(texts, started_from=None):
    """A save of a page that started from these texts; what is not named was empty."""
    known = {**dict.fromkeys(PARTS, ""), **(started_from or {})}
    return Save(texts=texts, base={part: fingerprint(text) for part, text in known.items()})


def base(**texts):
    """What a page remembers that started from these texts."""
    known = {**dict.fromkeys(PARTS, ""), **texts}
    return json.dumps({part: fingerprint(text) for part, text in known.items()})


def lay(workshop, number=2):
    return table_work.lay_tables(workshop=workshop, number=number, by=workshop.created_by)


def wrote(table, number=1, **words):
    """What a table has of a domain."""
    entry = entry_of(table.workshop.assessment, number)
    return TableEntry.objects.create(table=table, entry=entry, **words)


def write(table, number, texts, *, by=None, started_from=None):
    """One save, from a phone or, with ``by``, of a sheet of paper."""
    entry = entry_of(table.workshop.assessment, number)
    save = save_of(texts, started_from)
    if by:
        return table_work.write_copy(table=table, saves={entry: save}, by=by)
    return table_work.write_from_phone(table=table, entry=entry, save=save)


def texts_at(table, number=1):
    """Part -> text as it stands."""
    return table_work.texts_of(table.entries.filter(entry__domain__number=number).first())
