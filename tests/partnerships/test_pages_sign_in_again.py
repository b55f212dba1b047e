"""A session that ends while a plain form is filled in costs nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.kept import KEPT, MOST_CHARACTERS, MOST_KEPT
from partnerships.models import TryCount
from planning.models import Entry
from tests.factories.assessments import make_scored
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import PASSWORD, make_area

pytestmark = pytest.mark.django_db

WORDS = "Long words\nin two lines, “quoted” & <b>ŵ</b>"


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def path(area):
    draft = make_scored(area.partnership, load_rpc_2018())
    return reverse("domain", args=[draft.pk, 1])


def send(client, path, data):
    """Send a form whose session has ended; the address where its words wait."""
    answer = client.post(path, data)
    login, _, there = answer.url.partition("?next=")
    assert (answer.status_code, login) == (302, "/sign-in/")
    return there


def sign_in(client, person, there, password=PASSWORD):
    return client.post("/sign-in/", {"login": person.email, "password": password, "next": there})


def test_what_was_typed_is_sent_after_signing_in_again(client, area, path):
    there = send(client, path, {"evidence": WORDS, "level": "3", "page": "one"})
    assert not Entry.objects.filter(evidence=WORDS).exists()
    assert sign_in(client, area.partner, there).url == there
    page = client.get(there)
    assert page.context["action"] == path
    assert dict(page.context["pairs"]) == {"evidence": WORDS, "level": "3", "page": "one"}
    client.post(path, dict(page.context["pairs"]) | page.context["kept"])
    entry = Entry.objects.get(domain__number=1)
    assert WORDS in {entry.evidence, *entry.unsettled.values_list("text", flat=True)}
    assert client.session[KEPT] == []


def test_words_that_were_refused_wait_on(client, area, path):
    there = send(client, path, {"evidence": WORDS})
    sign_in(client, area.reader, there)
    page = client.get(there)
    refused = client.post(path, dict(page.context["pairs"]) | page.context["kept"])
    assert refused.status_code == 403
    assert client.get(there).context["pairs"] == [("evidence", WORDS)]


def test_nothing_is_done_with_the_words_before_their_person_sends_them(client, area, path):
    there = send(client, path, {"evidence": WORDS})
    sign_in(client, area.partner, there)
    client.get(there)
    assert not Entry.objects.filter(evidence=WORDS).exists()


def test_a_wrong_password_keeps_what_was_typed(client, area, path):
    there = send(client, path, {"evidence": WORDS})
    assert sign_in(client, area.partner, there, password="not this one").status_code == 200
    assert sign_in(client, area.partner, there).url == there
    assert client.get(there).context["pairs"] == [("evidence", WORDS)]


def test_every_value_of_a_name_comes_back_in_order(client, area, path):
    there = send(client, path, {"action-key": ["1", "2", "3"], "evidence": ""})
    sign_in(client, area.partner, there)
    assert client.get(there).context["pairs"] == [
        ("action-key", "1"), ("action-key", "2"), ("action-key", "3"), ("evidence", "")
    ]  # fmt: skip


def test_no_password_is_kept(client, path):
    send(client, path, {"evidence": WORDS, "password": "secret", "csrfmiddlewaretoken": "x"})
    assert "secret" not in str(client.session[KEPT])
    assert "csrf" not in str(client.session[KEPT])


def test_nobody_reads_them_without_signing_in(client, path):
    there = send(client, path, {"evidence": WORDS})
    assert client.get(there).url == f"/sign-in/?next={there}"


def test_another_browser_never_sees_them(client, area, path):
    there = send(client, path, {"evidence": WORDS})
    other = Client()
    other.force_login(area.partner)
    assert other.get(there).status_code == 404


@pytest.mark.parametrize("key", ["x", "..", "%00", "a" * 5000, "🙂"])
def test_a_key_that_is_none_is_not_found(client, area, path, key):
    send(client, path, {"evidence": WORDS})
    client.force_login(area.partner)
    assert client.get(f"/send-again/{key}/").status_code in {400, 404}


def test_the_newest_few_are_kept(client, area, path):
    waiting = [send(client, path, {"evidence": f"{number}"}) for number in range(MOST_KEPT + 2)]
    sign_in(client, area.partner, waiting[-1])
    statuses = [client.get(there).status_code for there in waiting]
    assert statuses == [404, 404, *[200] * MOST_KEPT]


def test_from_one_address_at_most_200_forms_are_kept_in_an_hour(client, path):
    send(client, path, {"evidence": WORDS})
    TryCount.objects.filter(kind="words kept, address").update(count=199)
    assert send(client, path, {"evidence": "The 200th"}).startswith("/send-again/")
    assert send(client, path, {"evidence": "One more"}) == path


def test_long_words_count_for_several(client, path):
    for _ in range(2):
        assert send(client, path, {"evidence": "x" * 900_000}).startswith("/send-again/")
    assert TryCount.objects.get(kind="words kept, address").count == 92


def test_more_than_any_page_of_ours_holds_is_not_kept(client, path):
    assert send(client, path, {"evidence": "x" * MOST_CHARACTERS}) == path
    assert KEPT not in client.session


def test_another_site_cannot_bring_words_along(path):
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, {"evidence": WORDS}).status_code == 403
    assert KEPT not in client.session


def test_what_an_outdated_page_of_ours_sent_is_shown_to_be_sent_again(area, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(area.partner)
    page = client.post(path, {"evidence": WORDS}, headers={"Origin": "http://testserver"})
    assert page.status_code == 403
    assert (page.context["action"], page.context["pairs"]) == (path, [("evidence", WORDS)])
    assert Entry.objects.filter(evidence=WORDS).count() == 0


def test_what_another_site_sent_is_not(area, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(area.partner)
    page = client.post(path, {"evidence": WORDS}, headers={"Origin": "https://elsewhere.example"})
    assert page.status_code == 403
    assert WORDS not in page.content.decode()
