"""Everything that a report shows but its words, taken once and kept with it as plain values.

The shape, which a report keeps for ever; days are ISO texts, a list of things is
``{"rows": [...], "all": how many there are}`` with at most ``period.MOST`` rows:

- ``shape``: 1. ``partnership``, ``area``: as they were called that day. ``board``: its name.
- ``sections``: the keys of pledges.models.Section, in the board's order. ``abuse_first``:
  whether the report begins with the line between conflict and domestic abuse.
- ``from_on``, ``to_on``; ``end``: the last day that figures are of; ``taken_on``.
- ``actions``: open, not_started, in_progress, red, amber, green, waiting (as they stand on
  ``taken_on``); added, completed (from ``from_on`` to ``end``); overdue (at ``end``).
- ``completed``, ``rated``, ``overdue``, ``waiting``: lists of actions (of_actions.py).
- ``pledges``: standing, organisations (as they stand); signed, lapsed (in the period).
  ``lapsed``: a list of those that have lapsed by ``end`` and stand lapsed.
- ``domains``: sheet, before, is_comparable, no_domain, elsewhere and rows (of_domains.py);
  ``moved``: None, or sheet, before, domains (how many) and rows of what has another level.
- ``dates``: a list of days that were moved in the period.
- ``measures``: a list of measures by ``end``, with ``red``, how many of all, and ``late``, a list
  (of_measures.py).
- ``people``: of_people.py.

No person is named: actions by organisation, champions by number. A report cannot change, and
a person must be forgettable.
"""

from django.utils import timezone

from pledges import boards
from rpcportal.board_report import of_actions, of_domains
from rpcportal.board_report.of_measures import measures
from rpcportal.board_report.of_people import people
from rpcportal.board_report.period import Period, day, said

SHAPE = 1


def figures_of(report):
    """The figures of a report on the day ``figures_at``, in the shape above. The number of
    queries does not depend on how much there is.
    """
    today = timezone.localdate(report.figures_at)
    period = Period(report.partnership, report.from_on, report.to_on, today)
    domains = of_domains.progress(period)
    return {
        "shape": SHAPE,
        "partnership": said(report.partnership.name, 200),
        "area": said(report.partnership.area, 200),
        "board": said(report.board_name, 150),
        "sections": [str(each.value) for each in boards.sections_of(report.board)],
        "abuse_first": boards.begins_with_abuse(report.board),
        "from_on": day(report.from_on),
        "to_on": day(report.to_on),
        "end": day(period.end),
        "taken_on": day(today),
        "actions": of_actions.counts(period),
        "completed": of_actions.completed(period),
        "rated": of_actions.rated(period),
        "overdue": of_actions.overdue(period),
        "waiting": of_actions.waiting(period),
        "pledges": of_actions.pledges(period),
        "lapsed": of_actions.lapsed(period),
        "domains": domains,
        "moved": of_domains.moved(period, domains),
        "dates": of_actions.moved_dates(period),
        "measures": measures(period),
        "people": people(period),
    }
