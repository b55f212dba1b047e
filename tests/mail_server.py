"""Real mail servers on this machine, well and badly behaved."""

import email
import email.policy
import socket
import threading
import time
from contextlib import contextmanager, suppress

from aiosmtpd.controller import Controller


class MailServer:
    """Takes every mail, but for the answers that it was told to give.

    ``to`` holds answers to an address, ``to_words`` to a mail, ``after`` how many mails of
    one connection it takes. ``at_words`` is called with each mail before it is answered.
    """

    def __init__(self, **options):
        self.taken = []
        self.connections = 0
        self.to, self.to_words, self.after = {}, {}, 1000
        self.at_words = lambda message: None
        self.port, self._options, self._controller = free_port(), options, None

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    def start(self):
        """Start it, also once more after a stop."""
        self._controller = Controller(self, "127.0.0.1", self.port, **self._options)
        self._controller.start()
        self.connections = 0  # starting it asks whether it answers
        return self

    def stop(self):
        """Stop it; doing so twice is harmless."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    def recipients(self):
        return [message["To"] for message in self.taken]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
        session.host_name = hostname
        session.number = 0
        self.connections += 1
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        session.number += 1
        if session.number > self.after:
            return "421 Enough for one connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if answer := self.to.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.at_words(message)
        answer = self.to_words.get(envelope.rcpt_tos[0], "250 OK")
        if answer == "close":
            server.transport.abort()
        elif answer.startswith("250"):
            self.taken.append(message)
        return answer


@contextmanager
def hanging_server():
    """A server that accepts every call and never says a word: its address, and the calls."""
    calls, listener = [], socket.create_server(("127.0.0.1", 0))

    def accept():
        with suppress(OSError):
            while True:
                calls.append(listener.accept()[0])

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}", calls
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for call in calls:
            call.close()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(condition, *, seconds=30):
    """Return once it is so; fail when it does not come to be."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
