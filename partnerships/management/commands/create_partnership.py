"""``manage.py create_partnership NAME --coordinator EMAIL``: the first step of a new area."""

import os

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from partnerships.actions import NameTaken, create_partnership, one_time_path

LABELS = {"name": "Name", "slug": "Short name", "area": "Area", "email": "E-mail address"}


class Command(BaseCommand):
    help = "Make a partnership and print a one-time link with which its coordinator signs in."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the partnership's name")
        parser.add_argument("--coordinator", required=True, metavar="EMAIL")
        parser.add_argument("--area", default="", help="area name on the sheet (default: the name)")
        parser.add_argument("--slug", default="", help="short name in addresses and commands")

    def handle(self, *, name, coordinator, area, slug, **options):
        try:
            partnership, user = create_partnership(
                name=name, coordinator_email=coordinator, area=area, slug=slug
            )
        except NameTaken as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError(sentences(error)) from None
        self.stdout.write(f"Made {partnership.name}. Its short name is {partnership.slug}.")
        if user.has_usable_password():
            self.stdout.write(f"{user.email} has an account already and can sign in with it.")
        else:
            self.stdout.write(f"{user.email} sets a password here, once, within a week:")
            self.stdout.write(f"{base_address()}{one_time_path(user)}")


def sentences(error):
    """What cannot be stored, each with the name of what was given."""
    return " ".join(
        f"{LABELS.get(field, field)}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    )


def base_address():
    """Where people reach this portal: the first host of production, else this machine."""
    if settings.PRODUCTION:
        return f"https://{settings.HOSTS[0]}"
    return f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
