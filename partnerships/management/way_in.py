"""What commands say about how someone gets in."""

import os

from django.conf import settings

from partnerships.actions import one_time_path

LABELS = {"name": "Name", "slug": "Short name", "area": "Area", "email": "E-mail address"}


def print_link(stdout, user):
    """A one-time link with which ``user`` sets a password."""
    stdout.write(f"{user.email} sets a password here, once, within a week:")
    stdout.write(f"{base_address()}{one_time_path(user)}")


def base_address():
    """Where people reach this portal: the first host of production, else this machine."""
    if settings.PRODUCTION:
        return f"https://{settings.HOSTS[0]}"
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def sentences(error):
    """What cannot be stored, each with the name of what was given."""
    return " ".join(
        f"{LABELS.get(field, field)}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    )
