"""Words that came from a form after its session had ended: kept until they can be sent again.

They wait in the session of the browser that sent them, whichever way its person then signs
in, and are shown to that person, who sends them. Nothing is done with them before. Once they
have arrived they go.
"""

import json
import secrets
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse

from partnerships import limits

KEPT = "kept"
MOST_KEPT = 3
# Several times what the longest page of ours can hold. Anybody may send something here.
MOST_CHARACTERS = 1_000_000
CHARACTERS_OF_ONE_TRY = 20_000
KEY_FIELD = "kept_words"
# Never kept: a token, and secrets, which nobody minds typing again.
LEFT_OUT = {
    *("csrfmiddlewaretoken", "password", "new_password1", "new_password2", "credential"),
    KEY_FIELD,
}


def keep(request):
    """Keep what a form sent; the address of the page that shows it, or "" when it cannot be.

    Only for a request that passed the check for forged forms.
    """
    sent = pack(request.POST)
    address, tries = limits.client_address(request), 1 + len(sent) // CHARACTERS_OF_ONE_TRY
    if len(sent) > MOST_CHARACTERS or not limits.take(
        limits.WORDS_KEPT_FOR_ADDRESS, address, number=tries
    ):
        return ""
    key = secrets.token_urlsafe(9)
    waiting = [
        *request.session.get(KEPT, []),
        {"key": key, "path": request.get_full_path(), "sent": sent},
    ]
    request.session[KEPT] = waiting[-MOST_KEPT:]
    return reverse("send_again", args=[key])


def forget_arrived(request):
    """Forget what was kept under the key that this form brought along, if any."""
    if KEPT in request.session and (key := request.POST.get(KEY_FIELD)):
        left = [each for each in request.session[KEPT] if each["key"] != key]
        request.session[KEPT] = left


def kept(request, key):
    """(path, pairs) of what was kept under ``key`` in this browser's session, or None."""
    for each in request.session.get(KEPT, []):
        if each["key"] == key:
            return each["path"], unpack(each["sent"])
    return None


def is_waiting_at(request, address):
    """Whether an address is the page of words that are kept in this browser's session."""
    try:
        match = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return False
    return match.url_name == "send_again" and kept(request, match.kwargs["key"]) is not None


def pack(data):
    """What a form sent, as one text: JSON pairs of name and value, without LEFT_OUT."""
    return json.dumps(pairs_of(data))


def pairs_of(data):
    """What a form sent, as pairs of name and value, without LEFT_OUT."""
    pairs = [(name, value) for name, values in data.lists() for value in values]
    return [pair for pair in pairs if pair[0] not in LEFT_OUT]


def unpack(text):
    """The pairs of ``pack``."""
    return [tuple(pair) for pair in json.loads(text)]
