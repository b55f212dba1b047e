"""The database backend: PostgreSQL through psycopg2, patient when it connects.

A restart of PostgreSQL takes about a second, and a page that asks for a new connection in
that second should be slow, not broken. See docs/decisions/0003-surviving-a-restart.md.
"""

import time

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

WAIT_SECONDS = 5.0
PAUSE_SECONDS = 0.05
# Connecting raises the driver's own error; preparing the new connection raises Django's.
NOT_NOW = (base.Database.OperationalError, OperationalError)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that tries again for up to ``WAIT_SECONDS`` before it gives up."""

    def connect(self):
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                return super().connect()
            except NOT_NOW as error:
                if time.monotonic() > deadline:
                    error.gave_up = True  # so that nobody waits a second time (kit/restarts)
                    raise
                time.sleep(PAUSE_SECONDS)
