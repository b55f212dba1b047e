"""What commands say about how someone gets in."""

from partnerships.mail import base_address

LABELS = {"name": "Name", "slug": "Short name", "area": "Area", "email": "E-mail address"}


def sentences(error):
    """What cannot be stored, each with the name of what was given."""
    return " ".join(
        f"{LABELS.get(field, field)}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    )


def print_way_in(stdout, email, path):
    """The link of an invitation, for whoever runs the portal to pass on."""
    stdout.write(f"{email} comes in here, once, within two weeks:")
    stdout.write(f"{base_address()}{path}")
