"""Addresses out of what people paste: nobody is left out silently, and nobody else is invited."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.pasted import MOST, read_addresses

ADA, COLETTE = ("ada@x.org", "Ada Marsh"), ("colette@x.org", "Colette Obuya")
BOTH = [ADA, COLETTE]

READ = {
    # What people paste, and who it names.
    "one address": ("ada@x.org", [("ada@x.org", "")]),
    "Outlook": ("Marsh, Ada <ada@x.org>; Obuya, Colette <colette@x.org>", BOTH),
    "Outlook, last semicolon": ("Ada Marsh <ada@x.org>;Colette Obuya <colette@x.org>;", BOTH),
    "Outlook's address book": (
        "MARSH, Ada (Public Health) <ada@x.org>", [("ada@x.org", "Ada MARSH")]
    ),
    "Gmail": ('"Ada Marsh" <ada@x.org>, "Obuya, Colette" <colette@x.org>', BOTH),
    "names turned round between commas": (
        "Marsh, Ada <ada@x.org>, Obuya, Colette <colette@x.org>", BOTH
    ),
    "the head of an e-mail": (
        "To: Ada Marsh <ada@x.org>;\nCc: Colette Obuya <colette@x.org>", BOTH
    ),
    "a column of Excel": ("ada@x.org\ncolette@x.org\n", [(each, "") for each, _ in BOTH]),
    "name and address": ("Ada Marsh\tada@x.org\nColette Obuya\tcolette@x.org", BOTH),
    "address and name": ("ada@x.org\tAda Marsh\ncolette@x.org\tColette Obuya", BOTH),
    "first and last name": ("Ada\tMarsh\tada@x.org\nColette\tObuya\tcolette@x.org", BOTH),
    "more columns": (
        "Ada Marsh\tada@x.org\tChair\t01706 000000\nColette Obuya\tcolette@x.org\t\t", BOTH
    ),
    "an empty row": ("Ada Marsh\tada@x.org\n\t\n\n \nColette Obuya\tcolette@x.org", BOTH),
    "comma separated values": ("Ada,Marsh,ada@x.org", [ADA]),
    "a row with its number": ("1,Ada,Marsh,ada@x.org", [("ada@x.org", "1 Ada Marsh")]),
    "commas and blanks": (
        "ada@x.org, ben@x.org,cat@x.org dan@x.org",
        [(f"{name}@x.org", "") for name in ("ada", "ben", "cat", "dan")],
    ),
    "names before, commas": ("Ada Marsh ada@x.org, Colette Obuya colette@x.org", BOTH),
    "in brackets": ("Ada Marsh (ada@x.org), Colette Obuya [colette@x.org]", BOTH),
    "a link": ("mailto:ada@x.org", [("ada@x.org", "")]),
    "its own name": ("'ada@x.org' <ada@x.org>", [("ada@x.org", "")]),
    "a full stop": ("ada@x.org.", [("ada@x.org", "")]),
    "capitals": ("Ada@X.Org", [("ada@x.org", "")]),
    "an apostrophe": ("Ann O'Neil <ann.o'neil@x.org>", [("ann.o'neil@x.org", "Ann O'Neil")]),
    "an apostrophe alone": ("o'neil@x.org", [("o'neil@x.org", "")]),
    "Word's apostrophe": ("o’neil@x.org", [("o'neil@x.org", "")]),
    "quotation marks": ("‘ada@x.org’, 'ben@x.org'", [("ada@x.org", ""), ("ben@x.org", "")]),
    "marks that nobody sees": (
        "\u200bada@x.org\u200b; \u2068ben@x.org\u2069; cat\u00ad@x.org\ufeff",
        [(f"{name}@x.org", "") for name in ("ada", "ben", "cat")],
    ),
    "blanks of other widths": ("Ada\u3000Marsh\xa0<ada@x.org>\xa0", [ADA]),
    "Welsh and others": (
        "Siân Ŵyn <sian@x.org>; 王芳 <fang@x.org>",
        [("sian@x.org", "Siân Ŵyn"), ("fang@x.org", "王芳")],
    ),
    "a domain in another script": ("ada@münchen.de", [("ada@münchen.de", "")]),
    # Whose name it is cannot be told, so nobody gets another's.
    "names after, commas": (
        "ada@x.org Ada Marsh, colette@x.org Colette Obuya",
        [(each, "") for each, _ in BOTH],
    ),
    # The same person twice is one person, and keeps the name.
    "twice": ("ada@x.org; Ada Marsh <ADA@x.org>; ada@x.org", [ADA]),
    "nothing": ("", []),
    "nothing but separators": (" ;,\n\t<>;;", []),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_what_people_paste_is_read(case):
    text, people = READ[case]
    pasted = read_addresses(text)
    assert (list(pasted.people), pasted.problems) == (people, ())


@pytest.mark.parametrize("end", ["\n", ";", ";\n", " ; "])
def test_lines_and_semicolons_are_the_same(end):
    text = end.join(["Marsh, Ada <ada@x.org>", "Colette Obuya <colette@x.org>"])
    assert list(read_addresses(text).people) == BOTH


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Ada Marsh", "“Ada Marsh” holds no e-mail address."),
        ("Name\tE-mail address", "“Name E-mail address” holds no e-mail address."),
        ("ada@", "“ada@” is not an e-mail address."),
        ("@x.org", "“@x.org” is not an e-mail address."),
        ("Ada <ada@x>", "“ada@x” is not an e-mail address."),
        ("ada@x..org", "“ada@x..org” is not an e-mail address."),
        ("ada@x.org|ben@x.org", "“ada@x.org|ben@x.org” is not an e-mail address."),
        ("ada@ben@x.org", "“ada@ben@x.org” is not an e-mail address."),
        ("siân@x.org", "“siân@x.org” is not an e-mail address."),
        ("<script>@x.org", "“@x.org” is not an e-mail address."),
        ("a\x00b@x.org", "“ab@x.org” is not an e-mail address."),
        (f"{'a' * 249}@x.org", f"“{'a' * 80}…” is not an e-mail address."),  # 255 characters
    ],
)
def test_what_is_no_address_is_named_and_the_others_are_read(text, problem):
    pasted = read_addresses(f"Ada Marsh <ada@x.org>\n{text}\nColette Obuya <colette@x.org>")
    assert pasted.problems == (problem,)
    assert list(pasted.people) == BOTH


def test_the_longest_address_that_can_be_stored_is_read():
    address = f"{'a' * 248}@x.org"
    assert len(address) == 254
    assert read_addresses(address).people == ((address, ""),)


def test_a_name_that_is_too_long_is_cut():
    ((_, name),) = read_addresses(f"{'Ada ' * 100} <ada@x.org>").people
    assert name == ("Ada " * 100)[:150].rstrip() or len(name) == 150


def test_a_list_of_too_many_says_how_many_there_may_be():
    addresses = [f"person-{number}@x.org" for number in range(MOST)]
    assert read_addresses("\n".join(addresses)).problems == ()
    one_more = read_addresses("\n".join([*addresses, "one-more@x.org"]))
    assert one_more.problems == ("This is a list of 201 people; invite at most 200 at a time.",)


@pytest.mark.parametrize(
    "text",
    ["a" * 20_000, "@" * 20_000, "a@" * 10_000, "a@x.org " * 2_500, "x," * 10_000, "(" * 20_000,
     ", @" * 6_600, "<" * 20_000, "'" * 20_000 + "@x.org", "\t" * 20_000, "a" * 19_999 + "@"],
    ids=range(11),
)  # fmt: skip
def test_the_longest_text_is_read_in_no_time(text):
    """A form takes 20,000 characters; a pattern that goes back and forth takes minutes."""
    began = time.process_time()
    read_addresses(text)
    assert time.process_time() - began < 10


# --- Whatever it is -------------------------------------------------------------------------

LOCAL = st.from_regex(r"[a-z0-9]([a-z0-9.'+_-]?[a-z0-9]){0,12}", fullmatch=True)
ADDRESSES = st.builds(
    "{}@{}.example".format, LOCAL, st.from_regex(r"[a-z]{1,12}(-[a-z]{1,5})?", fullmatch=True)
)
NAMES = st.from_regex(r"[A-ZÂŴ][a-zâŵ'-]{1,11}( [A-Z][a-z'-]{1,11}){0,2}", fullmatch=True)
WRITTEN = [
    "{name} <{address}>", "{address}", "<{address}>", '"{name}" <{address}>', "{name}\t{address}",
    "{address}\t{name}", "{name} ({address})", "{name} {address}", " {address} ", "{address}.",
]  # fmt: skip


@given(
    st.lists(
        st.tuples(ADDRESSES, NAMES, st.sampled_from(WRITTEN)),
        max_size=12,
        unique_by=lambda each: each[0],
    ),
    st.sampled_from(["\n", ";", "; ", ";\n", "\n\n"]),
)
def test_everyone_who_is_written_down_is_read_in_order_and_nobody_else(people, end):
    text = end.join(how.format(name=name, address=address) for address, name, how in people)
    pasted = read_addresses(text)
    assert pasted.problems == ()
    assert [address for address, _ in pasted.people] == [address for address, _, _ in people]


@given(st.lists(ADDRESSES, min_size=1, max_size=12, unique=True), st.sampled_from([",", ", ", " "]))
def test_addresses_on_one_line_are_all_read(addresses, between):
    pasted = read_addresses(between.join(addresses))
    assert ([each for each, _ in pasted.people], pasted.problems) == (addresses, ())


@given(st.text(alphabet=st.sampled_from("ab@.'’<>,;:\"() \t\n\x00|é\u200b"), max_size=60))
def test_whatever_is_pasted_no_address_is_made_up(text):
    """Every address that is read stands in the text with a separator or an end on each side."""
    pasted = read_addresses(text)
    visible = text.replace("\u200b", "").replace("’", "'").lower()
    for address, name in pasted.people:
        at = visible.find(address)
        assert at >= 0
        assert len(name) <= 150
    if "@" in text:
        assert pasted.people or pasted.problems


@given(st.text(max_size=300))
def test_nothing_that_is_pasted_is_a_fault(text):
    for address, _ in read_addresses(text).people:
        address.encode()
