"""Real files to upload: documents as programs write them, and what somebody made of them."""

import zipfile
from io import BytesIO

from docx import Document
from openpyxl import Workbook

PPTX_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
EXTENSIONS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}


def pdf(body=b"", end=b"\n%%EOF\n"):
    """A small PDF of one empty page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>",
    ]
    data, places = b"%PDF-1.4\n" + body, []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(data)
    data += b"xref\n0 4\n0000000000 65535 f \n"
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n%d" % start
    return data + end


def docx(**more):
    """A Word document; ``more``: further parts, name -> bytes (“__” stands for “/”)."""
    file = BytesIO()
    document = Document()
    document.add_paragraph("A family network meeting.")
    document.save(file)
    return with_parts(file.getvalue(), more)


def xlsx(**more):
    """An Excel workbook."""
    file = BytesIO()
    book = Workbook()
    book.active["A1"] = "Tool"
    book.save(file)
    return with_parts(file.getvalue(), more)


def pptx(**more):
    """As little as makes a PowerPoint presentation."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{PPTX_MAIN}"/></Types>'
    )
    parts = {"[Content_Types].xml": types.encode(), "ppt/presentation.xml": b"<p/>"}
    return with_parts(zipped(parts), more)


def open_document(kind="text", manifest=b"<manifest/>", **more):
    """An OpenDocument file: its kind comes first in it, as it is."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    parts = {"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": b"<x/>"}
    return with_parts(zipped(parts), more)


def zipped(parts, compress=zipfile.ZIP_DEFLATED):
    """A zip of these parts, name -> bytes."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compress) as archive:
        for name, content in parts.items():
            way = zipfile.ZIP_STORED if name == "mimetype" else compress
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=way)
    return file.getvalue()


def with_parts(data, more):
    """The same zip with further parts."""
    file = BytesIO(data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()
