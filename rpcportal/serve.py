"""The web server of ``script/run``: granian, which ends with the process that started it.

It is a user of the portal's own database as well, so that even when ``script/run`` is killed
outright, the last one to leave still stops the database.
"""

import sys

from django.conf import settings
from granian import Granian

from rpcportal.kit.embedded import EmbeddedServer
from rpcportal.kit.stopping import end_with

WORKERS = 2
# Each thread keeps a database connection open; granian's own default of 256 a worker would
# use up PostgreSQL's 100. More than one, so that a PDF in the making holds up nobody else.
THREADS = 4


def main(port, parent):
    end_with(parent)
    if settings.EMBEDDED_DATABASE:
        EmbeddedServer(settings.DATA_DIR).attach()
    Granian(
        "rpcportal.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface="wsgi",
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level="warning",
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
