"""A logo that somebody chose: read as a picture, never kept as it came.

What is stored is made anew from its points: small, without what cameras and programs write
beside a picture (places, names), and certainly nothing but a picture.
"""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
MAX_FILE = 2 * MEGABYTE
MAX_POINTS = 20_000_000  # a file of 2 MB may unfold into gigabytes
LARGEST = (480, 240)  # points: shown at half of that, so that it is sharp on any screen
HEAVY = 24 * 1024  # bytes, above which it is tried with fewer colours
PNG, JPEG = "image/png", "image/jpeg"
NO_PICTURE = (
    "The file is no PNG or JPEG picture, or it is damaged. Save the logo as PNG or JPEG with a "
    "program for pictures, and choose that file."
)
TOO_LARGE = (
    "The picture is {width:,} by {height:,} points, which is too large to read. Make it smaller, "
    "for example 1,000 points wide, and choose it again."
)
TOO_HEAVY = (
    "The file has {size:.1f} MB; at most 2 MB can be read. Make the picture smaller, for example "
    "1,000 points wide, and choose it again."
)
# What Pillow's readers raise for files that are damaged or made to harm.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class UnreadableLogo(Exception):
    """The file cannot be a logo; the message says why and what to do."""


def small_logo(data):
    """The bytes of a small PNG or JPEG with what the picture in ``data`` shows.

    What it is, is told by the file's content and not by its name. Raises UnreadableLogo.
    """
    if len(data) > MAX_FILE:
        raise UnreadableLogo(TOO_HEAVY.format(size=len(data) / MEGABYTE))
    try:
        with _opened(data) as picture:
            # Half a PNG is refused. WeasyPrint has Pillow show the rest of it as grey.
            picture.verify()
        with _opened(data) as picture:
            return _lightest(_small(picture))
    except BOMBS:
        raise UnreadableLogo(NO_PICTURE) from None
    except UNREADABLE as error:
        raise UnreadableLogo(NO_PICTURE) from error


def content_type_of(logo):
    """PNG or JPEG, by the first bytes of a logo that ``small_logo`` made."""
    return PNG if logo.startswith(b"\x89PNG") else JPEG


def _opened(data):
    return Image.open(BytesIO(data), formats=("PNG", "JPEG"))


def _small(picture):
    width, height = picture.size
    if width * height > MAX_POINTS:
        raise UnreadableLogo(TOO_LARGE.format(width=width, height=height))
    picture.load()
    whole = ImageOps.exif_transpose(picture).convert("RGBA")
    whole.thumbnail(LARGEST)
    plain = Image.new("RGBA", whole.size)
    plain.paste(whole)  # a picture without anything beside its points
    return plain


def _lightest(picture):
    png = _saved(picture, "PNG", optimize=True)
    if len(png) <= HEAVY:
        return png
    fewer = _saved(picture.quantize(256, Image.Quantize.FASTOCTREE), "PNG", optimize=True)
    on_white = Image.new("RGB", picture.size, "white")
    on_white.paste(picture, mask=picture)
    return min(fewer, _saved(on_white, "JPEG", quality=82, optimize=True), key=len)


def _saved(picture, kind, **options):
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
