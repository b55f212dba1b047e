"""The pages on which a coordinator writes, previews, publishes and takes offline."""

import html

import pytest
from django.core.exceptions import PermissionDenied

from partnerships import publishing
from partnerships.models import PublicPage
from rpcportal.kit.roles import Role
from tests.factories.bad_input import TEN_MEGABYTES
from tests.factories.people import client_of, make_area, make_member, make_organisation
from tests.factories.pledges import make_pledge
from tests.factories.public import make_public_page, picture, upload

pytestmark = pytest.mark.django_db
EDIT = "/partnerships/rochdale/public-page/"
PUBLIC = "/public/rochdale/"
ON = {"shows_pledges": "on", "shows_actions": "on"}


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


def words_of(response):
    return html.unescape(response.content.decode())


def seen_on(page):
    return html.unescape(page.content.decode()).split('name="seen" value="')[1].split('"')[0]


# --- Writing ----------------------------------------------------------------------------------


def test_what_is_written_is_previewed_and_not_public_until_it_is_published(area, client):
    body = {"campaign": "Good Terms", "colour": "5B2A6E", "hashtag": "#GoodTerms", **ON}
    response = client.post(EDIT, body, follow=True)
    assert response.request["PATH_INFO"] == f"{EDIT}preview/"
    assert "Only members" not in words_of(response)
    assert "Preview." in words_of(response)
    assert "Good Terms" in words_of(response)
    page = PublicPage.objects.get()
    assert (page.colour, page.hashtag, page.is_published) == ("#5b2a6e", "GoodTerms", False)
    assert page.changed_by == area.coordinator
    assert client_of().get(PUBLIC).status_code == 404


def test_members_see_the_preview_and_the_rest_do_not(area, client):
    make_public_page(area.partnership, area.coordinator, is_published=False, with_logo=True)
    for role in Role:
        member = client_of(make_member(area.partnership, role))
        assert member.get(f"{EDIT}preview/").status_code == 200
        assert member.get(f"{EDIT}preview/logo/").status_code == 200
    other = client_of(make_area("bury", "Bury", "Bury").coordinator)
    for path in ("", "preview/", "preview/logo/", "logo/", "publish/"):
        assert other.get(EDIT + path).status_code == 404


@pytest.mark.parametrize("role", ["facilitator", "lead", "editor", "reader"])
def test_only_a_coordinators_own_choice_makes_anything_public(area, role):
    make_public_page(area.partnership, area.coordinator, is_published=False)
    client = client_of(getattr(area, role))
    for path in ("", "logo/", "publish/"):
        assert client.get(EDIT + path).status_code == 403
    answer = client.post(f"{EDIT}publish/", {"published": "yes"})
    assert answer.status_code == 403
    assert "decide what the public sees of the partnership. A coordinator can." in words_of(answer)
    assert not PublicPage.objects.get().is_published


@pytest.mark.parametrize("role", ["facilitator", "lead", "editor", "reader"])
@pytest.mark.parametrize("verb", ["publish", "take_offline", "remove_logo", "save_logo"])
def test_the_verbs_themselves_refuse_everybody_else(area, role, verb):
    more = {"words": "Two bubbles", "logo": picture()} if verb == "save_logo" else {}
    with pytest.raises(PermissionDenied, match="A coordinator can"):
        getattr(publishing, verb)(partnership=area.partnership, by=getattr(area, role), **more)
    assert not PublicPage.objects.exists()


