"""E-mail addresses out of whatever somebody pastes: a column, a list, a line from Outlook."""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from rpcportal.kit.quoting import quoted

BETWEEN = r"\s<>,;:\"()\[\]"
# A whole run of characters, from one separator to the next: an address is never cut out of a
# longer word. Half of o'neil@example.org is somebody else. The look behind keeps it linear.
ADDRESS = re.compile(rf"(?<![^{BETWEEN}])[^{BETWEEN}]*@[^{BETWEEN}]*")
QUOTES = " \"'‘’“”<>()[],;:"
LONGEST = 254
LONGEST_NAME = 150
MOST = 200


@dataclass(frozen=True)
class Pasted:
    """``people``: (address, name or "") once each, in order. ``problems``: sentences."""

    people: tuple
    problems: tuple


def read_addresses(text):
    """The people in a pasted text, one to a line or separated by semicolons or commas.

    A name may stand before each (“Ada Marsh <ada@example.org>”) or in a cell beside it. What
    holds no address, or a wrong one, becomes a sentence that repeats it.
    """
    people, problems = {}, []
    for row in re.split(r"[\n;]", _seen(text)):
        if not "".join(row.split()).strip(QUOTES):
            continue
        found = list(ADDRESS.finditer(row))
        if not found:
            problems.append(f"{quoted(row, limit=80)} holds no e-mail address.")
            continue
        for match, name in zip(found, _names(row, found), strict=True):
            address = match[0].strip("'‘’.").replace("’", "'").lower()
            if _is_address(address):
                people[address] = people.get(address) or name
            else:
                problems.append(f"{quoted(address, limit=80)} is not an e-mail address.")
    if len(people) > MOST:
        problems.append(f"This is a list of {len(people)} people; invite at most {MOST} at a time.")
    return Pasted(tuple(people.items()), tuple(problems))


def _seen(text):
    """Without what nobody sees, such as the marks that e-mail programs put round addresses."""
    return "".join(each for each in text if unicodedata.category(each) != "Cf")


def _is_address(text):
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST


def _names(row, found):
    """The name of each address in a row, as far as it is clear whose it is."""
    ends = [0, *(match.end() for match in found)]
    before = [row[end : match.start()] for end, match in zip(ends, found, strict=False)]
    after = row[ends[-1] :]
    if len(found) == 1 and not _name(before[0]) and after.startswith("\t"):
        return [_name(after.strip().split("\t")[0])]
    # Where the first has no name before it, the others may stand after their addresses.
    are_before = bool(_name(before[0]))
    return [_name(text) if are_before or text.endswith("<") else "" for text in before]


def _name(text):
    """A name as people are called: without quotes and departments, “Marsh, Ada” turned round."""
    text = re.sub(r"\([^()]*\)", " ", text).rpartition(":")[2]
    name = " ".join(text.split()).strip(QUOTES)
    last, comma, first = name.partition(", ")
    if comma and "," not in first:
        name = f"{first} {last}"
    return " ".join(name.replace(",", " ").split())[:LONGEST_NAME]
