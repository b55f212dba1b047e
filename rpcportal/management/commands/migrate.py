"""``manage.py migrate``: Django's, done by the owner of the database."""

from django.conf import settings
from django.core.management.commands import migrate

from rpcportal.kit.postgres.owner import as_owner, grant_to


class Command(migrate.Command):
    def handle(self, *args, **options):
        """Bring the tables up to date, then say anew what the portal's own user may do there."""
        with as_owner():
            super().handle(*args, **options)
            if not settings.PORTAL_OWNS_DATABASE:
                grant_to(settings.PORTAL_DATABASE_USER)
