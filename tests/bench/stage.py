"""A workshop to be held, as rows: made here, or printed as JSON for a portal that runs elsewhere:
``python -m tests.bench.stage`` with the environment of that portal.
"""

import json
from datetime import date

import django


def make():
    """A workshop whose door is open; what those who come need to know, as texts and numbers."""
    from django.conf import settings
    from django.test import Client

    from partnerships import joining
    from partnerships.models import Partnership
    from planning.models import Framework
    from tests.factories.assessments import make_assessment
    from tests.factories.people import make_area
    from tests.factories.workshops import make_workshop

    number = Partnership.objects.count() + 1
    area = make_area(f"room-{number}", f"Room {number}", f"Room {number}")
    framework = Framework.objects.order_by("pk").first()
    sheet = make_assessment(
        area.partnership, framework, assessed_on=date(2026, 6, 1), by=area.coordinator
    )
    workshop = make_workshop(sheet, area.facilitator)
    browser = Client()
    browser.force_login(area.facilitator)
    name = settings.SESSION_COOKIE_NAME
    return {
        "workshop": workshop.pk,
        "door": joining.join_path(workshop.occasion),
        "phone": f"/workshops/{workshop.occasion_id}/",
        "root": f"/planning/{sheet.pk}/workshops/{workshop.pk}/",
        "cookies": {name: browser.cookies[name].value},
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make()))
