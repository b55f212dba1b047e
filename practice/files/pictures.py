"""PNG and JPEG pictures: made anew from their points.

What cameras write beside a picture (the place, the day, the owner) does not come along, and
neither does anything that hides behind it.
"""

from io import BytesIO

from PIL import Image, ImageOps

from partnerships.logos import BOMBS, MAX_POINTS, UNREADABLE
from practice.files.refused import FileRefused

LARGEST = (3508, 3508)  # points: a page of A4 at 300 to the inch
STARTS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
DAMAGED = "the picture is damaged. Open it in a program for pictures, save it again and try again."
TOO_MANY_POINTS = (
    "the picture has {width:,} by {height:,} points, which is too large to read. Make it at most "
    "4,000 points wide and choose it again."
)


def read(data):
    """(ending, content type, content) of a picture made anew; None for what is none."""
    kind = next((STARTS[start] for start in STARTS if data.startswith(start)), None)
    if kind is None:
        return None
    try:
        with _opened(data) as picture:
            picture.verify()  # half a PNG is refused
        with _opened(data) as picture:
            return _made_anew(picture, kind)
    except (*BOMBS, *UNREADABLE) as error:
        raise FileRefused(DAMAGED) from error


def _opened(data):
    return Image.open(BytesIO(data), formats=("PNG", "JPEG"))


def _made_anew(picture, kind):
    width, height = picture.size
    if width * height > MAX_POINTS:
        raise FileRefused(TOO_MANY_POINTS.format(width=width, height=height))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    mode = "RGBA" if kind == "PNG" and upright.has_transparency_data else "RGB"
    whole = upright.convert(mode)
    whole.thumbnail(LARGEST)
    plain = Image.new(mode, whole.size)
    plain.paste(whole)  # a picture without anything beside its points
    file = BytesIO()
    if kind == "PNG":
        plain.save(file, "PNG")
        return ".png", "image/png", file.getvalue()
    plain.save(file, "JPEG", quality=90)
    return ".jpg", "image/jpeg", file.getvalue()
