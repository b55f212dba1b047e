"""How the sections write actions, days and ratings, and what the ratings mean."""

from datetime import date

from pledges.models import Rating
from rpcportal.kit.blocks import Paragraph

LEGEND_OF_ACTIONS = (
    "What the ratings mean. Green: on track, it will be done by its day. Amber: at risk, "
    "something may delay it and someone is seeing to that. Red: off track, it will not be done "
    "by its day unless something changes. Only what is in progress is rated."
)
LEGEND_OF_MEASURES = (
    "What the ratings mean. Green: on track, the figure is at or beyond what was expected on its "
    "day on the way from baseline to target. Amber: at risk, it lags behind by at most a tenth "
    "of that way. Red: off track, it lags behind by more. Where somebody rated it otherwise, "
    "their reason stands there."
)


def day(iso):
    """“30 September 2026”; nothing for None."""
    return f"{date.fromisoformat(iso):%-d %B %Y}" if iso else ""


def days(number):
    """“1 day”, “12 days”."""
    return f"{number:,} day{'' if number == 1 else 's'}"


def rating(value):
    """“Red: off track”; nothing for none."""
    if not value:
        return ""
    found = Rating(value)
    return f"{found.name.capitalize()}: {found.label.lower()}"


def action(each):
    """“12. Train every officer”."""
    return f"{each['number']}. {each['what']}"


def more(found, things):
    """That there are more than the table holds, if there are."""
    left = found["all"] - len(found["rows"])
    if left > 0:
        yield Paragraph(f"These are the first {len(found['rows'])} of {found['all']:,} {things}.")
