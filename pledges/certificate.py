"""The certificate of a signed pledge: the same content as a page and as a PDF."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from rpcportal.kit.pdf import render_pdf

LINE = 75  # characters in a line of the certificate, about
# Up to how many lines of words each size of letter keeps the certificate on one page.
SIZES = (("large", 12), ("medium", 22), ("small", 36))


@dataclass(frozen=True)
class Certificate:
    """What stands on it. ``signed_first`` is empty unless the pledge was renewed since."""

    partnership: str
    organisation: str
    pledge: str
    words: str
    name: str
    role: str
    signed_on: date
    signed_first: date | None
    version: int

    @classmethod
    def of(cls, pledge):
        """The certificate of a pledge that stands (``with_names``), or None."""
        signings = list(pledge.signings.all())
        if not pledge.stands or not signings:
            return None
        newest, first = signings[0], signings[-1]
        return cls(
            partnership=str(pledge.partnership),
            organisation=str(pledge.organisation),
            pledge=newest.manifesto.pledge,
            words=newest.words,
            name=newest.name,
            role=newest.role,
            signed_on=newest.signed_on,
            signed_first=first.signed_on if first.signed_on < newest.signed_on else None,
            version=newest.manifesto.number,
        )

    @property
    def size(self):
        """How large its words are printed, so that they stay on one page."""
        lines = _lines(self.pledge) + _lines(self.words) + len(self.organisation) // 20
        return next((size for size, most in SIZES if lines <= most), "smallest")

    @property
    def filename(self):
        """The name of the file, without its ending."""
        return f"pledge-{slugify(self.organisation)[:60] or 'certificate'}-{self.signed_on}"


def _lines(text):
    return sum(1 + len(line) // LINE for line in text.splitlines())


def certificate_pdf(certificate):
    """The PDF of a Certificate, as bytes."""
    return render_pdf("pledges/pdf/certificate.html", {"certificate": certificate})
