"""The one place that makes PDFs.

A document is rendered from HTML to tagged PDF (pdf/ua-1). WeasyPrint may fetch nothing:
styles come in as text and images as data, so no text that a user typed can make it read
a file or call an address. What was made is kept under the digest of all that went into
it: asking again for an unchanged document costs no rendering.
"""

import hashlib
from contextlib import suppress
from functools import cache
from pathlib import Path

import weasyprint
from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string
from weasyprint.urls import URLFetcher

STYLESHEET = settings.BASE_DIR / "static" / "css" / "pdf.css"


def render_pdf(template, context):
    """The PDF of a template as bytes; from the cache when nothing that it shows changed."""
    html = render_to_string(template, context)
    key = _digest(html)
    documents = caches["documents"]
    made = documents.get(key)
    if made is None:
        made = write_pdf(html)
        _keep(documents, key, made)
    return made


def write_pdf(html):
    """The PDF of a whole HTML document, always made anew."""
    document = weasyprint.HTML(string=html, url_fetcher=_NoFetcher())
    return document.write_pdf(stylesheets=[_stylesheet()], pdf_variant="pdf/ua-1", pdf_tags=True)


class _NoFetcher(URLFetcher):
    """Allows data: addresses and nothing else."""

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)


@cache
def _stylesheet():
    return weasyprint.CSS(string=_style_text())


@cache
def _style_text():
    return Path(STYLESHEET).read_text(encoding="utf-8")


def _digest(html):
    parts = (weasyprint.__version__, _style_text(), html)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _keep(documents, key, made):
    with suppress(OSError):  # a full disk costs the copy, not the document
        documents.set(key, made)
