"""Addresses of people and organisations, and of the ways in.

django-allauth's views keep the names by which allauth itself finds them. Only those that
we want have an address: nobody can sign up, for one.
"""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.urls import path
from django.views.decorators.http import require_safe

from partnerships.views import (
    activity,
    getting_in,
    invitations,
    joining,
    manifesto,
    pages,
    people,
    public,
    second_step,
    sessions,
    signing_in,
    single_sign_on,
    your_data,
)
from rpcportal.kit.methods import page_methods

# allauth's views answer PUT and DELETE too, some by ways around its own checks.
page = page_methods

getting_in_urls = [
    path("sign-in/", page(signing_in.sign_in), name="account_login"),
    path("sign-in/code/", page(signing_in.ask_for_code), name="account_request_login_code"),
    path("sign-in/code/enter/", page(signing_in.enter_code), name="account_confirm_login_code"),
    path("sign-in/second-step/", page(signing_in.second_step), name="mfa_authenticate"),
    path("sign-in/passkey/", page(signing_in.sign_in_with_passkey), name="mfa_login_webauthn"),
    path("sign-in/not-in-use/", require_safe(account.account_inactive), name="account_inactive"),
    path("sign-out/", getting_in.sign_out, name="sign_out"),
    path("send-again/<str:key>/", getting_in.send_again, name="send_again"),
]

account_urls = [
    path("your-account/", getting_in.your_account, name="your_account"),
    path("your-account/name/", getting_in.your_name, name="your_name"),
    path("your-account/password/", getting_in.your_password, name="your_password"),
    path("your-account/confirm/", page(second_step.password_again), name="account_reauthenticate"),
    path("your-account/confirm/code/", page(second_step.code_again), name="mfa_reauthenticate"),
    path(
        "your-account/confirm/passkey/",
        page(second_step.passkey_again),
        name="mfa_reauthenticate_webauthn",
    ),
    path("your-account/second-step/", require_safe(second_step.index), name="mfa_index"),
    path("your-account/second-step/app/", page(second_step.add_app), name="mfa_activate_totp"),
    path(
        "your-account/second-step/app/remove/",
        page(second_step.remove_app),
        name="mfa_deactivate_totp",
    ),
    path("your-account/passkeys/", require_safe(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("your-account/passkeys/add/", page(second_step.add_passkey), name="mfa_add_webauthn"),
    path("your-account/passkeys/<int:pk>/", page(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "your-account/passkeys/<int:pk>/remove/",
        page(second_step.remove_passkey),
        name="mfa_remove_webauthn",
    ),
    path(
        "your-account/recovery-codes/",
        require_safe(second_step.recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "your-account/recovery-codes/new/",
        page(second_step.new_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "your-account/recovery-codes/download/",
        require_safe(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("your-account/data/", your_data.your_data, name="your_data"),
    path("your-account/data.json", your_data.your_data_file, name="your_data_file"),
    path("your-account/sessions/", page(sessions.sessions), name="usersessions_list"),
]

# They exist only where single sign-on is switched on.
single_sign_on_urls = [
    path("sign-in/<str:provider_id>/", single_sign_on.begin, name="openid_connect_login"),
    path("sign-in/<str:provider_id>/back/", single_sign_on.back, name="openid_connect_callback"),
    path(
        "sign-in/single/cancelled/", single_sign_on.cancelled, name="socialaccount_login_cancelled"
    ),
]

people_urls = [
    path("roles/", people.roles, name="roles"),
    path("about/<str:name>/", pages.page, name="page"),
    path("about/<str:name>/edit/", pages.change_page, name="change_page"),
    path("partnerships/<slug:slug>/people/", people.people, name="people"),
    path("partnerships/<slug:slug>/people.xlsx", people.people_file, name="people_file"),
    path("partnerships/<slug:slug>/people/<int:pk>/", people.person, name="person"),
    path(
        "partnerships/<slug:slug>/people/<int:pk>/change/",
        people.change_membership,
        name="change_membership",
    ),
    path("partnerships/<slug:slug>/people/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path(
        "partnerships/<slug:slug>/people/<int:pk>/end/",
        people.end_membership,
        name="end_membership",
    ),
    path(
        "partnerships/<slug:slug>/organisations/new/",
        people.add_organisation,
        name="add_organisation",
    ),
    path(
        "partnerships/<slug:slug>/organisations/<int:pk>/",
        people.change_organisation,
        name="change_organisation",
    ),
    path("partnerships/<slug:slug>/settings/", people.settings, name="settings"),
    path("partnerships/<slug:slug>/activity/", activity.activity, name="activity"),
    path("partnerships/<slug:slug>/activity.xlsx", activity.workbook_file, name="activity_xlsx"),
    path("partnerships/<slug:slug>/activity.csv", activity.csv_file, name="activity_csv"),
    path("partnerships/<slug:slug>/invitations/", invitations.invitations, name="invitations"),
    path("partnerships/<slug:slug>/invitations/new/", invitations.invite, name="invite"),
    path(
        "partnerships/<slug:slug>/invitations/<int:pk>/",
        invitations.sent_invitation,
        name="sent_invitation",
    ),
    path(
        "partnerships/<slug:slug>/invitations/<int:pk>/send-again/",
        invitations.send_again,
        name="send_invitation_again",
    ),
    path(
        "partnerships/<slug:slug>/invitations/<int:pk>/take-back/",
        invitations.revoke,
        name="revoke_invitation",
    ),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]

manifesto_urls = [
    path("partnerships/<slug:slug>/manifesto/", manifesto.manifesto, name="manifesto"),
    path(
        "partnerships/<slug:slug>/manifesto/next/",
        manifesto.change_manifesto,
        name="change_manifesto",
    ),
    path(
        "partnerships/<slug:slug>/manifesto/<int:number>/",
        manifesto.manifesto_version,
        name="manifesto_version",
    ),
]

_public_page = "partnerships/<slug:slug>/public-page/"
public_urls = [
    path("robots.txt", public.robots, name="robots"),
    path("public/<slug:slug>/", public.public_page, name="public_page"),
    path("public/<slug:slug>/logo/", public.public_logo, name="public_logo"),
    path("brand/<str:colour>.css", public.brand_colour, name="brand_colour"),
    path(_public_page, public.edit_public_page, name="edit_public_page"),
    path(f"{_public_page}preview/", public.preview_public_page, name="preview_public_page"),
    path(f"{_public_page}preview/logo/", public.preview_public_logo, name="preview_public_logo"),
    path(f"{_public_page}logo/", public.public_page_logo, name="public_page_logo"),
    path(f"{_public_page}logo/remove/", public.remove_public_logo, name="remove_public_logo"),
    path(f"{_public_page}publish/", public.publish_public_page, name="publish_public_page"),
]

# Short, because people type it from a screen; partnerships.joining.ENTRY_PATH says it too.
joining_urls = [
    path("join/", joining.join, name="join"),
    path("join/<uuid:key>/", joining.join_event, name="join_event"),
]

urlpatterns = [
    *getting_in_urls,
    *joining_urls,
    *account_urls,
    *(single_sign_on_urls if settings.SINGLE_SIGN_ON else []),
    *people_urls,
    *manifesto_urls,
    *public_urls,
]
