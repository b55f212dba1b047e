"""Finding things in a partnership's library by words, with typing mistakes forgiven.

One search is a handful of questions to the database, however many things it finds.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db import connection, transaction
from django.db.models import CharField, F, FloatField, Func, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django_tables2.rows import BoundRows

from practice.asked_words import Read, read
from practice.entry_making import bare
from practice.models import LibraryEntry
from practice.querysets.entries import FIRST, RegConfig, holding, read_query
from rpcportal.kit.quoting import quoted
from rpcportal.kit.tables import PER_PAGE

CUT = (
    "More than {most} things answer. Here are those with the words in their title, and some of the "
    "others: add a word, or narrow it down."
)
MISTYPED_MOST = 8  # words of one question
SHORTEST_MISTYPED = 4
ALIKE = 0.18  # of “famliy” and “family” it is 0.27
LOOKED_AT = 40  # candidates for one mistyped word
# Marks that no stored text holds; an excerpt is escaped before they become markup.
BEGIN, END = "\x02", "\x03"
MARKS = f"StartSel={BEGIN}, StopSel={END}"
WHOLE = f"{MARKS}, HighlightAll=true"
PARTS = f'{MARKS}, MaxWords=35, MinWords=15, MaxFragments=2, FragmentDelimiter=" … "'
# So many are looked at: nobody reads more, and counting tens of thousands takes half a second.
# Those with the words in their titles come first, so that the best are among them.
MOST, MOST_NAMED = 150, 50
LONGEST_EXCERPTED = 6_000  # characters: looking through more takes longer than anybody waits


# --- Finding -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What a question found, the best first.

    ``numbers``: the entries that are shown, of one ``kind`` or of all. ``counts``: how many there
    are of each kind; nothing where there are too many to look at, which ``is_cut`` says.
    ``instead``: mistyped word -> the one that was looked for. ``refusal``: why nothing was looked
    for.
    """

    query: str = ""
    kind: str = ""
    numbers: tuple = ()
    counts: dict = field(default_factory=dict)
    is_cut: bool = False
    instead: dict = field(default_factory=dict)
    refusal: str = ""

    @property
    def total(self):
        """How many there are of all kinds, as far as they were looked at."""
        return max(sum(self.counts.values()), self.shown)

    @property
    def shown(self):
        """How many there are of the kind that is shown, as far as they were looked at."""
        return len(self.numbers)

    @property
    def sentences(self):
        """What was forgiven, and what was left out."""
        forgiven = [
            f"Nothing holds {quoted(typed)}; showing {quoted(meant)}."
            for typed, meant in self.instead.items()
        ]
        return [*forgiven, *([CUT.format(most=MOST)] if self.is_cut else [])]

    def entries(self, start, stop):
        """Those of one page, with ``title_marked`` and ``excerpt`` when words were asked for."""
        numbers = self.numbers[start:stop]
        entries = LibraryEntry.objects.defer("words", "named", "text")
        if self.query:
            query = read_query(self.query)
            entries = entries.annotate(
                title_marked=_marked("title", query, WHOLE),
                excerpt=_marked("text", query, PARTS),
            )
        found = entries.in_bulk(numbers)
        return [found[number] for number in numbers if number in found]


def find(partnership, words, *, kind="", narrow=None):
    """Look for words in a partnership's library; without words, all that ``narrow`` leaves."""
    asked = read(words) if words else Read()
    if asked.refusal:
        return Found(refusal=asked.refusal)
    halves = LibraryEntry.objects.halves_shown_in(partnership, narrow)
    found = _found(halves, asked.query, kind)
    if found.total or not words:
        return found
    instead = meant_by(partnership, words)
    if not instead:
        return found
    meant = read(_replaced(words, instead))
    forgiven = _found(halves, meant.query, kind, instead)
    return forgiven if forgiven.total else found


def _found(halves, query, kind, instead=None):
    rows, is_cut = _rows(halves, query)
    counts = {} if is_cut else Counter(row.kind for row in rows)
    if kind and is_cut:  # among those that were looked at there may be few of it
        rows, is_cut = _rows([half.of_kind(kind) for half in halves], query)
    shown = (row.number for row in rows if kind in {"", row.kind})
    return Found(query, kind, tuple(shown), counts, is_cut, instead or {})


class Row(NamedTuple):
    """An entry that answers; ``piece`` says of which of ``_pieces`` it is."""

    number: int
    kind: str
    title: str
    score: float
    piece: int


def _rows(halves, query):
    """The entries that answer, the best first, and whether there are more."""
    first, *others = _pieces(halves, query)
    rows = [Row(*row) for row in first.union(*others, all=True)]
    held = Counter(row.piece for row in rows)
    is_cut = any(held[piece] > MOST for piece in HELD)
    found = {row.number: row for row in rows}.values()
    return sorted(found, key=_place), is_cut


# The pieces that hold everything that answers, of the partnership's own and of the starters.
HELD = OWN, STARTERS = 0, 2


