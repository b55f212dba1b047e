"""Speaking to the mail server: one conversation for many mails, and what its refusals mean."""

import smtplib
import ssl
from contextlib import suppress
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.core.mail.utils import DNS_NAME

SECONDS = 20  # for each answer of the server
GOODBYE_SECONDS = 2
PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


class NoServer(Exception):
    """There is no mail server to speak to; the message is a sentence."""


def server_address():
    """The parts of RPCPORTAL_SMTP, and its port. Raises NoServer with a sentence."""
    if not settings.SMTP_URL:
        raise NoServer("No mail server is set up.")
    try:
        parts = urlsplit(settings.SMTP_URL)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        parts = None
    if parts is None or parts.scheme not in PORTS or not parts.hostname:
        raise NoServer("The mail server’s address, RPCPORTAL_SMTP, cannot be read.")
    return parts, port


def sender_address():
    """The bare address that e-mails come from, as it is said to a mail server."""
    return sanitize_address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "utf-8")


class Conversation:
    """One connection to the mail server, for as many mails as there are."""

    def __init__(self):
        self._smtp = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None and self._smtp:
            # Nobody waits for a server that does not say goodbye.
            with suppress(OSError):
                self._smtp.sock.settimeout(GOODBYE_SECONDS)
                self._smtp.quit()
        self._hang_up()

    def open(self):
        """Connect and sign in, unless that was done. Raises NoServer, OSError or ValueError."""
        if self._smtp:
            return
        parts, port = server_address()
        given = {"local_hostname": DNS_NAME.get_fqdn(), "timeout": SECONDS}
        if parts.scheme == "smtps":
            context = ssl.create_default_context()
            self._smtp = smtplib.SMTP_SSL(parts.hostname, port, context=context, **given)
        else:
            self._smtp = smtplib.SMTP(parts.hostname, port, **given)
        try:
            if parts.scheme == "smtp+tls":
                self._smtp.starttls(context=ssl.create_default_context())
            self._smtp.ehlo_or_helo_if_needed()
            if parts.username:
                self._smtp.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            self._hang_up()
            raise

    def send(self, to, message):
        """Hand over ``message``, as bytes, and come back once the server has taken it.

        A server that hung up after the mail before is called again. Raises what smtplib does.
        """
        was_open = self._smtp is not None
        try:
            self._hand_over(to, message)
        except smtplib.SMTPException as error:
            hung_up = self._smtp is None
            if not (was_open and hung_up) or is_timeout(error):
                raise
            self._hand_over(to, message)

    def _hand_over(self, to, message):
        self.open()
        try:
            self._smtp.sendmail(sender_address(), [sanitize_address(to, "utf-8")], message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            if self._smtp.sock is None:  # 421: it refuses everything, and has hung up
                self._smtp = None
            raise
        except BaseException:
            self._hang_up()
            raise

    def _hang_up(self):
        if self._smtp:
            self._smtp.close()
            self._smtp = None


# --- What the server’s refusals mean -------------------------------------------------------


def is_timeout(error):
    """Whether the server did not answer in time; smtplib says so with an error of its own."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def refusal_of(error):
    """The number and the words (bytes) with which the server refused; (0, b"") when it did not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        (refusal,) = error.recipients.values()  # a mail goes to one address
        return refusal
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return error.smtp_code, words if isinstance(words, bytes) else words.encode()
    return 0, b""


def refuses_for_good(error):
    """Whether trying again is no use.

    It is where the server refuses the address or the mail with a number of the five hundreds,
    and where no e-mail can be made of what was written. A “5.7” says that the portal may not
    send through this server: that gets mended, and then the mail can go.
    """
    code, words = refusal_of(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return 500 <= code < 600 and code != 530 and not words.startswith(b"5.7.")
    return not isinstance(error, OSError)


def problem_in_words(error):
    """Why a mail could not be sent, for a coordinator. No server's own words, no address."""
    return next(words for means, words in PROBLEMS if means(error))


# The first that fits.
PROBLEMS = [
    (
        lambda error: isinstance(error, smtplib.SMTPRecipientsRefused) and refuses_for_good(error),
        "The mail server says that this address does not exist or takes no mail.",
    ),
    (
        lambda error: isinstance(error, smtplib.SMTPAuthenticationError),
        "The mail server does not accept the portal’s own name and password.",
    ),
    (lambda error: refusal_of(error)[0], "The mail server would not take it."),
    (
        lambda error: isinstance(error, ssl.SSLError),
        "The mail server’s certificate cannot be trusted.",
    ),
    (is_timeout, "The mail server did not answer in time."),
    (lambda error: isinstance(error, OSError), "The mail server could not be reached."),
    (lambda error: True, "No e-mail could be made of it."),
]
