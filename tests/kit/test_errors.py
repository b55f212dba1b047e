"""Every error page says what happened and what to do, and needs no database."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.test import RequestFactory

from rpcportal import errors

REQUEST = RequestFactory().post("/anything/")


def words(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("response", "status", "sentence"),
    [
        (errors.bad_request(REQUEST, RequestDataTooBig()), 400, "more than 16 MB"),
        (errors.bad_request(REQUEST, SuspiciousOperation()), 400, "incomplete or damaged"),
        (
            errors.forbidden(REQUEST, PermissionDenied("A coordinator can.")),
            403,
            "A coordinator can.",
        ),
        (errors.forbidden(REQUEST, PermissionDenied()), 403, "Your role does not let you do this."),
        (errors.not_found(REQUEST, Http404("secret")), 404, "There is no page at this address"),
        (errors.server_error(REQUEST), 500, "treat it as not saved"),
        (errors.csrf_failure(REQUEST, reason="x"), 403, "Go back. Most browsers still show"),
        (errors.csrf_failure(REQUEST, reason=REASON_NO_CSRF_COOKIE), 403, "Allow cookies"),
    ],
)
def test_an_error_page_says_what_to_do(response, status, sentence):
    assert response.status_code == status
    assert sentence in words(response)
    assert "Parental conflict is not domestic abuse." in words(response)


def test_not_found_tells_nothing_of_what_exists():
    response = errors.not_found(REQUEST, Http404("secret"))
    assert "secret" not in words(response)


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_503_with_a_time_to_come_back(kind):
    try:
        raise kind
    except kind:
        response = errors.server_error(REQUEST)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "What was saved before is safe." in words(response)


def test_a_refusal_is_escaped():
    assert "<b>" not in words(errors.forbidden(REQUEST, PermissionDenied("<b>")))
