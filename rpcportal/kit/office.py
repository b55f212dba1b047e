"""The door that every uploaded Office file comes through before a parser sees it.

A .docx or .xlsx is a zip of XML written by a stranger. `open_office_zip` refuses whatever
could exhaust the machine or reach outside it, each time with a sentence that says how to
mend the file. Macro-enabled files are refused too: we would never run a macro, but we also
do not want to keep one for somebody else to run.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import NoReturn
from xml.parsers import expat

from lxml import etree

MEGABYTE = 1024 * 1024
MAX_FILE = 10 * MEGABYTE
MAX_UNPACKED = 20 * MEGABYTE
MAX_PART = 4 * MEGABYTE  # of one XML part that we parse; a recording sheet has 50 kB
MAX_MEMBERS = 1_000  # a sheet has about 20
# Word's most repetitive XML packs about 40 to 1; a megabyte of one letter, 1,000 to 1.
MAX_RATIO = 200
RATIO_MATTERS_FROM = MEGABYTE
# Tags and attributes in all parts that are parsed: each costs up to 240 bytes and 7 µs, and
# 4 MB may hold a million. A recording sheet has about 500.
MAX_MARKUP = 120_000

_CHUNK = 64 * 1024
_CENTRAL_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (
    "The file is damaged or was not sent whole. Open it in {program}, save it again and "
    "try once more."
)
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a zip feature that Python does not know
    OverflowError,
    RuntimeError,  # a member with a password
    UnicodeDecodeError,
    ValueError,
)
_CONTENT_TYPES = "[Content_Types].xml"
_XML_ENDINGS = {".xml", ".rels", ".vml"}


class OfficeFileError(ValueError):
    """The file cannot be used. The message is a sentence for the person who chose it."""


@dataclass(frozen=True)
class OfficeKind:
    """A kind of Office file: how we speak of it, and the content types its main part may have."""

    noun: str  # "a Word document"
    ending: str  # ".docx"
    program: str
    main_types: tuple[str, ...]


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
WORD = OfficeKind(
    noun="a Word document",
    ending=".docx",
    program="Word",
    main_types=(
        f"{_OPEN_XML}wordprocessingml.document.main+xml",
        f"{_OPEN_XML}wordprocessingml.template.main+xml",
    ),
)
EXCEL = OfficeKind(
    noun="an Excel workbook",
    ending=".xlsx",
    program="Excel",
    main_types=(
        f"{_OPEN_XML}spreadsheetml.sheet.main+xml",
        f"{_OPEN_XML}spreadsheetml.template.main+xml",
    ),
)
# What people choose by mistake: a piece of the main content type, and what it is.
_OTHER_KINDS = {
    "wordprocessingml": "a Word document",
    "spreadsheetml": "an Excel workbook",
    "presentationml": "a PowerPoint presentation",
}
_OTHER_STARTS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a rich text file (.rtf)",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
}


@dataclass
class OfficeFile:
    """A file that passed: its parts by name, and the XML of those we read."""

    main: str  # name of the part with the text, such as "word/document.xml"
    kind: OfficeKind
    _zip: zipfile.ZipFile
    _types: "_ContentTypes"
    _markup: int = 0  # tags and attributes handed out so far

    def read(self, name: str) -> bytes:
        """The bytes of one part; `KeyError` if the file has none of that name."""
        return self._zip.read(name)

    def xml(self, name: str) -> etree._Element:
        """The root of one XML part; `OfficeFileError` if it is too large or cannot be read."""
        xml = _small_part(self._zip, name)
        self._markup += _count_markup(xml)
        return _parse(xml, self.kind, markup=self._markup)

    def parts_of_type(self, ending: str) -> tuple[str, ...]:
        """Names of the parts whose content type ends so ("header+xml"), sorted."""
        names = self._zip.namelist()
        return tuple(sorted(name for name in names if self._types.of(name).endswith(ending)))


def open_office_zip(data: bytes, *, kind: OfficeKind = WORD) -> OfficeFile:
    """Check an uploaded file of the given kind and open it; `OfficeFileError` says why not.

    Nothing is written to disk and no part is parsed before its size is known. Zips inside
    the file (an embedded workbook) count by their size and are never opened.
    """
    with damage_told(kind):
        archive = open_archive(data, kind=kind)
        types = _ContentTypes.of_archive(archive, kind)
        main = _main_part(archive, types, kind)
        for member in archive.infolist():
            _check_member(archive, member, types, kind)
    return OfficeFile(main=main, kind=kind, _zip=archive, _types=types)


def open_archive(data: bytes, *, kind: OfficeKind) -> zipfile.ZipFile:
    """The zip in an uploaded file, whose list of members promises nothing that could exhaust
    the machine; `pieces_of` holds them to it. `OfficeFileError` says why not.
    """
    _check_start(data, kind)
    if data.count(_CENTRAL_ENTRY) > MAX_MEMBERS:
        # Counted in the bytes, because Python's list of members would itself fill the memory.
        _refuse(f"The file holds more than {MAX_MEMBERS:,} parts, which {kind.noun} never does.")
    with damage_told(kind):
        archive = zipfile.ZipFile(BytesIO(data))
        _check_headers(archive, kind)
    return archive


@contextmanager
def damage_told(kind: OfficeKind) -> Iterator[None]:
    """What Python says of a damaged zip, as a sentence (`OfficeFileError`)."""
    try:
        yield
    except OfficeFileError:
        raise
    except _ZIP_ERRORS as error:
        raise OfficeFileError(_DAMAGED.format(program=kind.program)) from error


def _refuse(sentence: str) -> NoReturn:
    raise OfficeFileError(sentence)


def _save_as(kind: OfficeKind) -> str:
    return f"Open it in {kind.program}, save it as {kind.noun} ({kind.ending}) and try again."


def _check_start(data: bytes, kind: OfficeKind) -> None:
    if not data:
        _refuse("The file is empty (0 bytes). Choose the file again.")
    if len(data) > MAX_FILE:
        size = f"{len(data) / MEGABYTE:.1f} MB"
        _refuse(
            f"The file has {size}; at most {MAX_FILE // MEGABYTE} MB can be read. "
            "Take large pictures out of it."
        )
    if data.startswith(_OLE):
        _refuse(_about_ole(data, kind))
    for start, noun in _OTHER_STARTS.items():
        if data.startswith(start):
            _refuse(f"This is {noun}, not {kind.noun}. {_save_as(kind)}")
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _refuse(f"This is not {kind.noun} ({kind.ending}). {_save_as(kind)}")


def _about_ole(data: bytes, kind: OfficeKind) -> str:
    # Stream names in an OLE file are UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            f"The file is protected with a password. Open it in {kind.program}, remove "
            "the password and try again."
        )
    old = kind.ending.removesuffix("x")
    return f"The file has the old format ({old}), which cannot be read safely. {_save_as(kind)}"


def _check_headers(archive: zipfile.ZipFile, kind: OfficeKind) -> None:
    """What the list of members says about itself: names, sizes, ways of packing."""
    members = archive.infolist()
    names = [member.filename.casefold() for member in members]
    if len(set(names)) != len(names):
        # Two readers could each see another text.
        _refuse(f"The file holds the same part twice. {_save_as(kind)}")
    if any(member.flag_bits & 0x1 for member in members):
        _refuse(f"The file is protected with a password. {_save_as(kind)}")
    if any(
        member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members
    ):
        # LZMA may ask for gigabytes before it unpacks a byte; Office never uses it.
        _refuse(f"The file is packed in a way that {kind.program} does not use. {_save_as(kind)}")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        _refuse_unpacked()
    for member in members:
        if member.file_size > max(RATIO_MATTERS_FROM, MAX_RATIO * member.compress_size):
            _refuse(
                f"A part of the file unpacks to more than {MAX_RATIO} times its size, "
                "which no real document does."
            )


def _refuse_unpacked() -> NoReturn:
    _refuse(
        f"The file unpacks to more than {MAX_UNPACKED // MEGABYTE} MB. Take large "
        "pictures out of it."
    )


def _check_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, types: "_ContentTypes", kind: OfficeKind
) -> None:
    """Unpack one member, so that its checksum counts, and look at its beginning if it is XML."""
    if (
        "vbaproject" in member.filename.casefold()
        or "macroenabled" in types.of(member.filename).casefold()
    ):
        _refuse(
            "The file holds macros (small programs), which the portal does not "
            f"accept. {_save_as(kind)}"
        )
    if not types.is_xml(member.filename):
        for _ in pieces_of(archive, member):
            pass
        return
    _check_prologue(b"".join(pieces_of(archive, member)), kind)


def pieces_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's bytes piece by piece; refuses as soon as it holds more than its header said.

    `_check_headers` has bounded what the headers say, so this bounds what is unpacked.
    """
    left = member.file_size
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                _refuse_unpacked()
            yield chunk


