"""Loading the demo partnership: when it is done, and when it is left alone or refused."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from partnerships.models import Partnership
from rpcportal import demo
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area, make_user
from tests.planning.test_demo import TABLES

pytestmark = pytest.mark.django_db


def test_it_uses_an_account_that_is_there_already_and_leaves_its_password():
    load_rpc_2018()
    email = "reader@example.org"
    make_user(email.upper(), password="their-own-password")
    demo.load()
    assert authenticate(username=email, password="their-own-password") is not None
    assert authenticate(username=email, password=demo.PASSWORD) is None


def test_it_never_comes_to_stand_beside_a_real_partnership():
    load_rpc_2018()
    make_area("bolton", "Bolton Together", "Bolton")
    assert demo.load() is False
    assert Partnership.objects.get().slug == "bolton"


def test_it_names_no_sign_ins_where_it_is_not_loaded():
    assert demo.sign_ins() == []


def test_the_command_says_what_it_did(capsys):
    load_rpc_2018()
    call_command("load_demo")
    assert capsys.readouterr().out == "Loaded the demo partnership.\n"
    call_command("load_demo")
    assert capsys.readouterr().out == ""


def test_it_is_refused_in_production(settings):
    load_rpc_2018()
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="The demo's passwords are known to everyone"):
        call_command("load_demo")
    assert [model.objects.count() for model in TABLES] == [0] * len(TABLES)


def test_without_its_framework_it_says_what_to_load_first():
    with pytest.raises(CommandError) as error:
        call_command("load_demo")
    assert str(error.value) == (
        "The demo needs the planning tool of 2018. Load it first: "
        "manage.py load_framework fixtures/frameworks/rpc-2018.yaml"
    )
    assert [model.objects.count() for model in TABLES] == [0] * len(TABLES)
