"""``manage.py load_demo``: the demo partnership, for a portal that has no partnership yet."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rpcportal import demo


class Command(BaseCommand):
    help = "Load the demo partnership, if there is no partnership yet."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "The demo's passwords are known to everyone, so it is not loaded where "
                "RPCPORTAL_HOSTS makes the portal reachable for others."
            )
        if demo.load():
            self.stdout.write("Loaded the demo partnership.")
