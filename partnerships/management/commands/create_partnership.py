"""``manage.py create_partnership NAME --coordinator EMAIL``: the first step of a new area."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from partnerships.actions import NameTaken, create_partnership
from partnerships.management.way_in import print_link, sentences


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
            print_link(self.stdout, user)
