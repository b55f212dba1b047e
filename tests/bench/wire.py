"""A small HTTP client, so that a thousand phones cost little beside what is measured."""

import asyncio
import re
import time
import zlib
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SECONDS = 60  # an answer that takes longer never comes


@dataclass(frozen=True)
class Site:
    """Where the portal is. ``is_secure``: it is asked as a proxy asks that ends TLS."""

    port: int
    host: str
    is_secure: bool = False

    @property
    def headers(self):
        """What every question says."""
        origin = f"http{'s' if self.is_secure else ''}://{self.host}"
        forwarded = "X-Forwarded-Proto: https\r\n" if self.is_secure else ""
        return f"Host: {self.host}\r\n{forwarded}Origin: {origin}\r\nAccept-Encoding: gzip\r\n"


@dataclass
class Answer:
    """What came back, and when: seconds of time.monotonic()."""

    asked_at: float
    status: int = 0
    headers: list = field(default_factory=list)
    body: bytes = b""
    came_at: float = 0

    @property
    def seconds(self):
        """How long it took."""
        return self.came_at - self.asked_at

    def header(self, name):
        """The value of a header, or an empty text."""
        return next((value for each, value in self.headers if each == name), "")

    @property
    def text(self):
        """The page, or the fragment."""
        is_packed = self.header("content-encoding") == "gzip"
        return (zlib.decompress(self.body, 31) if is_packed else self.body).decode()


class Wire(asyncio.Protocol):
    """One connection that is kept, with one question at a time."""

    def __init__(self, site):
        self.site = site
        self._transport = self._answer = None
        self._came, self._needs = b"", None

    async def ask(self, question, path):
        """Send the bytes of a question; its Answer. Raises OSError when the connection breaks."""
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            self._transport, _ = await loop.create_connection(
                lambda: self, "127.0.0.1", self.site.port
            )
        self._came, self._needs = b"", None
        answer, self._answer = Answer(time.monotonic()), loop.create_future()
        self._transport.write(question)
        try:
            async with asyncio.timeout(SECONDS):
                head, answer.body = await self._answer
        except TimeoutError:
            raise ConnectionError(f"No answer from {path} in {SECONDS} seconds.") from None
        finally:
            self._answer = None
        answer.came_at = time.monotonic()
        first, *lines = head.decode("latin-1").split("\r\n")
        answer.status = int(first.split(" ")[1])
        parts = (line.partition(": ") for line in lines)
        answer.headers = [(name.lower(), value) for name, _, value in parts]
        return answer

    async def send_and_hang_up(self, question):
        """Send it, and be gone before the answer."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_connection(asyncio.Protocol, "127.0.0.1", self.site.port)
        transport.write(question)
        transport.close()

    def close(self):
        """Hang up."""
        if self._transport is not None:
            self._transport.close()
        self._transport = None

    def data_received(self, data):
        """Called by the loop."""
        self._came += data
        if self._needs is None:
            end = self._came.find(b"\r\n\r\n")
            if end < 0:
                return
            said = re.search(rb"content-length: (\d+)", self._came[:end], re.IGNORECASE)
            self._needs = end + 4 + (int(said[1]) if said else 0)
        if len(self._came) >= self._needs and self._answer and not self._answer.done():
            head, _, body = self._came.partition(b"\r\n\r\n")
            self._answer.set_result((head, body))

    def connection_lost(self, error):
        """Called by the loop."""
        self._transport = None
        if self._answer and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError("It hung up."))


class Browser:
    """One person's cookies, connection and newest form token."""

    def __init__(self, site, cookies=None):
        self.site, self.cookies, self.token = site, dict(cookies or {}), ""
        self.wire, self._one_at_a_time = Wire(site), asyncio.Lock()

    async def get(self, path, *, htmx=False):
        """A page; redirects are for the caller."""
        return await self._ask(self._question("GET", path, htmx=htmx), path)

    async def post(self, path, said, *, htmx=False, wire=None):
        """Send a form. ``wire``: another connection, at the same time as the first."""
        return await self._ask(self.form(path, said, htmx=htmx), path, wire)

    def form(self, path, said, *, htmx=False):
        """The bytes of a form that is sent."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **said}).encode()
        return self._question("POST", path, body, htmx=htmx)

    def _question(self, method, path, body=b"", *, htmx=False):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = f"{method} {path} HTTP/1.1\r\n{self.site.headers}Cookie: {cookies}\r\n"
        if htmx:
            lines += "HX-Request: true\r\n"
        if method == "POST":
            kind = "application/x-www-form-urlencoded"
            lines += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        return f"{lines}\r\n".encode() + body

    async def _ask(self, question, path, wire=None):
        if wire is None:
            async with self._one_at_a_time:
                answer = await self.wire.ask(question, path)
        else:
            answer = await wire.ask(question, path)
        for name, value in answer.headers:
            if name == "set-cookie":
                cookie, _, said = value.partition(";")[0].partition("=")
                self.cookies[cookie] = said
        if answer.body and (found := TOKEN.search(answer.text)):
            self.token = found[1]
        return answer

    def close(self):
        """Hang up."""
        self.wire.close()
