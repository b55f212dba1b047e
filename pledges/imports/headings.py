"""Which column of a spreadsheet is which: by the words at its head, in any order and case."""

import re
import unicodedata

from pledges.exports import COLUMNS
from pledges.imports.parsed import UnreadableFile
from rpcportal.kit.quoting import quoted

# Whole headings, as ``plain`` makes them: what is in use in councils' own plans.
SYNONYMS = {
    "number": "no|nr|number|ref|reference|action no|action number|action ref",
    "organisation": "organisation|organization|partner|partner organisation|agency|lead agency"
    "|lead organisation|service",
    "what": "action|actions|what|what will be done|what will we do|smart action|priority action"
    "|task|activity",
    "measure": "how we will know|how will we know|measure|measures|measure of success"
    "|success measure|success criteria|how will we measure success|kpi",
    "owner": "owner|action owner|lead|lead officer|lead person|who|by whom|responsible"
    "|responsible officer|person responsible|responsibility",
    "starts_on": "starts|start|starts on|start date|from",
    "due_on": "due|due on|due date|deadline|by when|when|target date|timescale|end date",
    "status": "status|progress",
    "rating": "rating|rag|rag rating|rag status",
    "rating_reason": "reason for the rating|reason for rating|rating reason|reason|rag reason"
    "|rag comment|rag comments",
    "domains": "domains|domain|key element|key elements|planning tool domain|planning tool domains",
    "completed_on": "completed|completed on|date completed|completion date",
    "difference": "what difference it made|what difference did it make|difference|impact"
    "|difference made",
    "where_seen": "where that can be seen|where can that be seen|evidence|evidence of impact",
    "withdrawn_because": "withdrawn because|why withdrawn|reason withdrawn",
    "blocked_by": "waits for no|waits for|blocked by|depends on|dependency",
    "updated_at": "last news|last update|last updated|updated",
}
COLUMN_OF = {word: name for name, words in SYNONYMS.items() for word in words.split("|")}
LOOKED_AT = 30  # rows above which the headings stand


def plain(text):
    """A heading in small letters, without signs."""
    text = unicodedata.normalize("NFKC", str(text or "")).casefold()
    return " ".join(re.findall(r"[^\W_]+", text))


def columns_in(cells):
    """Place -> column, for the headings in a row that are known."""
    found = ((place, COLUMN_OF.get(plain(cell))) for place, cell in enumerate(cells) if cell)
    return {place: column for place, column in found if column}


def heading_row(rows):
    """The row with the headings, and its columns. Raises UnreadableFile if there is none."""
    best = max(rows[:LOOKED_AT], key=lambda each: len(columns_in(each.cells)), default=None)
    columns = columns_in(best.cells) if best else {}
    names = set(columns.values())
    if "what" not in names and "number" not in names:
        wanted = ", ".join(quoted(each) for each in ("Organisation", "Action", "Due"))
        raise UnreadableFile(
            f"No row of the file names its columns. Write headings above the actions, such as "
            f"{wanted}, or take a file from under the register and fill it in."
        )
    _check_once(best, columns)
    return best, columns


def _check_once(head, columns):
    for name, label in COLUMNS.items():
        same = [str(head.cells[place]) for place, column in columns.items() if column == name]
        if len(same) > 1:
            both = " and ".join(map(quoted, same))
            raise UnreadableFile(
                f"The columns {both} both mean {quoted(label)}. Keep one of them, or give the "
                "other another heading."
            )


def unknown_headings(head, columns, rows):
    """Headings that are not known and have words below them; "" for a column without any."""
    for place, cell in enumerate(head.cells):
        if place not in columns and any(
            len(row.cells) > place and str(row.cells[place] or "").strip() for row in rows
        ):
            yield str(cell or "").strip()
    beyond = any(str(cell or "").strip() for row in rows for cell in row.cells[len(head.cells) :])
    if beyond:
        yield ""
