"""What several tests stand on: an invitation that nobody has used, a mail server that works."""

from datetime import datetime

import pytest

from rpcportal.kit.roles import Role
from tests.factories.events import WEB, make_event
from tests.factories.invitations import invite_ada
from tests.factories.people import make_area, make_member, make_organisation, make_partnership
from tests.mail_server import MailServer
from tests.partnerships.telling import DAYS


@pytest.fixture
def partnership(db):
    return make_partnership()


@pytest.fixture
def invitation(partnership):
    inviter = make_member(partnership, Role.COORDINATOR, name="Cora Rey")
    organisation = make_organisation(partnership)
    return invite_ada(partnership, organisation=organisation, invited_by=inviter)


@pytest.fixture
def server(settings):
    """A mail server that works, and a portal that sends by it."""
    server = MailServer().start()
    settings.DEMO_POST, settings.SMTP_URL = False, server.url
    settings.DEFAULT_FROM_EMAIL = "RPC Portal <portal@council.example>"
    yield server
    server.stop()


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def wren(area):
    return make_member(area.partnership, "editor", name="Wren Ackerley")


@pytest.fixture
def library(area):
    return make_organisation(area.partnership, "Library")


@pytest.fixture
def three_days(area, wren, library):
    """Three changes on three days, the days as the clock on the wall has them."""
    people = {"ONE": wren, "TWO": area.lead, "THREE": WEB}
    for name, at in DAYS.items():
        make_event(library, at=datetime.fromisoformat(at), by=people[name], name=name)
    return wren
