"""The manifesto: versions that never change, their pages, and two people who write at once."""

import pytest

from partnerships.manifestos import ManifestoChanged, publish_manifesto
from partnerships.models import Manifesto
from tests.factories.bad_input import shown
from tests.factories.people import client_of, make_area
from tests.factories.pledges import make_manifesto
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db

HERE = "/partnerships/rochdale/manifesto/"
NEXT = f"{HERE}next/"
WORDS = {"vision": "Every child.", "body": "# Why\n\nBecause.", "pledge": "We help early."}


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


def publish(area, seen_number, **words):
    values = {"by": area.coordinator, "seen_number": seen_number, **WORDS, **words}
    return publish_manifesto(partnership=area.partnership, **values)


def test_other_words_are_the_next_version(area):
    first = publish(area, 0)
    second = publish(area, 1, pledge="We help sooner.")
    assert [first.number, second.number] == [1, 2]
    first.refresh_from_db()
    assert first.pledge == "We help early."
    assert Manifesto.objects.newest(area.partnership) == second


def test_the_same_words_make_no_version(area):
    first = publish(area, 0)
    assert publish(area, 0) == first
    assert publish(area, 1) == first


def test_versions_are_counted_in_each_partnership(area):
    publish(area, 0)
    assert publish(make_area("bolton", "Bolton", "Bolton"), 0).number == 1


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_what_came_meanwhile_is_not_replaced_unseen(area, seen):
    publish(area, 0)
    second = publish(area, 1, vision="All children.")
    with pytest.raises(ManifestoChanged) as changed:
        publish(area, seen, vision="My children.")
    assert changed.value.newest == second
    assert Manifesto.objects.count() == 2


@pytest.mark.parametrize("role", ["facilitator", "lead", "editor", "reader"])
def test_only_a_coordinator_writes_it(area, role):
    by = getattr(area, role)
    assert refusal_of(publish, area=area, seen_number=0, by=by).endswith("A coordinator can.")
    assert client_of(by).get(NEXT).status_code == 403
    page = shown(client_of(by).get(HERE))
    assert "A coordinator can." in page
    assert "Write the manifesto" not in page


def test_the_page_shows_vision_manifesto_and_pledge(area, client):
    assert "There is no manifesto yet" in shown(client.get(HERE))
    make_manifesto(area.partnership, body="# Why <b>us</b>\n\n- one", vision="Every child.")
    page = client.get(HERE).content.decode()
    assert '<h2 class="govuk-heading-l">Why &lt;b&gt;us&lt;/b&gt;</h2>' in page.replace(
        "govuk-heading-m", "govuk-heading-l"
    )
    assert "<li>one</li>" in page
    assert "Every child." in page
    assert "We notice when parents are in conflict" in page


def test_earlier_versions_can_be_read(area, client):
    make_manifesto(area.partnership, pledge="The first words")
    make_manifesto(area.partnership, pledge="The second words")
    newest, first = shown(client.get(HERE)), shown(client.get(f"{HERE}1/"))
    assert "The second words" in newest
    assert "The first words" not in newest
    assert "The first words" in first
    assert "It no longer counts" in first
    assert client.get(f"{HERE}3/").status_code == 404
    assert client.get(f"{HERE}99999999999999999999/").status_code == 404


def test_writing_it_on_the_page(area, client):
    answer = client.post(NEXT, {**WORDS, "seen_number": "0"})
    assert answer.url == HERE
    assert "Version 1 of the manifesto counts now." in shown(client.get(HERE))
    assert client.get(NEXT).context["form"].initial == {**WORDS, "seen_number": 1}


def test_looking_at_it_first_publishes_nothing(area, client):
    page = client.post(NEXT, {**WORDS, "seen_number": "0", "preview": "1"})
    assert "It is not published yet" in shown(page)
    assert Manifesto.objects.count() == 0


def test_the_same_click_twice_is_one_version(area, client):
    for _ in range(2):
        assert client.post(NEXT, {**WORDS, "seen_number": "0"}).url == HERE
    assert Manifesto.objects.count() == 1


def test_somebody_elses_words_are_shown_and_the_next_click_goes_on(area, client):
    make_manifesto(area.partnership, pledge="Theirs <i>")
    page = client.post(NEXT, {**WORDS, "seen_number": "0"})
    assert page.status_code == 200
    assert "Somebody else published version 1 while you wrote" in shown(page)
    assert "Theirs <i>" in shown(page)
    assert "Theirs &lt;i&gt;" in page.content.decode()
    assert page.context["form"]["seen_number"].value() == 1
    assert client.post(NEXT, {**WORDS, "seen_number": "1"}).url == HERE
    assert Manifesto.objects.newest(area.partnership).number == 2


def test_without_words_to_sign_it_is_refused(area, client):
    page = client.post(NEXT, {**WORDS, "pledge": " ", "seen_number": "0"})
    assert "Enter the words that organisations sign" in shown(page)


def test_elsewhere_it_does_not_exist(area):
    make_manifesto(area.partnership)
    stranger = client_of(make_area("bolton", "Bolton", "Bolton").coordinator)
    for path in (HERE, NEXT, f"{HERE}1/"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(NEXT, {**WORDS, "seen_number": "1"}).status_code == 404
