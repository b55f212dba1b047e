"""What portal administrators do in Django's admin, and what it refuses in words."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.test import Client

from partnerships import administering
from partnerships.anonymising import LastAdministrator, anonymise
from partnerships.models import (
    Address,
    Membership,
    OutgoingMail,
    Partnership,
    SecondFactor,
    User,
)
from tests.factories.people import make_area, make_user
from tests.factories.second_steps import give_app, make_administrator
from tests.parallel import meanwhile


@pytest.fixture
def area(db):
    return make_area()


@pytest.fixture
def administrator(db):
    return make_administrator()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(response):
    return response.content.decode()


def act_on_accounts(administrator, action, *people):
    sent = {"action": action, "_selected_action": [person.pk for person in people]}
    path = "/admin/partnerships/user/"
    return text_of(client_of(administrator).post(path, sent, follow=True))


# --- Partnerships and their coordinators -----------------------------------------------------


def test_a_partnership_is_made_renamed_and_given_a_coordinator(administrator):
    client = client_of(administrator)
    ada = make_user("ada@council.example", "Ada")
    sent = {"name": "Bury Together", "slug": "bury", "area": "Bury"}
    client.post("/admin/partnerships/partnership/add/", sent)
    partnership = Partnership.objects.get(slug="bury")
    member = {"user": ada.pk, "partnership": partnership.pk, "role": "coordinator"}
    client.post("/admin/partnerships/membership/add/", member)
    sent["name"] = "Bury Partnership"
    client.post(f"/admin/partnerships/partnership/{partnership.pk}/change/", sent)
    partnership.refresh_from_db()

    assert partnership.name == "Bury Partnership"
    assert partnership.memberships.coordinators().get().user == ada
    assert client_of(ada).get("/partnerships/bury/").status_code == 200


def test_the_history_says_who_added_a_member(administrator, area):
    ada = make_user("ada@council.example", "Ada")
    member = {"user": ada.pk, "partnership": area.partnership.pk, "role": "reader"}
    client_of(administrator).post("/admin/partnerships/membership/add/", member)
    events = apps.get_model("partnerships", "MembershipEvent").objects
    event = events.get(user_id=ada.pk)

    assert (event.pgh_label, event.pgh_context) == ("added", {"user": administrator.pk})


def test_djangos_own_log_keeps_nothing(administrator, area):
    client = client_of(administrator)
    membership = area.reader.memberships.get()
    path = f"/admin/partnerships/membership/{membership.pk}"
    client.post(f"{path}/change/", {"role": "lead", "job_title": "Head"})
    client.post(f"{path}/delete/", {"post": "yes"})

    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("action", "sent"),
    [("change", {"role": "reader", "job_title": ""}), ("delete", {"post": "yes"})],
)
def test_the_last_coordinator_stays_and_a_sentence_says_so(administrator, area, action, sent):
    membership = area.coordinator.memberships.get()
    path = f"/admin/partnerships/membership/{membership.pk}/{action}/"
    response = client_of(administrator).post(path, sent, follow=True)

    assert response.status_code == 200
    assert "A partnership always has a coordinator." in text_of(response)
    assert "success" not in text_of(response)
    membership.refresh_from_db()
    assert membership.role == "coordinator"


# --- Accounts --------------------------------------------------------------------------------


def test_an_account_is_switched_off_and_on(administrator, area):
    reader = client_of(area.reader)
    page = act_on_accounts(administrator, "switch_off", area.reader)

    assert f"{area.reader} is switched off." in page
    assert reader.get("/").status_code == 302
    assert reader.get("/").url.startswith("/sign-in/")
    act_on_accounts(administrator, "switch_on", area.reader)
    assert client_of(area.reader).get("/partnerships/rochdale/").status_code == 200


def test_the_only_coordinator_is_not_switched_off_and_others_in_the_choice_are(area, administrator):
    page = act_on_accounts(administrator, "switch_off", area.coordinator, area.reader)

    assert "is the only coordinator of Rochdale Relationships." in page
    assert f"{area.reader} is switched off." in page
    assert User.objects.get(pk=area.coordinator.pk).is_active


@pytest.mark.parametrize("action", ["switch_off", "unmake_admin"])
def test_the_last_administrator_stays(administrator, action):
    off = make_administrator("off@portal.example")
    User.objects.filter(pk=off.pk).update(is_active=False)
    page = act_on_accounts(administrator, action, administrator)

    assert "Bo Boss is the only portal administrator." in page
    assert User.objects.get(pk=administrator.pk).is_staff


def test_of_all_administrators_chosen_at_once_one_stays(administrator):
    others = [make_administrator(f"{name}@portal.example") for name in ("amy", "cy")]
    act_on_accounts(administrator, "unmake_admin", administrator, *others)

    assert User.objects.portal_administrators().count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "go",
    [
        lambda user: administering.switch_off(user=user, by=None),
        lambda user: administering.unmake_administrator(user=user, by=None),
        lambda user: anonymise(user=user),
    ],
    ids=["switched off", "unmade", "emptied"],
)
def test_of_two_administrators_who_go_in_the_same_moment_one_stays_by_one_rule(go):
    first, second = (make_administrator(f"{name}@portal.example") for name in ("amy", "bo"))
    with meanwhile(lambda: go(first)) as outcome:
        go(second)

    (refusal,) = outcome
    assert isinstance(refusal, LastAdministrator)
    assert str(refusal).startswith("Bo Boss is the only portal administrator.")
    assert User.objects.portal_administrators().count() == 1


def test_another_administrator_is_made_and_unmade(administrator, area):
    act_on_accounts(administrator, "make_admin", area.reader)
    assert User.objects.get(pk=area.reader.pk).is_staff
    act_on_accounts(administrator, "unmake_admin", area.reader)
    assert not User.objects.get(pk=area.reader.pk).is_staff


def test_someone_switched_off_is_not_made_administrator(administrator, area):
    User.objects.filter(pk=area.reader.pk).update(is_active=False)
    page = act_on_accounts(administrator, "make_admin", area.reader)

    assert "Switch it on first." in page
    assert not User.objects.get(pk=area.reader.pk).is_portal_administrator


def test_a_second_step_is_removed_and_the_person_is_told(administrator, area):
    give_app(area.reader)
    act_on_accounts(administrator, "remove_second_step", area.reader)

    assert not Authenticator.objects.filter(user=area.reader).exists()
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (area.reader.email, "Your second step was removed")
    assert Authenticator.objects.filter(user=administrator).count() == 2


def test_who_removed_it_stands_in_the_history_and_is_shown_to_the_person(administrator, area):
    give_app(area.reader)
    act_on_accounts(administrator, "remove_second_step", area.reader)

    events = SecondFactor.pgh_event_model.objects.filter(user=area.reader, type="totp")
    assert list(events.order_by("pgh_id").values_list("pgh_label", "pgh_context__user")) == [
        ("added", None), ("removed", administrator.pk)
    ]  # fmt: skip
    page = client_of(area.reader).get("/your-account/data/").content.decode()
    assert "Changes to your ways to sign in" in page
    assert "Taken away" in page


def test_the_history_of_ways_in_holds_no_secret_and_no_address():
    kept = {field.name for field in SecondFactor.pgh_event_model._meta.fields}
    assert {name for name in kept if not name.startswith("pgh_")} == {"id", "user", "type"}
    kept = {field.name for field in Address.pgh_event_model._meta.fields}
    assert "email" not in kept


def test_another_address_is_the_same_everywhere_and_both_are_told(administrator, area):
    person = area.reader
    before = person.email
    SocialAccount.objects.create(user=person, provider="council", uid="x")
    sent = {"email": "Married@council.example"}
    client_of(administrator).post(f"/admin/partnerships/user/{person.pk}/change/", sent)
    person = User.objects.get(pk=person.pk)

    assert person.email == "married@council.example"
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (person.email, True, True)
    assert {mail.to for mail in OutgoingMail.objects.all()} == {before, person.email}
    assert not SocialAccount.objects.filter(user=person).exists()


def test_an_emptied_account_stays_empty(administrator, area):
    person = area.reader
    User.objects.filter(pk=person.pk).update(
        is_active=False,
        name="",
        email="former-1@anonymised.invalid",
        anonymised_at="2026-01-01T00:00Z",
    )
    page = act_on_accounts(administrator, "switch_on", person)

    assert "This account was emptied. Invite the person again." in page
    form = text_of(client_of(administrator).get(f"/admin/partnerships/user/{person.pk}/change/"))
    assert 'name="email"' not in form


@pytest.mark.parametrize(
    "verb", ["switch_off", "switch_on", "make_administrator", "unmake_administrator",
             "remove_second_step"]
)  # fmt: skip
def test_the_verbs_themselves_are_for_administrators(area, verb):
    with pytest.raises(PermissionDenied):
        getattr(administering, verb)(user=area.reader, by=area.coordinator)
    with pytest.raises(PermissionDenied):
        administering.change_address(user=area.reader, email="x@y.example", by=area.coordinator)
