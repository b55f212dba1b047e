"""Asking the portal for pages as its web server does, and counting the queries."""

import io
from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client


class Visitor:
    """A person who is signed in, with the cookies of a browser that has seen a page."""

    def __init__(self, user):
        browser = Client()
        browser.force_login(user)
        host = settings.ALLOWED_HOSTS[0]
        browser.get("/conflict-and-abuse/", headers={"host": host}, secure=True)
        self.application = get_wsgi_application()
        self.environ = {
            "REQUEST_METHOD": "GET",
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "SERVER_NAME": host,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": host,
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_COOKIE": "; ".join(f"{c.key}={c.value}" for c in browser.cookies.values()),
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
        }

    def get(self, path, query=()):
        """The body of a page, as bytes; raises ValueError when it is not answered with 200."""
        with self._answer(path, query) as response:
            return b"".join(response)

    def first_bytes(self, path, query=()):
        """How many parts of a file it takes until its first line of values has come."""
        with self._answer(path, query) as response:
            came = b""
            for number, part in enumerate(response, start=1):  # noqa: B007 - it is the answer
                came += part
                if came.count(b"\r\n") > 1:
                    break
            return number

    @contextmanager
    def _answer(self, path, query):
        statuses = []

        def start_response(status, headers):
            statuses.append(status)

        environ = {
            **self.environ,
            "PATH_INFO": path,
            "QUERY_STRING": urlencode(query),
            "wsgi.input": io.BytesIO(),
        }
        response = self.application(environ, start_response)
        try:
            if statuses != ["200 OK"]:
                raise ValueError(f"{path} was answered with {statuses[0]}.")
            yield response
        finally:
            response.close()

    def queries(self, path):
        """How many queries a page makes, those for the session and the user among them."""
        with counted_queries() as queries:
            self.get(path)
        return len(queries)


@contextmanager
def counted_queries():
    """Gives a list that fills with the SQL of every query."""
    queries = []

    def note(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield queries
