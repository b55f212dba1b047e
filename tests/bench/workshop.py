"""A workshop of 200 and of 1,000 phones against the real server: ``script/bench workshop``.

The server is what ``script/run`` starts (rpcportal/serve.py), with the settings of production and
a database that writes to disk. The phones (room.py) join by the QR code's address, each keeps its
cookie and its connection and looks for news every two seconds. Who runs the room opens a vote on
the console; all vote within some seconds (SIZES), some of them twice, some again because the
answer was lost, some change their vote; the vote is revealed, and some come too late. Then what
the phones were told is held against what was counted.

Server, PostgreSQL and phones share the machine, so each one's CPU is printed.
"""

import asyncio
import os
import random
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from django.conf import settings
from django.db import connections

from planning.models import Ballot, Tally, Vote
from planning.phone_forms import value_of
from rpcportal import run
from rpcportal.kit.embedded import EmbeddedServer
from rpcportal.serve import allow_files
from tests.bench import stage
from tests.bench.room import EVERY, Facilitator, Phone, Records
from tests.bench.wire import Site

# Phones, and the seconds within which all of them vote. In a hall of a thousand people read, think
# and press over half a minute; what a thousand in three seconds do is in decision 17.
SIZES = ((200, 3), (1_000, 30))
POLL_BAR = 0.100  # seconds, p95, of all sizes
SEEN_BAR = 2.5  # seconds, until the last phone shows a change
JOINS_A_SECOND = 10
QUIET, THINKING, AFTERWARDS = 10, 3, 6  # seconds
LONGEST = 60  # seconds for which anything is waited for
LEVELS = ("1", "1.5", "2", "2.5", "3", "3.5", "4", "none")
# Of a hundred phones, what the first ones do; the rest votes once.
TWICE, UNHEARD, CHANGES, LATE, NEVER = 10, 10, 10, 5, 2
TICKS = os.sysconf("SC_CLK_TCK")


def measure(sizes=SIZES):
    """Print what each size costs; the number of bars that were missed."""
    allow_files(4 * max(size for size, _ in sizes))  # a connection is one
    with ExitStack() as stops:
        port = _free_port()
        process = run.start_serving(port, stops)
        site = Site(port, settings.ALLOWED_HOSTS[0], is_secure=settings.PRODUCTION)
        _wait_for_answer(process, port)
        failures = 0
        for size, voting in sizes:
            where = stage.make()
            connections.close_all()  # the server has them all
            room = Room(size, voting, site, where, Meter(process.pid))
            asyncio.run(room.hold())
            failures += report(room)
        return failures


def _free_port():
    # Below those that the system gives to clients, of which there are thousands here.
    return next(port for port in range(20_000, 30_000) if _is_free(port))


def _is_free(port):
    try:
        run.check_port_is_free(port)
    except run.Problem:
        return False
    return True


def _wait_for_answer(process, port):
    deadline = time.monotonic() + run.ANSWER_SECONDS
    while not run.answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("The web server did not start.")
        time.sleep(0.1)


# --- CPU ---------------------------------------------------------------------------------------


class Meter:
    """Seconds of CPU: of the web server with its workers, of PostgreSQL, and of the phones."""

    def __init__(self, server):
        self.server = server
        self.postgres = EmbeddedServer(settings.DATA_DIR).process()

    def read(self):
        """All three, since they began."""
        return (_cpu_of(self.server), _cpu_of(self.postgres), time.process_time())


