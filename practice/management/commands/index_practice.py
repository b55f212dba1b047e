"""``manage.py index_practice``: what the search of the practice library looks at, made anew."""

from django.core.management.base import BaseCommand

from practice.indexing import refresh_everything
from practice.models import LibraryEntry


class Command(BaseCommand):
    help = "Make anew what the search of the practice library looks at, from what is in force."

    def handle(self, *, verbosity, **options):
        refresh_everything()
        if verbosity > 1:
            self.stdout.write(f"{LibraryEntry.objects.count()} things can be found.")
