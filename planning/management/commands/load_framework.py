"""``manage.py load_framework FILE``: a planning tool's framework from its YAML file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from planning.imports import framework_file


class Command(BaseCommand):
    help = "Load a framework. Loading the same file twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, verbosity, **options):
        try:
            text = file.read_text(encoding="utf-8")
            framework, changed = framework_file.commit(framework_file.parse(text))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not text in UTF-8.") from None
        except framework_file.FrameworkError as error:
            raise CommandError(f"{file}: {error}") from None
        if changed:
            self.stdout.write(f"Loaded {framework}.")
        elif verbosity > 1:
            self.stdout.write(f"{framework} is loaded already.")
