"""From what the area agreed to what its board reads: nobody types the same thing twice."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from partnerships.models import OutgoingMail
from pledges.models import Action
from tests.factories.assessments import agree, make_action, make_full
from tests.factories.frameworks import make_small_framework
from tests.factories.people import make_area, make_organisation
from tests.journeys.conftest import PHONE
from tests.journeys.steps import fill_day

AGREED = "Give every parent the same card"


@pytest.fixture
def area(transactional_db):
    area = make_area()
    sheet = make_full(area.partnership, make_small_framework())
    make_action(sheet, [1], what=AGREED, measure="Cards are asked for")
    agree(sheet, by=area.coordinator)
    homes = make_organisation(area.partnership, "Homes First")
    area.partnership.memberships.get(user=area.lead).organisations.add(homes)
    return area


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_priority_action_becomes_a_line_of_the_board_report(open_page, area, javascript):
    here = f"/partnerships/{area.partnership.slug}/"
    day = timezone.localdate() + timedelta(days=5)
    lead = open_page(area.lead, javascript=javascript)
    lead.goto(f"{here}actions/waiting/")
    lead.get_by_role("link", name=re.compile(f"Take it on.*{AGREED}")).click()
    expect(lead.get_by_label("What will be done?")).to_have_value(AGREED)
    lead.get_by_label("Who sees to it?").select_option(label=str(area.lead))
    fill_day(lead, "due_on", day.day, day.month, day.year)
    lead.get_by_role("button", name="Add it to the register").click()
    expect(lead.get_by_text("It is action 1 of Homes First now.")).to_be_visible()

    # A link in the weekly e-mail, opened on a phone on which nobody has signed in.
    call_command("send_reminders")
    phone = open_page(width=PHONE, javascript=javascript)
    phone.goto(link_in_mail_to(area.lead))
    expect(phone.get_by_role("heading", level=1)).to_have_text(AGREED)
    phone.get_by_label("Complete").check()
    phone.get_by_label("What difference did it make?").fill("Parents ask for it at the counter")
    phone.locator("[name=text]").fill("All shops have it.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", level=1)).not_to_have_text(AGREED)
    assert Action.objects.get().status == "complete"

    board = open_page(area.coordinator, javascript=javascript)
    board.goto(f"{here}reports/add/")
    today = timezone.localdate()
    fill_day(board, "from_on", 1, 1, today.year)
    fill_day(board, "to_on", today.day, today.month, today.year)
    board.get_by_role("button", name="Take the figures").click()
    expect(board.get_by_role("heading", level=1)).to_have_text("Report to the steering group")
    main = board.locator("main")
    expect(main).to_contain_text("Parents ask for it at the counter")
    expect(
        board.get_by_role("row", name=re.compile("Actions completed 1 in the period"))
    ).to_be_visible()


def link_in_mail_to(person):
    body = OutgoingMail.objects.get(to=person.email).body
    return urlsplit(re.search(r"https?://\S+/update/\S+", body).group()).path
