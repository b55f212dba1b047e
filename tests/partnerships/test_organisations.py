"""Adding an organisation, and giving one another name or sector."""

import pytest

from partnerships.models import Organisation, Sector
from rpcportal.kit.roles import Role
from tests.factories.bad_input import STRANGE, TEN_MEGABYTES, shown
from tests.factories.people import client_of, make_area, make_organisation

pytestmark = pytest.mark.django_db

PEOPLE = "/partnerships/rochdale/people/"
NEW = "/partnerships/rochdale/organisations/new/"


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def client(area):
    return client_of(area.coordinator)


@pytest.fixture
def homes(area):
    return make_organisation(area.partnership, "Homes First")


def path_of(organisation, slug="rochdale"):
    return f"/partnerships/{slug}/organisations/{organisation.pk}/"


def test_one_is_added(area, client):
    answer = client.post(NEW, {"name": "Youth service", "sector": "council"})
    assert answer.url == PEOPLE
    organisation = Organisation.objects.get()
    assert (organisation.partnership, organisation.name, organisation.sector) == (
        area.partnership, "Youth service", "council"
    )  # fmt: skip
    page = shown(client.get(PEOPLE))
    assert "Youth service is saved." in page


def test_one_gets_another_name_and_sector(area, client, homes):
    page = client.get(path_of(homes))
    assert page.context["form"].initial == {"name": "Homes First", "sector": "housing"}
    assert client.post(path_of(homes), {"name": "Homes", "sector": "voluntary"}).url == PEOPLE
    homes.refresh_from_db()
    assert (homes.name, homes.sector, homes.partnership) == ("Homes", "voluntary", area.partnership)


def test_its_people_stay_with_it(area, client, homes):
    membership = area.lead.memberships.get()
    membership.organisations.add(homes)
    client.post(path_of(homes), {"name": "Homes", "sector": "housing"})
    assert [each.name for each in membership.organisations.all()] == ["Homes"]


def test_saving_it_as_it_is_is_no_clash_with_itself(client, homes):
    assert client.post(path_of(homes), {"name": "HOMES first", "sector": "housing"}).url == PEOPLE


@pytest.mark.parametrize("name", ["Homes First", "homes FIRST", " Homes First "])
def test_two_of_one_name_are_one_too_many(area, client, homes, name):
    school = make_organisation(area.partnership, "School")
    for path in (NEW, path_of(school)):
        answer = client.post(path, {"name": name, "sector": "health"})
        assert answer.status_code == 200
        assert shown(answer).count(f"“{name.strip()}” is in the list already") == 2
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Homes First", "School"}


def test_another_partnership_may_have_one_of_the_same_name(client, homes):
    bolton = make_area("bolton", "Bolton", "Bolton")
    client = client_of(bolton.coordinator)
    path = "/partnerships/bolton/organisations/new/"
    assert client.post(path, {"name": "Homes First", "sector": "housing"}).status_code == 302
    assert Organisation.objects.filter(name="Homes First").count() == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Enter the organisation’s name"),
        ({"name": " \t"}, "Enter the organisation’s name"),
        ({"name": "x" * 151}, "“Name” has 151 characters; the most it can hold is 150."),
        ({"name": "Z" * TEN_MEGABYTES}, "the most it can hold is 150."),
        ({"name": "a\x00b"}, "held an invisible character"),
        ({"sector": ""}, "Choose a sector"),
        ({"sector": "space"}, "“Sector” has no such choice"),
        ({"sector": "\x00"}, "“Sector” has no such choice"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_nothing_changes(client, homes, values, sentence):
    for path in (NEW, path_of(homes)):
        answer = client.post(path, {"name": "New name", "sector": "health", **values})
        assert answer.status_code == 200
        assert shown(answer).count(sentence) >= 2
        if "name" in values:
            assert values["name"].replace("\x00", "") in shown(answer)
    homes.refresh_from_db()
    assert (homes.name, homes.sector, Organisation.objects.count()) == ("Homes First", "housing", 1)


@pytest.mark.parametrize("kind", [kind for kind, text in STRANGE.items() if len(text) <= 150])
def test_strange_names_are_kept_and_shown_as_words(area, client, kind):
    words = STRANGE[kind]
    client.post(NEW, {"name": words, "sector": "other"})
    organisation = Organisation.objects.get()
    assert organisation.name == words
    area.lead.memberships.get().organisations.add(organisation)
    for path in (PEOPLE, path_of(organisation), f"{PEOPLE}{area.lead.memberships.get().pk}/"):
        page = client.get(path)
        assert words in shown(page)
        assert "<script>alert" not in page.content.decode()
        assert "<img src=x" not in page.content.decode()


@pytest.mark.parametrize("sector", Sector.values)
def test_every_sector_can_be_chosen(client, sector):
    client.post(NEW, {"name": "Any", "sector": sector})
    assert Organisation.objects.get().get_sector_display() in shown(client.get(PEOPLE))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_nobody_but_a_coordinator_may(area, homes, role):
    client = client_of(getattr(area, role.value))
    for path in (NEW, path_of(homes)):
        for answer in (client.get(path), client.post(path, {"name": "Mine", "sector": "other"})):
            assert answer.status_code == 403
            assert "A coordinator can." in shown(answer)
    assert Organisation.objects.get().name == "Homes First"


def test_another_partnerships_is_not_found(area, homes):
    bolton = make_area("bolton", "Bolton", "Bolton")
    client = client_of(bolton.coordinator)
    paths = NEW, path_of(homes), path_of(homes, "bolton")
    for path in paths:
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "Mine", "sector": "other"}).status_code == 404
    assert Organisation.objects.get().name == "Homes First"


def test_whoever_coordinates_both_still_needs_the_right_address(area, homes):
    bolton = make_area("bolton", "Bolton", "Bolton")
    bolton.partnership.memberships.create(user=area.coordinator, role="coordinator")
    client = client_of(area.coordinator)
    assert client.get(path_of(homes, "bolton")).status_code == 404
    client.post(path_of(homes, "bolton"), {"name": "Moved", "sector": "other"})
    homes.refresh_from_db()
    assert (homes.name, homes.partnership) == ("Homes First", area.partnership)
