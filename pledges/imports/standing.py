"""What the register knows that a spreadsheet may name: asked in a few questions for all rows."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from pledges import permissions
from pledges.domains import domains_of
from pledges.exports import values_of, with_columns
from pledges.models import Action
from rpcportal.kit.forms import plain_text
from rpcportal.kit.meanwhile import fingerprint

ONE_LINE = {"organisation", "what", "owner"}


def folded(text):
    """A name without what people write differently: case and spaces."""
    return " ".join(text.casefold().split())


def texts_of(action):
    """Column -> the text that the register's file has there, as ``cells`` would read it."""
    return {column: _text(column, value) for column, value in values_of(action).items()}


def _text(column, value):
    if isinstance(value, dt.date):
        return value.isoformat()
    text = "" if value is None else plain_text(str(value))
    return " ".join(text.split("\n")) if column in ONE_LINE else text


def print_of(action):
    """Changes when anything changes that the file shows of an action."""
    return fingerprint(repr(texts_of(action)))


@dataclass(frozen=True)
class Standing:
    """The register as far as it matters to one file and one person."""

    user: object
    organisations: dict  # folded name -> Organisation
    writable: frozenset  # numbers of the organisations whose plans the person may write
    domains: dict  # number -> Domain
    people: dict  # folded name or address -> list of those who can own an action
    actions: dict  # number -> Action, those that the file names
    twins: dict  # (organisation's number, folded words) -> number of the action
    waiting: dict  # number -> number of the action that it waits for

    @classmethod
    def of(cls, parsed, *, partnership, by):
        """All that these rows can name."""
        here = Action.objects.of(partnership)
        named = {row.values.get(name) for row in parsed.rows for name in ("number", "blocked_by")}
        numbers = [int(text) for text in named if text]
        wanted = with_columns(here.numbered(numbers)).prefetch_related("deputies", "domains")
        said = {row.values["what"] for row in parsed.rows if row.values.get("what")}
        return cls(
            user=by,
            organisations={folded(each.name): each for each in partnership.organisations.all()},
            writable=frozenset(each.pk for each in permissions.plans_of(by, partnership)),
            domains={each.number: each for each in domains_of(partnership)},
            people=_people(partnership),
            actions={each.number: each for each in wanted},
            twins={
                (organisation, folded(what)): number
                for organisation, what, number in here.saying(said).values_list(
                    "organisation_id", "what", "number"
                )
            },
            waiting=dict(here.waiting().values_list("number", "blocked_by__number")),
        )

    def prints(self):
        """Number, as text -> what the action is now."""
        return {str(number): print_of(action) for number, action in self.actions.items()}


def _people(partnership):
    found = defaultdict(list)
    for member in permissions.people_who_write(partnership):
        for name in {folded(str(member.user)), folded(member.user.email)}:
            found[name].append(member.user)
    return found
