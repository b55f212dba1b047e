"""The demo's board reports: fixtures/demo/reports.yaml. They show what the rest of the demo is,
so they are loaded last.
"""

from datetime import timedelta

import yaml
from django.conf import settings
from django.utils import timezone

from pledges.reporting import finish_report, make_report, write_narrative
from rpcportal.board_report.gathering import figures_of

FILE = settings.BASE_DIR / "fixtures" / "demo" / "reports.yaml"


def load(partnership, coordinator, today=None):
    """Make the reports of the demo partnership."""
    today = today or timezone.localdate()
    for content in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        report = make_report(
            partnership=partnership,
            by=coordinator,
            gather=figures_of,
            board=content["board"],
            from_on=today + timedelta(days=content["from"]),
            to_on=today + timedelta(days=content["to"]),
        )
        for section, words in content["words"].items():
            write_narrative(report=report, section=section, words=words.strip(), by=coordinator)
        if content["finished"]:
            finish_report(report=report, by=coordinator)
