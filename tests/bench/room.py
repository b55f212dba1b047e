"""Those who are at a workshop: phones that join, look for news and vote, and who runs it.

They ask as the pages' scripts do: for news every two seconds, by the address that the last answer
held, not while an answer is still to come.
"""

import asyncio
import re
import time
import uuid
from dataclasses import dataclass, field
from html import unescape

from tests.bench.wire import Browser, Wire

EVERY = 2.0  # seconds, as the pages' hx-trigger says
RETRY = 0.3  # seconds; the page's script waits for 3
FAILED = 500
NEWS = re.compile(r'id="poll"[^>]*hx-get="([^"]+)"')
VOTE = re.compile(r'hx-post="([^"]+)"')
REVISION = re.compile(r'name="revision" value="(\d+)"')
VOTED = re.compile(r'data-voted="\d+" data-level="([^"]+)"')
LATE = re.compile(r'id="late"([^>]*)>')
COUNT = re.compile(r"(?:All )?(\d+)(?: of \d+)? ha(?:s|ve) voted")


@dataclass
class Records:
    """What all of them noted: Answers by what was asked, and what went wrong."""

    answers: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)

    def note(self, kind, answer):
        """Keep an answer; one that nobody should get is an error."""
        self.answers.setdefault(kind, []).append(answer)
        if answer.status >= 400:
            self.errors.append(f"{kind} was answered with {answer.status}.")

    def between(self, kind, start, end):
        """How long the answers took to what was asked in a stretch of time, the quickest first."""
        found = self.answers.get(kind, ())
        return sorted(each.seconds for each in found if start <= each.asked_at < end)


class Phone:
    """One phone. ``told``: the level that the portal said it keeps, or an empty text."""

    def __init__(self, site, records):
        self.browser, self.records = Browser(site), records
        self.news = self.step = self.address = self.told = ""
        self.revision, self.seen_at, self.told_at, self.is_late = "0", 0.0, 0.0, False

    async def join(self, path):
        """Scan the QR code, choose a sector, and be on the phone's page."""
        self.records.note("join", await self.browser.get(path))
        said = {"request_key": uuid.uuid4(), "organisation_words": "", "sector": "council"}
        answer = await self.browser.post(path, said)
        self.records.note("join", answer)
        page = await self.browser.get(answer.header("location"))
        self.records.note("join", page)
        self._read(page)

    async def look(self, over, *, first):
        """Look for news until it is ``over`` (an Event). ``first``: after so many seconds."""
        due = time.monotonic() + first
        while not over.is_set():
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self.look_once()
            due = max(due + EVERY, time.monotonic())

    async def look_once(self):
        """Look for news now."""
        try:
            answer = await self.browser.get(self.news, htmx=True)
        except OSError as error:
            self.records.errors.append(f"A phone’s look for news: {error}")
            return
        self.records.note("poll", answer)
        if answer.status == 200:
            self._read(answer)

    def _read(self, answer):
        text = answer.text
        if found := NEWS.search(text):
            self.news = unescape(found[1])
            step = self.news.rpartition("step=")[2]
            if step != self.step:
                self.step, self.seen_at = step, answer.came_at
        if found := VOTE.search(text):
            self.address = found[1]
        if found := REVISION.search(text):
            self.revision = found[1]
        if found := VOTED.search(text):
            self.told, self.told_at = found[1], self.told_at or answer.came_at
        if found := LATE.search(text):
            self.is_late = "hidden" not in found[1]

    def said(self, level):
        """What its form sends."""
        return {"level": level, "reason": "", "revision": self.revision}

    async def vote(self, level, wire=None):
        """Vote; the Answer. Raises OSError when none came."""
        answer = await self.browser.post(self.address, self.said(level), htmx=True, wire=wire)
        self.records.note("vote", answer)
        if answer.status == 200:
            self._read(answer)
        return answer

    async def vote_twice(self, level):
        """A double tap: both on their way at once."""
        other = Wire(self.browser.site)
        await asyncio.gather(self.vote(level), self.vote(level, other))
        other.close()

    async def vote_unheard(self, level):
        """Vote, lose the network before the answer, and send it again as the page's script does."""
        lost = self.browser.form(self.address, self.said(level), htmx=True)
        await Wire(self.browser.site).send_and_hang_up(lost)
        await asyncio.sleep(RETRY)
        await self.vote(level)

    async def vote_until_told(self, level, within):
        """Vote, again and again if need be; how often it took. For ``within`` seconds at most."""
        deadline, tries = time.monotonic() + within, 0
        while not self.told and time.monotonic() < deadline:
            tries += 1
            try:
                answer = await self.vote(level)
            except OSError:
                answer = None
            if answer is None or answer.status >= FAILED:
                await asyncio.sleep(RETRY)
        return tries

    async def change(self, page, level):
        """Open the form again, and vote for something else."""
        self._read(await self.browser.get(f"{page}?change=yes"))
        await self.vote(level)


class Facilitator:
    """Who runs the room, signed in. ``counts``: what the console showed of votes, and when."""

    def __init__(self, site, cookies, root, records):
        self.browser, self.root, self.records = Browser(site, cookies), root, records
        self.news, self.counts = "", []

    async def open_console(self):
        """Read the page, with its address for news and the token of its forms."""
        answer = await self.browser.get(f"{self.root}console/")
        self.records.note("console", answer)
        self.news = unescape(NEWS.search(answer.text)[1])

    async def look(self, over):
        """Look for news until it is ``over``, and note how many votes are shown."""
        while not over.is_set():
            due = time.monotonic() + EVERY
            answer = await self.browser.get(self.news, htmx=True)
            self.records.note("console", answer)
            if answer.status == 200:
                self.news = unescape(NEWS.search(answer.text)[1])
                if found := COUNT.search(answer.text):
                    self.counts.append((answer.came_at, int(found[1])))
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def open_ballot(self, number):
        """Open the first vote on a domain; the moment at which it was asked for."""
        return await self._press("ballots/open/", {"domain": number, "number": 1})

    async def reveal(self, ballot):
        """Close the vote and show what was counted; the moment at which it was asked for."""
        return await self._press(f"ballots/{ballot}/reveal/", {})

    async def _press(self, path, said):
        answer = await self.browser.post(f"{self.root}{path}", said)
        self.records.note("press", answer)
        return answer.asked_at