def _cpu_of(process):
    """Of a process, its children, and those children that have ended."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        if int(folder.name) == process:
            total += sum(map(int, said[11:15]))
        elif int(said[1]) == process:
            total += sum(map(int, said[11:13]))
    return total / TICKS


@dataclass(frozen=True)
class Phase:
    """A stretch of the workshop, and the CPU seconds that each of three spent in it."""

    name: str
    start: float
    end: float
    spent: tuple

    @property
    def seconds(self):
        """How long it took."""
        return self.end - self.start


# --- The workshop ------------------------------------------------------------------------------


@dataclass
class Room:
    """One workshop of so many phones, and what was noted of it."""

    size: int
    voting: int  # seconds within which all vote
    site: Site
    where: dict
    meter: Meter
    records: Records = field(default_factory=Records)
    phases: list = field(default_factory=list)
    phones: list = field(default_factory=list)
    seen: dict = field(default_factory=dict)  # change -> seconds until each phone showed it
    late: list = field(default_factory=list)
    ballot: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(6))  # noqa: S311

    async def hold(self):
        """From the first phone to the last refusal."""
        over, looking = asyncio.Event(), []
        await self._phase("joining", self._join(over, looking))
        who = Facilitator(self.site, self.where["cookies"], self.where["root"], self.records)
        self.who = who
        await who.open_console()
        looking.append(asyncio.create_task(who.look(over)))
        await self._phase("waiting", asyncio.sleep(QUIET))
        await self._phase("a vote opens", self._open())
        await self._phase("all vote", self._vote())
        await self._phase("afterwards", asyncio.sleep(AFTERWARDS))
        await self._phase("revealed", self._reveal())
        await self._phase("too late", self._come_late())
        over.set()
        await asyncio.gather(*looking)
        for each in (*self.phones, who):
            each.browser.close()

    async def _phase(self, name, doing):
        start, before = time.monotonic(), self.meter.read()
        await doing
        spent = tuple(now - then for now, then in zip(self.meter.read(), before, strict=True))
        self.phases.append(Phase(name, start, time.monotonic(), spent))

    async def _join(self, over, looking):
        async def come(delay):
            await asyncio.sleep(delay)
            phone = Phone(self.site, self.records)
            await phone.join(self.where["door"])
            self.phones.append(phone)
            first = self.chance.uniform(0, EVERY)
            looking.append(asyncio.create_task(phone.look(over, first=first)))

        await asyncio.gather(*(come(number / JOINS_A_SECOND) for number in range(self.size)))

    async def _open(self):
        asked_at = await self.who.open_ballot(1)
        await self._all_show("opened", "vote-", asked_at)
        self.ballot = int(self.phones[0].step.removeprefix("vote-"))
        await asyncio.sleep(THINKING)

    async def _reveal(self):
        asked_at = await self.who.reveal(self.ballot)
        await self._all_show("revealed", "spread-", asked_at)

    async def _all_show(self, name, step, asked_at):
        """Wait until every phone shows a step of this kind."""
        deadline = time.monotonic() + LONGEST
        while not all(phone.step.startswith(step) for phone in self.phones):
            if time.monotonic() > deadline:
                self.records.errors.append(f"Not every phone showed what was {name}.")
                break
            await asyncio.sleep(0.05)
        self.seen[name] = sorted(
            phone.seen_at - asked_at for phone in self.phones if phone.step.startswith(step)
        )

    async def _vote(self):
        for number, phone in enumerate(self.phones):
            if number % 100 in range(100 - LATE - NEVER, 100 - NEVER):
                self.late.append(phone)
        voting = (self._vote_of(*each) for each in enumerate(self.phones))
        await asyncio.gather(*voting)

    async def _vote_of(self, number, phone):
        way, level = number % 100, self.chance.choice(LEVELS)
        if way >= 100 - LATE - NEVER:
            return
        await asyncio.sleep(self.chance.uniform(0, self.voting))
        if way < TWICE:
            await phone.vote_twice(level)
        elif way < TWICE + UNHEARD:
            await phone.vote_unheard(level)
        else:
            await phone.vote(level)
        if way in range(TWICE + UNHEARD, TWICE + UNHEARD + CHANGES):
            await phone.change(self.where["phone"], self.chance.choice(LEVELS))

    async def _come_late(self):
        """With the form that they still have."""
        await asyncio.gather(*(phone.vote("4") for phone in self.late))

    # --- What came of it ---

    def told(self):
        """What the phones were told that the portal keeps: level -> phones."""
        return Counter(phone.told for phone in self.phones if phone.told)

    def counted(self):
        """What was counted: level -> votes."""
        rows = Tally.objects.filter(ballot=self.ballot, sector="")
        return Counter({value_of(row.level): row.votes for row in rows})

    def to_console(self):
        """Seconds from each vote's answer until the console counted as many; the quickest first."""
        told = sorted(phone.told_at for phone in self.phones if phone.told)
        took = []
        for number, told_at in enumerate(told, start=1):
            shown = [at for at, count in self.who.counts if count >= number]
            took.append(max(0.0, min(shown, default=float("inf")) - told_at))
        return sorted(took)


