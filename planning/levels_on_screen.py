"""What of a domain's levels fits on the projector, to be read from the back of the room.

Four columns of long descriptors would be written as small as a newspaper. They are shortened to
their first sentences then, in large letters: the whole text is on every phone and in the pack.
"""

import re
from dataclasses import dataclass

# So many letters of the longest descriptor, in that size.
SIZES = ((200, "large"), (330, "medium"))
SHORTENED = 165  # letters that the first sentences of a descriptor may have together
END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\W\d]*[A-Z])")


@dataclass(frozen=True)
class LevelsOnScreen:
    """The descriptors of a domain. ``is_shortened``: they go on elsewhere."""

    levels: tuple
    size: str
    is_shortened: bool

    @classmethod
    def of(cls, domain):
        """None where there is no domain."""
        if domain is None:
            return None
        whole = [each.text for each in domain.descriptors]
        texts = whole if _size_of(whole) else [first_sentences(text) for text in whole]
        levels = [each.level for each in domain.descriptors]
        return cls(
            levels=tuple(zip(levels, texts, strict=True)),
            size=_size_of(texts) or "small",
            is_shortened=texts != whole,
        )


def first_sentences(text):
    """As many sentences as fit, and one in any case."""
    first, *others = END_OF_SENTENCE.split(text)
    for sentence in others:
        if len(first) + 1 + len(sentence) > SHORTENED:
            break
        first = f"{first} {sentence}"
    return first


def _size_of(texts):
    """The size in which all of them fit beside each other, or nothing."""
    longest = max(map(len, texts), default=0)
    return next((name for most, name in SIZES if longest <= most), "")
