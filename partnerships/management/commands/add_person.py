"""``manage.py add_person EMAIL --partnership SLUG --role ROLE``: let someone in, or in again."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from partnerships.actions import add_person
from partnerships.management.way_in import print_link, sentences
from partnerships.models import Partnership
from rpcportal.kit.roles import Role


class Command(BaseCommand):
    help = (
        "Add a person to a partnership, or change their role, and print a one-time link with "
        "which they set a password. An earlier link that nobody used stays good for its week."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--name", default="", help="how other people see them")

    def handle(self, *, email, partnership, role, name, **options):
        found = Partnership.objects.filter(slug=partnership).first()
        if found is None:
            raise CommandError(f"There is no partnership “{partnership}”.")
        try:
            user = add_person(partnership=found, email=email, role=role, name=name)
        except ValidationError as error:
            raise CommandError(sentences(error)) from None
        self.stdout.write(f"{user.email} is {Role(role).label.lower()} of {found.name}.")
        print_link(self.stdout, user)
