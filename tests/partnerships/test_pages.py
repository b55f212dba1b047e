"""The privacy notice and the accessibility statement, and who may word them."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client

from partnerships import wording
from partnerships.models import Page, User
from tests.factories.people import make_area, make_user
from tests.factories.second_steps import make_administrator
from tests.parallel import meanwhile

NAMES = {"privacy": "Privacy notice", "accessibility": "Accessibility statement"}
EDIT = "/about/privacy/edit/"
PAGE = "/about/privacy/"


@pytest.fixture
def administrator(db):
    return make_administrator()


@pytest.fixture
def client(administrator):
    return client_of(administrator)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(response):
    return response.content.decode()


def main_of(response):
    return text_of(response).split("<main")[1].split("</main>")[0]


def hidden_version(response):
    return re.search(r'name="version"[^>]*value="([^"]*)"', text_of(response))


def change(client, body, **more):
    found = hidden_version(client.get(EDIT))
    sent = {"body": body, "version": found[1] if found else "", **more}
    return client.post(EDIT, sent)


# --- What everybody reads --------------------------------------------------------------------


@pytest.mark.parametrize(("name", "title"), NAMES.items())
def test_everybody_reads_them_signed_in_or_not(db, name, title):
    for client in (Client(), client_of(make_user())):
        response = client.get(f"/about/{name}/")
        assert response.status_code == 200
        assert f'<h1 class="govuk-heading-l">{title}</h1>' in text_of(response)
        assert "Last changed 22 November 2026" in text_of(response)
        assert "Change the words" not in text_of(response)


def test_there_are_no_others(client):
    for path in ("/about/nothing/", "/about/nothing/edit/", "/about/Privacy/"):
        assert client.get(path).status_code == 404


def test_only_reading_is_answered(db):
    assert Client().post(PAGE).status_code == 405
    assert Client().head(PAGE).content == b""


def test_every_page_leads_to_them_and_to_the_roles(db):
    footer = text_of(Client().get("/sign-in/")).split("<footer")[1]
    for path in ("/about/privacy/", "/about/accessibility/", "/roles/"):
        assert f'href="{path}"' in footer
        assert Client().get(path).status_code == 200


@pytest.mark.parametrize("months", [1, 24, 60])
def test_the_privacy_notice_says_how_long_accounts_really_stay(db, settings, months):
    settings.UNUSED_MONTHS = months
    assert f"not been used for {months} months" in text_of(Client().get(PAGE))


def test_the_privacy_notice_does_not_promise_emptying_where_there_is_none(db, settings):
    settings.UNUSED_MONTHS = 0
    page = text_of(Client().get(PAGE))
    assert "Until you ask us to empty it" in page
    assert "months" not in main_of(Client().get(PAGE))


@pytest.mark.parametrize(
    "words",
    [
        "Article 6(1)(e)",
        "controller",
        "no information about children or families",
        "Data protection officer",
        "Information Commissioner’s Office",
        "30 days",
        "kind of browser",
        "Former member",
    ],
)
def test_the_privacy_notice_has_what_the_law_asks_for(db, words):
    assert words in text_of(Client().get(PAGE))


@pytest.mark.parametrize(
    "words",
    [
        "partially compliant",
        "version 2.2, level AA",
        "success criterion 1.3.1",
        "Disproportionate burden",
        "Equality and Human Rights Commission",
        "Equality Advisory and Support Service",
        "No. 2) Accessibility Regulations 2018",
        "This statement was prepared on 22 November 2026.",
        "axe-core",
    ],
)
def test_the_accessibility_statement_has_what_the_regulations_ask_for(db, words):
    assert words in text_of(Client().get("/about/accessibility/"))


def test_no_placeholder_of_ours_is_left_and_a_councils_stand_in_brackets(db):
    for name in NAMES:
        page = main_of(Client().get(f"/about/{name}/"))
        assert not re.search(r"[{}]", page)
        assert "[" in page


# --- Who may word them -----------------------------------------------------------------------


def test_a_stranger_signs_in_first(db):
    assert Client().get(EDIT).url == f"/sign-in/?next={EDIT}"
    assert Client().post(EDIT, {"body": "x"}).status_code == 302
    assert Page.objects.count() == 0


def test_other_people_read_who_may_and_change_nothing(db):
    area = make_area()
    for person in (area.coordinator, area.reader):
        client = client_of(person)
        for response in (
            client.get(EDIT),
            client.post(EDIT, {"body": "x", "version": ""}),
            client.post(EDIT, {"ours": "1"}),
        ):
            assert response.status_code == 403
            assert "Only a portal administrator can" in text_of(response)
    assert Page.objects.count() == 0


def test_the_verbs_themselves_are_for_administrators(db):
    person = make_user()
    with pytest.raises(PermissionDenied):
        wording.change_words(name="privacy", body="x", version="", by=person)
    with pytest.raises(PermissionDenied):
        wording.use_our_words(name="privacy", version="", by=person)


def test_an_administrator_without_a_second_step_sets_it_up_first(db):
    person = make_user()
    User.objects.filter(pk=person.pk).update(is_portal_administrator=True)

    assert client_of(person).get(EDIT).url.startswith("/your-account/second-step/")


def test_a_method_that_is_not_meant_is_refused(client):
    for method in ("PUT", "PATCH", "DELETE"):
        assert client.generic(method, EDIT).status_code == 405


# --- Wording ---------------------------------------------------------------------------------


def test_an_administrator_words_a_page_and_the_history_says_who(client, administrator):
    assert "Change the words of this page" in text_of(client.get(PAGE))
    response = change(client, "# Anytown\n\nWe keep **little**.")
    page = main_of(Client().get(PAGE))

    assert (response.status_code, response.url) == (302, PAGE)
    assert '<h2 class="govuk-heading-m">Anytown</h2>' in page
    assert "<strong>little</strong>" in page
    assert f"Last changed {date.today():%-d %B %Y}" in page  # noqa: DTZ011 - the page's own zone
    event = apps.get_model("partnerships", "PageEvent").objects.get()
    assert (event.pgh_label, event.pgh_context) == ("added", {"user": administrator.pk})


def test_the_box_begins_with_the_words_that_stand_there(client):
    assert "# Who is responsible" in text_of(client.get(EDIT))
    change(client, "Ours now")
    assert "Ours now</textarea>" in text_of(client.get(EDIT))


def test_looking_at_it_first_saves_nothing(client):
    response = change(client, "# Soon\n\n<b>raw</b>", preview="1")
    shown = text_of(response)

    assert response.status_code == 200
    assert '<h2 class="govuk-heading-m">Soon</h2>' in shown
    assert "# Soon" in shown  # still in the box
    assert "It is not saved yet" in shown
    assert Page.objects.count() == 0


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=y>"]
)
def test_what_is_typed_never_becomes_a_script(client, typed):
    change(client, typed)
    page = main_of(Client().get(PAGE))

    assert "<script" not in page
    assert "<img" not in page
    assert "href" not in page


def test_empty_and_too_long_are_sentences_and_the_text_stays(client):
    assert "Enter the words of the page" in text_of(change(client, "  "))
    long = text_of(change(client, "x" * 100_001))
    assert "100,001 characters" in long
    assert "x" * 100_001 in long
    assert Page.objects.count() == 0


def test_our_words_come_back(client):
    change(client, "Ours now")
    old = {"ours": "1", "version": hidden_version(client.get(EDIT))[1]}
    response = client.post(EDIT, old, follow=True)

    assert "The page has our words again." in text_of(response)
    assert "Who is responsible" in text_of(Client().get(PAGE))
    labels = apps.get_model("partnerships", "PageEvent").objects.values_list("pgh_label", flat=True)
    assert sorted(labels) == ["added", "removed"]
    assert client.post(EDIT, old).url == PAGE  # the same click twice


def versions_in(page):
    return re.findall(r'name="version"[^>]*value="([^"]*)"', main_of(page))


def test_words_that_nobody_here_has_read_are_not_taken_off(client):
    other = client_of(make_administrator("amy@portal.example"))
    change(client, "First words")
    _, read = versions_in(other.get(EDIT))
    change(client, "Second words")
    response = other.post(EDIT, {"ours": "1", "version": read}, follow=True)

    assert "Somebody else changed this page meanwhile, so nothing was taken off." in text_of(
        response
    )
    assert "Second words</textarea>" in text_of(response)
    assert Page.objects.get().body == "Second words"
    other.post(EDIT, {"ours": "1", "version": versions_in(response)[1]})
    assert not Page.objects.exists()


def test_looking_at_ones_own_words_first_is_not_reading_somebody_elses(client):
    other = client_of(make_administrator("amy@portal.example"))
    change(client, "First words")
    read = hidden_version(other.get(EDIT))[1]
    change(client, "Second words")
    looking = other.post(EDIT, {"body": "Third words", "version": read, "preview": "1"})

    assert versions_in(looking) == [read, read]


@pytest.mark.django_db(transaction=True)
def test_of_two_first_words_in_the_same_moment_neither_is_lost():
    first, second = (make_administrator(f"{name}@portal.example") for name in ("amy", "bo"))
    words = {"name": "privacy", "version": ""}
    with meanwhile(lambda: wording.change_words(**words, body="Mine", by=second)) as outcome:
        wording.change_words(**words, body="Theirs", by=first)

    (refusal,) = outcome
    assert isinstance(refusal, wording.ChangedMeanwhile)
    assert refusal.now.body == "Theirs"
    assert Page.objects.get().body == "Theirs"


def test_two_administrators_at_once_see_each_others_words_and_lose_none(client):
    other = client_of(make_administrator("amy@portal.example"))
    before = hidden_version(other.get(EDIT))
    change(client, "First words")
    sent = {"body": "Second words", "version": before[1] if before else ""}
    refused = other.post(EDIT, sent)

    assert "Somebody else changed this page while you wrote." in text_of(refused)
    assert "First words" in main_of(refused)
    assert "Second words</textarea>" in text_of(refused)
    assert Page.objects.get().body == "First words"
    again = other.post(EDIT, {**sent, "version": hidden_version(refused)[1]})
    assert again.status_code == 302
    assert Page.objects.get().body == "Second words"
