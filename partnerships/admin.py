"""Django's admin, for portal administrators: accounts, partnerships and who coordinates them.

Nothing of a partnership's work is here. Whoever is no administrator finds nothing at
/admin/; signing in and its second step are the portal's own.
"""

from functools import update_wrapper

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from partnerships import administering
from partnerships.models import Invitation, Membership, Organisation, Partnership, User

NOT_HERE = {"autocomplete", "logout", "password_change", "password_change_done", "view_on_site"}
BREAK = SafeString("<br>")
SENTENCES = {
    "partnership_keeps_a_coordinator": "A partnership always has a coordinator. Make somebody "
    "else coordinator first. Nothing was changed.",
}


class PortalAdminSite(admin.AdminSite):
    """The administration. The portal has the pages for signing in and out, and for passwords.

    Its lists that search as people type have no name for a screen reader: they are left out.
    """

    site_header = "RPC Portal: administration"
    site_title = "RPC Portal"
    index_title = "Administration"
    empty_value_display = "–"

    def get_urls(self):
        """Without what is not needed here."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in NOT_HERE]

    def admin_view(self, view, cacheable=False):
        """404 for everyone else, as for what never existed."""
        inner = super().admin_view(view, cacheable)

        def for_administrators(request, *args, **kwargs):
            if not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return update_wrapper(for_administrators, view)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """To the portal's own page: there is one way in, with one set of limits."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        there = request.GET.get("next") or reverse("admin:index")
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(there, reverse("account_login"))

    def get_log_entries(self, request):
        """None: the history by triggers has it all, and keeps no names."""
        return LogEntry.objects.none()


site = PortalAdminSite()
site.disable_action("delete_selected")


