"""QR codes as pictures within a page: attributes alone, which the content policy allows."""

from io import BytesIO

import segno
from django.utils.html import format_html
from django.utils.safestring import mark_safe

BORDER = 4  # modules of white around it, as scanners want it


def qr_svg(text, *, title="QR code"):
    """The QR code of ``text`` as an SVG that fills its place. ``title`` says what it is."""
    code = segno.make(text, error="m", micro=False)
    drawn = BytesIO()
    code.save(
        drawn, kind="svg", border=BORDER, dark="#000000", light="#ffffff",
        xmldecl=False, svgns=False, omitsize=True, svgclass=None, lineclass=None, nl=False,
    )  # fmt: skip
    inside = drawn.getvalue().decode().partition(">")[2]
    width, height = code.symbol_size(border=BORDER)
    return format_html(
        '<svg class="rpc-qr" role="img" viewBox="0 0 {} {}" aria-label="{}"><title>{}</title>{}',
        width,
        height,
        title,
        title,
        mark_safe(inside),
    )
