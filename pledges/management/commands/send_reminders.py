"""``manage.py send_reminders``: the e-mails on what is due; the daily work does the same."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from pledges.reminding import send_reminders


class Command(BaseCommand):
    help = (
        "Write the reminders of actions that are due or overdue, one a week at most to each "
        "person. Running it twice sends nothing twice. `manage.py post` does it every day and "
        "sends them."
    )

    def handle(self, **options):
        number = send_reminders(timezone.now())
        self.stdout.write(f"Reminders written: {number}.")
