"""``manage.py load_evidence``: the evidence statements that come with the portal."""

from django.core.management.base import BaseCommand

from practice.evidence import load_starters


class Command(BaseCommand):
    help = "Load the starter evidence statements. Loading them twice changes nothing."

    def handle(self, *, verbosity, **options):
        if changed := load_starters():
            self.stdout.write(f"Loaded or changed {changed} evidence statements.")
        elif verbosity > 1:
            self.stdout.write("The evidence statements are loaded already.")
