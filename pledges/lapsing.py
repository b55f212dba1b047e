"""When a pledge lapses: a year after the last word of it, and never without a reminder.

A word is a signing, or an update on one of the organisation's actions. Pure rules over dates:
no database, no clock.
"""

from datetime import date, timedelta
from enum import IntEnum

# A reminder that has gone out leaves this much time to answer it.
NOTICE = timedelta(weeks=1)


class Reminder(IntEnum):
    """The reminders, by the weeks before the day on which a pledge lapses."""

    FIRST = 8
    SECOND = 4
    LAST = 1


def lapses_on(last_word):
    """The day on which a pledge lapses: a year after the last word.

    A word of 29 February counts until 1 March, so that nobody has less than a year.
    """
    year = last_word.year + 1
    if (last_word.month, last_word.day) == (2, 29):
        return date(year, 3, 1)
    return last_word.replace(year=year)


def reminder_due(last_word, today):
    """The reminder whose time it is, or None. Of several that were missed, the latest.

    It stays due until the next one is, and the last one until there is a word: so a day on
    which nothing ran is made up.
    """
    left = lapses_on(last_word) - today
    due = [each for each in Reminder if left <= timedelta(weeks=each)]
    return min(due, default=None)


def lapses_now(last_word, today, reminded):
    """Whether it lapses today. ``reminded``: the days on which reminders of this year went out."""
    if today < lapses_on(last_word):
        return False
    return any(last_word <= day <= today - NOTICE for day in reminded)


def next_review(signed_on):
    """The day to look at a pledge again, unless another one is chosen."""
    return lapses_on(signed_on)
