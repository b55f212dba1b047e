"""``manage.py make_administrator EMAIL``: the first portal administrator, or another one."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from partnerships.administering import NotPossible, make_administrator, switch_on
from partnerships.mail import base_address
from partnerships.management.way_in import sentences
from partnerships.models import User


class Command(BaseCommand):
    help = (
        "Make somebody a portal administrator, who makes partnerships, names their coordinators "
        "and helps people who are locked out. Without an account they get one; one that is "
        "switched off is switched on."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        try:
            with transaction.atomic():
                person, is_new = self.person(email)
                if not person.is_active:
                    switch_on(user=person, by=None)
                make_administrator(user=person, by=None)
        except ValidationError as error:
            raise CommandError(sentences(error)) from None
        except NotPossible as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{person.email} is a portal administrator, at {base_address()}/admin/")
        if is_new:
            self.print_way_in(person)
        self.stdout.write("A second step is asked for: an app on a phone, or a passkey.")

    def person(self, email):
        """Whose address it is, and whether the account was made for this."""
        found = User.objects.filter(email__iexact=email.strip()).first()
        return (found, False) if found else (User.objects.create_user(email), True)

    def print_way_in(self, person):
        """Where the first sign-in begins: with a code, since there is no password."""
        path = reverse("account_request_login_code")
        self.stdout.write("The account is new. They sign in with a code that is sent to them:")
        self.stdout.write(f"{base_address()}{path}")
        if settings.DEMO_POST:
            self.stdout.write(f"E-mails are not sent here; read it at {base_address()}/demo/mail/")
        elif not settings.SMTP_URL:
            self.stdout.write("Please note: RPCPORTAL_SMTP names no mail server, so codes wait.")
