"""``manage.py forget_person EMAIL --yes``: for someone who asks to be forgotten."""

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError

from partnerships.actions import LastCoordinator
from partnerships.anonymising import LastAdministrator, anonymise, forget_address
from partnerships.models import Invitation, User


class Command(BaseCommand):
    help = (
        "Remove a person's name and address for good. What they wrote stays, without the name; "
        "so do names that were signed on agreed sheets."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="really do it")

    def handle(self, *, email, yes, **options):
        person = find_person(email)
        if person:
            self.forget(person, yes=yes)
        elif Invitation.objects.to_address(email).exists():
            self.forget_invited(email, yes=yes)
        else:
            raise CommandError(f"Nobody here has the address {email}.")

    def forget(self, person, *, yes):
        """Empty an account."""
        places = person.memberships.values_list("partnership__name", flat=True)
        where = ", ".join(places.order_by("partnership__name")) or "no partnership"
        if not yes:
            raise CommandError(
                f"{person} ({person.email}) is in {where}. To remove name and address for good, "
                "add --yes."
            )
        number = person.pk
        try:
            anonymise(user=person)
        except (LastCoordinator, LastAdministrator) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Done. Account {number} is now a “Former member”.")

    def forget_invited(self, email, *, yes):
        """Empty invitations of someone who never came."""
        if not yes:
            raise CommandError(
                f"{email} was invited and has no account. To remove the address for good, add "
                "--yes."
            )
        number = forget_address(email=email)
        self.stdout.write(f"Done. Invitations without the address now: {number}.")


def find_person(email):
    """Whose address it is, or was; None when it is nobody's."""
    person = User.objects.filter(email__iexact=email).first()
    other = EmailAddress.objects.select_related("user").filter(email__iexact=email).first()
    return person or (other and other.user)
