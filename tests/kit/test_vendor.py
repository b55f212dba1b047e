"""What was vendored is what is there: nobody edits these files by hand."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
RECORDS = sorted(
    [*ROOT.glob("static/vendor/*/VENDOR.json"), *ROOT.glob("tests/vendor/*/VENDOR.json")]
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_every_vendored_file_has_the_recorded_sum(record):
    folder = record.parent
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path != record
    }
    assert found == json.loads(record.read_text())["sha256"]


def test_the_served_style_sheet_asks_for_no_font_and_no_map():
    folder = ROOT / "static/vendor/govuk-frontend-6.3.0"
    for path in folder.glob("*.min.*"):
        text = path.read_text()
        assert "@font-face" not in text
        assert "GDS Transport" not in text
        assert "sourceMappingURL" not in text


def test_three_folders_are_vendored():
    assert [path.parent.name for path in RECORDS] == [
        "govuk-frontend-6.3.0",
        "axe-core-4.14.1",
        "govuk-frontend-6.3.0",
    ]
