"""The pages on which the file of a resource is chosen, taken away and removed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practice import resource_pages, resources
from practice.files import MAX_FILE, CheckedFile
from practice.models import Resource, ResourceFile
from tests.factories.bad_input import shown
from tests.factories.office_files import docx, pdf
from tests.factories.people import client_of, make_area
from tests.factories.practice import make_resource
from tests.factories.resources import make_file

LIST = "/partnerships/rochdale/practice/resources/"


@pytest.fixture
def own(area):
    return make_resource(area.partnership, name="Genogram")


def choose(client, resource, name, data):
    path = f"{LIST}{resource.pk}/file/choose/"
    return client.post(path, {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_a_file_is_added_replaced_and_removed(area, client, own):
    added = choose(client, own, "Genogram.docx", docx())
    assert "Download Genogram.docx" in shown(added)
    first = ResourceFile.objects.get()
    assert (first.added_by, first.size) == (area.coordinator, len(docx()))

    replaced = choose(client, own, "Guide.pdf", pdf())
    assert "Download Guide.pdf" in shown(replaced)
    assert ResourceFile.objects.get().name == "Guide.pdf"

    path = f"{LIST}{own.pk}/file/remove/"
    assert "Remove this file?" in shown(client.get(path))
    for _ in range(2):
        assert client.post(path).url == own.get_absolute_url()
    assert not ResourceFile.objects.exists()
    assert Resource.objects.filter(pk=own.pk).exists()
    assert client.get(path).url == own.get_absolute_url()


def test_the_same_file_once_more_changes_nothing(area, client, own):
    for _ in range(2):
        choose(client, own, "Guide.pdf", pdf())
    assert ResourceFile.pgh_event_model.objects.count() == 1


def test_a_file_is_only_ever_taken_away(area, client, own):
    data = docx()
    choose(client, own, "Gŵyl.docx", data)
    response = client.get(f"{LIST}{own.pk}/file/")
    assert response.streaming
    assert response.getvalue() == data
    expected = {
        "Content-Type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Content-Disposition": "attachment; filename*=utf-8''G%C5%B5yl.docx",
        "Content-Length": str(len(data)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    assert {name: response.headers[name] for name in expected} == expected


@pytest.mark.parametrize("size", [1, 9, 10, 11, 25])
def test_a_file_is_read_in_pieces_and_comes_out_whole(own, size, monkeypatch):
    monkeypatch.setattr(resource_pages, "PIECE", 10)
    data = bytes(range(size))
    file = make_file(own, content=data)
    pieces = list(resource_pages.pieces_of(file))
    assert b"".join(pieces) == data
    assert [len(each) for each in pieces[:-1]] == [10] * (len(pieces) - 1)


def test_nobody_gets_half_of_one_file_and_half_of_the_next(area, own, monkeypatch):
    monkeypatch.setattr(resource_pages, "PIECE", 10)
    pieces = resource_pages.pieces_of(make_file(own, content=b"a" * 30))
    assert next(pieces) == b"a" * 10
    other = CheckedFile("b.txt", "text/plain; charset=utf-8", b"b" * 30)
    resources.put_file(resource=own, file=other, by=area.coordinator)
    assert list(pieces) == []


def test_no_page_but_the_download_reads_what_is_in_the_file(area, client, own):
    make_file(own)
    paths = ("", "change/", "remove/", "file/choose/", "file/remove/")
    for path in paths:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{LIST}{own.pk}/{path}").status_code == 200
        assert not any('"content"' in each["sql"] for each in captured.captured_queries), path


BAD = {
    "no file": (None, "Choose a file"),
    "nothing in it": (("a.pdf", b""), "“a.pdf” cannot be kept: it is empty"),
    "10 MB and a byte": (
        ("a.txt", b"a" * (MAX_FILE + 1)),
        "it has 10,485,761 bytes; at most 10 MB",
    ),
    "40 MB": (("a.txt", b"a" * 4 * MAX_FILE), "it has 40.0 MB; at most 10 MB can be kept"),
    "program": (("Guide.pdf", b"MZ\x90"), "“Guide.pdf” cannot be kept: it is a program"),
    "page": (("a.txt", b"<html><script>alert(1)</script>"), "parts of a web page"),
    "name": (("<img src=x onerror=alert(1)>.txt", b"MZ"), "onerror=alert(1)"),
    "long name": (("W" * 400 + ".txt", b"a"), "name of the file"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_kept_ends_in_a_sentence(area, client, own, what):
    chosen, sentence = BAD[what]
    body = {"file": SimpleUploadedFile(*chosen)} if chosen else {}
    response = client.post(f"{LIST}{own.pk}/file/choose/", body)
    assert response.status_code == 200
    assert sentence in shown(response)
    assert "<img src=x" not in response.content.decode()
    assert not ResourceFile.objects.exists()


def test_a_file_of_another_partnership_is_what_never_existed(area, client):
    other = make_area("bury", "Bury", "Bury")
    theirs = make_resource(other.partnership)
    make_file(theirs)
    for path in ("file/", "file/choose/", "file/remove/"):
        assert client.get(f"{LIST}{theirs.pk}/{path}").status_code == 404
    assert client.get(f"{LIST}{make_resource(area.partnership).pk}/file/").status_code == 404


def test_a_reader_takes_it_away_and_does_not_change_it(area, own):
    make_file(own, content=b"Empty form")
    client = client_of(area.reader)
    assert client.get(f"{LIST}{own.pk}/file/").getvalue() == b"Empty form"
    for path in ("choose/", "remove/"):
        refused = client.post(f"{LIST}{own.pk}/file/{path}")
        assert refused.status_code == 403
        assert "A coordinator or facilitator can." in shown(refused)


def test_a_copy_of_what_came_with_the_portal_has_its_file(area, client):
    starter = make_resource(name="Genogram")
    make_file(starter, content=b"Empty form")
    assert client.get(f"{LIST}{starter.pk}/file/").getvalue() == b"Empty form"
    client.post(f"{LIST}{starter.pk}/use/")
    own = Resource.objects.get(partnership=area.partnership)
    assert bytes(own.file.content) == b"Empty form"
    assert ResourceFile.objects.count() == 2


def test_the_activity_tells_of_it(area, client, own):
    choose(client, own, "Guide.pdf", pdf())
    client.post(f"{LIST}{own.pk}/file/remove/")
    told = shown(client.get("/partnerships/rochdale/activity/?kind=resources"))
    assert "added the file “Guide.pdf” to the resource “Genogram”" in told
    assert "removed the file “Guide.pdf” of the resource “Genogram”" in told
