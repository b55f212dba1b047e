"""What the portal writes down while it runs, and what it leaves out.

In production each record is one line of JSON, in a terminal one readable line. No line
names a person: PostgreSQL's errors quote the values that broke a rule, Django's warnings
the path of a page (some are one-time links), and a redirect the address somebody came from.
All of that is cut out here, by the formatters, so that no caller has to remember it. What
a fault's own words say beyond that is kept, or nobody could find the fault.
"""

import logging
import re
import traceback
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg2
from django.core.exceptions import ImproperlyConfigured
from django.db import Error
from pythonjsonlogger.json import JsonFormatter

FORMATS = ("json", "text")
FACTS = ("event", "user", "method", "status", "ms")  # what a record may add to its line
DATABASE_ERRORS = (Error, psycopg2.Error)
LONGEST = 2000  # characters of one message; somebody may have pasted a book

LOCAL = r"\w.!#$%&'*+?^~-"
EMAIL = re.compile(rf'(?:(?<![{LOCAL}])[{LOCAL}]+|"[^"\n]{{1,64}}")(?:@|%40)\[?[\w.-]+\]?')
URL = re.compile(r"(https?://[^/\s?#]+)[/?#]\S*", re.IGNORECASE)
# The passages after an error's first line in which PostgreSQL quotes values. Each goes on
# to the end of the error, over any line breaks in the values: the end of the text, the next
# error of a chain, or the border of a group.
PASSAGES = re.compile(
    r"\n(?:[ |]+\| )?(?:DETAIL|HINT|CONTEXT|QUERY|STATEMENT|LOCATION|LINE \d+): "
    r".*?(?=\n\n(?:The above exception|During handling)|\n[ |]*\+-|\Z)",
    re.DOTALL,
)
# … and where it quotes one in the first line: 'invalid input syntax for type uuid: "…"'.
VALUE = re.compile(r'(?<=: )".*|(?<=\bvalue )(?:".*"|".*)')
# What Python sets the lines of an error in by: alone, and in groups within groups.
MARGINS = ("", *("  " * depth + "| " for depth in range(1, 11)))
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def configuration(style):
    """The setting LOGGING. With "json" every request has its line; "text" is quiet."""
    if style not in FORMATS:
        raise ImproperlyConfigured(f"RPCPORTAL_LOG must be json or text, not “{style}”.")
    every = {"level": "INFO" if style == "json" else "CRITICAL"}
    filters = ["of_request", "said_once"] if style == "json" else ["of_request"]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "of_request": {"()": "rpcportal.logs.OfRequest"},
            "said_once": {"()": "rpcportal.logs.SaidOnce"},
        },
        "formatters": {
            "json": {"()": "rpcportal.logs.JsonLine"},
            "text": {
                "()": "rpcportal.logs.TextLine",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            },
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": style, "filters": filters}
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            # Django's own handlers would e-mail whole requests to the setting ADMINS.
            "django": {"handlers": [], "level": "WARNING"},
            "rpcportal.requests": every,
            "rpcportal.events": every,
        },
    }


# --- The request that is being answered ----------------------------------------------------


@dataclass(frozen=True)
class Current:
    """What logs know of a request. The path is known only so that it can be cut out."""

    request_id: str | None = None
    route: str | None = None
    path: str = ""

    @property
    def stand_in(self):
        """What is written in place of the path."""
        return self.route or "[path]"

    @property
    def spellings(self):
        """The path as it came, and as Django escapes it in its warnings."""
        return (self.path, self.path.encode("unicode_escape").decode("ascii"))


OUTSIDE = Current()  # of any request: a command, the start
_current = ContextVar("rpcportal_current_request", default=OUTSIDE)


def begin(request_id, *, route, path):
    """Say that this request is being answered.

    It stays until the next one begins, because Django's last warning about a request comes
    after every middleware is done.
    """
    _current.set(Current(request_id, route, path))


def request_id():
    """The reference of the request that is being answered; None outside of any."""
    return _current.get().request_id


class OfRequest(logging.Filter):
    """Puts the reference and the route of the current request on every record."""

    def filter(self, record):
        """True: every record passes."""
        record.request_id = _current.get().request_id
        record.route = _current.get().route
        return True


