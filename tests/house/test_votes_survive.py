"""A vote that a phone was told of is there, whatever falls over in the middle of the ballot.

Twenty phones vote at a portal that runs as ``script/run`` runs it, while one of its workers is
killed and its PostgreSQL falls over twice. Those who got an error, or no answer, send again.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import psycopg2
from django.conf import settings

from rpcportal.kit.embedded import EmbeddedServer, database_url
from tests.bench.room import Facilitator, Phone, Records
from tests.bench.wire import Site
from tests.house.portals import SECONDS, children, clean_environment

PHONES = 20
LEVELS = ("1", "1.5", "2", "2.5", "3", "3.5", "4", "none")


def make_workshop(copy):
    """A workshop in the database of a running copy, as tests/bench/stage.py says it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.stage"],
        cwd=settings.BASE_DIR,
        env=clean_environment(
            RPCPORTAL_DATA=copy.data, DJANGO_SETTINGS_MODULE="rpcportal.settings"
        ),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return json.loads(done.stdout)


class Ballot:
    """A vote in a workshop of a running copy. ``tries``: how often each phone had to send."""

    def __init__(self, copy):
        self.copy, self.where = copy, make_workshop(copy)
        self.site = Site(copy.port, f"127.0.0.1:{copy.port}")
        self.records, self.tries = Records(), {}
        self.phones = [Phone(self.site, self.records) for _ in range(PHONES)]
        self.who = Facilitator(self.site, self.where["cookies"], self.where["root"], self.records)
        self.server = EmbeddedServer(copy.data)
        self.pk = 0

    async def hold(self):
        """From the first phone to the reveal."""
        for phone in self.phones:
            await phone.join(self.where["door"])
        await self.who.open_console()
        await self.who.open_ballot(1)
        for phone in self.phones:
            await phone.look_once()
        self.pk = int(self.phones[0].step.removeprefix("vote-"))
        await self.vote(range(6), self.kill_a_worker)
        await self.vote(range(6, 12), self.crash_postgres)
        with closing(self.connect()) as database, database.cursor() as cursor:
            # As a facilitator who reveals: votes wait, and are cut off while they do.
            cursor.execute("SELECT 1 FROM planning_ballot WHERE id = %s FOR UPDATE", [self.pk])
            await self.vote(range(12, 18), self.crash_postgres, once=self.votes_wait)
        for phone in self.phones[18:]:
            await phone.vote_unheard("2")
        await self.who.reveal(self.pk)
        for each in (*self.phones, self.who):
            each.browser.close()

    async def vote(self, numbers, fault, once=None):
        """Some phones vote at the same moment; there is a fault as soon as one was told so, or
        ``once`` something else holds.
        """
        phones = [self.phones[number] for number in numbers]
        voting = asyncio.gather(*(self.vote_of(number) for number in numbers))
        await until(once or (lambda: any(phone.told for phone in phones)))
        fault()
        await voting

    async def vote_of(self, number):
        level = LEVELS[number % len(LEVELS)]
        self.tries[number] = await self.phones[number].vote_until_told(level, SECONDS)

    def kill_a_worker(self):
        (serving,) = children(self.copy.process.pid, b"rpcportal.serve")
        os.kill(children(serving)[0], signal.SIGKILL)

    def crash_postgres(self):
        """As after a power cut: nothing is written to disk that was not."""
        os.kill(self.server.process(), signal.SIGQUIT)

    def connect(self):
        return psycopg2.connect(database_url(self.copy.data))

    def votes_wait(self):
        """Whether votes wait for the ballot: as many as one worker has threads."""
        return self.ask("SELECT count(*) FROM pg_locks WHERE NOT granted")[0][0] >= 4

    def ask(self, sql, *values):
        with closing(self.connect()) as database, database.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()


async def until(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.001)


def test_every_vote_that_a_phone_was_told_of_is_counted_once(started):
    copy = started()
    ballot = Ballot(copy)
    asyncio.run(ballot.hold())

    told = Counter(phone.told for phone in ballot.phones)
    asked = [LEVELS[number % len(LEVELS)] for number in range(18)]
    assert told == Counter([*asked, "2", "2"])
    counted = ballot.ask(
        "SELECT coalesce(trim_scale(level)::text, 'none'), votes FROM planning_tally"
        " WHERE ballot_id = %s AND sector = ''",
        ballot.pk,
    )
    assert Counter(dict(counted)) == told
    (state,) = ballot.ask("SELECT state, voters FROM planning_ballot WHERE id = %s", ballot.pk)
    assert state == ("revealed", PHONES)
    assert ballot.ask("SELECT count(*) FROM planning_vote") == [(0,)]
    # Those that waited were cut off: they got an error, and sent again.
    assert sum(ballot.tries[number] for number in range(12, 18)) > 6
    assert copy.stop() == 0
