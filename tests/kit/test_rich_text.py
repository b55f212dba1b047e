"""Markdown as safe HTML: what is in the set, what is not, and what somebody may try."""

import re
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rpcportal.kit import rich_text
from rpcportal.kit.rich_text import LONGEST, render

LINK = '<a href="{}" class="govuk-link">{}</a>'
AWAY = '<a href="{}" rel="noopener noreferrer" class="govuk-link">{}</a>'
REPLACED = "\N{REPLACEMENT CHARACTER}"


class Reader(HTMLParser):
    """What a browser would make of the HTML: its elements, its attributes and its text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def paragraph(html):
    return f'<p class="govuk-body">{html}</p>\n'


def lines(html):
    """The HTML as one line, without the white space between elements."""
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("\n \n", ""),
        ("one\ntwo\n\nthree", paragraph("one\ntwo") + paragraph("three")),
        ("one  \ntwo\\\nthree", paragraph("one<br>\ntwo<br>\nthree")),
        ("**bold** and _italic_", paragraph("<strong>bold</strong> and <em>italic</em>")),
        ("# A", '<h2 class="govuk-heading-m">A</h2>\n'),
        ("A\n=", '<h2 class="govuk-heading-m">A</h2>\n'),
        ("## A", '<h3 class="govuk-heading-s">A</h3>\n'),
        ("### A", '<h4 class="govuk-heading-s">A</h4>\n'),
        ("###### A", '<h4 class="govuk-heading-s">A</h4>\n'),
        ("#\n\nwords", paragraph("words")),
    ],
)
def test_words_and_headings(text, html):
    assert render(text) == html


def test_it_may_be_printed_as_it_is():
    assert isinstance(render("one"), SafeString)
    assert isinstance(render("x" * (LONGEST + 1)), SafeString)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a\n- b", '<ul class="govuk-list govuk-list--bullet"><li>a</li><li>b</li></ul>'),
        ("1. a\n2. b", '<ol class="govuk-list govuk-list--number"><li>a</li><li>b</li></ol>'),
        ("7. a", '<ol start="7" class="govuk-list govuk-list--number"><li>a</li></ol>'),
        (
            "- a\n    - b",
            (
                '<ul class="govuk-list govuk-list--bullet"><li>a'
                '<ul class="govuk-list govuk-list--bullet"><li>b</li></ul></li></ul>'
            ),
        ),
        (
            "> a",
            '<blockquote class="govuk-inset-text"><p class="govuk-body">a</p></blockquote>',
        ),
        (
            "***",
            '<hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible">',
        ),
    ],
)
def test_lists_quotes_and_lines(text, html):
    assert re.sub(r"\s*\n\s*", "", render(text)) == html


def test_a_table_has_scopes_and_numbers_to_the_right():
    assert lines(render("| Area | Level |\n|:--|--:|\n| **Plan** | 2 |")) == (
        '<table class="govuk-table"><thead class="govuk-table__head"><tr class="govuk-table__row">'
        '<th scope="col" class="govuk-table__header">Area</th>'
        '<th scope="col" class="govuk-table__header govuk-table__header--numeric">Level</th>'
        '</tr></thead><tbody class="govuk-table__body"><tr class="govuk-table__row">'
        '<td class="govuk-table__cell"><strong>Plan</strong></td>'
        '<td class="govuk-table__cell govuk-table__cell--numeric">2</td>'
        "</tr></tbody></table>"
    )


def test_an_empty_corner_of_a_table_heads_nothing():
    elements = Reader(render("| | Level |\n|-|-|\n| Plan | 2 |")).elements
    assert elements[3:5] == [
        ("td", {"class": "govuk-table__cell"}),
        ("th", {"scope": "col", "class": "govuk-table__header"}),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[us](/about/?a=1&b=2#c)", LINK.format("/about/?a=1&amp;b=2#c", "us")),
        ("[mail](mailto:a@example.org)", LINK.format("mailto:a@example.org", "mail")),
        ("[ring](tel:+441632960001)", LINK.format("tel:+441632960001", "ring")),
        ("[them](https://example.org)", AWAY.format("https://example.org", "them")),
        ("[them](HTTP://example.org)", AWAY.format("HTTP://example.org", "them")),
        ("[them](//example.org)", AWAY.format("//example.org", "them")),
        ("<https://example.org>", AWAY.format("https://example.org", "https://example.org")),
        ("[**us**](/)", LINK.format("/", "<strong>us</strong>")),
        # A link without words is read out as nothing.
        ("[](https://example.org)", AWAY.format("https://example.org", "https://example.org")),
        ("[ ](/about/)", LINK.format("/about/", "/about/")),
        ("[us]()", "us"),
        ("[us](page:1)", "us"),
        ("[us](:1)", "us"),
        ("[us](javascript:alert(1))", "us"),
        ("[us](data:image/png;base64,AAAA)", "us"),
        ("[us](http://)", "us"),
        ("<http://>", "http://"),
        ("[us](page/1:2)", LINK.format("page/1:2", "us")),
        # What is not written as a link is none.
        ("https://example.org", "https://example.org"),
        ("[us][them]", "[us][them]"),
    ],
)
def test_links(text, html):
    assert render(text) == paragraph(html)


def test_a_link_keeps_its_title():
    assert Reader(render('[a](/b "c <d>")')).elements[1][1]["title"] == "c <d>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![a **cat**](https://example.org/cat.png)", "a cat"),
        ("![](/cat.png)", "picture"),
        ("[![a cat](/cat.png)](/cats/)", LINK.format("/cats/", "a cat")),
    ],
)
def test_a_picture_becomes_words(text, html):
    assert render(text) == paragraph(html)


@pytest.mark.parametrize(
    "text",
    [
        *("`a`", "~~a~~", "[Note]: tomorrow", "```\na\n```", "{{ a }} {% b %}", "a & b; 1 < 2 > 0"),
        *("a <b>b</b>", "<script>alert(1)</script>", "<!-- a -->", "<div>\na\n</div>"),
    ],
)
def test_what_is_not_in_the_set_is_shown_as_typed(text):
    html = render(text)
    assert Reader(html).text == f"{text}\n"
    assert [tag for tag, _ in Reader(html).elements] == ["p"]


def test_indented_text_is_no_code():
    assert render("    indented") == paragraph("indented")


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='ftp://example.org/x'>x</a>",
    "<style>@import 'http://example.org/x.css'</style>",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php x ?><!DOCTYPE x>",
    "</p></div></main><form action=//example.org>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](java&#115;cript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](< javascript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/png;base64,AAAA)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://example.org/a)",
    "<javascript:alert(1)>",
    "<data:text/html,alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    '![x" onerror="alert(1)](x)',
    "![<img src=x onerror=alert(1)>](x)",
    '[x](/a "\\" onmouseover=\\"alert(1)")',
    "[x](/a' onclick='alert(1))",
    '[x](/a"onclick="alert(1))',
    "[<img src=x onerror=alert(1)>](/a)",
    "[x]: javascript:alert(1)\n\n[x]",
    '| <script>alert(1)</script> |\n|-|\n| <b onclick="alert(1)"> |',
    "# <script>alert(1)</script>",
    "- <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "```\n</code><script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    '``` "><script>alert(1)</script>\nx\n```',
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "\0<script>alert(1)</script>\0",
]
CLASS_ONLY = (
    *("h2", "h3", "h4", "p", "ul", "blockquote", "hr"),
    *("table", "thead", "tbody", "tr", "td"),
)
ALLOWED = {
    **{tag: {"class"} for tag in CLASS_ONLY},
    **{tag: set() for tag in ("li", "strong", "em", "br")},
    "ol": {"class", "start"},
    "th": {"class", "scope"},
    "a": {"class", "href", "rel", "title"},
}
ADDRESS = re.compile(r"(https?|mailto|tel):|[^:]*$|[^:]*[/?#]", re.IGNORECASE)


def assert_harmless(html):
    for tag, attributes in Reader(html).elements:
        assert set(attributes) <= ALLOWED[tag]
        if tag == "a":
            assert ADDRESS.match(attributes.get("href", ""))


@pytest.mark.parametrize("wrapped", ["{}", "> {}", "- {}", "**{}**", "{}\n\n{}", "\n    {}"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_leaves_words_at_most(attack, wrapped):
    html = render(wrapped.replace("{}", attack))
    assert_harmless(html)
    hrefs = [attributes.get("href", "") for _, attributes in Reader(html).elements]
    assert not re.search("script|data|file|blob", "".join(hrefs))


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_second_guard_holds_when_the_first_one_fails(attack, monkeypatch):
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    monkeypatch.setattr(rich_text, "_MARKDOWN", reader)
    assert "<b>" in reader.render("<b>")
    assert_harmless(render(attack))


@pytest.mark.parametrize("attack", [each for each in ATTACKS if "](/a" in each])
def test_an_address_stays_within_its_quotes(attack):
    links = [attributes for tag, attributes in Reader(render(attack)).elements if tag == "a"]
    assert [set(each) - {"title"} for each in links] in ([{"href", "class"}], [])


@given(st.text() | st.lists(st.sampled_from([*ATTACKS, "\n", "> "]), max_size=6).map("".join))
def test_nothing_anybody_types_does_harm(text):
    assert_harmless(render(text))


SCRAPS = ["word", " ", "\n", "\n\n", "    ", "> ", "- ", "# ", "1. ", "*", "_", "[", "]", "!", "`"]


@given(st.lists(st.sampled_from(SCRAPS), max_size=60).map("".join))
def test_no_word_is_lost(text):
    assert Reader(render(text)).text.count("word") == text.count("word")


@pytest.mark.parametrize("depth", [1, 5, 9, 10, 11, 18, 19, 20, 21, 40, 10_000])
@pytest.mark.parametrize("mark", ["> ", ">", "- ", "1. ", "> - ", "- > ", "[", "![", "*", "(", "_"])
def test_no_word_is_lost_however_deep(mark, depth):
    html = render(f"before\n\n{mark * depth}words\n\nafter")
    assert re.findall("before|words|after", Reader(html).text) == ["before", "words", "after"]
    assert_harmless(html)


@pytest.mark.parametrize("mark", ["> ", "1. "])
def test_what_is_too_deep_is_shown_as_typed(mark):
    assert Reader(render(f"a\n\nb\r\n{mark * 5_000}\n")).elements == [
        ("p", {"class": "govuk-body"}),
        ("p", {"class": "govuk-body"}),
        ("br", {}),
    ]


def test_many_lists_inside_each_other_are_kept():
    text = "\n".join("  " * depth + f"- level {depth}" for depth in range(9))
    html = render(text)
    assert html.count("<ul") == 9
    assert html.count("level ") == 9


@pytest.mark.parametrize(
    "text", ["word " * 200_000, "[" * 1_000_000, "> " * 500_000, "\n" * 1_000_000, "<b>" * 333_333]
)
def test_a_megabyte_is_shown_as_typed(text):
    html = render(text)
    assert "".join(Reader(html).text.split()) == "".join(text.split())
    assert {tag for tag, _ in Reader(html).elements} <= {"p"}


def test_a_long_text_is_dressed_up_to_the_limit():
    text = "**a**\n\n".ljust(LONGEST, "b")
    assert render(text).startswith(paragraph("<strong>a</strong>"))
    assert render(text + "b").startswith(paragraph("**a**"))


def test_what_cannot_be_stored_or_sent_is_replaced():
    assert render("a\0b \ud800c") == paragraph(f"a{REPLACED}b {REPLACED}c")
    assert REPLACED * 2 in render(f"\0\ud800{'x' * LONGEST}")
