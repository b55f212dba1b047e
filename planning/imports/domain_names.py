"""Which domain or dimension a row of a sheet is about, from what stands in its first cell."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from planning.outline import Outline, OutlineDomain
from rpcportal.kit.quoting import either, quoted

_LONGEST_NAME = 200  # longer cells are texts, and comparing them letter by letter takes long
_ALIKE = 0.8  # "Comissioning" is 0.96 like "Commissioning"
_NUMBERED = re.compile(
    r"(?:(?:key element|domain|element)\s*)?([0-9]{1,3})(?![0-9])\s*[.):–—-]*\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_CONTINUED = re.compile(r"\s*\(?\b(?:continued|cont(?:['’.]?d)?|ctd)\b\.?\)?\s*$", re.IGNORECASE)


class UnknownDomain(ValueError):
    """The cell names no domain of the framework. The message is a sentence."""


@dataclass(frozen=True)
class Match:
    domain: OutlineDomain
    continued: bool  # the row says that it carries on with the domain above


def plain(text: str) -> str:
    """Words in lower case, single spaces and no signs; "&" counts as "and"."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join(re.findall(r"[^\W_]+", folded))


def find_dimension(text: str, outline: Outline) -> str:
    """The dimension's name as the framework writes it, or "" if the text is none."""
    if len(text) > _LONGEST_NAME:
        return ""
    names = {plain(domain.dimension): domain.dimension for domain in outline.domains}
    return names.get(plain(text).removeprefix("dimension "), "")


def find_domain(text: str, outline: Outline) -> Match:
    """The domain that the cell names by number, name or both; `UnknownDomain` says what is wrong.

    A name may be misspelt or shortened if its number agrees; without a number it must be whole.
    """
    if len(text) > _LONGEST_NAME:
        raise UnknownDomain(
            f"{quoted(text)} is not a domain of this framework. {_expected(outline)}"
        )
    named = _CONTINUED.sub("", text)
    number, name = _number_and_name(named)
    by_name = next(
        (domain for domain in outline.domains if name and plain(domain.name) == name), None
    )
    if number is None:
        if by_name is None:
            raise UnknownDomain(_not_a_domain(text, name, outline))
        return Match(by_name, continued=named != text)
    by_number = next((domain for domain in outline.domains if domain.number == number), None)
    if by_name is not None and by_name != by_number:
        raise UnknownDomain(
            f"{quoted(text)} has the number {number}, but {by_name.name} is number "
            f"{by_name.number}."
            " Correct the number or the name."
        )
    if by_number is None:
        raise UnknownDomain(f"There is no domain {number} in this framework. {_expected(outline)}")
    if name and not _alike(name, plain(by_number.name)):
        raise UnknownDomain(
            f"{quoted(text)} is not a domain of this framework: {number} is {by_number.name}."
        )
    return Match(by_number, continued=named != text)


def _number_and_name(text: str) -> tuple[int | None, str]:
    match = _NUMBERED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (int(match[1]), plain(match[2])) if match else (None, plain(text))


def _alike(name: str, official: str) -> bool:
    shortened = set(name.split()) <= set(official.split())
    return shortened or SequenceMatcher(None, name, official).ratio() >= _ALIKE


def _not_a_domain(text: str, name: str, outline: Outline) -> str:
    labels = {plain(domain.name): domain.title for domain in outline.domains}
    near = get_close_matches(name, labels, n=1, cutoff=0.6)
    mend = f"Did you mean {quoted(labels[near[0]])}?" if near else _expected(outline)
    return f"{quoted(text)} is not a domain of this framework. {mend}"


def _expected(outline: Outline) -> str:
    return f"Use {either([domain.title for domain in outline.domains])}."
