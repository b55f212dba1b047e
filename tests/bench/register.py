"""The register at a million actions against a thousand: every filter, every sort, the search.

Time is what somebody waits: wall time of a whole request, with PostgreSQL's part, in turns
between two databases of one server (tests/bench/million.py). The ratio is the median of the
rounds' ratios. Why so, and what was mended: docs/decisions/0014-a-register-of-a-million.md.
"""

import time
from statistics import median, quantiles

from django.urls import reverse

from partnerships.models import Organisation, Partnership, User
from pledges.domains import domains_of
from tests.bench.asking import Visitor
from tests.bench.million import MEASURED

BAR = 1.5
ROUNDS = 25
SORTS = ("number", "organisation", "owner", "due_on", "status", "rating", "updated_at")


def questions():
    """name -> query of the address: each filter alone, some together, each sort both ways."""
    partnership = Partnership.objects.get(slug=MEASURED)
    lead = lead_of(partnership)
    domain = domains_of(partnership)[3]
    asked = {
        "all": {},
        "page 5": {"page": 5},
        "last page": {"page": 9_999},
        "mine": {"show": "mine"},
        "mine, open": {"show": "mine", "status": "open"},
        "ours": {"show": "ours"},
        "organisation": {"organisation": Organisation.objects.filter(
            partnership=partnership).order_by("pk")[2].pk},
        **{f"status {each}": {"status": each} for each in
           ("open", "not_started", "in_progress", "complete", "withdrawn")},
        **{f"rating {each}": {"rating": each} for each in ("green", "amber", "red")},
        **{f"due {each}": {"due": each} for each in ("overdue", "soon", "later", "none")},
        "domain": {"domain": domain.pk},
        "dimension": {"dimension": domain.dimension_id},
        "person": {"person": lead.pk},
        "a common word": {"text": "teachers"},
        "two words": {"text": "teachers council"},
        "a word that is nowhere": {"text": "zebra"},
        "a number": {"text": "17"},
        "not a word": {"text": "-teachers"},
        "much at once": {"status": "open", "domain": domain.pk, "due": "later", "text": "year"},
    }  # fmt: skip
    for sort in SORTS:
        asked |= {f"by {sort}": {"sort": sort}, f"by -{sort}": {"sort": f"-{sort}"}}
    return asked


def lead_of(partnership):
    """Who asks: a partner lead, who has actions of their own."""
    return User.objects.filter(memberships__partnership=partnership).order_by("pk")[2]


def measure(registers, *, only="", rounds=ROUNDS):
    """Print each ratio; how many are above the bar."""
    print(
        f"\nThe register at a million actions against a thousand (150 partnerships): wall time of\n"
        f"a request, database included, median of {rounds} rounds in turns. Bar: {BAR}\n"
    )
    print(f"{'asked':26}{'rows':>9}{'thousand':>11}{'million':>11}{'ratio':>7}  half of the rounds")
    with registers.using(registers.small):
        visitor = Visitor(lead_of(Partnership.objects.get(slug=MEASURED)))
        asked = questions()
    with registers.using(registers.large):
        there = Visitor(lead_of(Partnership.objects.get(slug=MEASURED)))
    visitors = {registers.small: visitor, registers.large: there}
    failures = 0
    for name, calls in calls_of(asked, visitors).items():
        if only in name:
            failures += measure_one(registers, name, calls, rounds)
    return failures


def calls_of(asked, visitors):
    """name -> {database: a call that gives the number of rows}"""
    page, file = (reverse(each, args=[MEASURED]) for each in ("register", "register_csv"))
    calls = {
        name: {
            database: lambda visitor=visitor, query=query: visitor.get(page, query).count(b"<tr ")
            for database, visitor in visitors.items()
        }
        for name, query in asked.items()
    }
    for name, query in {"CSV, first bytes": {}, "CSV by owner, first": {"sort": "owner"}}.items():
        calls[name] = {
            database: lambda visitor=visitor, query=query: visitor.first_bytes(file, query)
            for database, visitor in visitors.items()
        }
    return calls


def measure_one(registers, name, calls, rounds):
    """Print one line; whether its ratio is above the bar."""
    rows, times = {}, {database: [] for database in calls}
    for turn in range(rounds + 3):
        for database, call in calls.items():
            with registers.using(database):
                started = time.perf_counter()
                rows[database] = call()
                if turn >= 3:
                    times[database].append(time.perf_counter() - started)
    few, many = times[registers.small], times[registers.large]
    low, ratio, high = quantiles([b / a for a, b in zip(few, many, strict=True)], n=4)
    shown = f"{rows[registers.small]}/{rows[registers.large]}"
    print(
        f"{name:26}{shown:>9}{1000 * median(few):>8.1f} ms{1000 * median(many):>8.1f} ms"
        f"{ratio:>7.2f}  {low:.2f}–{high:.2f}  {'' if ratio <= BAR else f'ABOVE {BAR}'}",
        flush=True,
    )
    return ratio > BAR
