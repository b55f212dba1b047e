"""Processes that end when they are told to, and with the process that started them."""

import ctypes
import os
import signal
from contextlib import contextmanager

PR_SET_PDEATHSIG = 1


class StopAsked(BaseException):
    """Ctrl-C or SIGTERM: an order to stop, and no error."""


class StopSignals:
    """Notes Ctrl-C and SIGTERM; ``check`` obeys them.

    The signal itself interrupts only what ``at_once`` holds: an exception that arrives at
    any moment could leave the stopping that follows without a lock or a process it needs.
    For someone who needs nothing to stop: after ``patience`` seconds it interrupts anything.
    """

    def __init__(self, *, patience=None):
        self._patience = patience
        self._asked = False
        self._at_once = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # nohup ignores SIGHUP on our behalf; a shell's "&" ignores SIGINT, but is asked
            # to stop with it all the same.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._receive)
        if patience:
            signal.signal(signal.SIGALRM, self._lose_patience)

    def check(self):
        """Raise StopAsked if that is what was asked."""
        if self._asked:
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise StopAsked

    @contextmanager
    def at_once(self):
        """A long step in which everything is kept whole by others, and may be cut short."""
        self._at_once = True
        try:
            self.check()
            yield
        finally:
            self._at_once = False
        self.check()

    def _receive(self, number, frame):
        first, self._asked = not self._asked, True
        if self._at_once:
            self._at_once = False
            raise StopAsked
        if first and self._patience:
            signal.setitimer(signal.ITIMER_REAL, self._patience)

    def _lose_patience(self, number, frame):
        raise StopAsked


def end_with(parent):
    """Have this process told to end (SIGTERM) when ``parent``, which started it, has ended.

    However that ends: the kernel sees to it. A parent that ended before we asked is noticed.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
