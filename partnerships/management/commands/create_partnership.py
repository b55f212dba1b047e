"""``manage.py create_partnership NAME --coordinator EMAIL``: the first step of a new area."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partnerships.actions import NameTaken, create_partnership
from partnerships.inviting import invite_by_link
from partnerships.management.way_in import print_way_in, sentences
from rpcportal.kit.roles import Role


class Command(BaseCommand):
    help = "Make a partnership and print a link with which its coordinator comes in."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the partnership's name")
        parser.add_argument("--coordinator", required=True, metavar="EMAIL")
        parser.add_argument("--area", default="", help="area name on the sheet (default: the name)")
        parser.add_argument("--slug", default="", help="short name in addresses and commands")

    def handle(self, *, name, coordinator, area, slug, **options):
        try:
            with transaction.atomic():
                partnership = create_partnership(name=name, area=area, slug=slug)
                path = invite_by_link(
                    partnership=partnership, email=coordinator, role=Role.COORDINATOR
                )
        except NameTaken as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError(sentences(error)) from None
        self.stdout.write(f"Made {partnership.name}. Its short name is {partnership.slug}.")
        print_way_in(self.stdout, coordinator, path)