# --- The report ---------------------------------------------------------------------------------


def report(room):
    """Print it; the number of bars that were missed."""
    print(f"\nA workshop of {room.size:,} phones, one look for news each two seconds")
    print(f"All vote within {room.voting} seconds.\n")
    _report_phases(room)
    start, end = room.phases[1].start, room.phases[-1].end
    polls = room.records.between("poll", start, end)
    votes = room.records.between("vote", start, end)
    told, counted = room.told(), room.counted()
    ballot = Ballot.objects.get(pk=room.ballot)
    refused = sum(phone.is_late for phone in room.late)
    print()
    _line("looks for news, from waiting on", polls)
    _line("votes sent, those twice and late too", votes)
    _line("joining: the way in and the page", room.records.between("join", 0, end))
    for name, took in room.seen.items():
        _line(f"until a phone showed what was {name}", took)
    _line("from a vote’s answer to the console", room.to_console())
    print(
        f"\nvotes told to phones: {told.total():,}; counted: {counted.total():,} of "
        f"{ballot.voters:,} voters; late: {len(room.late)}, refused: {refused}; errors: "
        f"{len(room.records.errors)}"
    )
    for error, times in Counter(room.records.errors).most_common(5):
        print(f"  {times} × {error}")
    print()
    is_whole = told == counted and told.total() == ballot.voters
    bars = [
        (f"p95 of looks for news below {1000 * POLL_BAR:.0f} ms", _cut(polls, 95) < POLL_BAR),
        *(
            (f"what was {name} on every phone within {SEEN_BAR} s", _is_seen(took, room.size))
            for name, took in room.seen.items()
        ),
        ("every vote counted, at the level it was told, once", is_whole),
        ("every late vote refused", refused == len(room.late)),
        ("nothing of a vote is left", not Vote.objects.filter(ballot=ballot).exists()),
        ("no errors", not room.records.errors),
    ]
    for words, holds in bars:
        print(f"{'within the bar' if holds else 'MISSED':16}{words}")
    return sum(not holds for _, holds in bars)


def _is_seen(took, size):
    return len(took) == size and took[-1] < SEEN_BAR


def _report_phases(room):
    print(
        f"{'':16}{'':>8}{'looks':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'most':>9}"
        f"   CPU, in cores: server  database  phones"
    )
    for phase in room.phases:
        took = room.records.between("poll", phase.start, phase.end)
        cores = [spent / phase.seconds for spent in phase.spent]
        print(
            f"{phase.name:16}{phase.seconds:>6.1f} s{len(took):>8,}"
            + "".join(_milliseconds(_cut(took, each)) for each in (50, 95, 99, 100))
            + f"{cores[0]:>24.2f}{cores[1]:>10.2f}{cores[2]:>8.2f}"
        )
    waiting = room.phases[1]
    looks = len(room.records.between("poll", waiting.start, waiting.end)) or 1
    server, database, phones = (1000 * spent / looks for spent in waiting.spent)
    print(
        f"\nCPU of a look for news with nothing new: server {server:.2f} ms, database "
        f"{database:.2f} ms; the phone itself {phones:.2f} ms"
    )


def _line(words, took):
    cuts = " ".join(f"p{each}{_milliseconds(_cut(took, each))} " for each in (50, 95, 99))
    print(f"{words:38}{len(took):>7,}  {cuts} most{_milliseconds(_cut(took, 100))}")


def _cut(took, percent):
    """The value that so many of a hundred stay below; ``took`` is in order."""
    if not took or percent == 100:
        return took[-1] if took else 0.0
    return quantiles(took, n=100, method="inclusive")[percent - 1] if len(took) > 1 else took[0]


def _milliseconds(seconds):
    return f"{1000 * seconds:>6.0f} ms"