class PortalModelAdmin(admin.ModelAdmin):
    """A list of ``administered_by``, whose refusals are sentences."""

    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def get_queryset(self, request):
        """What portal administrators look after."""
        return super().get_queryset(request).administered_by(request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Choices of what portal administrators look after."""
        rows = db_field.remote_field.model.objects.administered_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, queryset=rows, **kwargs)

    def get_urls(self):
        """Without Django's own history, which would keep names for ever."""
        urls = super().get_urls()
        return [url for url in urls if not (url.name or "").endswith("_history")]

    def changeform_view(self, request, *args, **kwargs):
        """Add or change; what the database refuses is said in words."""
        return self._in_words(super().changeform_view, request, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        """Remove; what the database refuses is said in words."""
        return self._in_words(super().delete_view, request, *args, **kwargs)

    def _in_words(self, view, request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except IntegrityError as error:
            sentence = SENTENCES.get(error.__cause__.diag.constraint_name)
            if not sentence:
                raise
            self.message_user(request, sentence, messages.ERROR)
            return redirect(request.path)

    def save_model(self, request, obj, form, change):
        """Save, and ask the rules that wait for the end of a transaction at once."""
        super().save_model(request, obj, form, change)
        connection.check_constraints()

    def delete_model(self, request, obj):
        """Remove, and ask the same rules."""
        super().delete_model(request, obj)
        connection.check_constraints()

    def log_addition(self, request, obj, message):
        """The triggers write it down."""

    def log_change(self, request, obj, message):
        """The triggers write it down."""

    def log_deletions(self, request, queryset):
        """The triggers write it down."""


class NeverRemoved:
    """For what others point at: it is changed or switched off instead."""

    def has_delete_permission(self, request, obj=None):
        """No."""
        return False


class ReadOnly(NeverRemoved):
    """For what is only to be looked at."""

    def has_add_permission(self, request):
        """No."""
        return False

    def has_change_permission(self, request, obj=None):
        """No."""
        return False


def in_lines(texts):
    """Each text in a line of its own."""
    return format_html_join(BREAK, "{}", ((text,) for text in texts))


class FixedOnce:
    """``fixed`` fields are chosen when a row is added, and stay."""

    fixed = ()

    def get_readonly_fields(self, request, obj=None):
        """Those, once the row is there."""
        given = super().get_readonly_fields(request, obj)
        return (*given, *self.fixed) if obj else given


# --- People ----------------------------------------------------------------------------------


class AccountForm(forms.ModelForm):
    """An account's address and name; nothing else can be typed."""

    class Meta:
        model = User
        fields = ["email", "name"]

    def clean_email(self):
        """As it is stored; upper and lower case are the same."""
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Someone already has this e-mail address.")
        return email


@admin.register(User, site=site)
class UserAdmin(NeverRemoved, PortalModelAdmin):
    """Accounts. Passwords are nobody's business: who forgot theirs signs in with a code."""

    form = AccountForm
    list_display = ["email", "name", "is_active", "is_portal_administrator", "second_step"]
    list_filter = ["is_active", "is_portal_administrator"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    readonly_fields = [
        "is_active",
        "is_portal_administrator",
        "second_step",
        "joined_at",
        "last_login",
        "anonymised_at",
        "member_of",
    ]
    actions = ["switch_off", "switch_on", "remove_second_step", "make_admin", "unmake_admin"]

    def get_queryset(self, request):
        """With whether each has a second step."""
        return super().get_queryset(request).with_what_every_page_asks()

    def get_fields(self, request, obj=None):
        """A new account is an address and a name."""
        return ["email", "name", *(self.readonly_fields if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        """People choose their own names; of an emptied account nothing can be changed."""
        if obj is None:
            return []
        return [*self.readonly_fields, "name", *(["email"] if obj.anonymised_at else [])]

    @admin.display(boolean=True, description="second step")
    def second_step(self, user):
        """Whether they have an app or a passkey."""
        return user.has_second_factor

    @admin.display(description="Memberships")
    def member_of(self, user):
        """Each with its role; they are added and ended under “Memberships”."""
        return in_lines(
            f"{each.partnership}: {each.get_role_display().lower()}"
            for each in user.memberships.with_partnership()
        )

    def save_model(self, request, obj, form, change):
        """By the verbs that keep the address in step everywhere."""
        if not change:
            obj.pk = User.objects.create_user(obj.email, obj.name).pk
            obj.refresh_from_db()
            words = (
                "They sign in with a code that is sent to them. Nothing was sent yet: tell them."
            )
            self.message_user(request, words, messages.WARNING)
        elif "email" in form.changed_data:
            administering.change_address(user=obj, email=obj.email, by=request.user)

    @admin.action(description="Switch off")
    def switch_off(self, request, accounts):
        """Nobody signs in with them any more."""
        self._each(request, accounts, administering.switch_off, "is switched off")

    @admin.action(description="Switch on")
    def switch_on(self, request, accounts):
        """They can be signed in with again."""
        self._each(request, accounts, administering.switch_on, "is switched on")

    @admin.action(description="Remove the second step of someone who is locked out")
    def remove_second_step(self, request, accounts):
        """App, passkeys and recovery codes; the person is told by e-mail."""
        verb = administering.remove_second_step
        self._each(request, accounts, verb, "has no second step any more")

    @admin.action(description="Make portal administrator")
    def make_admin(self, request, accounts):
        """They come into the administration."""
        verb = administering.make_administrator
        self._each(request, accounts, verb, "is a portal administrator")

    @admin.action(description="Take the administration away")
    def unmake_admin(self, request, accounts):
        """Never from the last one."""
        verb = administering.unmake_administrator
        self._each(request, accounts, verb, "is no portal administrator any more")

    def _each(self, request, accounts, verb, done):
        for account in accounts:
            try:
                verb(user=account, by=request.user)
            except PermissionDenied as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                self.message_user(request, f"{account} {done}.", messages.SUCCESS)


# --- Partnerships ----------------------------------------------------------------------------


@admin.register(Partnership, site=site)
class PartnershipAdmin(NeverRemoved, PortalModelAdmin):
    """Partnerships: made here, then given a coordinator under “Memberships”."""

    list_display = ["name", "slug", "area", "created_at"]
    search_fields = ["name", "area", "slug"]
    ordering = ["name"]
    fields = ["name", "slug", "area"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Membership, site=site)
class MembershipAdmin(FixedOnce, PortalModelAdmin):
    """Who is what in which partnership. The last coordinator can neither go nor change."""

    list_display = ["user", "partnership", "role", "job_title"]
    list_filter = ["role", "partnership"]
    list_select_related = ["user", "partnership"]
    search_fields = ["user__name", "user__email", "partnership__name"]
    ordering = ["partnership__name", "user__email"]
    fields = ["user", "partnership", "role", "job_title"]
    fixed = ["user", "partnership"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """People by name and address, without those whose accounts were emptied."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.queryset = field.queryset.filter(anonymised_at=None).order_by("name", "email")
            field.label_from_instance = lambda person: f"{person} ({person.email})"
        return field


@admin.register(Organisation, site=site)
class OrganisationAdmin(FixedOnce, NeverRemoved, PortalModelAdmin):
    """The organisations of each partnership."""

    list_display = ["name", "sector", "partnership"]
    list_filter = ["partnership"]
    list_select_related = ["partnership"]
    search_fields = ["name"]
    fields = ["name", "sector", "partnership"]
    fixed = ["partnership"]


@admin.register(Invitation, site=site)
class InvitationAdmin(ReadOnly, PortalModelAdmin):
    """Invitations, to read. Their links are in nobody's hands but the person's."""

    list_display = ["email", "partnership", "role", "invited_at", "accepted_at", "revoked_at"]
    list_select_related = ["partnership"]
    search_fields = ["email", "partnership__name"]
    fields = [
        "email",
        "name",
        "job_title",
        "partnership",
        "organisation",
        "role",
        "invited_by",
        "invited_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
    ]
