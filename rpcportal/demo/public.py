"""The demo's public page: fixtures/demo/public.yaml, through the verbs that people use."""

import yaml
from django.conf import settings

from partnerships import publishing
from partnerships.logos import small_logo
from practice import evidence
from practice.models import EvidenceStatement

FOLDER = settings.BASE_DIR / "fixtures" / "demo"


def load(partnership, coordinator):
    """Write the page of the demo partnership, with evidence statements, and publish it."""
    content = yaml.safe_load((FOLDER / "public.yaml").read_text(encoding="utf-8"))
    each = {"partnership": partnership, "by": coordinator}
    page = {"shows_pledges": True, "shows_actions": True, **content["page"]}
    publishing.save_words(**each, **page)
    logo = small_logo((FOLDER / "logo.png").read_bytes())
    publishing.save_logo(**each, words=content["logo_words"], logo=logo)
    evidence.load_starters()  # script/run has done so; the demo can be loaded by itself
    for starter in EvidenceStatement.objects.starters().filter(key__in=content["uses"]):
        own = evidence.use_starter(**each, starter=starter)
        evidence.show_statement(statement=own, is_public=True, by=coordinator)
    publishing.publish(**each)
