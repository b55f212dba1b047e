"""What a partnership asks of its coordinators: a second step to sign in."""

import pytest
from django.urls import reverse

from partnerships.models import Organisation, TryCount
from rpcportal.kit.roles import Role
from tests.factories.assessments import make_assessment
from tests.factories.bad_input import shown
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import client_of, make_area, make_membership
from tests.factories.ways_in import add_app

pytestmark = pytest.mark.django_db

HOME = "/partnerships/rochdale/"
PAGE = f"{HOME}settings/"
PEOPLE = f"{HOME}people/"
NEW = f"{HOME}organisations/new/"
SET_UP = reverse("mfa_index")


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


def require(area, *, required=True):
    area.partnership.second_factor_required = required
    area.partnership.save()


def test_it_is_switched_on_and_off(area, client):
    assert client.post(PAGE, {"second_factor_required": "on"}).url == PEOPLE
    area.partnership.refresh_from_db()
    assert area.partnership.second_factor_required is True
    add_app(area.coordinator)
    assert client.get(PAGE).context["form"].initial == {"second_factor_required": True}
    assert client.post(PAGE, {}).url == PEOPLE
    area.partnership.refresh_from_db()
    assert area.partnership.second_factor_required is False


def test_the_page_says_what_follows_from_it(client):
    words = shown(client.get(PAGE))
    assert "Coordinators need a second step to sign in" in words
    assert "Those who have none yet set it up the next time they open a page." in words


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_nobody_but_a_coordinator_may(area, role):
    client = client_of(getattr(area, role.value))
    for answer in (client.get(PAGE), client.post(PAGE, {"second_factor_required": "on"})):
        assert answer.status_code == 403
        assert "A coordinator can." in shown(answer)
    area.partnership.refresh_from_db()
    assert area.partnership.second_factor_required is False


def test_another_partnership_finds_nothing(area):
    client = client_of(make_area("bolton", "Bolton", "Bolton").coordinator)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"second_factor_required": "on"}).status_code == 404
    area.partnership.refresh_from_db()
    assert area.partnership.second_factor_required is False


def test_nothing_else_is_taken_from_the_form(area, client):
    client.post(PAGE, {"second_factor_required": "on", "name": "Eve's", "slug": "eve", "id": "1"})
    area.partnership.refresh_from_db()
    assert (area.partnership.name, area.partnership.slug) == ("Rochdale Relationships", "rochdale")


# --- Being asked for it ---------------------------------------------------------------------


def test_a_coordinator_without_one_sets_it_up_before_anything_else(area, client):
    require(area)
    for path in ("/", HOME, PEOPLE, PAGE, f"{HOME}invitations/"):
        assert client.get(path).url == f"{SET_UP}?next={path.replace('/', '%2F')}"


def test_a_coordinator_with_one_is_not_stopped(area, client):
    require(area)
    add_app(area.coordinator)
    assert client.get(PEOPLE).status_code == 200


def test_the_others_are_not_asked(area):
    require(area)
    for person in (area.facilitator, area.lead, area.editor, area.reader):
        assert client_of(person).get(PEOPLE).status_code == 200


def test_a_coordinator_of_one_partnership_that_asks_needs_it_in_all(area):
    bolton = make_area("bolton", "Bolton", "Bolton")
    make_membership(bolton.partnership, area.coordinator, Role.READER)
    require(area)
    client = client_of(area.coordinator)
    assert client.get("/partnerships/bolton/").url.startswith(SET_UP)


def test_a_coordinator_elsewhere_is_not_asked_by_a_partnership_they_read(area):
    bolton = make_area("bolton", "Bolton", "Bolton")
    make_membership(area.partnership, bolton.coordinator, Role.READER)
    require(area)
    assert client_of(bolton.coordinator).get(HOME).status_code == 200


def test_it_counts_from_the_next_page_on_and_ends_as_it_is_switched_off(area, client):
    assert client.get(PEOPLE).status_code == 200
    require(area)
    assert client.get(PEOPLE).status_code == 302
    require(area, required=False)
    assert client.get(PEOPLE).status_code == 200


def test_what_was_typed_is_kept_and_sent_once_the_step_is_set_up(area, client):
    require(area)
    body = {"name": "Typed before", "sector": "health"}
    answer = client.post(NEW, body)
    assert answer.url.startswith(f"{SET_UP}?next=%2Fsend-again%2F")
    assert Organisation.objects.count() == 0

    there = answer.url.partition("?next=")[2].replace("%2F", "/")
    add_app(area.coordinator)
    page = client.get(there)
    assert (page.context["action"], dict(page.context["pairs"])) == (NEW, body)
    client.post(NEW, dict(page.context["pairs"]))
    assert Organisation.objects.get().name == "Typed before"


def test_a_save_in_the_background_does_nothing_either(area, client):
    require(area)
    answer = client.post(NEW, {"name": "x", "sector": "health"}, headers={"X-Autosave": "1"})
    assert answer.status_code == 403
    assert "second step" in answer.json()["refusal"]
    assert Organisation.objects.count() == 0


def test_who_writes_meanwhile_is_told_and_keeps_the_words(area, client):
    draft = make_assessment(area.partnership, load_rpc_2018())
    require(area)
    path = f"/planning/{draft.pk}/domains/1/"
    answer = client.post(path, {"evidence": "Words"}, headers={"X-Autosave": "1"})

    assert answer.status_code == 403
    assert "now asks for a second step" in answer.json()["refusal"]
    assert not TryCount.objects.filter(kind="words kept, address").exists()


@pytest.mark.parametrize(
    "name", ["mfa_index", "your_account", "your_name", "roles", "conflict_and_abuse"]
)
def test_setting_it_up_ones_own_account_and_public_pages_stay_open(area, client, name):
    require(area)
    assert client.get(reverse(name)).status_code in {200, 302}
    if client.get(reverse(name)).status_code == 302:
        assert not client.get(reverse(name)).url.startswith(SET_UP)


def test_they_can_always_sign_out(area, client):
    require(area)
    assert client.post("/sign-out/").url == "/sign-in/"
