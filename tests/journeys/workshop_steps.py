"""What people do at a workshop, named as they would say it.

Each step works with scripts and by plain forms. Where a page brings news by itself with scripts,
``news`` fetches it without them, by the link that stands there for it.
"""

import re

from playwright.sync_api import expect

from partnerships.joining import join_path
from planning.models import Workshop
from tests.journeys.axe import WIDTHS, check_accessible
from tests.journeys.conftest import PHONE

IN_THE_LIST = ("Homes First", "Quay School", "Borough Police")


class Room:
    """Pages of one workshop: a console, a projector, phones; and whether they run scripts."""

    def __init__(self, open_page, area, *, javascript=True):
        self.open_page, self.area, self.javascript = open_page, area, javascript
        self.console = self.open(area.facilitator)
        self.workshop = self.screen = None
        self.phones = []

    def open(self, user=None, **options):
        return self.open_page(user, javascript=self.javascript, **options)

    @property
    def home(self):
        return f"/planning/{self.workshop.assessment_id}/workshops/{self.workshop.pk}/"

    def check(self, page, widths=WIDTHS):
        """axe is a script itself, and finds the same on the same pages."""
        if self.javascript:
            check_accessible(page, widths=widths)

    def check_phone(self, page):
        self.check(page, widths=(PHONE,))

    # --- Those who run it -------------------------------------------------------------------------

    def plan(self, assessment):
        """Plan the workshop on its assessment's page, and come to the console."""
        self.console.goto(f"/planning/{assessment.pk}/workshops/new/")
        self.console.get_by_role("button", name="Plan it").click()
        expect(self.console.get_by_role("heading", level=1)).to_have_text("Planning workshop")
        self.workshop = Workshop.objects.select_related("assessment").get()
        self.console.goto(f"{self.home}console/")

    def let_phones_in(self):
        self.console.get_by_label("1 hour").check()
        self.console.get_by_role("button", name="Let phones join").click()
        expect(self.console.get_by_text("Phones can join now.")).to_be_visible()
        self.workshop = Workshop.objects.select_related("assessment", "occasion").get()

    def show_screen(self):
        self.screen = self.open(self.area.coordinator)
        self.screen.set_viewport_size({"width": 1280, "height": 720})
        self.screen.goto(f"{self.home}screen/")

    def press(self, name):
        self.console.get_by_role("button", name=name, exact=True).click()

    def go_to(self, title):
        line = self.console.locator(".rpc-run__line").filter(has_text=title)
        line.get_by_role("button", name="Go here").click()
        expect(self.console.get_by_role("heading", level=1)).to_have_text(title)

    def open_vote(self, button="Open the vote"):
        self.press(button)
        close = self.console.get_by_role("button", name="Close the vote and show it")
        expect(close).to_be_visible()

    def reveal(self):
        self.press("Close the vote and show it")
        expect(self.console.locator("svg.rpc-spread__chart")).to_be_visible()

    def agree(self, level, *, reason, dissent):
        """What the room agreed of the domain that it is at. ``level``: as the form sends it."""
        self.console.locator(f'.rpc-console__agree [name="level"][value="{level}"]').check()
        self.console.locator('.rpc-console__agree [name="reason"]').fill(reason)
        self.console.locator('.rpc-console__agree [name="dissent"]').fill(dissent)
        self.console.get_by_role("button", name="Record it").click()
        expect(self.console.get_by_text(re.compile(r"recorded at \d\d:\d\d"))).to_be_visible()

    # --- What comes to a screen by itself ---------------------------------------------------------

    def says(self, page, sentence):
        """How many have answered, or are in, on the console or the projector."""
        if not self.javascript:
            page.goto(page.url.partition("#")[0])
        expect(page.locator("#count")).to_have_text(sentence)

    def count_says(self, sentence):
        for page in (self.console, self.screen):
            self.says(page, sentence)

    def look_at_screen(self):
        if not self.javascript:
            self.screen.get_by_role("link", name="Load the newest").click()
        return self.screen

    def look_at(self, phone):
        """What a phone shows now: without scripts it has to be asked."""
        if not self.javascript:
            phone.get_by_role("button", name="Look for news").click()
        return phone

    def every_phone_shows(self, heading):
        for phone in self.phones:
            expect(self.look_at(phone).get_by_role("heading", name=heading)).to_be_visible()

    # --- Phones -----------------------------------------------------------------------------------

    def join(self, organisation, *, by_code=False):
        """One more phone that is in."""
        phone = self.open(width=PHONE)
        if by_code:
            phone.goto("/join/")
            phone.get_by_label("Code").fill(self.workshop.occasion.code.lower())
            phone.get_by_role("button", name="Go on").click()
        else:
            phone.goto(join_path(self.workshop.occasion))
        expect(phone.get_by_role("heading", name="Join the workshop")).to_be_visible()
        if organisation in IN_THE_LIST:
            phone.get_by_label("Your organisation").select_option(label=organisation)
        else:
            phone.get_by_label("If it is not in the list, its name").fill(organisation)
            phone.get_by_label("Sector").select_option("voluntary")
        phone.get_by_role("button", name="Join").click()
        self.phones.append(phone)
        return phone

    def vote(self, phone, level, reason=""):
        """``level``: as the form sends it, “none” for “don't know”."""
        self.choose(phone, level, reason)
        phone.get_by_role("button", name=re.compile("^(Vote|Send|Change my vote)$")).click()
        kept = phone.get_by_role("heading", name=re.compile("^Your (vote|rating): "))
        expect(kept).to_be_visible()

    def choose(self, phone, level, reason=""):
        phone.locator(f'[name="level"][value="{level}"]').check()
        if reason:
            phone.locator('[name="reason"]').fill(reason)

    def vote_anew(self, phone, level, reason=""):
        phone.get_by_role("link", name="Change it").click()
        self.vote(phone, level, reason)
