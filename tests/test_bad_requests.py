"""Bad input everywhere else: broken bodies, odd addresses, and the portal's other forms."""

import json

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from planning.models import Assessment
from tests.address import DAY
from tests.factories.assessments import make_agreed, make_assessment, make_full
from tests.factories.bad_input import STRANGE, TEN_MEGABYTES, domain_path, shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import PASSWORD, make_area

FORM = "application/x-www-form-urlencoded"
BROKEN = {
    "broken utf-8": (FORM, b"evidence=%ff%fe%c3%28&level=2"),
    "raw bytes": (FORM, b"evidence=\xff\xfe\xc3(&level=2"),
    "half a surrogate": (FORM, b"evidence=%ed%a0%80&level=2"),
    "cut off": (MULTIPART_CONTENT, encode_multipart(BOUNDARY, {"evidence": "Typed"})[:60]),
    "no boundary": ("multipart/form-data", b"evidence"),
    "odd boundary": ("multipart/form-data; boundary=\xff", b"evidence"),
    "other charset": (f"{FORM}; charset=utf-16", b"evidence=1"),
    "no charset": (f"{FORM}; charset=nonsense", b"evidence=1"),
    "no text codec": (f"{FORM}; charset=hex", b"evidence=1"),
    "json": ("application/json", b'{"evidence": "Typed"}'),
    "xml": ("text/xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    "escapes": (
        f"{MULTIPART_CONTENT}; charset=unicode_escape",
        encode_multipart(BOUNDARY, {"evidence": "\\ud800x", "page": "\\ud800", "number": "1"}),
    ),
    "multipart hex": (
        f"{MULTIPART_CONTENT}; charset=hex", encode_multipart(BOUNDARY, {"evidence": "zz"})
    ),
}  # fmt: skip


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def draft(area):
    return make_assessment(area.partnership, load_rpc_2018())


@pytest.fixture
def client(area):
    client = Client()
    client.force_login(area.coordinator)
    return client


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("path", ["domain", "details/", "sign-in", "conflict"])
def test_a_broken_body_is_no_fault_of_ours(client, draft, kind, path):
    content_type, data = BROKEN[kind]
    full = {
        "domain": domain_path(draft),
        "details/": f"/planning/{draft.pk}/details/",
        "sign-in": "/sign-in/",
        "conflict": "/sign-out/",
    }[path]
    for headers in ({}, {"X-Autosave": "1"}):
        response = client.generic("POST", full, data, content_type=content_type, headers=headers)
        assert response.status_code < 500


@pytest.mark.parametrize(
    "query",
    ["sort=\0", "sort=-nonsense", "page=99999999999999999999", "page=-1", "page=٣", "with=abc",
     "with=\0", "with=" + "9" * 5000, "with=9223372036854775808", "%ff=%fe", "next=%00",
     "p-sort=user__password"],
)  # fmt: skip
def test_nonsense_in_an_address_is_ignored(client, draft, query):
    slug = draft.partnership.slug
    for path in (
        f"/partnerships/{slug}/",
        f"/partnerships/{slug}/people/",
        f"/planning/{draft.pk}/profile/",
        "/conflict-and-abuse/",
    ):
        assert client.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/\0",
        "/%00",
        "/planning/%00/",
        "/partnerships/%ff/",
        "/partnerships/rochdale%00/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../manage.py",
        "/planning/١/",
        "/" + "x" * 9000,
        "/planning/tools/%F0%9F%98%80/",
    ],
)
def test_nonsense_for_an_address_is_not_found(client, path):
    response = client.get(path)

    assert response.status_code in {400, 404}
    assert "RPC Portal" in response.content.decode()


