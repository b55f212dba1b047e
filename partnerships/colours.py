"""A brand's colour: white words must be readable on it, and it on white (WCAG 2.2, 1.4.3)."""

import math
import re

READABLE = 4.5  # the least contrast of words of ordinary size
LONG, SHORT = re.compile("#?([0-9a-f]{6})"), re.compile("#?([0-9a-f]{3})")


def written(text):
    """A colour as it is stored, #rrggbb; an empty text for what is none.

    “14505C” and the short “#abc” are understood too.
    """
    text = text.strip().lower()
    if found := LONG.fullmatch(text):
        return f"#{found[1]}"
    if found := SHORT.fullmatch(text):
        return "#" + "".join(figure * 2 for figure in found[1])
    return ""


def contrast_with_white(colour):
    """From 1 for white to 21 for black, for a colour as #rrggbb."""
    return 1.05 / (_luminance(colour) + 0.05)


def readable_on(colour):
    """Whether white words can be read on it."""
    return contrast_with_white(colour) >= READABLE


def darker(colour):
    """The nearest darker shade of the same colour on which white words can be read."""
    channels = _channels(colour)
    shades = (
        "#" + "".join(f"{channel * part // 100:02x}" for channel in channels)
        for part in range(100, -1, -1)
    )
    return next(shade for shade in shades if readable_on(shade))


def colour_refusal(colour):
    """Why this colour cannot be the brand's, or an empty sentence."""
    if readable_on(colour):
        return ""
    contrast = math.floor(contrast_with_white(colour) * 10) / 10
    return (
        f"White words would be hard to read on {colour}: their contrast is {contrast} to 1, and "
        f"{READABLE} to 1 is the least. Choose a darker colour, for example {darker(colour)}."
    )


def _channels(colour):
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _luminance(colour):
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
