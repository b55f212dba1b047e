"""Files that people put beside a resource: told by their content, looked through, and named.

What is kept is one of a few kinds that nobody can start as a program. What cannot be kept ends
in a sentence that names the file and says how to mend it.
"""

from dataclasses import dataclass

from practice.files import documents, pictures, texts
from practice.files.names import safe_name, shown_name
from practice.files.refused import MAX_FILE, MEGABYTE, FileRefused, megabytes

__all__ = ["ACCEPTED", "KINDS", "MAX_FILE", "MEGABYTE", "CheckedFile", "FileRefused", "checked"]

ACCEPTED = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.png,.jpg,.jpeg,.txt,.csv"
KINDS = "PDF, Word, Excel, PowerPoint, OpenDocument, a PNG or JPEG picture, plain text or CSV"
EMPTY = "it is empty (0 bytes). Open it, see that something is in it, save it and choose it again."
TOO_LARGE = (
    "it has {size}; at most {most} MB can be kept. Make its pictures smaller, or put it where "
    "your partners can open it and give the link instead."
)
UNKNOWN = f"it is none of the kinds that can be kept: {KINDS}. Save it as one of these."
# What the first bytes of a file say that cannot be kept, whatever its name says.
PROGRAM = (
    "it is a program, and a program is never kept here. Choose the document itself; for a "
    "program, give the link to its maker’s page."
)
ARCHIVE = "it is an archive. Unpack it and choose the one file that people need."
OTHER_PICTURE = "it is a picture of another kind. Save it as PNG or JPEG."
STARTS = {
    b"MZ": PROGRAM,
    b"\x7fELF": PROGRAM,
    b"\xfe\xed\xfa": PROGRAM,
    b"\xcf\xfa\xed\xfe": PROGRAM,
    b"\xce\xfa\xed\xfe": PROGRAM,
    b"\xca\xfe\xba\xbe": PROGRAM,
    b"#!": PROGRAM,
    b"L\x00\x00\x00\x01\x14\x02\x00": PROGRAM,  # a Windows shortcut, which starts one
    b"Rar!": ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": ARCHIVE,
    b"\x1f\x8b": ARCHIVE,
    b"GIF8": OTHER_PICTURE,
    b"BM": OTHER_PICTURE,
    b"II*\x00": OTHER_PICTURE,
    b"MM\x00*": OTHER_PICTURE,
    b"{\\rtf": "it is a rich text file (.rtf). Save it as a Word document (.docx).",
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept. ``name`` ends as its kind does."""

    name: str
    content_type: str
    content: bytes


def checked(name, data):
    """The CheckedFile of what somebody chose; raises FileRefused with a sentence."""
    try:
        ending, content_type, content = _looked_through(name, data)
        if len(content) > MAX_FILE:
            raise FileRefused(too_large(len(content)))
    except FileRefused as refused:
        raise FileRefused(f"“{shown_name(name)}” cannot be kept: {refused}") from refused
    return CheckedFile(safe_name(name, ending), content_type, content)


def too_large(size):
    """The end of the sentence about a file of so many bytes."""
    return TOO_LARGE.format(size=megabytes(size), most=MAX_FILE // MEGABYTE)


def _looked_through(name, data):
    """(ending, content type, content) of a file of a kind that can be kept."""
    if not data:
        raise FileRefused(EMPTY)
    if len(data) > MAX_FILE:
        raise FileRefused(too_large(len(data)))
    for kind in (documents, pictures):
        if found := kind.read(data):
            return found
    for start, sentence in STARTS.items():
        if data.startswith(start):
            raise FileRefused(sentence)
    if data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        raise FileRefused(OTHER_PICTURE if data[8:12] in _PICTURES else UNKNOWN)
    found = texts.read(name, data)
    if not found:
        raise FileRefused(UNKNOWN)
    return found


_PICTURES = (b"WEBP", b"heic", b"heix", b"mif1", b"avif")
