"""What a file would change in the register: read and compared, and nothing written."""

from dataclasses import dataclass, field, replace

from pledges.imports.cells import problem
from pledges.imports.rules import FROM_A_SPREADSHEET, left_alone, missing
from pledges.imports.standing import Standing, folded, print_of, texts_of
from pledges.models import Action, ActionStatus
from pledges.permissions import write_refusal

__all__ = ["FROM_A_SPREADSHEET", "Plan", "PlannedRow", "WrongRow", "make_plan"]

NEW = {"status": ActionStatus.NOT_STARTED.label}
KEPT_WHEN_EMPTY = ("organisation", "status", "completed_on")


@dataclass(frozen=True)
class PlannedRow:
    """A row that can be written. ``before`` and ``after``: column -> text, of all columns."""

    row: int
    action: Action | None
    before: dict
    after: dict
    changed: tuple[str, ...]  # columns
    told: tuple[str, ...] = ()
    found: dict = field(default_factory=dict)  # the rows that its texts name

    @property
    def what(self):
        """The words of the action."""
        return self.after["what"]


@dataclass(frozen=True)
class WrongRow:
    """A row that cannot be written, and why."""

    row: int
    problems: tuple[str, ...]


@dataclass
class Plan:
    """All rows of a file by what becomes of them."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    meanwhile: list = field(default_factory=list)

    @property
    def right(self):
        """Those that an import would write."""
        return [*self.new, *self.changed]


def make_plan(parsed, *, partnership, by, today, seen=None):
    """Compare rows with the register.

    ``seen``: what the actions were when the file was chosen (Standing.prints); one that is no
    longer so is set apart under ``meanwhile``.
    """
    standing = Standing.of(parsed, partnership=partnership, by=by)
    plan, rows = Plan(), _Rows(standing, today)
    for row in parsed.rows:
        planned = rows.read(row)
        if isinstance(planned, WrongRow):
            plan.wrong.append(planned)
        elif planned.action is None:
            plan.new.append(planned)
        elif not planned.changed:
            plan.same.append(planned)
        elif seen is not None and seen.get(str(planned.action.number)) != print_of(planned.action):
            plan.meanwhile.append(planned)
        else:
            plan.changed.append(planned)
    return plan


class _Rows:
    """Reads row after row, and remembers what the rows above said."""

    def __init__(self, standing, today):
        self.standing, self.today = standing, today
        self.rows_of = {}  # number -> row
        self.row_saying = {}  # (organisation, words) -> row
        self.waiting = dict(standing.waiting)
        self.refusals = {}

    def read(self, row):
        """The row as planned, or as a wrong one."""
        problems = list(row.problems)
        action = self._action(row, problems)
        before = texts_of(action) if action else NEW
        values = {
            name: text
            for name, text in row.values.items()
            if text or (action and name not in KEPT_WHEN_EMPTY)
        }
        found = {}
        for name, find in _FINDERS.items():
            if values.get(name) and values[name] != before.get(name):
                values[name] = find(self, row.row, values[name], found, problems, action)
        told = left_alone(row.row, before, values)
        after = dict.fromkeys(_ALL, "") | before | values
        changed = tuple(name for name in values if values[name] != before.get(name, ""))
        planned = PlannedRow(row.row, action, before, after, changed, tuple(told), found)
        if not problems:
            problems += missing(row.row, before, after, changed, self.today)
            problems += self._refusals(planned)
        if not problems and not action:
            problems += self._twin(planned)
        if problems:
            return WrongRow(row.row, tuple(problems))
        return replace(planned, told=(*told, *found.get("told", ())))

    def _action(self, row, problems):
        text = row.values.get("number")
        if not text:
            return None
        number = int(text)
        if number in self.rows_of:
            problems.append(
                problem(row.row, "number", f"action {number} stands in row {self.rows_of[number]} "
                        "as well. Keep one of the two rows")
            )  # fmt: skip
        self.rows_of[number] = row.row
        action = self.standing.actions.get(number)
        if action is None:
            problems.append(
                problem(row.row, "number", f"there is no action {number} in the register. Empty "
                        "the cell if it is a new one")
            )  # fmt: skip
        return action

    def _organisation(self, row, text, found, problems, action):
        organisation = self.standing.organisations.get(folded(text))
        if organisation is None:
            problems.append(
                problem(row, "organisation", f"there is no “{text}” in this partnership. Write its "
                        "name as under “People”, or let it be added there first")
            )  # fmt: skip
            return text
        found["organisation"] = organisation
        return organisation.name

    def _owner(self, row, text, found, problems, action):
        people = self.standing.people.get(folded(text), [])
        if len(people) > 1:
            problems.append(
                problem(row, "owner", f"several people are called “{text}”. Write the e-mail "
                        "address of the one")
            )  # fmt: skip
        elif not people and "@" in text:
            problems.append(
                problem(row, "owner", f"nobody with the address “{text}” can own an action here. "
                        "Invite them first, or write a name")
            )  # fmt: skip
        elif not people:
            found["told"] = (
                *found.get("told", ()), f"“{text}” has no account here, and is kept as a name.",
            )  # fmt: skip
        found["owner"] = people[0] if people else None
        return str(people[0]) if people else text

    def _domains(self, row, text, found, problems, action):
        served = {each.number: each for each in (action.domains.all() if action else ())}
        known = self.standing.domains | served
        numbers = [int(number) for number in text.split(", ")]
        for number in numbers:
            if number not in known:
                problems.append(
                    problem(row, "domains", f"there is no domain {number}. "
                            + _which_domains(self.standing.domains))
                )  # fmt: skip
        found["domains"] = [known[number] for number in numbers if number in known]
        return text

    def _blocked_by(self, row, text, found, problems, action):
        other = self.standing.actions.get(int(text))
        if other is None:
            problems.append(
                problem(row, "blocked_by", f"there is no action {text} in the register. Write the "
                        "number of another one, or nothing")
            )  # fmt: skip
            return text
        found["blocked_by"] = other
        if action and self._goes_round(action.number, other.number):
            problems.append(
                problem(row, "blocked_by", f"action {text} waits for action {action.number} "
                        "already, so the two would wait for each other. Take one of them out")
            )  # fmt: skip
        return text

    def _goes_round(self, number, other):
        self.waiting[number] = other
        seen = {number}
        while other is not None and other not in seen:
            seen.add(other)
            other = self.waiting.get(other)
        return other is not None

    def _refusals(self, planned):
        """Why the person may not write this row: both plans, if it moves from one to another."""
        if not planned.changed:
            return
        touched = {planned.found.get("organisation")}
        touched.add(planned.action.organisation if planned.action else None)
        for organisation in touched - {None}:
            if organisation.pk in self.standing.writable:
                continue
            if organisation.pk not in self.refusals:
                self.refusals[organisation.pk] = write_refusal(self.standing.user, organisation)
            yield f"Row {planned.row}: {self.refusals[organisation.pk]}"

    def _twin(self, planned):
        """A plan that comes in twice must not stand there twice."""
        organisation = planned.found["organisation"]
        key = organisation.pk, folded(planned.what)
        row = self.row_saying.setdefault(key, planned.row)
        if number := self.standing.twins.get(key):
            yield problem(planned.row, "what", f"this stands in the register already, as action "
                          f"{number}. Write {number} under “No.” to change it, or take the row "
                          "out")  # fmt: skip
        elif row != planned.row:
            yield problem(planned.row, "what", f"row {row} says the same. Keep one of the two")


def _which_domains(known):
    if not known:
        return "The partnership has no assessment yet, and so no domains: empty the cell"
    return f"Write numbers from {min(known)} to {max(known)}"


_ALL = (
    *("organisation", "what", "measure", "owner", "starts_on", "due_on", "status", "rating"),
    *("rating_reason", "domains", "completed_on", "difference", "where_seen"),
    *("withdrawn_because", "blocked_by"),
)
_FINDERS = {
    "organisation": _Rows._organisation,
    "owner": _Rows._owner,
    "domains": _Rows._domains,
    "blocked_by": _Rows._blocked_by,
}
