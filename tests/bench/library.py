"""The search of the practice library at 50,000 things: what somebody waits for a page of results.

Wall time of a whole search (reading the question, counting by kind, the best 25 with their
excerpts), with PostgreSQL's part, in turns with a floor: one query by an index. One partnership
holds all the things, others have as many again, so that what is seen has to be told from what
is not.
"""

import random
import re
import time
from statistics import median, quantiles

from django.conf import settings
from django.db import connection
from django.db.models import Q

from partnerships.models import Partnership
from practice import indexing
from practice.finding import find
from practice.models import EntryKind, LibraryEntry
from rpcportal.kit.tables import PER_PAGE

THINGS, STARTERS, OTHERS = 50_000, 400, 20
ROUNDS = 15
BAR = 0.050  # seconds
BATCH = 5_000
ROLES = ("allocated practitioner", "team manager", "service manager", "supervisor", "all staff")
SCOPES = ("social_care", "early_help", "health", "education")
SENTENCE = re.compile(r"[A-Z“][^.!?\n|`*#<>]{20,200}[.!?]")
QUESTIONS = (
    *("family", "network meeting", "10 days", "the", "we", "parents", "what the partnership"),
    *("team manager", "conflict and abuse", "domestic", "children’s voice", "section 17"),
    *('"domestic abuse"', "parents -meeting", "meeting or action", "-meeting", "f", "fa", "p"),
    *("famliy", "partnreship", "conflcit meetnig", "zzzzzzzz", "xqjwv kfhgd", "practise modle"),
    *("' \" & | ! : * ( ) \\", "🙂", "a/b", "<b>family</b>", "who when where why how many", "café"),
    *("family " * 25, "every organisation writes its own action plan and says how far it is"),
)  # fmt: skip


def make():
    """The things; returns the partnership that has most of them."""
    chance = random.Random(17)  # noqa: S311 - nothing secret: the same things each time
    sentences = _sentences()
    here, *others = (
        Partnership.objects.create(name=f"Area {n}", slug=f"area-{n}", area=f"Area {n}")
        for n in range(OTHERS + 1)
    )
    whose = [here] * THINGS + [None] * STARTERS + chance.choices(others, k=THINGS)
    chance.shuffle(whose)
    for start in range(0, len(whose), BATCH):
        batch = whose[start : start + BATCH]
        entries = [
            _entry(start + n, each, sentences, chance) for n, each in enumerate(batch, start=1)
        ]
        indexing.store(entries)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE practice_libraryentry, practice_libraryword")
    return here


def _sentences():
    """Of our own guides and starter content: words as often as people use them."""
    files = [*settings.BASE_DIR.glob("docs/**/*.md"), *settings.BASE_DIR.glob("fixtures/**/*.yaml")]
    found = (SENTENCE.findall(" ".join(path.read_text("utf-8").split())) for path in sorted(files))
    return [sentence for sentences in found for sentence in sentences]


def _entry(number, partnership, sentences, chance):
    kind = chance.choices(EntryKind.values, weights=[10, 30, 20, 15, 5, 10, 10])[0]
    return LibraryEntry(
        kind=kind,
        item=number,
        page=number,
        partnership=partnership,
        title=chance.choice(sentences)[:120],
        text=" ".join(chance.choices(sentences, k=chance.randint(1, 12))),
        note=chance.choice(("within 10 working days", "Template", "10% of children", "")),
        roles=chance.sample(ROLES, k=chance.randint(0, 2)),
        required_in=[chance.choice(SCOPES)],
    )


def measure(here, *, rounds=ROUNDS):
    """Print what each question costs; how many are above the bar."""
    print(
        f"\nThe search of the library at {LibraryEntry.objects.count():,} things, {THINGS:,} of "
        f"them in one partnership:\nwall time of a page of results, median of {rounds} rounds in "
        f"turns with one query by an\nindex. Bar: {1000 * BAR:.0f} ms\n"
    )
    print(f"{'asked':42}{'found':>8}{'median':>11}{'worst':>11}{'times the floor':>17}")
    everything, failures = [], 0
    asked = [(words, {}) for words in QUESTIONS]
    asked += [
        ("family", {"kind": EntryKind.MEASURE}),
        ("family", {"narrow": Q(roles__contains=["team manager"])}),
        ("", {"narrow": Q(required_in__overlap=["early_help"])}),
        ("", {"narrow": Q(roles__contains=["team manager"])}),
        ("", {"narrow": Q(roles__contains=["nobody at all"])}),
        ("", {"kind": EntryKind.PART}),
    ]
    floor_page = LibraryEntry.objects.order_by("pk")[THINGS // 2].pk
    for words, narrowed in asked:
        took, floor = [], []
        for turn in range(rounds + 2):
            started = time.perf_counter()
            LibraryEntry.objects.only("title").get(pk=floor_page)
            between = time.perf_counter()
            total = search(here, words, **narrowed)
            if turn >= 2:
                floor.append(between - started)
                took.append(time.perf_counter() - between)
        everything += took
        failures += median(took) > BAR
        shown = f"{words[:30]}{' +' if narrowed else ''}"
        print(
            f"{shown:42}{total:>8,}{1000 * median(took):>8.1f} ms{1000 * max(took):>8.1f} ms"
            f"{median(took) / median(floor):>17.0f}"
            f"{'' if median(took) <= BAR else f'  ABOVE {1000 * BAR:.0f} ms'}",
            flush=True,
        )
    cuts = quantiles(everything, n=20)
    print(
        f"\nOf all searches: p50 {1000 * cuts[9]:.1f} ms, p95 {1000 * cuts[18]:.1f} ms, "
        f"worst {1000 * max(everything):.1f} ms"
    )
    return failures


def search(here, words, **narrowed):
    """Look, and read the first page; how many there are."""
    found = find(here, words, **narrowed)
    found.entries(0, PER_PAGE)
    return found.shown
