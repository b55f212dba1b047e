"""When it is time for a reminder. Pure rules over dates.

A week begins on Monday, a month on its first day. The daily work asks every day, so a Monday
on which the portal stood still is made up on Tuesday.
"""


def is_time(rhythm, last_sent_on, today):
    """Whether somebody with this rhythm, last reminded on that day or never, is due one."""
    if rhythm == "off":
        return False
    if last_sent_on is None:
        return True
    if rhythm == "monthly":
        return (today.year, today.month) > (last_sent_on.year, last_sent_on.month)
    return today.isocalendar()[:2] > last_sent_on.isocalendar()[:2]