class _PrologueIsOver(Exception):
    """The root element has begun: no DOCTYPE can follow."""


def _check_prologue(xml: bytes, kind: OfficeKind) -> None:
    """Refuse XML that declares a DOCTYPE: the only way to entities, local files and the network.

    A real parser reads the prologue, since a search for the letters would miss UTF-16.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: _refuse(
        "The file declares XML entities, which Office never does and which can be "
        "used for an attack. "
        "It was not read."
    )
    parser.StartElementHandler = _prologue_is_over
    try:
        parser.Parse(xml, True)
    except _PrologueIsOver:
        return
    except expat.ExpatError as error:
        raise OfficeFileError(_DAMAGED.format(program=kind.program)) from error


def _prologue_is_over(*_) -> NoReturn:
    raise _PrologueIsOver


def _small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MAX_PART:
        _refuse(
            f"The text of the file is larger than {MAX_PART // MEGABYTE} MB. "
            "Keep only the recording sheet in it."
        )
    return archive.read(name)


def _count_markup(xml: bytes) -> int:
    """At least the number of elements and attributes, in any encoding that Office uses."""
    return xml.count(b"<") + xml.count(b"=")


def _parse(xml: bytes, kind: OfficeKind, *, markup: int) -> etree._Element:
    if markup > MAX_MARKUP:
        _refuse(
            "The file holds far more paragraphs than a recording sheet. Keep only the sheet in it."
        )
    # The second lock on the same door: nothing here would resolve an entity or fetch a file.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise OfficeFileError(_DAMAGED.format(program=kind.program)) from error
    if root.getroottree().docinfo.doctype:
        _refuse("The file declares XML entities, which Office never does. It was not read.")
    return root


def _main_part(  # noqa: RET503 - the last line never returns
    archive: zipfile.ZipFile, types: "_ContentTypes", kind: OfficeKind
) -> str:
    """The part with the text. Word on the web sometimes names it document2.xml, so types decide."""
    main_types = {
        name: types.of(name) for name in archive.namelist() if types.of(name).endswith(".main+xml")
    }
    for name, content_type in main_types.items():
        if content_type in kind.main_types:
            return name
    for content_type in main_types.values():
        if "macroenabled" in content_type.casefold():
            _refuse(
                "The file holds macros (small programs), which the portal does not "
                f"accept. {_save_as(kind)}"
            )
        for piece, noun in _OTHER_KINDS.items():
            if piece in content_type:
                _refuse(f"This is {noun}, not {kind.noun}. Choose {kind.noun} ({kind.ending}).")
    _refuse_other_zip(archive, kind)


def _refuse_other_zip(archive: zipfile.ZipFile, kind: OfficeKind) -> NoReturn:
    if "mimetype" in archive.namelist() and "META-INF/manifest.xml" in archive.namelist():
        _refuse(f"This is an OpenDocument file (such as .odt), not {kind.noun}. {_save_as(kind)}")
    _refuse(
        f"This is a zip file, but there is no {kind.program} text in it. Choose "
        f"{kind.noun} ({kind.ending})."
    )


@dataclass(frozen=True)
class _ContentTypes:
    """What `[Content_Types].xml` says each part is, in lower-case names."""

    by_name: dict[str, str]
    by_ending: dict[str, str]

    @classmethod
    def of_archive(cls, archive: zipfile.ZipFile, kind: OfficeKind) -> "_ContentTypes":
        if _CONTENT_TYPES not in archive.namelist():
            _refuse_other_zip(archive, kind)
        xml = _small_part(archive, _CONTENT_TYPES)
        _check_prologue(xml, kind)
        root = _parse(xml, kind, markup=_count_markup(xml))
        return cls(
            by_name={
                part.get("PartName", "").lstrip("/").casefold(): part.get("ContentType", "")
                for part in root.iter("{*}Override")
            },
            by_ending={
                f".{part.get('Extension', '').casefold()}": part.get("ContentType", "")
                for part in root.iter("{*}Default")
            },
        )

    def of(self, name: str) -> str:
        name = name.casefold()
        return self.by_name.get(name) or self.by_ending.get(PurePosixPath(name).suffix, "")

    def is_xml(self, name: str) -> bool:
        """Whether a parser might be given this part. Drawings (.svg) are never parsed."""
        content_type = self.of(name)
        if PurePosixPath(name.casefold()).suffix in _XML_ENDINGS or name == _CONTENT_TYPES:
            return True
        return content_type.endswith("xml") and not content_type.startswith("image/")
