"""QR codes: what a scanner reads is what was asked for, and the content policy lets it be."""

import re

import segno
from lxml import etree

from rpcportal.kit.qr import BORDER, qr_svg

ADDRESS = "https://portal.example/join/5f3cf984-d1d3-4523-8335-89c1300138cd/"


def dark_modules(svg):
    """The dark squares of the picture, as (column, row)."""
    lines = etree.fromstring(svg).xpath("//*[local-name()='path'][@stroke]/@d")[0]
    found, x, y = set(), 0, 0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", lines):
        values = [float(each) for each in numbers.split()]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            found |= {(int(x) + each, int(y)) for each in range(int(values[0]))}
            x += values[0]
    return found


def test_the_picture_is_the_code_with_a_border_of_white():
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    expected = {
        (x + BORDER, y + BORDER)
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    }

    assert dark_modules(qr_svg(ADDRESS)) == expected


def test_it_says_what_it_is_and_has_no_style_of_its_own():
    svg = etree.fromstring(qr_svg(ADDRESS, title="Join <b>us</b> & more"))

    assert svg.get("role") == "img"
    assert svg.get("aria-label") == svg.findtext("title") == "Join <b>us</b> & more"
    assert not svg.xpath("//@style")
    assert not svg.xpath("//@*[starts-with(name(), 'on')]")
