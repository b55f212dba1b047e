"""Django's admin: who gets in, what they see there, and what it refuses in words."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver

from partnerships.admin import site
from partnerships.models import Invitation, User
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area, make_organisation, make_partnership, make_user
from tests.factories.second_steps import make_administrator

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def administrator(db):
    return make_administrator()


def make_invitation(area):
    return Invitation.objects.create(
        partnership=area.partnership,
        role="reader",
        email="guest@council.example",
        token_digest="d1ge57" * 5,
        expires_at="2030-01-01T00:00Z",
    )


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def admin_paths():
    """A path for every address of the admin, from the URLconf itself."""
    (admin,) = (each for each in get_resolver().url_patterns if getattr(each, "namespace", 0))
    return [f"/admin/{path}" for path in paths_below(admin)]


def paths_below(resolver):
    for pattern in resolver.url_patterns:
        text = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from (text + rest for rest in paths_below(pattern))
        elif "app_label" in text:
            yield from ("partnerships/", "planning/")
        elif "(?P<url>" in text:
            yield "nowhere/"
        else:
            yield text.replace("<path:object_id>", "1")


WAYS_IN = {"/admin/login/"}
PATHS = sorted(set(admin_paths()) - WAYS_IN)
PAGES = [path for path in PATHS if "/1/" not in path]


# --- Who gets in -----------------------------------------------------------------------------


def test_the_walk_knows_every_model_and_its_pages():
    assert len(PATHS) > 30
    for model in site._registry:
        name = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert {name, f"{name}add/", f"{name}1/change/", f"{name}1/delete/"} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_signs_in_on_the_portals_own_page_and_comes_back(db, path):
    response = Client().get(path, follow=True)

    assert response.redirect_chain[-1][0] == f"/sign-in/?next={path}"
    assert response.template_name == ["account/login.html"]


@pytest.mark.parametrize("path", PATHS)
def test_whoever_is_no_administrator_finds_nothing(area, path):
    client = Client(headers={"X-Request-ID": "one-and-the-same"})
    client.force_login(area.coordinator)
    never = client.get("/never/was/here/")
    for method in METHODS:
        response = client.generic(method, path)
        assert response.status_code == 404, method
    there = client.get(path)
    assert without_token(there) == without_token(never)
    assert dict(there.headers) == dict(never.headers)


def without_token(response):
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


@pytest.mark.parametrize("path", PATHS)
def test_an_administrator_sets_up_a_second_step_first(administrator, path):
    Authenticator.objects.all().delete()
    client = client_of(administrator)
    for method in METHODS:
        response = client.generic(method, path)
        assert response.status_code == 302, method
        assert response.url.startswith("/your-account/second-step/?next=")


def test_an_administrator_who_was_switched_off_is_out(administrator):
    client = client_of(administrator)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=administrator.pk).update(is_active=False)

    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/sign-in/")


@pytest.mark.parametrize("path", PAGES)
def test_an_administrator_reads_every_list_and_adds_what_may_be_added(administrator, area, path):
    load_rpc_2018()
    make_invitation(area)
    response = client_of(administrator).get(path)

    nobodys = path.endswith("add/") and ("invitation" in path or "framework" in path)
    expected = 404 if path == "/admin/nowhere/" else 403 if nobodys else 200
    assert response.status_code == expected
    if path != "/admin/jsi18n/":
        assert "Django" not in text_of(response)


def text_of(response):
    return response.content.decode()


def test_the_admins_own_login_is_the_portals(db):
    for response in (Client().get("/admin/login/"), Client().post("/admin/login/", {"x": 1})):
        assert (response.status_code, response.url) == (302, "/sign-in/?next=/admin/")
    asked = Client().get("/admin/login/?next=/admin/partnerships/user/")
    assert asked.url == "/sign-in/?next=/admin/partnerships/user/"


def test_the_admins_own_login_leads_insiders_on_and_outsiders_nowhere(administrator, area):
    assert client_of(administrator).get("/admin/login/").url == "/admin/"
    assert client_of(area.coordinator).get("/admin/login/").status_code == 404


@pytest.mark.parametrize(
    "path", ["logout/", "autocomplete/", "password_change/", "password_change/done/", "r/1/1/"]
)
def test_what_the_portal_has_already_is_not_there_twice(administrator, path):
    assert client_of(administrator).get(f"/admin/{path}").status_code == 404


# --- Scope and mass assignment ---------------------------------------------------------------


@pytest.mark.parametrize("model", site._registry, ids=str)
def test_lists_are_of_what_an_administrator_looks_after(area, administrator, model):
    load_rpc_2018()
    make_invitation(area)
    make_organisation(area.partnership)
    request = RequestFactory().get("/")
    rows = {}
    for user in (administrator, area.coordinator):
        request.user = user
        rows[user] = site._registry[model].get_queryset(request).count()

    assert rows[administrator] == model._default_manager.count() > 0
    assert rows[area.coordinator] == 0


def test_only_what_belongs_to_the_ground_floor_is_there():
    names = {model._meta.label for model in site._registry}
    assert names == {
        "partnerships.User",
        "partnerships.Partnership",
        "partnerships.Membership",
        "partnerships.Organisation",
        "partnerships.Invitation",
        "planning.Framework",
    }
    assert not [name for name in names if "Event" in name]
    assert apps.get_model("partnerships", "UserEvent") not in site._registry


def test_no_page_shows_a_password_or_the_secret_of_a_link(administrator, area):
    invitation = make_invitation(area)
    person = User.objects.get(pk=area.reader.pk)
    client = client_of(administrator)
    for path in (f"user/{person.pk}/change/", f"invitation/{invitation.pk}/change/", "user/"):
        page = text_of(client.get(f"/admin/partnerships/{path}"))
        assert person.password not in page
        assert "password" not in page.lower()
        assert invitation.token_digest not in page


def test_what_no_form_shows_no_form_takes(administrator, area):
    client = client_of(administrator)
    person = User.objects.get(pk=area.reader.pk)
    sent = {
        "email": person.email,
        "name": "Another",
        "password": "pbkdf2$x",
        "is_active": "",
        "is_portal_administrator": "on",
        "anonymised_at": "2020-01-01",
    }
    response = client.post(f"/admin/partnerships/user/{person.pk}/change/", sent)

    assert response.status_code == 302
    after = User.objects.get(pk=person.pk)
    for field in ("name", "password", "is_active", "is_portal_administrator", "anonymised_at"):
        assert getattr(after, field) == getattr(person, field), field


def test_a_new_account_is_an_address_and_a_name(administrator):
    sent = {"email": "New.Person@Council.example", "name": "Nia", "is_portal_administrator": "on"}
    response = client_of(administrator).post("/admin/partnerships/user/add/", sent, follow=True)
    person = User.objects.get(email="new.person@council.example")

    assert (person.name, person.is_portal_administrator) == ("Nia", False)
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert "Nothing was sent yet" in text_of(response)


def test_an_address_is_given_once_whatever_its_case(administrator, area):
    sent = {"email": area.reader.email.upper(), "name": "Nia"}
    response = client_of(administrator).post("/admin/partnerships/user/add/", sent)

    assert "Someone already has this e-mail address." in text_of(response)


def test_a_member_stays_the_same_person_of_the_same_partnership(administrator, area):
    other = make_partnership("bury", "Bury Together", "Bury")
    membership = area.reader.memberships.get()
    sent = {"user": area.partner.pk, "partnership": other.pk, "role": "lead", "job_title": "Head"}
    client = client_of(administrator)
    response = client.post(f"/admin/partnerships/membership/{membership.pk}/change/", sent)
    membership.refresh_from_db()

    assert response.status_code == 302
    assert (membership.user, membership.partnership) == (area.reader, area.partnership)
    assert (membership.role, membership.job_title) == ("lead", "Head")


def test_invitations_and_frameworks_are_only_read(administrator, area):
    framework = load_rpc_2018()
    invitation = make_invitation(area)
    client = client_of(administrator)
    for path in (f"partnerships/invitation/{invitation.pk}", f"planning/framework/{framework.pk}"):
        assert client.get(f"/admin/{path}/change/").status_code == 200
        for action in ("change", "delete"):
            assert client.post(f"/admin/{path}/{action}/", {"post": "yes"}).status_code == 403
    assert Invitation.objects.filter(pk=invitation.pk).exists()


@pytest.mark.parametrize("kind", ["user", "partnership", "organisation"])
def test_what_others_point_at_is_never_removed(administrator, area, kind):
    row = {
        "user": area.reader,
        "partnership": area.partnership,
        "organisation": make_organisation(area.partnership),
    }[kind]
    client = client_of(administrator)
    path = f"/admin/partnerships/{kind}/"

    assert client.post(f"{path}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(path, {"action": "delete_selected", "_selected_action": [row.pk]})
    assert type(row).objects.filter(pk=row.pk).exists()


def test_lists_take_as_many_queries_for_many_as_for_few(
    administrator, area, django_assert_max_num_queries
):
    make_invitation(area)
    client = client_of(administrator)
    for number in range(30):
        make_user(f"{number}@people.example")
    for kind in ("user", "membership", "organisation", "invitation", "partnership"):
        with django_assert_max_num_queries(12):
            assert client.get(f"/admin/partnerships/{kind}/").status_code == 200
