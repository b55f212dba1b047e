"""How often something may be tried. The counts stand in PostgreSQL, so that parallel
requests, several processes and several machines share them.

The figures for passwords and codes are those of Cyber Essentials: at most ten guesses in
five minutes. A count ends with its stretch of time, so nobody is locked out for long, and
an e-mailed code is another way in while a password is being guessed at. So that nobody can
shut that one for somebody else, codes are counted by account and address together: each
code bears five guesses, and of those sent to one account there are thirty at most.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone


@dataclass(frozen=True)
class Limit:
    """At most ``most`` tries of one ``kind`` by one subject in each stretch of ``seconds``."""

    kind: str
    most: int
    seconds: int


# A whole council may stand behind one address, so what is counted by address is generous.
PASSWORD_OF_ACCOUNT = Limit("password, account", 10, 300)
PASSWORD_FROM_ADDRESS = Limit("password, address", 100, 300)
CODE_TO_ACCOUNT_FROM_ADDRESS = Limit("code wanted, account and address", 5, 900)
CODE_TO_ACCOUNT = Limit("code wanted, account", 30, 900)  # what a mailbox must put up with
CODES_FROM_ADDRESS = Limit("code wanted, address", 60, 900)
CODE_GUESSES_FROM_ADDRESS = Limit("code guessed, address", 100, 300)
CODE_GUESSES_OF_ACCOUNT_FROM_ADDRESS = Limit("code guessed, account and address", 10, 300)
SECOND_FACTOR_OF_ACCOUNT = Limit("second factor, account", 10, 300)
SECOND_FACTOR_FROM_ADDRESS = Limit("second factor, address", 100, 300)
PASSKEYS_FROM_ADDRESS = Limit("passkey, address", 100, 300)
PASSKEYS_ASKED_FROM_ADDRESS = Limit("passkey asked for, address", 300, 300)  # each a session
INVITATIONS_OF_PERSON = Limit("invitations, person", 200, 3600)
SINGLE_SIGN_ON_FROM_ADDRESS = Limit("single sign-on, address", 300, 300)
INVITATION_LINKS_FROM_ADDRESS = Limit("invitation link, address", 100, 300)
WORDS_KEPT_FOR_ADDRESS = Limit("words kept, address", 200, 3600)
# Codes of events that are no event's. A room of 200 behind one address in which one in ten
# mistypes makes 20; 60 leave room for those who mistype thrice. While an event runs for three
# hours, guessing finds its code once in 22,000 tries at it from one address, in 2,200 from all.
EVENT_CODES_FROM_ADDRESS = Limit("code of an event, address", 60, 300)
EVENT_CODES_EVERYWHERE = Limit("code of an event, everywhere", 600, 300)
# So that nobody fills an event with phones. A hall of 1,000 behind one guests' Wi-Fi is one
# address, and all of it joins within five minutes: half as many again for those who join twice.
EVENTS_JOINED_FROM_ADDRESS = Limit("event joined, address", 1500, 300)

IPV6_PREFIX = 64  # what a provider gives to one household; the rest its devices choose
NO_ADDRESS = "::"  # nobody's: of a server that listens on a file


class TooOften(PermissionDenied):
    """Something was tried too often; the message says when it can be tried again."""


def take(limit, subject, *, number=1):
    """Count ``number`` tries; whether they were within the limit.

    One statement counts and answers, so that of parallel tries none goes uncounted.
    """
    now = timezone.now().timestamp()
    began = datetime.fromtimestamp(now - now % limit.seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO partnerships_trycount (kind, subject, began_at, count)
            VALUES (%s, %s, %s, %s)
            ON CONFLICT ON CONSTRAINT try_count_once
            DO UPDATE SET count = partnerships_trycount.count + EXCLUDED.count
            RETURNING count
            """,
            [limit.kind, _digest(subject), began, number],
        )
        return cursor.fetchone()[0] <= limit.most


def _digest(subject):
    text = f"{settings.SECRET_KEY}{subject}".lower()
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def check(limit, subject, *, number=1):
    """Count ``number`` tries; raise TooOften when that was too often."""
    if not take(limit, subject, number=number):
        raise TooOften(sentence(limit))


def check_form(*counts):
    """Count a try that a form checks; raise the refusal as the error of the field.

    ``counts``: pairs of limit and subject, the narrowest subject first. A try that one of
    them refuses is not counted by those behind it: whoever tries too often from one place
    uses nothing up for the others.
    """
    for limit, subject in counts:
        if not take(limit, subject):
            raise ValidationError(sentence(limit), code="too_often")


def of_account_from_here(request, account):
    """The subject for what is counted by account and address together."""
    return f"{account} from {client_address(request)}"


def first_time(kind, subject, *, at):
    """Write down that ``subject`` was used; whether that was the first time, also among
    parallel tries. ``at`` is a moment that belongs to the subject: the same at every try.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO partnerships_trycount (kind, subject, began_at, count)
            VALUES (%s, %s, %s, 1)
            ON CONFLICT ON CONSTRAINT try_count_once DO NOTHING
            """,
            [kind, _digest(subject), at],
        )
        return cursor.rowcount == 1


def sentence(limit):
    """What someone reads who tried too often."""
    minutes = limit.seconds // 60
    return f"That was tried too often. Wait {minutes} minutes, then try again."


def forget_old_counts(now):
    """Delete the counts of stretches that are long over."""
    from partnerships.models import TryCount

    TryCount.objects.filter(began_at__lt=now - timedelta(days=1)).delete()


def client_address(request):
    """The address that a request came from; of IPv6 the network, whose half is its user's own.

    What a client says of itself is not believed: of X-Forwarded-For only the entries count
    that our own proxies added, and RPCPORTAL_PROXIES says how many there are.
    """
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = settings.PROXIES
    if proxies and len(chain) >= proxies and (said := _network(chain[-proxies].strip())):
        return said
    return _network(request.META.get("REMOTE_ADDR", "")) or NO_ADDRESS


def _network(text):
    """An address as it is counted, without the port that some proxies add; "" for none."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 4:
        return str(address)
    return str(ip_network(f"{address}/{IPV6_PREFIX}", strict=False).network_address)
