"""Other people's words inside our sentences: short, on one line, unable to disturb the page."""

import unicodedata

# Control and format characters (right-to-left overrides, zero-width joiners, lone surrogates)
# could turn the rest of our sentence round or make it impossible to store.
_UNSEEN = {"Cc", "Cf", "Cs"}


def quoted(text: str, *, limit: int = 60) -> str:
    """`text` in curly quotes, on one line, cut after `limit` characters with an ellipsis."""
    # Four times the limit leaves room for what is taken out, and keeps a 10 MB paste cheap.
    start = " ".join(text[: limit * 4].split())
    seen = "".join(c for c in start if unicodedata.category(c) not in _UNSEEN)
    cut = len(seen) > limit or len(text) > limit * 4
    return f"“{seen[:limit].rstrip()}…”" if cut else f"“{seen}”"


def either(words: list[str] | tuple[str, ...]) -> str:
    """`a, b or c`: the allowed things, as a person would list them."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
