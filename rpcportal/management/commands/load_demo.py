"""``manage.py load_demo``: the demo partnership, for a portal that has no partnership yet."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from planning.models import Framework
from rpcportal import demo


class Command(BaseCommand):
    help = "Load the demo partnership, if there is no partnership yet."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "The demo's passwords are known to everyone, so it is not loaded where "
                "RPCPORTAL_HOSTS makes the portal reachable for others."
            )
        try:
            is_new = demo.load()
        except Framework.DoesNotExist:
            raise CommandError(
                "The demo needs the planning tool of 2018. Load it first: "
                "manage.py load_framework fixtures/frameworks/rpc-2018.yaml"
            ) from None
        if is_new:
            self.stdout.write("Loaded the demo partnership.")
