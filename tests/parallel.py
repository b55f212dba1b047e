"""Several people at the same moment: real threads, each with its own connection."""

import threading

from django.db import connection


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
