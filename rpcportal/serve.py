"""The web server of ``script/run``: granian, which ends with the process that started it.

It is a user of the portal's own database as well, so that even when ``script/run`` is killed
outright, the last one to leave still stops the database.
"""

import resource
import sys

from django.conf import settings
from granian import Granian

from rpcportal.kit.embedded import EmbeddedServer
from rpcportal.kit.stopping import end_with

WORKERS = 2
# Each thread keeps a database connection open; granian's own default of 256 a worker would
# use up PostgreSQL's 100. More than one, so that a PDF in the making holds up nobody else.
THREADS = 4
# Each worker keeps so many connections. Of granian's own 512 a room of 1,000 phones uses up all,
# and whoever comes then is not refused but waits until somebody leaves.
CONNECTIONS = 4096


def main(port, parent):
    end_with(parent)
    allow_files(CONNECTIONS * WORKERS)
    if settings.EMBEDDED_DATABASE:
        EmbeddedServer(settings.DATA_DIR).attach()
    Granian(
        "rpcportal.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface="wsgi",
        workers=WORKERS,
        blocking_threads=THREADS,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level="warning",
        log_access=False,
    ).serve()


def allow_files(number):
    """Let this process and its children open so many files, or as many as the system grants: a
    connection is one, and most systems allow 1,024 unless they are asked.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
