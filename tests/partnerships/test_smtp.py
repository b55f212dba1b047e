"""Encryption and signing in at the mail server, and what is checked before there is one."""

import datetime as dt
import ipaddress
import ssl

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from partnerships import checks, smtp
from partnerships.mail import post
from partnerships.models.mail import MailState
from partnerships.sending import send_due
from tests.mail_server import MailServer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

really_create_context = ssl.create_default_context


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a certificate for 127.0.0.1 and its key, which nobody trusts by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def trusted(certificate, monkeypatch):
    """As if a known authority had made the certificate."""

    def trusting(**options):
        return really_create_context(**options, cafile=certificate)

    monkeypatch.setattr(smtp.ssl, "create_default_context", trusting)


@pytest.fixture
def start(settings, certificate):
    """``start(scheme)`` runs a server that is reached in that way, by “ann” with “p@ss:word”."""
    started = []

    def begin(scheme, password="p%40ss%3Aword"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        ways = {
            "smtp": {"auth_require_tls": False},
            "smtps": {"ssl_context": context, "auth_require_tls": False},
            "smtp+tls": {"tls_context": context, "require_starttls": True},
        }
        server = MailServer(authenticator=is_ann, auth_required=True, **ways[scheme]).start()
        started.append(server)
        settings.DEMO_POST = False
        settings.SMTP_URL = f"{scheme}://ann:{password}@127.0.0.1:{server.port}"
        return server

    yield begin
    for server in started:
        server.stop()


def is_ann(server, session, envelope, mechanism, given):
    success = (given.login, given.password) == (b"ann", b"p@ss:word")
    return AuthResult(success=success, handled=success)


def outcome():
    mail = post(to="bo@council.example", subject="Hello", body="Words")
    send_due()
    mail.refresh_from_db()
    return mail.state, mail.problem


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "smtp+tls"])
def test_each_way_to_the_server_works(start, trusted, scheme):
    server = start(scheme)

    assert outcome() == (MailState.SENT, "")
    assert server.recipients() == ["bo@council.example"]


@pytest.mark.parametrize("scheme", ["smtps", "smtp+tls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(start, scheme):
    server = start(scheme)

    assert outcome() == (MailState.WAITING, "The mail server’s certificate cannot be trusted.")
    assert server.taken == []


def test_a_wrong_password_is_named(start):
    start("smtp", password="wrong")

    assert outcome() == (
        MailState.WAITING, "The mail server does not accept the portal’s own name and password."
    )  # fmt: skip


def test_encryption_that_the_server_does_not_offer_is_not_done_without(start, settings):
    server = start("smtp")
    settings.SMTP_URL = settings.SMTP_URL.replace("smtp:", "smtp+tls:")

    assert outcome()[0] == MailState.WAITING
    assert server.taken == []


# --- manage.py check -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("production", "url", "sender", "found"),
    [
        (False, "", "portal@localhost", []),
        (True, "", "RPC Portal <portal@localhost>", ["W001", "W002"]),
        (True, "smtps://mail.example", "portal@localhost", ["W002"]),
        (True, "smtps://mail.example", "Portal <portal@council.example>", []),
    ],
)
def test_in_production_the_check_says_that_mails_are_not_sent(
    settings, production, url, sender, found
):
    settings.PRODUCTION, settings.SMTP_URL, settings.DEFAULT_FROM_EMAIL = production, url, sender

    assert [each.id for each in checks.check_mails_are_sent(None)] == [
        f"partnerships.{number}" for number in found
    ]


@pytest.mark.parametrize(
    ("url", "found"),
    [("", []), ("smtp://mail.example:25", []), ("mail.example", ["partnerships.E001"])],
)
def test_the_check_reads_the_address_of_the_server(settings, url, found):
    settings.SMTP_URL = url

    assert [each.id for each in checks.check_mail_server_address(None)] == found
