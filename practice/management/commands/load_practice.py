"""``manage.py load_practice``: the practice library that comes with the portal, with evidence."""

from django.core.management.base import BaseCommand, CommandError

from practice import evidence
from practice.starter_content import load_starters
from practice.starters import StarterProblem


class Command(BaseCommand):
    help = "Load the starter content of the practice library. Loading it twice changes nothing."

    def handle(self, *, verbosity, **options):
        try:
            changed = load_starters() + evidence.load_starters()
        except StarterProblem as problem:
            raise CommandError(str(problem)) from None
        if changed:
            self.stdout.write(f"Loaded the practice library: {changed} changes.")
        elif verbosity > 1:
            self.stdout.write("The practice library is loaded already.")
