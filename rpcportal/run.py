"""What ``script/run`` does once Python is there: database, data, web server, post."""

import argparse
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured

from rpcportal.kit.embedded import EmbeddedServer, EmbeddedServerError
from rpcportal.kit.stopping import StopAsked, StopSignals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rpcportal.settings")

HELP = """\
Runs the portal on this machine: sets up what is missing, starts the database, the web server
and the post, and prints the address and the demo sign-ins. Ctrl-C stops everything.

environment:
  PORT            the port on 127.0.0.1 (8000)
  RPCPORTAL_DATA  the data folder (var/ in the checkout); another folder is another portal
  DATABASE_URL    a PostgreSQL server to use; then the portal starts none of its own
"""
ANSWER_SECONDS = 60
STOP_SECONDS = 20
POST_PAUSE_SECONDS = 5
POST_STOP_SECONDS = 5


class Problem(Exception):
    """The portal cannot run; the message says why and what to do."""


def main(arguments=None):
    """Run the portal until it is asked to stop; the answer is the exit code."""
    options = read_options(arguments)
    signals = StopSignals()
    try:
        with ExitStack() as stops:
            run(options, signals, stops)
    except StopAsked:
        say("Stopped. Nothing is lost.")
        return 0
    except (Problem, EmbeddedServerError) as problem:
        sys.stdout.flush()
        print(problem, file=sys.stderr)
        return 1


