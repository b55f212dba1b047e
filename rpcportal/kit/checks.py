"""What ``manage.py check --deploy`` says of our own settings."""

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def portal_does_not_own_its_database(app_configs, **options):
    """One database user for all: the history is guarded by triggers alone."""
    if not settings.PRODUCTION or not settings.PORTAL_OWNS_DATABASE:
        return []
    return [
        checks.Warning(
            "The portal's database user owns the tables, so it could take the guards off them.",
            hint="DATABASE_URL names a user who owns nothing, RPCPORTAL_OWNER_URL the owner.",
            id="rpcportal.W001",
        )
    ]
