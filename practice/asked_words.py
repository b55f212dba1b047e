"""What somebody typed into the search, as PostgreSQL reads it."""

import re
from dataclasses import dataclass

from django.db import connection

from practice.entry_making import readable
from rpcportal.kit.quoting import quoted

NO_WORD = (
    "{words} holds no word that can be looked for: only signs, or words that stand everywhere. "
    "Type a word that matters, such as “meeting”."
)
ONLY_WITHOUT = (
    "You said only what should not be there. Type a word that should be, such as “meeting”."
)
# As one word, an unfinished last one finds what begins with it.
READ = """
    SELECT q::text, numnode(q), querytree(q) FROM (
        SELECT websearch_to_tsquery('library', %s)
            || (websearch_to_tsquery('library', %s) && to_tsquery('library', %s)) AS q) AS read
"""
LAST_WORD = re.compile(r"(?:^|(?<=\s))([^\W\d_]\w{1,39})\Z")
PIECE = re.compile(r'-*"[^"]*"|[^\s"]+')  # a word, with or without signs, or words in quotes
OPERATOR = re.compile(r"or[^\w\s-]*", re.IGNORECASE)
LONE_MINUS = re.compile(r'[^\w"]*-[^\w"]*')  # it leaves out the word behind it


@dataclass(frozen=True)
class Read:
    """A question as PostgreSQL reads it; or the sentence that says why it cannot be asked."""

    query: str = ""
    refusal: str = ""


def read(words):
    """What somebody typed, read: "quoted words" together, -without, one or the other."""
    with connection.cursor() as cursor:
        cursor.execute(READ, _parts(once(readable(words))))
        query, nodes, tree = cursor.fetchone()
    if not nodes:
        return Read(refusal=NO_WORD.format(words=quoted(words)))
    if tree in {"", "T"}:
        return Read(refusal=ONLY_WITHOUT)
    return Read(query)


def _parts(text):
    """Of a question: the whole of it, all but an unfinished last word, and how that begins."""
    last = LAST_WORD.search(text)
    if not last or text.count('"') % 2 or OPERATOR.fullmatch(last[1]):
        return text, "", ""
    rest, begun = text[: last.start()], f"{last[1]}:*"
    pieces = PIECE.findall(text)
    if any(OPERATOR.fullmatch(piece) or LONE_MINUS.fullmatch(piece) for piece in pieces):
        return text, rest, begun
    # What begins with the word is found by the word itself, too: the whole would find no more.
    return "", rest, begun


def once(text):
    """A question without the words that it repeats: they find nothing else, and each costs time.

    Of one that stands twice the last stays, because that is the one that may be unfinished.
    Between two “or” all words belong together: there it may stand again.
    """
    pieces = PIECE.findall(text)
    if text.count('"') % 2 or any(LONE_MINUS.fullmatch(piece) for piece in pieces):
        return text
    ways = [{}]
    for piece in pieces:
        if OPERATOR.fullmatch(piece):
            ways.append({})
            continue
        word = piece.casefold()
        ways[-1].pop(word, None)
        ways[-1][word] = piece
    different = {frozenset(way): " ".join(way.values()) for way in ways if way}
    shorter = " or ".join(different.values())
    return shorter if len(shorter.split()) < len(text.split()) else text
