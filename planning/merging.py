"""Two people in one box: what each wrote is kept, and a person decides.

A page remembers a fingerprint of every part's text as it was when the page was made (its
``base``). When the page is saved, each part is looked at alone:

| the text that stands now …         | and the page's text …     | then                        |
|------------------------------------|---------------------------|-----------------------------|
| is the same as the page's          |                           | nothing to do               |
| is what the page started from      | is another                | the page's text is written  |
| was written by this very page      | is another and newer      | the page's text is written  |
| is empty, and new to the page      | is another                | the page's text is written  |
| is another                         | is what it started from   | what stands is kept         |
| is another                         | is another                | both are kept: a clash      |
| is gone (its row was removed)      | is what it started from   | it stays gone               |
| is gone                            | is another                | the page's text is written  |

Pure rules over values: no database, no request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rpcportal.kit.meanwhile import fingerprint


@dataclass(frozen=True)
class Save:
    """One save as a page sends it.

    ``texts``: part -> text as the page has it. ``base``: part -> fingerprint of what the
    page started from. ``page``: names the open page; ``number``: which of its saves this is,
    so that a save which arrives late never undoes a newer one of the same page.
    """

    texts: Mapping[str, str]
    base: Mapping[str, str]
    page: str = ""
    number: int = 0


@dataclass
class Merge:
    """What is to be done: ``write`` and ``clashes`` are part -> the page's text.

    ``settled``: parts whose present text the page now knows. ``kept``: parts where what
    stands was kept because only the other side changed.
    """

    write: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, str] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)


def merge(save, standing, writers):
    """Decide part by part; ``standing``: part -> text now, ``writers``: part -> “page:number”."""
    result = Merge()
    for part, mine in save.texts.items():
        base = save.base.get(part)
        theirs = standing.get(part)
        untouched = base == fingerprint(mine)
        if theirs is None:
            _place(result.kept if untouched else result.write, part, mine)
        elif theirs == mine:
            result.settled.add(part)
        elif _is_late(save, writers.get(part, "")):
            result.kept.add(part)
        elif _started_from(base, theirs) or _wrote(save, writers.get(part, "")):
            result.write[part] = mine
        elif untouched:
            result.kept.add(part)
        else:
            result.clashes[part] = mine
    result.settled.update(result.write)
    return result


def _place(where, part, text):
    if isinstance(where, set):
        where.add(part)
    else:
        where[part] = text


def _started_from(base, theirs):
    """Whether the page knows the text that stands, or there is none that it could overwrite.

    The second is a row that this page has just made, without what could not be read yet: a
    day half typed, say.
    """
    return base == fingerprint(theirs) or (base is None and not theirs)


def _wrote(save, writer):
    """Whether this page wrote what stands now."""
    return bool(save.page) and writer.rpartition(":")[0] == save.page


def _is_late(save, writer):
    """Whether a newer save of this very page has been here already."""
    return _wrote(save, writer) and int(writer.rpartition(":")[2]) > save.number
