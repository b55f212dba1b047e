"""A form in several rows, to which a button adds one more: without JavaScript."""

from rpcportal.kit.dates import DayParts
from rpcportal.kit.forms import plain_text

ADD_ROW = "add_row"  # the button
LONGEST_NUMBER = 3  # figures


class GrowingMixin:
    """For a form with rows; it stands before MeanwhileMixin and PortalForm. Sent by the button
    ADD_ROW, the form comes back as it was typed, with one more row and without a look at it.

    Its class says ``first_rows`` and ``most_rows``, has ``make_row(number, **how)`` give the form
    of one row, and sets ``rows = self.make_rows(…)`` once it has what its rows need.
    """

    first_rows, most_rows = 3, 20

    def __init__(self, data=None, **kwargs):
        self.sent = data or {}
        self.asks_for_row = ADD_ROW in self.sent
        super().__init__(None if self.asks_for_row else data, **kwargs)
        if self.asks_for_row:
            self.initial |= _as_typed(self, self.sent)

    def make_rows(self, number):
        """So many rows, or as many as were sent, and one more for the button."""
        if self.sent:
            text = self.sent.get("rows", "")
            readable = text.isdecimal() and len(text) <= LONGEST_NUMBER
            number = (int(text) if readable else self.first_rows) + self.asks_for_row
            number = min(max(number, 1), self.most_rows)
        return [self._row(each) for each in range(1, number + 1)]

    def _row(self, number):
        row = self.make_row(
            number, data=self.data if self.is_bound else None, prefix=f"row-{number}"
        )
        if self.asks_for_row:
            typed = _as_typed(row, self.sent)
            row.initial |= {name: value for name, value in typed.items() if value}
        return row

    @property
    def may_grow(self):
        """Whether there is room for another row."""
        return len(self.rows) < self.most_rows

    def is_valid(self):
        """All rows are read, so that every mistake is told at once."""
        own = super().is_valid()  # which may find two rows that do not go together
        return all([own, *(row.is_valid() for row in self.rows)])


def _as_typed(form, sent):
    """What stands in a form's boxes, whatever it is."""
    return {
        name: _storable(field.widget.value_from_datadict(sent, {}, form.add_prefix(name)))
        for name, field in form.fields.items()
    }


def _storable(value):
    if isinstance(value, DayParts):
        return DayParts(*map(plain_text, value))
    return plain_text(value) if isinstance(value, str) else value
