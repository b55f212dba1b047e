"""Progress levels: whole numbers from 1 to the framework's top, and the half steps between.

On paper a half step is written as a pair: "2/3" means "between 2 and 3", never two thirds.
Levels are `Decimal`, so that 2.5 is exactly 2.5 wherever it is stored or added up.
"""

import re
import unicodedata
from decimal import Decimal

from rpcportal.kit.quoting import either, quoted

HALF = Decimal("0.5")

# No level is longer than "Progress level: 2 to level 3."; anything beyond is not read at all,
# so a 10 MB paste into the box costs nothing.
_LONGEST = 40

# Word turns a typed 1/2 into ½ and 3/4 into ¾ by itself, so these stand in many real sheets.
_FRACTIONS = {"½": "1/2", "¾": "3/4", "¼": "1/4", "⅔": "2/3", "⅓": "1/3"}

_WHOLE = re.compile(r"([0-9])(?:\.0{1,3})?")
_DECIMAL_HALF = re.compile(r"([0-9])\.50{0,2}")
_MIXED_HALF = re.compile(r"([0-9]) 1 ?/ ?2")
_PAIR = re.compile(r"([0-9]) ?(?:/|-|to) ?(?:level )?([0-9])")


class LevelError(ValueError):
    """What was given is no progress level. The message is a sentence for who typed it."""


def half_steps(top: int) -> tuple[Decimal, ...]:
    """1, 1.5, 2 … `top`. `ValueError` unless `top` is a whole number from 1 to 9."""
    if top not in range(1, 10):
        raise ValueError(f"The highest progress level must be from 1 to 9, not {top!r}.")
    return tuple(1 + HALF * step for step in range(2 * int(top) - 1))


def format_level(level: Decimal) -> str:
    """The level as people write it: "3", or "2/3" for 2.5. `ValueError` if no half step."""
    if not level.is_finite() or level < 1 or level % HALF:
        raise ValueError(f"{level} is not a progress level in half steps from 1.")
    below = int(level)
    return f"{below}/{below + 1}" if level % 1 else str(below)


def parse_level(text: str, *, top: int) -> Decimal:
    """The level that a person typed, between 1 and `top`; `LevelError` for anything else.

    Read alike: 2/3, 2 / 3, 2-3, 2–3, 2 to 3, 2.5, 2½, 2 1/2; Level 3, 3.0 and 3 with a full stop.
    A fraction that stands alone (½, ¾) is the pair that Word made it from.
    """
    steps = half_steps(top)
    level = _read(_plain(text))
    if level not in steps:
        allowed = either([format_level(step) for step in steps])
        given = f"{quoted(text, limit=_LONGEST)} is not a progress level."
        raise LevelError(
            f"{given if text.strip() else 'No progress level was given.'} Use {allowed}."
        )
    return level


def _read(plain: str) -> Decimal | None:
    if match := _WHOLE.fullmatch(plain):
        return Decimal(match[1])
    if match := _DECIMAL_HALF.fullmatch(plain) or _MIXED_HALF.fullmatch(plain):
        return Decimal(match[1]) + HALF
    if (match := _PAIR.fullmatch(plain)) and int(match[2]) == int(match[1]) + 1:
        return Decimal(match[1]) + HALF
    return None


def _plain(text: str) -> str:
    """`text` in ASCII digits, one dash and slash, without "level" or a closing full stop."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    # Before compatibility folding, which would turn 2½ into 21/2.
    for sign, pair in _FRACTIONS.items():
        text = text.replace(sign, f" {pair}")
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = " ".join("".join(map(_plain_character, folded)).split())
    plain = re.sub(r"^(?:progress )?level ?:? ?", "", plain)
    return plain.removesuffix(".").rstrip()


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    if character == "\N{FRACTION SLASH}":
        return "/"
    # Zero-width and direction marks come along with pasted text and mean nothing here.
    return "" if category == "Cf" else character
