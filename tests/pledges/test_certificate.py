"""The certificate: who gets one, what stands on it, as a page and as a PDF of one page."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from pledges.certificate import Certificate, certificate_pdf
from pledges.models import Pledge
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_organisation
from tests.factories.pledges import add_signing, make_manifesto, make_pledge

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge(area):
    return make_pledge(make_organisation(area.partnership, "Homes First"), area.coordinator)


def certificate_of(pledge):
    return Certificate.of(Pledge.objects.with_names().get(pk=pledge.pk))


def test_what_stands_on_it(area, pledge):
    assert certificate_of(pledge) == Certificate(
        partnership="Rochdale Relationships",
        organisation="Homes First",
        pledge="We notice when parents are in conflict, and we help early.",
        words="We train everybody.",
        name="Ada Marsh",
        role="Chief executive",
        signed_on=date(2026, 3, 1),
        signed_first=None,
        version=1,
    )


def test_a_renewed_one_has_the_newest_words_and_the_first_day(area, pledge):
    make_manifesto(area.partnership, pledge="We act.")
    add_signing(pledge, area.lead, signed_on=date(2026, 9, 1), name="Jo Field")
    found = certificate_of(pledge)
    assert (found.pledge, found.name, found.version) == ("We act.", "Jo Field", 2)
    assert (found.signed_on, found.signed_first) == (date(2026, 9, 1), date(2026, 3, 1))


@pytest.mark.parametrize("status", ["invited", "draft", "lapsed", "withdrawn"])
def test_what_does_not_stand_has_none(area, pledge, status):
    lapsed_on = date(2026, 9, 1) if status == "lapsed" else None
    Pledge.objects.update(status=status, lapsed_on=lapsed_on)
    assert certificate_of(pledge) is None
    path = f"{pledge.get_absolute_url()}certificate"
    for end in ("/", ".pdf"):
        assert client_of(area.lead).get(path + end).status_code == 404


def test_page_and_pdf_have_the_same_content(area, pledge):
    client = client_of(area.reader)
    path = pledge.get_absolute_url()
    page = shown(client.get(f"{path}certificate/"))
    answer = client.get(f"{path}certificate.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="pledge-homes-first-2026-03-01.pdf"' in answer["Content-Disposition"]
    pdf = PdfReader(BytesIO(answer.content))
    text = " ".join(pdf.pages[0].extract_text().split())
    for words in (
        "Rochdale Relationships", "Homes First", "We train everybody.", "Ada Marsh",
        "Chief executive", "1 March 2026", "We notice when parents are in conflict",
    ):  # fmt: skip
        assert words in page
        assert words in text


def test_the_pdf_is_tagged_and_has_a_title_and_a_language(pledge):
    root = PdfReader(BytesIO(certificate_pdf(certificate_of(pledge)))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root


@pytest.mark.parametrize("length", [0, 300, 900, 2000])
@pytest.mark.parametrize("name", ["Homes", "The Council of " + "Long Names and " * 9])
def test_it_is_one_upright_page_however_much_is_said(area, length, name):
    words = ("To listen to parents and children. " * 60)[:length]
    make_manifesto(area.partnership, pledge=words or "x")
    organisation = make_organisation(area.partnership, name.strip()[:150])
    pledge = make_pledge(organisation, area.coordinator, words=words)
    pages = PdfReader(BytesIO(certificate_pdf(certificate_of(pledge)))).pages
    assert len(pages) == 1
    assert pages[0].mediabox.height > pages[0].mediabox.width
