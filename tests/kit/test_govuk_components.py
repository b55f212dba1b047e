"""Every component is rendered as GOV.UK renders it, at the version that static/vendor holds."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.utils.safestring import mark_safe

from rpcportal.kit.govuk import render_component

FIXTURES = Path(__file__).parent.parent / "vendor" / "govuk-frontend-6.3.0" / "fixtures"
COMPONENTS = sorted(path.name.removesuffix(".json.gz") for path in FIXTURES.glob("*.json.gz"))


def fixtures_of(component):
    return json.loads(gzip.decompress((FIXTURES / f"{component}.json.gz").read_bytes()))


def html_marked_safe(options):
    """GOV.UK's fixtures as a developer would pass them: what is HTML says so."""
    if isinstance(options, list):
        return [html_marked_safe(option) for option in options]
    if not isinstance(options, dict):
        return options
    return {name: marked(name, value) for name, value in options.items()}


def marked(name, value):
    if name == "slots":
        return {slot: mark_safe(html) for slot, html in value.items()}
    if isinstance(value, str) and (name in ("html", "attributes") or name.endswith("Html")):
        return mark_safe(value)
    return html_marked_safe(value)


def normalised(html):
    """Without the white space beside tags, and with one spelling of a quotation mark."""
    html = re.sub(r"\s+", " ", html)
    return re.sub(r"\s*([<>])\s*", r"\1", html).replace("&#34;", "&quot;").strip()


@pytest.mark.parametrize("component", COMPONENTS)
def test_component_equals_every_govuk_fixture(component):
    different = [
        fixture["name"]
        for fixture in fixtures_of(component)
        if normalised(render_component(component, html_marked_safe(fixture["options"])))
        != normalised(fixture["html"])
    ]
    assert different == []


def test_all_657_fixtures_of_version_6_3_are_here():
    assert sum(len(fixtures_of(component)) for component in COMPONENTS) == 657
