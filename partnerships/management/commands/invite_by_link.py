"""``manage.py invite_by_link EMAIL --partnership SLUG --role ROLE``: a way in without mail."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from partnerships.actions import LastCoordinator
from partnerships.inviting import invite_by_link
from partnerships.management.way_in import print_way_in, sentences
from partnerships.models import Partnership
from rpcportal.kit.roles import Role


class Command(BaseCommand):
    help = (
        "Print a link with which someone joins a partnership: for when no coordinator can "
        "invite them, or no mail can be sent. It takes the place of an open invitation."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, choices=Role.values)

    def handle(self, *, email, partnership, role, **options):
        found = Partnership.objects.filter(slug=partnership).first()
        if found is None:
            raise CommandError(f"There is no partnership “{partnership}”.")
        try:
            path = invite_by_link(partnership=found, email=email, role=role)
        except ValidationError as error:
            raise CommandError(sentences(error)) from None
        except LastCoordinator as error:
            raise CommandError(str(error)) from None
        print_way_in(self.stdout, email, path)