BAD = {
    "light colour": ({"colour": "#f2b872"}, "White words would be hard to read on #f2b872"),
    "no colour": ({"colour": "teal"}, "“Colour” must be six figures or letters a to f"),
    "two words": ({"hashtag": "Good Terms"}, "“Hashtag” must be one word"),
    "no number": ({"contact_phone": "ring us"}, "“Telephone number to ask at” must be a number"),
    "no address": ({"contact_email": "ask"}, "must be an e-mail address"),
    "NUL": ({"campaign": "a\0b"}, "invisible character that cannot be stored"),
    "10 MB": ({"introduction": "x" * TEN_MEGABYTES}, "the most it can hold is 5,000"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_ends_in_a_sentence_and_changes_nothing(area, client, what):
    body, sentence = BAD[what]
    response = client.post(EDIT, {"introduction": "Kept", **body})
    assert response.status_code == 200
    assert sentence in words_of(response)
    assert not PublicPage.objects.exists()


def test_another_coordinators_change_is_not_overwritten_unseen(area, client):
    make_public_page(area.partnership, area.coordinator)
    mine = {"campaign": "Mine", "seen": seen_on(client.get(EDIT))}
    other = make_member(area.partnership, "coordinator")
    client_of(other).post(EDIT, {"campaign": "Theirs"})

    clash = client.post(EDIT, mine)
    assert "Someone else has changed the public page meanwhile." in words_of(clash)
    assert PublicPage.objects.get().campaign == "Theirs"
    client.post(EDIT, {**mine, "seen": seen_on(clash)})
    assert PublicPage.objects.get().campaign == "Mine"


def test_the_same_click_twice_is_one_and_no_clash(area, client):
    make_public_page(area.partnership, area.coordinator)
    body = {"campaign": "Mine", "seen": seen_on(client.get(EDIT))}
    assert [client.post(EDIT, body).status_code for _ in range(2)] == [302, 302]
    events = PublicPage.pgh_event_model.objects.filter(pgh_label="changed")
    assert events.count() == 1


# --- Publishing -------------------------------------------------------------------------------


def test_publishing_says_what_becomes_public_and_taking_offline_is_a_post_of_its_own(area, client):
    make_pledge(make_organisation(area.partnership, "Homes First"), area.coordinator)
    asked = words_of(client.get(f"{EDIT}publish/"))
    for said in ("Everybody on the internet", "Homes First", "the job title of who signed"):
        assert said in asked
    assert not PublicPage.objects.exists()

    client.post(f"{EDIT}publish/", {"published": "yes"})
    client.post(f"{EDIT}publish/", {"published": "yes"})
    assert client_of().get(PUBLIC).status_code == 200
    assert "Take the public page offline?" in words_of(client.get(f"{EDIT}publish/"))
    client.post(f"{EDIT}publish/", {"published": "no"})
    assert client_of().get(PUBLIC).status_code == 404
    labels = PublicPage.pgh_event_model.objects.values_list("pgh_label", "is_published")
    assert list(labels.order_by("pgh_id")) == [("added", True), ("changed", False)]
    told = words_of(client.get("/partnerships/rochdale/activity/?kind=public-page"))
    for sentence in ("published the public page", "took the public page offline"):
        assert sentence in told


def test_a_post_that_chooses_neither_changes_nothing(area, client):
    assert client.post(f"{EDIT}publish/", {"published": "maybe"}).status_code == 200
    assert not PublicPage.objects.exists()


def test_what_is_saved_on_a_published_page_is_public_and_the_page_says_so(area, client):
    make_public_page(area.partnership, area.coordinator)
    assert "what you save is public at once" in words_of(client.get(EDIT))
    client.post(EDIT, {"campaign": "New"})
    assert "New" in words_of(client_of().get(PUBLIC))


# --- The logo ---------------------------------------------------------------------------------


def send_logo(client, data=None, words="Two bubbles", **more):
    body = {"picture": upload(data), "logo_words": words, **more}
    return client.post(f"{EDIT}logo/", body)


def test_a_logo_is_shown_with_its_words_and_taken_away_again(area, client):
    make_public_page(area.partnership, area.coordinator)
    assert send_logo(client).status_code == 302
    assert 'alt="Two bubbles"' in words_of(client_of().get(PUBLIC))
    assert client_of().get(f"{PUBLIC}logo/").status_code == 200
    client.post(f"{EDIT}logo/remove/")
    assert client_of().get(f"{PUBLIC}logo/").status_code == 404


def test_a_logo_needs_words_and_words_need_a_logo(area, client):
    assert "Enter what the logo shows" in words_of(send_logo(client, words=""))
    without = client.post(f"{EDIT}logo/", {"logo_words": "Two bubbles"})
    assert "Choose a PNG or JPEG file with the logo" in words_of(without)
    assert not PublicPage.objects.exists()


def test_the_words_alone_can_be_changed(area, client):
    send_logo(client)
    stored = bytes(PublicPage.objects.get().logo)
    client.post(f"{EDIT}logo/", {"logo_words": "Other words"})
    page = PublicPage.objects.get()
    assert (page.logo_words, bytes(page.logo)) == ("Other words", stored)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "The file is no PNG or JPEG picture"),
        (picture("GIF"), "The file is no PNG or JPEG picture"),
        (b"", "is empty: choose another"),
        (b"\x89PNG" + b"\0" * 3_000_000, "The file has 2.9 MB; at most 2 MB can be read"),
    ],
)
def test_a_file_that_is_no_logo_ends_in_a_sentence(area, client, data, sentence):
    response = send_logo(client, data)
    assert response.status_code == 200
    assert sentence in words_of(response)
    assert not PublicPage.objects.exists()


def test_what_a_file_is_called_does_not_matter(area, client):
    body = {"picture": upload(picture("JPEG"), "logo.svg"), "logo_words": "Two bubbles"}
    assert client.post(f"{EDIT}logo/", body).status_code == 302


def test_another_coordinators_logo_is_not_replaced_unseen(area, client):
    seen = seen_on(client.get(f"{EDIT}logo/"))
    other = make_member(area.partnership, "coordinator")
    publishing.save_logo(partnership=area.partnership, by=other, words="Theirs", logo=picture())
    clash = send_logo(client, picture(colour="red"), seen=seen)
    assert "Someone else has changed the logo meanwhile." in words_of(clash)
    assert PublicPage.objects.get().logo_words == "Theirs"
