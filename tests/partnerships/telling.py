"""What tests of the activity page stand on: who does something, and what is then told."""

import re
from datetime import timedelta
from html import unescape

import pghistory
from django.test import Client

from partnerships import activity, events, history
from partnerships.activity import KINDS, Asked
from tests.factories.events import make_event, minutes_ago

PATH = "/partnerships/rochdale/activity/"
DAYS = {
    "ONE": "2026-05-01T23:30+01:00",
    "TWO": "2026-05-02T00:30+01:00",
    "THREE": "2026-05-03T12:00+01:00",
}


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def by(person):
    """What is done inside is done by this person, as in a request of theirs."""
    return pghistory.context(user=person.pk if person else None)


def sentences(area, **asked):
    lines, _ = activity.page_of(area.partnership, Asked(**asked))
    return [line.sentence for line in lines]


def done(area, do):
    """The sentences that came of doing this."""
    before = set(events_of(area))
    do()
    new = [row for row in events_of(area) if row not in before]
    changes, _ = history.gathered(new)
    return [line.sentence for line in activity._told([change[0] for change in changes])]


def told(area, do):
    """The sentences of what the coordinator does, without the name before them."""
    name = f"{area.coordinator} "
    with by(area.coordinator):
        sentences = done(area, do)
    assert all(each.startswith(name) for each in sentences)
    return {each.removeprefix(name) for each in sentences}


def events_of(area):
    sources = {number: kind.source_in(area.partnership) for number, kind in enumerate(KINDS)}
    return events.newest(sources, limit=10_000)


def shown(response):
    """The sentences that a page shows."""
    main = response.content.decode().split("<tbody", 1)[-1].split("</tbody>")[0]
    rows = [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.S)]
        for row in main.split("</tr>")
    ]
    return [unescape(row[1]) for row in rows if len(row) > 1]


def write_lines(area, library, number):
    at = minutes_ago(-1)
    for each in range(number):
        person = (area.editor, area.lead)[each % 2]
        make_event(library, at=at + timedelta(seconds=each), by=person, name=f"Line {each}")
