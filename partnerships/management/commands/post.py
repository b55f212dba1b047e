"""``manage.py post``: sends e-mails and does the daily work; ``script/run`` runs it."""

import logging
import time

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from partnerships.daily import do_due_jobs
from partnerships.sending import send_due
from rpcportal.kit.stopping import StopAsked, StopSignals, end_with

PAUSE_SECONDS = 1
DAILY_SECONDS = 60  # how often it is looked whether daily work is due
PATIENCE_SECONDS = 1  # for a mail that is being handed over when we are told to stop

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Send e-mails and do the daily work, until told to stop (Ctrl-C, SIGTERM). Several may "
        "run at the same time, on several machines."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument(
            "--with-process", type=int, metavar="ID", help="end when this parent process ends"
        )

    def handle(self, *, once, with_process, **options):
        if once:
            sent, done = send_due(), do_due_jobs()
            words = ", ".join(done) or "none"
            self.stdout.write(f"E-mails sent: {sent}. Daily work done: {words}.")
            return
        try:
            signals = StopSignals(patience=PATIENCE_SECONDS)
            if with_process:
                end_with(with_process)
            Rounds(signals).go_on()
        except StopAsked:
            return


class Rounds:
    """The work, over and over. It outlives a database that is away."""

    def __init__(self, signals):
        self._signals = signals
        self._away = False
        self._daily_at = 0

    def go_on(self):
        """Until the signals say stop, which they do by raising."""
        while True:
            self._signals.check()
            try:
                self._go_round()
            except Error as error:
                self._note_away(error)
            with self._signals.at_once():
                time.sleep(PAUSE_SECONDS)

    def _go_round(self):
        close_old_connections()
        if self._away:
            connection.ensure_connection()
            self._away = False
            log.warning("The database answers again.")
        send_due(check_stop=self._signals.check)
        if time.monotonic() >= self._daily_at:
            do_due_jobs()
            self._daily_at = time.monotonic() + DAILY_SECONDS

    def _note_away(self, error):
        connection.close()
        if not self._away:
            self._away = True
            log.warning("The post waits for the database: %s", error)
