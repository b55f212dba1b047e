"""A page is built again when the database went away; a change is never repeated."""

import psycopg2
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from rpcportal.kit.postgres import base
from rpcportal.kit.restarts import is_cut

visits = []


def cut_once(request):
    """A page during whose first visit the server ends this connection."""
    visits.append(request.method)
    if len(visits) == 1:
        end_connections()
    return HttpResponse(str(ContentType.objects.exists()))


def always_cut(request):
    visits.append(request.method)
    end_connections()
    ContentType.objects.exists()


def end_connections():
    connection.ensure_connection()
    with psycopg2.connect(connection.connection.dsn) as other, other.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.get_backend_pid()]
        )
    other.close()


for view in (cut_once, always_cut):
    view.login_required = False
urlpatterns = [path("once", cut_once), path("always", always_cut)]
MIDDLEWARE = ["rpcportal.kit.restarts.RepeatSafeRequests"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client():
    visits.clear()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE):
        yield Client(raise_request_exception=False)
    connection.close()  # cut off by the test: nobody else is to meet it


def test_a_page_that_was_cut_off_is_built_again(client):
    response = client.get("/once")

    assert (response.status_code, response.content, visits) == (200, b"True", ["GET", "GET"])


def test_a_change_that_was_cut_off_is_not_repeated(client):
    response = client.post("/once")

    assert (response.status_code, visits) == (500, ["POST"])


def test_a_page_is_repeated_once_and_no_more(client):
    response = client.get("/always")

    assert (response.status_code, visits) == (500, ["GET", "GET"])


@pytest.mark.parametrize(
    ("error", "cut"),
    [
        (psycopg2.OperationalError("server closed the connection unexpectedly"), True),
        (psycopg2.DatabaseError("server closed the connection unexpectedly"), True),
        (psycopg2.InterfaceError("connection already closed"), True),
        (psycopg2.ProgrammingError("can't adapt type"), False),
        (ValueError("no error of the database"), False),
    ],
)
def test_what_counts_as_cut(error, cut):
    exception = OperationalError()
    exception.__cause__ = error

    assert is_cut(exception) is cut


def test_a_refused_query_is_no_cut():
    with pytest.raises(OperationalError) as refused, connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 1; SELECT pg_sleep(1)")

    assert not is_cut(refused.value)


def test_connecting_waits_for_the_server_and_then_gives_up(monkeypatch):
    monkeypatch.setattr(base, "WAIT_SECONDS", 0.2)
    patient = connection.copy()
    patient.settings_dict = connection.settings_dict | {"HOST": "/nowhere"}

    with pytest.raises(OperationalError) as gave_up:
        patient.ensure_connection()

    assert not is_cut(gave_up.value)


def test_connecting_tries_again(monkeypatch):
    tries = []
    really_connect = base.base.DatabaseWrapper.connect

    def refuse_twice(self):
        tries.append(1)
        if len(tries) < 3:
            raise psycopg2.OperationalError("the database system is starting up")
        return really_connect(self)

    monkeypatch.setattr(base.base.DatabaseWrapper, "connect", refuse_twice)
    patient = connection.copy()
    with patient.cursor() as cursor:
        cursor.execute("SELECT 1")
    patient.close()

    assert len(tries) == 3
