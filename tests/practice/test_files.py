"""Files that people put beside a resource: which are kept, and what becomes of the others."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from practice.files import MAX_FILE, FileRefused, checked
from practice.files.names import safe_name
from tests.factories.office_files import docx, open_document, pdf, pptx, xlsx, zipped
from tests.factories.public import picture

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
TEXT, CSV = "text/plain; charset=utf-8", "text/csv; charset=utf-8"


# --- What is kept -------------------------------------------------------------------------------

KEPT = {
    "pdf": (pdf, ".pdf", "application/pdf"),
    "word": (docx, ".docx", f"{OFFICE}wordprocessingml.document"),
    "excel": (xlsx, ".xlsx", f"{OFFICE}spreadsheetml.sheet"),
    "powerpoint": (pptx, ".pptx", f"{OFFICE}presentationml.presentation"),
    "odt": (open_document, ".odt", f"{OPEN}text"),
    "ods": (lambda: open_document("spreadsheet"), ".ods", f"{OPEN}spreadsheet"),
    "odp": (lambda: open_document("presentation"), ".odp", f"{OPEN}presentation"),
    "png": (picture, ".png", "image/png"),
    "jpeg": (lambda: picture("JPEG"), ".jpg", "image/jpeg"),
    "text": ("Wer fragt? Gŵyl".encode, ".txt", TEXT),
    "windows text": (lambda: "It’s £3".encode("cp1252"), ".txt", TEXT),
    "two-byte text": (lambda: "It’s £3".encode("utf-16"), ".txt", TEXT),
}


@pytest.mark.parametrize("kind", KEPT)
def test_a_file_is_what_its_content_says_whatever_its_name_says(kind):
    make, ending, content_type = KEPT[kind]
    file = checked("Tool.exe", make())
    assert (file.name, file.content_type) == (f"Tool.exe{ending}", content_type)


@pytest.mark.parametrize("kind", ["pdf", "word", "excel", "powerpoint", "odt"])
def test_a_document_is_kept_byte_by_byte(kind):
    data = KEPT[kind][0]()
    assert checked("Tool", data).content == data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_kept_in_letters_that_every_computer_reads(encoding):
    assert checked("a.txt", "It’s £3".encode(encoding)).content.decode() == "It’s £3"


def test_a_csv_is_kept_so_that_excel_reads_its_letters():
    file = checked("Tools.CSV", 'Tool,Cost\nÉlan,-3.5\n+44,- \n"-2",--\n'.encode())
    assert (file.name, file.content_type) == ("Tools.csv", CSV)
    assert file.content.startswith(b"\xef\xbb\xbfTool")


# --- Pictures -----------------------------------------------------------------------------------


def test_a_picture_loses_place_day_and_comment_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "14 Secret Street"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (53.0, 37.0, 1.0)
    kept = checked("a.jpg", picture("JPEG", exif=exif, comment=b"Secret Street")).content
    assert b"Secret" not in kept
    with Image.open(BytesIO(kept)) as shown:
        assert not shown.getexif()
        assert shown.size == (30, 60)


def test_what_hides_behind_a_picture_does_not_come_along():
    hidden = zipped({"evil.exe": b"MZ"})
    for kind in ("PNG", "JPEG"):
        kept = checked("a.png", picture(kind) + hidden).content
        assert b"PK" not in kept
        assert b"evil" not in kept


def test_a_clear_picture_stays_clear():
    kept = checked("a.png", picture(mode="RGBA", colour=(0, 0, 0, 0))).content
    with Image.open(BytesIO(kept)) as shown:
        assert shown.mode == "RGBA"


# --- What is refused ----------------------------------------------------------------------------


def bomb():
    return docx(word__bomb_xml=b"a" * (15 * 1024 * 1024))


def many():
    return docx(**{f"word__{number}.txt": b"" for number in range(1_001)})


def locked_zip():
    data = bytearray(docx())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def twice():
    file = BytesIO(docx())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", b"<other/>")
    return file.getvalue()


def remote_template(target="https://evil.example/a.dotm"):
    rel = (
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/attachedTemplate" Target="{target}" TargetMode="External"/>'
    )
    return docx(**{"word___rels__settings.xml.rels": f"<Relationships>{rel}</Relationships>"})


DAMAGED, PROGRAM = "is damaged", "it is a program"
REFUSED = {
    "nothing": (lambda: b"", "it is empty (0 bytes)"),
    "10 MB and a byte": (lambda: b"a" * (MAX_FILE + 1), "at most 10 MB can be kept"),
    # Programs, whatever they are called
    "windows program": (lambda: b"MZ\x90\x00" + b"\0" * 60, PROGRAM),
    "linux program": (lambda: b"\x7fELF\x02\x01" + b"\0" * 60, PROGRAM),
    "mac program": (lambda: b"\xcf\xfa\xed\xfe" + b"\0" * 60, PROGRAM),
    "script": (lambda: b"#!/bin/sh\nrm -rf /\n", PROGRAM),
    "shortcut": (lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + b"\0" * 60, PROGRAM),
    # What a browser would run
    "html": (lambda: b"<!DOCTYPE html><p>Hello", "parts of a web page"),
    "html later": (lambda: b"Hello\n\n<ScRiPt >alert(1)</script>", "parts of a web page"),
    "svg": (lambda: b"<svg xmlns='x' onload='alert(1)'/>", "parts of a web page"),
    "svg in two bytes": (lambda: "<svg onload='a()'/>".encode("utf-16"), "parts of a web page"),
    "xml": (lambda: b"<?xml version='1.0'?><a/>", "parts of a web page"),
    # PDF
    "half a pdf": (lambda: pdf()[:-30], DAMAGED),
    "pdf without a table": (lambda: b"%PDF-1.7\nstartxref\n99999\n%%EOF", DAMAGED),
    "html in a pdf's clothes": (lambda: b"%PDF-1.7<script>alert(1)</script>", DAMAGED),
    "pdf and zip": (lambda: pdf() + zipped({"a.exe": b"MZ"}), "two kinds of file at once"),
    "zip in a pdf's clothes": (
        lambda: pdf(body=zipped({"a.exe": b"MZ"})), "two kinds of file at once",
    ),
    "pdf with a tail": (lambda: pdf() + b"<script>alert(1)</script>", DAMAGED),
    # Office
    "macros": (lambda: docx(**{"word__vbaProject.bin": b"x"}), "holds macros"),
    "macros in powerpoint": (lambda: pptx(**{"ppt__vbaProject.bin": b"x"}), "holds macros"),
    "a workbook with macros inside": (
        lambda: docx(**{"word__embeddings__a.xlsm": b"PK"}), "holds macros",
    ),
    "control that runs": (
        lambda: docx(**{"word__activeX__activeX1.xml": b"<x/>"}), "holds macros",
    ),
    "macros in opendocument": (
        lambda: open_document(**{"Basic__Standard__Module1.xml": b"<x/>"}), "holds macros",
    ),
    "scripts in opendocument": (
        lambda: open_document(**{"Scripts__python__a.py": b"x"}), "holds macros",
    ),
    "program inside": (lambda: docx(**{"word__media__image1.png": b"MZ\x90"}), "packed inside"),
    "program in opendocument": (
        lambda: open_document(**{"Pictures__a.png": b"\x7fELF"}), "packed inside",
    ),
    "packed file inside": (
        lambda: docx(
            **{"word__embeddings__oleObject1.bin": OLE + "\1Ole10Native".encode("utf-16-le")}
        ),
        "packed inside",
    ),
    "template from elsewhere": (remote_template, "fetches a template"),
    "bomb": (bomb, "more than 200 times its size"),
    "many parts": (many, "more than 1,000 parts"),
    "same part twice": (twice, "the same part twice"),
    "password in a zip": (locked_zip, "protected with a password"),
    "password": (
        lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "take the password",
    ),
    "password in opendocument": (
        lambda: open_document(manifest=b"<manifest><encryption-data/></manifest>"),
        "protected with a password",
    ),
    "old format": (lambda: OLE + b"\0" * 600, "an old format"),
    "docx cut off": (lambda: docx()[:-40], DAMAGED),
    "docx behind another zip": (lambda: zipped({"a.exe": b"MZ"}) + docx(), "two kinds of file"),
    "docx with a tail": (lambda: docx() + b"<script>alert(1)</script>", "two kinds of file"),
    "plain zip": (lambda: zipped({"a.txt": b"a"}), "it is an archive"),
    "empty zip": (lambda: zipped({}), "it is an archive"),
    "java": (lambda: zipped({"META-INF/MANIFEST.MF": b"Main-Class: a"}), "it is an archive"),
    "unknown opendocument": (lambda: open_document("graphics"), "it is an archive"),
    "rar": (lambda: b"Rar!\x1a\x07", "it is an archive"),
    "gzip": (lambda: b"\x1f\x8b\x08\x00" + b"\0" * 20, "it is an archive"),
    # Pictures
    "gif": (lambda: picture("GIF"), "Save it as PNG or JPEG"),
    "webp": (lambda: picture("WEBP"), "Save it as PNG or JPEG"),
    "half a picture": (lambda: picture("JPEG", size=(600, 300))[:600], "the picture is damaged"),
    "huge picture": (
        lambda: picture(size=(9_000, 9_000), mode="1", colour=0), "9,000 by 9,000 points",
    ),
    # Text
    "rtf": (lambda: rb"{\rtf1 Hello}", "rich text file"),
    "NUL": (lambda: b"Hello\0world", "none of the kinds"),
    "bell": (lambda: b"Hello\x07world", "characters that no text has"),
    "sound": (lambda: b"RIFF\x00\x00\x00\x00WAVEfmt ", "none of the kinds"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_kept_ends_in_a_sentence_with_its_name(kind):
    make, sentence = REFUSED[kind]
    with pytest.raises(FileRefused) as refused:
        checked("Tool.docx", make())
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("“Tool.docx” cannot be kept: ")
    assert str(refused.value).endswith(".")


def test_a_template_on_the_writers_own_disk_is_no_harm():
    checked("a.docx", remote_template(r"file:///C:\Users\ada\Normal.dotm"))


FORMULAS = [
    '=HYPERLINK("https://evil.example")',
    "@SUM(1)",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd",
    '"=1"',
    "\uff1d1+1",
]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", ["", "a,", "a;", "a\t"])
def test_a_formula_in_a_csv_is_named_by_its_row(formula, before):
    with pytest.raises(FileRefused, match="row 2 holds a formula"):
        checked("a.csv", f"Tool\n{before}{formula}\n".encode())
    with pytest.raises(FileRefused, match="row 2 holds a formula"):
        checked("a.csv", f"Tool\r{before}{formula}\rEnd\r".encode())  # as an old Mac writes it
    assert checked("a.txt", f"Tool\n{before}{formula}\n".encode()).name == "a.txt"


def test_exactly_ten_megabytes_are_kept():
    assert len(checked("a.txt", b"a" * MAX_FILE).content) == MAX_FILE


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Genogram.pdf", "Genogram.pdf"),
        ("Genogram.PDF", "Genogram.pdf"),
        ("Genogram v1.2", "Genogram v1.2.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\ada\Genogram.pdf", "Genogram.pdf"),
        ("gen\u202efdp.exe", "genfdp.exe.pdf"),
        ("gen\u200bogram.pdf", "genogram.pdf"),
        ('a"b<c>:d|e?.pdf', "a b c d e.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("con.pdf", "Resource con.pdf"),
        ("   ", "Resource.pdf"),
        (".pdf", "pdf.pdf"),
        ("Gŵyl y Tŷ.pdf", "Gŵyl y Tŷ.pdf"),
    ],
)
def test_a_name_is_safe_on_every_computer(given, name):
    assert safe_name(given, ".pdf") == name


def test_a_long_name_is_cut():
    assert safe_name("W" * 900, ".pdf") == f"{'W' * 150}.pdf"
