"""A real OpenID Connect provider on a port of this machine, and what it may do wrong."""

import io
import threading
import warnings
from contextlib import contextmanager
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import requests
from django.test import Client
from werkzeug.serving import WSGIRequestHandler, make_server

from partnerships.models import User
from tests.factories.people import make_user

with warnings.catch_warnings():
    from authlib.deprecate import AuthlibDeprecationWarning  # it asks never to be ignored

    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    import oidc_provider_mock

# For tests that have it answer: its own parts warn each other.
quiet = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")

NAME = "Anytown Council"
CLIENT = "rpc-portal"
SECRET = "a secret of this test"


class Provider:
    """``oidc-provider-mock`` behind a listener: it remembers what it was asked, by path.

    ``answers`` replaces what stands at a path by (status, content type, body).
    """

    def __init__(self):
        self.app = oidc_provider_mock.app()
        self.asked = []
        self.answers = {}
        self.url = ""

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        said = dict(parse_qsl(environ["QUERY_STRING"]) + parse_qsl(body.decode()))
        self.asked.append((environ["PATH_INFO"], said))
        if answer := self.answers.get(environ["PATH_INFO"]):
            status, kind, content = answer
            start_response(f"{status} Said for a test", [("Content-Type", kind)])
            return [content.encode()]
        return self.app(environ, start_response)

    def know(self, subject, **claims):
        """Have a person with these claims, in the ID token and in the userinfo."""
        answer = requests.put(f"{self.url}/users/{subject}", json=claims, timeout=5)
        answer.raise_for_status()

    def agree(self, location, subject):
        """What the person does there: the path that their browser is sent back to."""
        return self._send(location, {"sub": subject})

    def refuse(self, location):
        """The person says no there. This provider forgets the state then; real ones do not."""
        state = parse_qs(urlsplit(location).query)["state"][0]
        return f"{self._send(location, {'action': 'deny'})}&state={state}"

    def _send(self, location, form):
        answer = requests.post(location, data=form, allow_redirects=False, timeout=5)
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"

    def said_at(self, path):
        """What it was told at a path, the last time."""
        return [said for where, said in self.asked if where == path][-1]

    @property
    def environment(self):
        """The environment variables that switch it on."""
        return {
            "RPCPORTAL_OIDC_ISSUER": self.url,
            "RPCPORTAL_OIDC_CLIENT": CLIENT,
            "RPCPORTAL_OIDC_SECRET": SECRET,
            "RPCPORTAL_OIDC_NAME": NAME,
        }


class _Quiet(WSGIRequestHandler):
    def log_request(self, *arguments):
        """Say nothing."""


@contextmanager
def running():
    """The provider, on a port of its own until the end of the block."""
    provider = Provider()
    server = make_server("localhost", 0, provider, threaded=True, request_handler=_Quiet)
    provider.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# --- Signing in with it ----------------------------------------------------------------------

ADDRESS = "ada.marsh@council.example"
BEGIN, BACK = "/sign-in/council/", "/sign-in/council/back/"


def switch_on(settings, provider):
    """Have this test's portal sign people in with it, and forget what it was asked before."""
    provider.asked.clear()
    provider.answers.clear()
    settings.OIDC = {"issuer": provider.url, "client": CLIENT, "secret": SECRET, "name": NAME}
    settings.SINGLE_SIGN_ON = NAME
    settings.ROOT_URLCONF = "tests.partnerships.single_sign_on_urls"
    return provider


def ada(**fields):
    """Somebody with an account for ADDRESS."""
    person = make_user(ADDRESS, "Ada Marsh")
    User.objects.filter(pk=person.pk).update(**fields)
    return person


def begin(client, **form):
    """Press the button; where it leads."""
    return client.post(BEGIN, form).url


def sign_in(provider, subject="number-7", *, client=None, **claims):
    """All the way there and back; the last answer."""
    client = client or Client()
    provider.know(subject, **claims)
    return client.get(provider.agree(begin(client), subject))


def is_signed_in(response):
    return "_auth_user_id" in response.client.session


def text_of(response):
    return response.content.decode()