def _pieces(halves, query):
    """Of each half those that answer, and those that answer by their titles."""
    score = _nearness(query)
    for piece, half in zip(HELD, halves, strict=True):
        if query:
            read = read_query(query)
            pieces = half.filter(holding(read)), half.filter(holding(read, name="named"))
            found = [pieces[0][: MOST + 1], pieces[1][:MOST_NAMED]]
        else:
            found = [half.in_lists()[: MOST + 1]]
        for number, entries in enumerate(found, start=piece):
            yield entries.values_list("pk", "kind", "title", score, Value(number))


def _place(row):
    whose = row.piece // STARTERS
    return -row.score, whose, FIRST.index(row.kind), row.title.lower(), row.number


def _nearness(query):
    """How well an entry answers: by how near the words stand to each other, and in what."""
    if not query:
        return Value(0.0)
    rank = {"function": "ts_rank_cd", "output_field": FloatField()}
    return Func(F("words"), read_query(query), **rank)


def _marked(name, query, options):
    return Func(
        Cast(Value("library"), RegConfig()),
        Func(F(name), Value(LONGEST_EXCERPTED), function="left", output_field=CharField()),
        query,
        Value(options),
        function="ts_headline",
        output_field=CharField(),
    )


class FoundPaginator(Paginator):
    """Pages of what a search found, whose rows nobody reads but those of one page."""

    @classmethod
    def over(cls, found):
        """What a table makes its pages with."""

        def make(rows, per_page=PER_PAGE, **kwargs):
            paginator = cls(rows, per_page, **kwargs)
            paginator.found, paginator.count = found, found.shown
            return paginator

        return make

    @cached_property
    def count(self):
        """How many there are."""
        return self.found.shown

    def page(self, number):
        """A page, with its rows."""
        page = super().page(number)
        start = (page.number - 1) * self.per_page
        entries = self.found.entries(start, start + self.per_page)
        page.object_list = BoundRows(entries, table=self.object_list.table)
        return page


def marked(text):
    """Safe HTML of an excerpt: everything escaped, and only our own marks as markup."""
    pieces, is_open = [], False
    for piece in re.split(f"([{BEGIN}{END}])", text):
        if piece == BEGIN and not is_open:
            pieces.append("<mark>")
            is_open = True
        elif piece == END and is_open:
            pieces.append("</mark>")
            is_open = False
        elif piece not in {BEGIN, END}:
            pieces.append(escape(piece))
    return mark_safe("".join(pieces) + ("</mark>" if is_open else ""))


# --- Typing mistakes -----------------------------------------------------------------------

LETTERS = re.compile(r"[^\W\d_]+")
# Words that look like what was typed, and whether they are another form of it. Own words and
# those of the starters are looked for apart, because no index holds both.
ALIKE_WORDS = """
    SELECT typed.word, alike.word, alike.own,
           to_tsvector('library', alike.word) @@ plainto_tsquery('library', typed.word)
    FROM unnest(%s::text[]) AS typed (word)
    CROSS JOIN LATERAL (
        SELECT w.word, w.own FROM (
            SELECT own.word, TRUE AS own FROM practice_libraryword own
            WHERE own.partnership_id = %s AND own.word %% typed.word
            UNION ALL
            SELECT starter.word, FALSE FROM practice_libraryword starter
            WHERE starter.partnership_id IS NULL AND starter.word %% typed.word) AS w
        ORDER BY similarity(w.word, typed.word) DESC, w.word LIMIT %s) AS alike
"""


def meant_by(partnership, words):
    """Mistyped word -> the nearest word that stands in the partnership's library.

    Of each word that nothing holds in any form. Another partnership's words are never looked at.
    """
    typed = {bare(word): word for word in LETTERS.findall(words)}
    asked = [word for word in typed if len(word) >= SHORTEST_MISTYPED][:MISTYPED_MOST]
    nearest, known = {}, set()
    for word, alike, own, is_form in _alike(partnership, asked):
        steps = mistakes(word, alike)
        if is_form:
            known.add(word)
        elif steps <= (1 if len(word) < 6 else 2):
            nearest.setdefault(word, []).append((steps, not own, alike))
    return {typed[word]: min(found)[-1] for word, found in nearest.items() if word not in known}


def _alike(partnership, asked):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(ALIKE_WORDS, [asked, partnership.pk, LOOKED_AT])
        return cursor.fetchall()


def mistakes(typed, meant):
    """How many slips of the finger lie between two words: a letter more, less, another, or two
    in each other's place.
    """
    before, last = [], list(range(len(meant) + 1))
    for i, one in enumerate(typed, 1):
        row = [i]
        for j, other in enumerate(meant, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one != other))
            if i > 1 and j > 1 and one == meant[j - 2] and typed[i - 2] == other:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def _replaced(words, instead):
    return LETTERS.sub(lambda word: instead.get(word[0], word[0]), words)


# --- Where it is needed --------------------------------------------------------------------


def bearing_on(partnership, domain_numbers):
    """What of a partnership's library bears on domains of the planning tool. One query.

    Of each entry, ``levels`` says for which levels of which domain (by its number as text); no
    levels means all of them. ``domain_numbers`` are primary keys.
    """
    return LibraryEntry.objects.bearing_on(partnership, domain_numbers).in_kinds()
