"""Several people at the same moment: real threads, each with its own connection."""

import threading
import time
from contextlib import contextmanager

from django.db import connection, transaction


def at_once(*calls):
    """Start every call at the same moment; returns what each gave back, or its exception."""
    gate = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(place, call):
        try:
            connection.ensure_connection()  # so that nobody is late for having to connect
            gate.wait(timeout=30)
            results[place] = call()
        except Exception as error:  # noqa: BLE001 - handed to the test, which looks at each
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [thread.is_alive() for thread in threads] == [False] * len(threads)
    return results


@contextmanager
def meanwhile(call):
    """What is done inside is one transaction, before whose end ``call`` begins, and waits for it.

    Gives a list, which afterwards holds what the call gave back, or its exception.
    """
    outcome = []

    def run():
        try:
            outcome.append(call())
        except Exception as error:  # noqa: BLE001 - handed to the test
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        yield outcome
        thread.start()
        _wait_for_somebody_to_wait_for_us(thread)
    thread.join(timeout=60)
    assert not thread.is_alive()


def _wait_for_somebody_to_wait_for_us(thread):
    deadline = time.monotonic() + 10
    while thread.is_alive() and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT 1 FROM pg_locks
                WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
                """
            )
            if cursor.fetchone():
                return
        time.sleep(0.02)