@pytest.mark.parametrize("page", ["details", "start", "agree", "reopen"])
@pytest.mark.parametrize(
    "kind", ["long", "nul", "script", "welsh", "turned round", "emoji", "no characters"]
)
def test_the_text_boxes_of_the_other_forms(area, client, page, kind):
    words = {"long": "Z" * (TEN_MEGABYTES // 2), "nul": "before\0after"}.get(kind) or STRANGE[kind]
    path, boxes, fields = form_of(page, area, words)
    count = Assessment.objects.count()
    response = client.post(path, boxes)

    if kind in {"long", "nul"}:
        sentence = {"long": "the most it can hold", "nul": "invisible character"}[kind]
        assert response.status_code in {200, 422}
        assert shown(response).count(sentence) >= 2 * len(fields)
        assert words.replace("\0", "") in shown(response)
        assert Assessment.objects.count() == count
    else:
        assert response.status_code == 302
        newest = Assessment.objects.order_by("-pk").first()
        assert [getattr(newest, field) for field in fields] == [words] * len(fields)
        sheet = client.get(f"/planning/{newest.pk}/sheet/")
        assert words in shown(sheet)
        assert "<script>alert" not in sheet.content.decode()
        assert client.get(f"/planning/{newest.pk}/sheet.pdf").content[:5] == b"%PDF-"


def form_of(page, area, words):
    """(path, what is sent, the assessment's fields that hold the words)."""
    framework = load_rpc_2018()
    if page == "start":
        path = f"/partnerships/{area.partnership.slug}/assessments/new/"
        return path, {**DAY, "framework": framework.pk, "note": words}, ["note"]
    if page == "reopen":
        agreed = make_agreed(area.partnership, framework, by=area.coordinator)
        return f"/planning/{agreed.pk}/reopen/", {"reason": words}, ["reopening_reason"]
    full = make_full(area.partnership, framework)
    if page == "details":
        return f"/planning/{full.pk}/details/", {**DAY, "note": words}, ["note"]
    day = {"on-day": "1", "on-month": "8", "on-year": "2018"}
    return (
        f"/planning/{full.pk}/agree/",
        {"name": words, "role": words, **day},
        ["agreed_name", "agreed_role"],
    )


@pytest.mark.parametrize("words", ["Z" * TEN_MEGABYTES, "a\0b", *STRANGE.values()], ids=range(18))
def test_signing_in_with_nonsense_is_a_sentence(area, words):
    for boxes in (
        {"login": words, "password": "x"},
        {"login": area.reader.email, "password": words},
    ):
        response = Client().post("/sign-in/", boxes)

        assert response.status_code == 200
        assert "There is a problem" in response.content.decode()
    given_back = Client().post("/sign-in/", {"login": words, "password": ""})
    assert words.replace("\0", "").strip() in shown(given_back)


@pytest.mark.parametrize(
    "words", ["Z" * (TEN_MEGABYTES // 2), "three words\0together", *STRANGE.values()], ids=range(18)
)
def test_any_password_that_is_set_opens_the_door(area, words):
    client = Client()
    sign_in = {"login": area.reader.email, "password": PASSWORD}
    client.post("/sign-in/", sign_in)  # a password is only chosen just after signing in
    path = "/your-account/password/"
    response = client.post(path, {"new_password1": words, "new_password2": words})

    assert response.status_code in {200, 302}
    area.reader.refresh_from_db()
    if response.status_code == 302:
        entered = Client().post("/sign-in/", {"login": area.reader.email, "password": words})
        assert entered.status_code == 302
    else:
        assert "There is a problem" in response.content.decode()
        assert area.reader.check_password(PASSWORD)


def test_junk_in_the_hidden_boxes_of_starting_is_no_fault(area, client):
    path = f"/partnerships/{area.partnership.slug}/assessments/new/"
    for key in ("", "abc", "\0", "9" * 5000, json.dumps({})):
        for framework in ("", "abc", "0", "9" * 5000, "9223372036854775808", "\0"):
            body = {**DAY, "framework": framework, "request_key": key, "note": "Typed"}
            response = client.post(path, body)
            assert response.status_code == 200
            assert "Typed" in shown(response)
            assert "There is a problem" in shown(response)