def read_options(arguments):
    parser = argparse.ArgumentParser(
        prog="script/run", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-demo", action="store_true", help="load no demo partnership")
    return parser.parse_args(arguments)


def run(options, signals, stops):
    port = read_port()
    check_port_is_free(port)
    set_up_django()
    server = use_database(stops)
    with signals.at_once():
        migrate()
        load_data(demo=not options.no_demo)
        collect_static_files()
    check_port_is_free(port)
    process = start_serving(port, stops)
    wait_for_answer(process, port, signals)
    welcome(port, demo=not options.no_demo)
    # Only now: nobody waits for the post, and it would slow down the start.
    post = Post()
    stops.callback(post.stop)
    post.start()
    watch(process, server, post, signals)


def say(words):
    print(words, flush=True)


# --- Before anything is started ------------------------------------------------------------


def read_port():
    given = os.environ.get("PORT") or "8000"
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise Problem(f"PORT must be a number from 1 to 65535, not “{given}”.")
    return int(given)


def check_port_is_free(port):
    with socket.socket() as listener:
        # Connections that closed a moment ago, at our last stop, are no reason to refuse.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen()
        except PermissionError:
            raise Problem(f"Port {port} is for root only; set PORT to 1024 or more.") from None
        except OSError:
            raise Problem(
                f"Port {port} is in use by another program; "
                f"choose another one, for example PORT={port % 65535 + 1} script/run."
            ) from None


def set_up_django():
    try:
        django.setup()
    except OSError as error:
        raise Problem(f"The data folder cannot be used: {error}.") from None
    except ImproperlyConfigured as error:
        raise Problem(str(error)) from None
    except ValueError:
        if os.environ.get("DATABASE_URL"):
            # Without the error's own words: they repeat the address with its password.
            raise Problem(
                "DATABASE_URL cannot be read; it looks like "
                "postgresql://USER:PASSWORD@HOST:PORT/NAME."
            ) from None
        raise


# --- The database --------------------------------------------------------------------------


def use_database(stops):
    """Start or reach the database; the answer is our own server, or None for another's."""
    from django.conf import settings

    if not settings.EMBEDDED_DATABASE:
        reach_database()
        return None
    server = EmbeddedServer(settings.DATA_DIR)
    doing = "Starting" if server.is_made() else "Making"
    say(f"{doing} the database in {server.data} …")
    stops.callback(server.detach)
    return server.attach()


def reach_database():
    from django.db import Error, connection

    where = connection.settings_dict
    name, host = where["NAME"], where["HOST"] or "this machine"
    say(f"Using the database {name} on {host} …")
    try:
        connection.ensure_connection()
    except Error as error:
        reason = str(error).strip()
        if where["PASSWORD"]:
            reason = reason.replace(where["PASSWORD"], "…")
        raise Problem(
            f"The database that DATABASE_URL names ({name} on {host}) cannot be used: {reason}"
        ) from None


def migrate():
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from rpcportal.kit.postgres.owner import as_owner, portal_may_work

    with as_owner():  # the portal itself may not even look at a database that is still empty
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        may_work = bool(plan) or portal_may_work()
    if plan or not may_work:
        say(f"Bringing the database up to date ({len(plan)} migrations) …")
        call_command("migrate", verbosity=0, interactive=False)


def load_data(*, demo):
    from django.conf import settings
    from django.core.management import CommandError, call_command
    from django.db import connections

    for file in sorted((settings.BASE_DIR / "fixtures" / "frameworks").glob("*.yaml")):
        try:
            call_command("load_framework", str(file))
        except CommandError as error:  # one in use stays as it is; we run with what we have
            say(f"Please note: {error}")
    call_command("load_practice")
    if settings.PRODUCTION:
        refuse_demo_in_production()
    elif demo:
        call_command("load_demo")
    connections.close_all()


def refuse_demo_in_production():
    from rpcportal.demo import sign_ins

    if sign_ins():
        raise Problem(
            "This database holds the demo partnership, whose passwords are known to everyone. "
            "Use an empty database in production (RPCPORTAL_HOSTS is set)."
        )


# --- Static files --------------------------------------------------------------------------


def collect_static_files():
    """Copy and compress the static files, unless that was done for exactly these."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = settings.DATA_DIR / "static.stamp"
    digest = digest_of_static_files()
    collected = (settings.STATIC_ROOT / "staticfiles.json").exists()
    if collected and stamp.exists() and stamp.read_text() == digest:
        return
    say("Collecting the static files …")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(digest)


def digest_of_static_files():
    """Of the path, size and age of every static file, in our folders and in packages."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


# --- The web server ------------------------------------------------------------------------


def start_serving(port, stops):
    from django.conf import settings

    say("Starting the web server …")
    # A session of its own: Ctrl-C reaches us alone, and we stop it in good order.
    process = subprocess.Popen(
        [sys.executable, "-m", "rpcportal.serve", str(port), str(os.getpid())],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    stops.callback(stop_serving, process)
    return process


def stop_serving(process):
    """Let requests finish, then see to it that no worker is left, whatever happened."""
    process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)
        # A worker that is just being made misses the first order.
        signal_group(process, signal.SIGTERM)
    signal_group(process, signal.SIGKILL)
    process.wait()


def signal_group(process, number):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def wait_for_answer(process, port, signals):
    deadline = time.monotonic() + ANSWER_SECONDS
    while not answers(port):
        signals.check()
        if process.poll() is not None:
            raise Problem("The web server could not be started; its own words stand above.")
        if time.monotonic() > deadline:
            raise Problem(f"The web server did not answer within {ANSWER_SECONDS} seconds.")
        time.sleep(0.05)


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/")
        return bool(connection.getresponse().status)
    except OSError:
        return False
    finally:
        connection.close()


def watch(process, server, post, signals):
    """Stay until the web server ends; start our database or the post again should it die."""
    while process.poll() is None:
        signals.check()
        if server and server.process() is None and server.keep_running():
            say("The database had stopped and was started again.")
        if post.keep_running():
            say("The post had stopped and was started again.")
        time.sleep(0.2)
    raise Problem("The web server stopped by itself; its own words stand above.")


# --- The post ------------------------------------------------------------------------------


class Post:
    """The process that sends e-mails and does the daily work (``manage.py post``)."""

    def __init__(self):
        self._process = None
        self._started_at = 0

    def start(self):
        """Start it, in a session of its own as the web server; it ends when we do, however."""
        from django.conf import settings

        self._started_at = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "post", "--with-process", str(os.getpid())],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def keep_running(self):
        """Start it again if it ended; True when it had to be.

        One that cannot run at all is tried again at leisure.
        """
        ended = self._process.poll() is not None
        if not ended or time.monotonic() < self._started_at + POST_PAUSE_SECONDS:
            return False
        self.start()
        return True

    def stop(self):
        """Stop it, whatever it is doing: what it has not noted as done it does next time."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(POST_STOP_SECONDS)
        signal_group(self._process, signal.SIGKILL)
        self._process.wait()


# --- What is printed when it runs ----------------------------------------------------------


def welcome(port, *, demo):
    say(f"\nThe portal is at http://127.0.0.1:{port}/\n")
    if demo:
        welcome_to_demo()
    else:
        say(
            "The first partnership is made with:\n"
            "  .venv/bin/python manage.py create_partnership NAME --coordinator EMAIL"
        )
    say_where_mails_go(port)
    say("\nCtrl-C stops the portal and its database.")


def say_where_mails_go(port):
    from django.conf import settings

    if settings.DEMO_POST:
        say(f"\nE-mails are not sent; read them at http://127.0.0.1:{port}/demo/mail/")
    elif not settings.SMTP_URL:
        say("\nPlease note: RPCPORTAL_SMTP names no mail server, so e-mails wait.")


def welcome_to_demo():
    from django.db import connections

    from rpcportal.demo import sign_ins

    people = sign_ins()
    connections.close_all()
    if not people:
        say("There are partnerships already, so the demo partnership was not loaded beside them.")
        return
    rows = [("Role", "E-mail", "Password"), *people]
    widths = [max(len(str(row[column])) for row in rows) for column in range(3)]
    say("To sign in to the demo partnership:")
    for row in rows:
        cells = [str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)]
        say(("  " + "  ".join(cells)).rstrip())


if __name__ == "__main__":
    sys.exit(main())
