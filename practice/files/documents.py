"""PDF, Microsoft Office and OpenDocument files.

The guards of rpcportal/kit/office.py come first: nothing is unpacked before its size is known.
"""

import re
import zipfile
from io import BytesIO

from practice.files.refused import FileRefused
from rpcportal.kit.office import (
    EXCEL,
    WORD,
    OfficeFileError,
    OfficeKind,
    damage_told,
    open_archive,
    open_office_zip,
    pieces_of,
)

# --- PDF --------------------------------------------------------------------------------------

PDF = b"%PDF-"
DAMAGED_PDF = "the PDF is damaged or was not sent whole. Save it as PDF once more and try again."
TWO_KINDS = (
    "it is made to be read as two kinds of file at once. Open it, save it under a new name and "
    "try again."
)
END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\x00]*\Z")
TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")


def read(data):
    """(ending, content type, content) of a document; None for what is none."""
    if data.startswith(PDF):
        return _pdf(data)
    if data.startswith(OLE):
        _refuse_old_office(data)
    if data.startswith(b"PK"):
        return _zipped(data)
    return None


def _pdf(data):
    """A whole one: it ends where a PDF ends, and its table of contents stands where it says."""
    if zipfile.is_zipfile(BytesIO(data)):
        raise FileRefused(TWO_KINDS)
    end = END.search(data, max(0, len(data) - 2048))
    if not end or not TABLE.match(data, int(end[1])):
        raise FileRefused(DAMAGED_PDF)
    return ".pdf", "application/pdf", data


# --- Microsoft Office and OpenDocument --------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKAGED = "Ole10Native".encode("utf-16-le")  # how Office packs any file into a document
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
POWERPOINT = OfficeKind(
    noun="a PowerPoint presentation",
    ending=".pptx",
    program="PowerPoint",
    main_types=tuple(
        f"{_OPEN_XML}presentationml.{each}.main+xml"
        for each in ("presentation", "template", "slideshow")
    ),
)
OFFICE = {
    "word/": (WORD, f"{_OPEN_XML}wordprocessingml.document"),
    "xl/": (EXCEL, f"{_OPEN_XML}spreadsheetml.sheet"),
    "ppt/": (POWERPOINT, f"{_OPEN_XML}presentationml.presentation"),
}


def _open_document(noun, ending, kind):
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return OfficeKind(noun=noun, ending=ending, program="LibreOffice", main_types=(mimetype,))


OPEN_DOCUMENTS = {
    each.main_types[0].encode(): each
    for each in (
        _open_document("an OpenDocument text", ".odt", "text"),
        _open_document("an OpenDocument spreadsheet", ".ods", "spreadsheet"),
        _open_document("an OpenDocument presentation", ".odp", "presentation"),
    )
}
ANY = OfficeKind(noun="a document", ending=".docx or .odt", program="its program", main_types=())
OTHER_ZIP = (
    "it is an archive (zip), and not a document. Unpack it and choose the one file that people "
    "need."
)
MACROS = (
    "it holds macros (small programs). Open it, save it as a document without macros ({endings}) "
    "and try again."
)

LOCKED = (
    "it is protected with a password, so that nobody can look through it. Open it, take the "
    "password out and try again."
)
OLD_FORMAT = (
    "it has an old format (.doc, .xls, .ppt), which cannot be looked through. Open it and save it "
    "as .docx, .xlsx or .pptx."
)
HOLDS_A_PROGRAM = (
    "there is another file or a program packed inside it. Open it, take that out, save it and "
    "try again."
)
REMOTE = (
    "it fetches a template from the internet when it is opened. Open it, choose the usual "
    "template, save it and try again."
)
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!")
WITH_MACROS = re.compile(
    r"vbaproject|\.(?:docm|dotm|xlsm|xltm|xlam|pptm|potm|ppsm)$|/activex/", re.I
)
MACROS_OF_OPEN_DOCUMENTS = ("basic/", "scripts/")
TAG = re.compile(rb"<[^<>]*>")
# The kind of a relation is an address as well: its target alone is looked at.
TARGET = re.compile(rb"\bTarget\s*=\s*[\"']\s*(?:https?:|ftp:|\\\\)", re.IGNORECASE)
END_OF_ZIP = b"PK\x05\x06"


def _refuse_old_office(data):
    raise FileRefused(LOCKED if "EncryptedPackage".encode("utf-16-le") in data else OLD_FORMAT)


def _zipped(data):
    try:
        archive = open_archive(data, kind=ANY)
        _refuse_what_surrounds_it(archive, data)
        first = archive.infolist()[0].filename
        if first == "mimetype":
            return _looked_into_open_document(archive, data)
        return _looked_into_office(archive, data)
    except OfficeFileError as error:
        sentence = str(error)
        raise FileRefused(sentence[0].lower() + sentence[1:]) from error


def _refuse_what_surrounds_it(archive, data):
    """Nothing stands before the zip, behind it, or in its comment: no second file in one."""
    members = archive.infolist()
    if not members:
        raise FileRefused(OTHER_ZIP)
    starts = min(member.header_offset for member in members)
    if starts != 0 or data[-22:-18] != END_OF_ZIP or archive.comment:
        raise FileRefused(TWO_KINDS)


def _looked_into_office(archive, data):
    names = archive.namelist()
    kind, content_type = next(
        (found for start, found in OFFICE.items() if any(name.startswith(start) for name in names)),
        (None, ""),
    )
    if kind is None or "[Content_Types].xml" not in names:
        raise FileRefused(OTHER_ZIP)
    if any(map(WITH_MACROS.search, names)):
        raise FileRefused(MACROS.format(endings=kind.ending))
    open_office_zip(data, kind=kind)
    for member in archive.infolist():
        _refuse_packed(b"".join(pieces_of(archive, member)), member.filename)
    return kind.ending, content_type, data


def _looked_into_open_document(archive, data):
    names = [name.casefold() for name in archive.namelist()]
    with damage_told(ANY):
        kind = OPEN_DOCUMENTS.get(archive.read("mimetype").strip())
        if kind is None or "META-INF/manifest.xml" not in archive.namelist():
            raise FileRefused(OTHER_ZIP)
        if any(name.startswith(MACROS_OF_OPEN_DOCUMENTS) for name in names):
            raise FileRefused(MACROS.format(endings=kind.ending))
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise FileRefused(LOCKED)
        for member in archive.infolist():
            _refuse_packed(b"".join(pieces_of(archive, member)), member.filename)
    return kind.ending, kind.main_types[0], data


def _refuse_packed(content, name):
    """No program and no file of any kind hides in a part of the document."""
    if content.startswith(PROGRAMS) or (content.startswith(OLE) and PACKAGED in content):
        raise FileRefused(HOLDS_A_PROGRAM)
    if name.endswith(".rels") and any(map(_fetches_template, TAG.findall(content))):
        raise FileRefused(REMOTE)


def _fetches_template(tag):
    """Whether this relation leads to a template on the web; one on the writer's own disk is
    found nowhere else, and harmless.
    """
    return b"attachedTemplate" in tag and bool(TARGET.search(tag))
