"""axe-core (vendored) on a page in the browser."""

from functools import cache
from pathlib import Path

WIDTHS = (1280, 320)
# Two frames after a change of width, our scripts have seen it: a table that now scrolls takes the
# focus. Of what passes, axe keeps one element each, which nobody reads here.
RUN = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    await frame();
    const result = await axe.run({resultTypes: ["violations"]});
    return result.violations;
}"""
VENDOR = Path(__file__).parent.parent / "vendor"


@cache
def source():
    (file,) = VENDOR.glob("axe-core-*/axe.min.js")
    return file.read_text()


def violations(page):
    """What axe finds on the page as it stands: a sentence for each element."""
    if not page.evaluate("() => 'axe' in window"):
        # Evaluated and not added as a script element, which the security policy would refuse.
        page.evaluate(source())
    found = page.evaluate(RUN)
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]


def check_accessible(page, widths=WIDTHS):
    """No violation and no sideways scrolling, at the width of a desk screen and of a phone."""
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], f"axe at {width} px on {page.url}"
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} scrolls sideways at {width} px"
    page.set_viewport_size(before)
