"""``manage.py reset_second_step EMAIL``: for someone who lost the phone and the codes."""

from django.core.management.base import BaseCommand, CommandError

from partnerships.administering import remove_second_step
from partnerships.models import User


class Command(BaseCommand):
    help = (
        "Remove the app, the passkeys and the recovery codes of an account. Make sure first that "
        "it is the person who asks. They are told by e-mail."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        person = User.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {email}.")
        if not remove_second_step(user=person, by=None):
            raise CommandError(f"{person.email} has no second step.")
        self.stdout.write(
            f"{person.email} has no second step any more. They sign in with their password or a "
            "code by e-mail, and set up another one where it is asked for."
        )
