"""Markdown that people write in the portal, as HTML with GOV.UK's classes.

The set is small: headings, paragraphs, lists, links, tables, bold, italic, quotes and a line
across. Whatever is not in it, HTML above all, is shown as it was typed. Two guards stand one
behind the other: Markdown is read with HTML off, and what comes of it is cleaned by a list of
what is allowed.
"""

import re

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Characters. Beyond it the text is shown as typed: reading a hostile 100,000 takes two seconds.
LONGEST = 100_000
# Quotes count one and lists two. markdown-it drops what is deeper, so then we show it as typed.
DEEPEST = 20

_CLASSES = {
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
    "p": "govuk-body",
    "a": "govuk-link",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "blockquote": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
_TAGS = {*_CLASSES, "li", "strong", "em", "br"}
_ATTRIBUTES = {
    "*": {"class"},
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    "th": {"scope"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
# A scheme that we know, or a page of ours: that has no colon before its first slash.
_ADDRESS = re.compile(rf"(?:{'|'.join(_SCHEMES)}):|[^:/?#]*(?:[/?#]|\Z)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"https?:|//", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")
# A page has its own h1.
_HEADINGS = {"h1": "h2", "h2": "h3"}
_DEEPEST_HEADING = "h4"


class _Markdown(MarkdownIt):
    def validateLink(self, url):  # noqa: N802 - markdown-it's name
        """Every address is read as one, so that `_link` can leave the bad ones out."""
        return True


def _reader():
    markdown = _Markdown("commonmark", {"html": False, "linkify": False, "maxNesting": DEEPEST})
    # Code is not for our writers, who indent without meaning it; and a definition of a link by
    # its name would make a line such as “[Note]: tomorrow” disappear.
    off = ("code", "fence", "backticks", "reference")
    return markdown.enable("table").disable(off)


_MARKDOWN = _reader()


def render(markdown_text: str) -> SafeString:
    """Safe HTML for a text in Markdown; "" for an empty one. Nothing that was typed is refused.

    `#` becomes h2, `##` h3, everything below h4. A picture becomes the words that describe it,
    a link to anything but http, https, mailto, tel or a page of ours becomes its words. Text
    that is too long or nested too deeply is shown as it was typed.
    """
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", markdown_text)
    tokens = _MARKDOWN.parse(text) if len(text) <= LONGEST else []
    if len(text) > LONGEST or any(map(_cuts_off, tokens)):
        html = _as_typed(text)
    else:
        html = _MARKDOWN.renderer.render(_dressed(tokens), _MARKDOWN.options, {})
    return mark_safe(_cleaned(html))


def _cleaned(html):
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def _cuts_off(token):
    """True if this is a quote or a list item in which markdown-it dropped what it holds."""
    return token.level >= DEEPEST - 1 and token.type in {"blockquote_open", "list_item_open"}


def _as_typed(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    paragraphs = (escape(each).replace("\n", "<br>\n") for each in re.split(r"\n\s*\n", text))
    return "".join(f'<p class="{_CLASSES["p"]}">{each}</p>\n' for each in paragraphs)


def _dressed(tokens):
    """The tokens with our tags, classes and scopes, and without what may not stand there."""
    dressed = []
    for token in tokens:
        if token.type == "inline":
            token.children = _inline(token.children)
        elif token.type.startswith("heading_"):
            token.tag = _HEADINGS.get(token.tag, _DEEPEST_HEADING)
        if token.nesting >= 0:
            _add_class(token)
        dressed.append(token)
        _mend_if_empty(dressed)
    return dressed


def _add_class(token):
    name = _CLASSES.get(token.tag)
    if not name:
        return
    if token.tag == "th":
        token.attrSet("scope", "col")
    # Columns set to the right hold numbers. The style itself would break the security policy.
    if token.attrs.pop("style", "") == "text-align:right":
        name = f"{name} {name}--numeric"
    token.attrSet("class", name)


def _mend_if_empty(tokens):
    """Screen readers announce a heading without words; and a corner cell heads no column."""
    if len(tokens) < 3 or tokens[-2].type != "inline" or tokens[-2].children:
        return
    opening, _, closing = tokens[-3:]
    if closing.type == "heading_close":
        del tokens[-3:]
    elif closing.type == "th_close":
        opening.tag = closing.tag = "td"
        del opening.attrs["scope"]
        _add_class(opening)


def _inline(tokens):
    """Words, bold, italic and links of one line; pictures become words."""
    inline, inside = [], None
    for token in tokens:
        each = _picture(token) if token.type == "image" else token
        if each.type == "link_open":
            inside = [each]
        elif each.type == "link_close":
            inline += _link(*inside, each)
            inside = None
        else:
            (inline if inside is None else inside).append(each)
    return inline


def _link(opening, *parts_and_closing):
    *parts, closing = parts_and_closing
    address = str(opening.attrs["href"])
    if not _leads_somewhere(address):
        return parts
    if _ELSEWHERE.match(address):
        opening.attrSet("rel", "noopener noreferrer")
    opening.attrSet("class", _CLASSES["a"])
    if not any(part.content.strip() for part in parts):
        parts = [_words(address)]
    return [opening, *parts, closing]


def _leads_somewhere(address):
    """True for an address that we allow, and that the cleaner will leave on its link."""
    if not address or not _ADDRESS.match(address):
        return False
    return "href" in _cleaned(f'<a href="{escape(address)}"></a>')


def _picture(token):
    children, nothing = token.children or [], {}
    described = _MARKDOWN.renderer.renderInlineAsText(children, _MARKDOWN.options, nothing)
    return _words(described.strip() or "picture")


def _words(text):
    return Token("text", "", 0, content=text)
