"""Logos: whatever is sent ends as a small picture or in a sentence."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from partnerships.logos import (
    HEAVY,
    JPEG,
    LARGEST,
    MAX_FILE,
    PNG,
    UnreadableLogo,
    content_type_of,
    small_logo,
)
from tests.factories.public import picture


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_of(width, height, rows=b""):
    """A PNG that claims a size, whatever it holds."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(rows, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def opened(logo):
    return Image.open(BytesIO(logo))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("PNG", "I;16"),
     ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK")],
)  # fmt: skip
def test_every_kind_of_png_and_jpeg_becomes_a_small_picture(kind, mode):
    colour = 1 if mode in {"P", "L", "1", "I;16"} else "teal"
    logo = small_logo(picture(kind, (2000, 500), mode, colour))
    assert opened(logo).size == (480, 120)
    assert content_type_of(logo) in {PNG, JPEG}


def test_a_photograph_is_kept_light():
    noise = Image.effect_noise((1200, 600), 90).convert("RGB")
    file = BytesIO()
    noise.save(file, "JPEG")
    logo = small_logo(file.getvalue())
    assert len(logo) < 3 * HEAVY
    assert content_type_of(logo) == JPEG
    assert opened(logo).size == LARGEST


def test_what_stands_beside_the_points_is_gone():
    exif = Image.Exif()
    exif[0x010E] = "taken at 14 Secret Street"
    file = BytesIO()
    Image.new("RGB", (60, 30), "teal").save(file, "JPEG", exif=exif, comment=b"Secret Street")
    logo = small_logo(file.getvalue())
    assert b"Secret" in file.getvalue()
    assert b"Secret" not in logo
    assert not opened(logo).getexif()


def test_a_picture_that_a_phone_held_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert opened(small_logo(picture("JPEG", exif=exif))).size == (30, 60)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
WRONG = {
    "nothing": b"",
    "words": b"Not a picture at all",
    "NUL bytes": b"\0" * 1000,
    "SVG": SVG,
    "a GIF": picture("GIF"),
    "a BMP": picture("BMP"),
    "a TIFF": picture("TIFF"),
    "a WebP": picture("WEBP"),
    "half a PNG": picture(size=(300, 300), mode="RGBA")[:100],
    "a PNG's beginning before SVG": b"\x89PNG\r\n\x1a\n" + SVG,
    "a JPEG's beginning before HTML": b"\xff\xd8\xff<script>alert(1)</script>",
    "a PDF": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_picture_ends_in_a_sentence(what):
    with pytest.raises(UnreadableLogo, match="no PNG or JPEG picture"):
        small_logo(WRONG[what])


def test_html_behind_a_picture_does_not_come_along():
    assert b"script" not in small_logo(picture() + b"<script>alert(1)</script>")


@pytest.mark.parametrize("size", [(6000, 6000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_a_small_file_that_unfolds_into_much_is_refused_before_it_does(size):
    with pytest.raises(UnreadableLogo, match=r"too large to read|no PNG or JPEG picture"):
        small_logo(png_of(*size, rows=b"\0" * 10_000_000))


def test_a_heavy_file_is_refused():
    with pytest.raises(UnreadableLogo, match=r"The file has 2\.0 MB; at most 2 MB"):
        small_logo(b"\x89PNG" + b"\0" * MAX_FILE)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_picture_never_ends_in_a_fault(data):
    kind = data.draw(st.sampled_from(["PNG", "JPEG"]))
    damaged = bytearray(picture(kind, (40, 40), "RGB"))
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnreadableLogo):
        assert opened(small_logo(bytes(damaged))).width <= LARGEST[0]
