#!/usr/bin/env python
"""Django's command line. With no DATABASE_URL it starts the portal's own database first."""

import os
import signal
import sys

WITHOUT_DATABASE = {"help", "version", "--help", "--version", "collectstatic", "check"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rpcportal.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    if settings.EMBEDDED_DATABASE and needs_database(sys.argv[1:]):
        start_database(settings.DATA_DIR)
    execute_from_command_line(sys.argv)


def needs_database(arguments):
    return bool(arguments) and not (
        arguments[0] in WITHOUT_DATABASE or {"-h", "--help"}.intersection(arguments)
    )


def start_database(data_folder):
    """Use the portal's own database until this process ends, also when it is told to end."""
    from rpcportal.kit.embedded import EmbeddedServer, EmbeddedServerError

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        EmbeddedServer(data_folder).attach()
    except EmbeddedServerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