class SaidOnce(logging.Filter):
    """Drops Django's lines about a status that the request's own line tells as well.

    A refusal (403) is an event of ours; with any other error the traceback is worth a line.
    """

    def filter(self, record):
        """Whether the record says something new."""
        if record.name != "django.request":
            return True
        return bool(record.exc_info) and getattr(record, "status_code", None) != 403


# --- What is cut out -----------------------------------------------------------------------


def message_of(record):
    """A record's message without the path of the request, or what PostgreSQL quotes."""
    args = record.args
    if isinstance(args, tuple):
        args = tuple(map(_shown, args))
    message = _shown(record.msg)
    return without_personal_data(str(message) % args if args else str(message))[:LONGEST]


def traceback_of(error):
    """The traceback of an error and of those behind it, each with a message fit to keep."""
    text = "".join(traceback.format_exception(error)).rstrip("\n")
    # A database's errors first, since others may repeat their words.
    for each in sorted(_family(error), key=lambda one: not isinstance(one, DATABASE_ERRORS)):
        words, fit = str(each).strip(), words_of(each)
        for margin in MARGINS if words != fit else ():
            text = text.replace(words.replace("\n", f"\n{margin}"), fit)
    return without_personal_data(text)


def words_of(error):
    """An error's message; of a database's, the first line without the values it quotes."""
    words = str(error).strip()
    if isinstance(error, DATABASE_ERRORS):
        words = VALUE.sub("[value]", words.split("\n", 1)[0])
    return words[:LONGEST]


def without_personal_data(text):
    """A text without e-mail addresses, paths of pages and passages that quote values."""
    current = _current.get()
    for path in current.spellings:
        if len(path) > 1 and path in text:
            whole = rf"(?<![\w/]){re.escape(path)}(?![\w/])(?:\?\S*)?"
            text = re.sub(whole, lambda match: current.stand_in, text)
    text = URL.sub(r"\1/[path]", PASSAGES.sub("", text))
    return EMAIL.sub("[e-mail]", text)


def _shown(value):
    return words_of(value) if isinstance(value, DATABASE_ERRORS) else value


def _family(error):
    """An error with its causes, contexts and members, each once."""
    waiting, seen = [error], []
    while waiting:
        each = waiting.pop()
        if each is None or any(each is one for one in seen):
            continue
        seen.append(each)
        waiting += [each.__cause__, each.__context__, *getattr(each, "exceptions", ())]
    return seen


# --- Lines ---------------------------------------------------------------------------------


class WithoutPersonalData:
    """For a formatter: works on a copy of the record that is fit to be kept."""

    def format(self, record):
        """The line, whatever other handlers made of the record before."""
        fit = copy(record)
        fit.msg, fit.args, fit.exc_text = message_of(record), None, None
        return super().format(fit)

    def formatException(self, exc_info):  # noqa: N802 - logging's name
        """The traceback."""
        return traceback_of(exc_info[1])


class JsonLine(WithoutPersonalData, JsonFormatter):
    """One record as one line of JSON."""

    def add_fields(self, log_data, record, message_dict):
        """Only what is named here: the whole request hangs on Django's records."""
        log_data |= {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.message,
            "request_id": record.request_id,
            "route": record.route,
        }
        log_data |= {name: vars(record)[name] for name in FACTS if name in vars(record)}
        if "exc_info" in message_dict:
            log_data["traceback"] = message_dict["exc_info"]


class TextLine(WithoutPersonalData, logging.Formatter):
    """One record as one readable line; a traceback is set in, and cannot look like a line."""

    def formatMessage(self, record):  # noqa: N802 - logging's name
        """The line, with the reference that an error page shows."""
        line = _on_one_line(super().formatMessage(record))
        return f"{line} [{record.request_id}]" if record.request_id else line

    def formatException(self, exc_info):  # noqa: N802 - logging's name
        """The traceback, each line set in."""
        lines = super().formatException(exc_info).split("\n")
        return "\n".join(f"    {_on_one_line(line)}" for line in lines)


def _on_one_line(text):
    return CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
