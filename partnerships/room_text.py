"""What somebody without an account writes for everybody in a room to read on a projector.

Letters that nobody sees would make an organisation without a name; marks piled on a letter would
cover what others wrote.
"""

import unicodedata

from rpcportal.kit.forms import PlainTextField

# Not written with a meaning of their own: space without width, fillers, marks of direction. The
# joiners stay, because emoji and Persian need them.
UNSEEN = str.maketrans(
    dict.fromkeys(
        "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u2800"
        "\u3164\ufeff\uffa0",
        "",
    )
)
MOST_MARKS = 4  # on one letter; no language needs more


class RoomTextField(PlainTextField):
    """Text that can be seen; what has nothing to see is empty."""

    def to_python(self, value):
        text = _with_few_marks(super().to_python(value).translate(UNSEEN)).strip()
        return text if any(unicodedata.category(each)[0] in "LNPS" for each in text) else ""


def _with_few_marks(text):
    kept, marks = [], 0
    for each in text:
        marks = marks + 1 if unicodedata.category(each)[0] == "M" else 0
        if marks <= MOST_MARKS:
            kept.append(each)
    return "".join(kept)
