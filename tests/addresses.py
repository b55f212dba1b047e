"""Every address of the portal: how tests call it, and who may read and write there.

The list of addresses comes from the URLconf. A new one fails tests/test_url_walk.py until it
has its line in ADDRESSES below, and the walk, the header tests and the browser's
accessibility walk then take it up by themselves.
"""

from django.urls import URLResolver, get_resolver, reverse

from planning.merging import fingerprint
from planning.models import Entry, PriorityAction
from tests.address import (
    COORDINATOR,
    COORDINATOR_CAN,
    DAY,
    EVERYONE,
    LEADERS,
    LEADERS_CAN,
    NEVER,
    NO_KEY,
    NOBODY,
    WRITERS,
    Address,
    domain_body,
    first_event,
    lost_assessment,
    lost_in_partnership,
    lost_partnership,
    of_demo_mail,
    of_draft,
    of_editor,
    of_invitation,
    of_organisation,
    of_partnership,
    of_reader,
)
from tests.addresses_of_audits import ADDRESSES_OF_AUDITS
from tests.addresses_of_commitments import ADDRESSES_OF_COMMITMENTS, OF_WRITERS
from tests.addresses_of_editing import ADDRESSES_OF_EDITING
from tests.addresses_of_following import ADDRESSES_OF_FOLLOWING
from tests.addresses_of_joining import ADDRESSES_OF_JOINING
from tests.addresses_of_launches import ADDRESSES_OF_LAUNCHES
from tests.addresses_of_library import ADDRESSES_OF_LIBRARY
from tests.addresses_of_measures import ADDRESSES_OF_MEASURES
from tests.addresses_of_models import ADDRESSES_OF_MODELS
from tests.addresses_of_outreach import ADDRESSES_OF_OUTREACH
from tests.addresses_of_papers import ADDRESSES_OF_PAPERS
from tests.addresses_of_pledges import ADDRESSES_OF_PLEDGES
from tests.addresses_of_prompts import ADDRESSES_OF_PROMPTS
from tests.addresses_of_public import ADDRESSES_OF_PUBLIC
from tests.addresses_of_reports import ADDRESSES_OF_REPORTS
from tests.addresses_of_resources import ADDRESSES_OF_RESOURCES
from tests.addresses_of_serving import ADDRESSES_OF_SERVING
from tests.addresses_of_workshop_closing import ADDRESSES_OF_WORKSHOP_CLOSING
from tests.addresses_of_workshop_pack import ADDRESSES_OF_WORKSHOP_PACK
from tests.addresses_of_workshop_phones import ADDRESSES_OF_WORKSHOP_PHONES
from tests.addresses_of_workshop_planning import ADDRESSES_OF_WORKSHOP_PLANNING
from tests.addresses_of_workshop_prework import ADDRESSES_OF_WORKSHOP_PREWORK
from tests.addresses_of_workshop_room import ADDRESSES_OF_WORKSHOP_ROOM
from tests.addresses_of_workshop_tables import ADDRESSES_OF_WORKSHOP_TABLES

ADMINISTRATORS = {"change_page"}  # walked by tests/partnerships/test_pages.py
# What belongs to one person alone, and asks who they are: walked by
# tests/partnerships/test_ones_own.py.
ONES_OWN = {
    *("send_again", "your_password", "usersessions_list"),
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
}


ADDRESSES = {
    **ADDRESSES_OF_WORKSHOP_PREWORK,
    **ADDRESSES_OF_WORKSHOP_ROOM,
    **ADDRESSES_OF_WORKSHOP_CLOSING,
    **ADDRESSES_OF_WORKSHOP_PACK,
    **ADDRESSES_OF_WORKSHOP_PHONES,
    **ADDRESSES_OF_WORKSHOP_PLANNING,
    **ADDRESSES_OF_MODELS,
    **ADDRESSES_OF_RESOURCES,
    **ADDRESSES_OF_SERVING,
    **ADDRESSES_OF_WORKSHOP_TABLES,
    **ADDRESSES_OF_PLEDGES,
    **ADDRESSES_OF_PAPERS,
    **ADDRESSES_OF_AUDITS,
    **ADDRESSES_OF_REPORTS,
    **ADDRESSES_OF_OUTREACH,
    **ADDRESSES_OF_MEASURES,
    **ADDRESSES_OF_PUBLIC,
    **ADDRESSES_OF_PROMPTS,
    **ADDRESSES_OF_LAUNCHES,
    **ADDRESSES_OF_JOINING,
    **ADDRESSES_OF_FOLLOWING,
    **ADDRESSES_OF_LIBRARY,
    **ADDRESSES_OF_EDITING,
    **ADDRESSES_OF_COMMITMENTS,
    "home": Address(),
    "conflict_and_abuse": Address(public=True),
    "health_live": Address(public=True, file=True),
    "health_ready": Address(public=True, file=True),
    "account_login": Address(public=True, guest=True, writers=EVERYONE, accepted=200),
    "account_request_login_code": Address(public=True, guest=True, writers=EVERYONE, accepted=200),
    # These three send on whoever has not begun to sign in.
    "account_confirm_login_code": Address(public=True, guest=True, writers=EVERYONE),
    "mfa_authenticate": Address(public=True, guest=True, writers=EVERYONE),
    "mfa_login_webauthn": Address(public=True, guest=True, writers=EVERYONE),
    "account_inactive": Address(public=True),
    "your_account": Address(),
    "your_name": Address(writers=EVERYONE, body=lambda world: {"name": "Seen by the walk"}),
    "mfa_index": Address(),
    "mfa_list_webauthn": Address(),
    "sign_out": Address(public=True, readers=NOBODY, writers=EVERYONE),
    "roles": Address(public=True),
    "page": Address(find=lambda world: ("privacy",), public=True),
    "your_data": Address(),
    "your_data_file": Address(file=True, noted=True),
    # Tests run as the demo does: neither in production nor with a mail server.
    "demo_mails": Address(public=True),
    "demo_mail": Address(find=of_demo_mail, public=True),
    "partnership": Address(find=of_partnership, lost=lost_partnership),
    "people": Address(find=of_partnership, lost=lost_partnership),
    "people_file": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=COORDINATOR,
        refused=COORDINATOR_CAN,
        file=True,
        noted=True,
    ),
    "activity": Address(
        find=of_partnership, lost=lost_partnership, readers=LEADERS, refused=LEADERS_CAN
    ),
    **{
        f"activity_{kind}": Address(
            find=of_partnership,
            lost=lost_partnership,
            readers=LEADERS,
            refused=LEADERS_CAN,
            file=True,
            noted=True,
        )
        for kind in ("xlsx", "csv")
    },
    "person": Address(find=of_reader, lost=lost_in_partnership),
    "change_membership": Address(
        find=of_reader,
        lost=lost_in_partnership,
        readers=COORDINATOR,
        writers=COORDINATOR,
        body=lambda world: {
            "role": "editor",
            "organisations": [world.organisation.pk],
            "job_title": "Seen by the walk",
        },
        refused=COORDINATOR_CAN,
    ),
    "hand_over": Address(
        find=of_editor,
        lost=lost_in_partnership,
        readers=("coordinator", "lead", "editor"),
        writers=("coordinator", "lead", "editor"),
        body=lambda world: {"to": world.membership("facilitator of a").pk},
        refused="A coordinator or partner lead can.",
    ),
    "end_membership": Address(
        find=of_reader,
        lost=lost_in_partnership,
        readers=COORDINATOR,
        writers=COORDINATOR,
        refused=COORDINATOR_CAN,
    ),
    "add_organisation": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=COORDINATOR,
        writers=COORDINATOR,
        body=lambda world: {"name": "Seen by the walk", "sector": "health"},
        refused=COORDINATOR_CAN,
    ),
    "change_organisation": Address(
        find=of_organisation,
        lost=lost_in_partnership,
        readers=COORDINATOR,
        writers=COORDINATOR,
        body=lambda world: {"name": "Seen by the walk", "sector": "health"},
        refused=COORDINATOR_CAN,
    ),
    "settings": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=COORDINATOR,
        writers=COORDINATOR,
        body=lambda world: {"second_factor_required": "on"},
        refused=COORDINATOR_CAN,
    ),
    "invitations": Address(
        find=of_partnership, lost=lost_partnership, readers=COORDINATOR, refused=COORDINATOR_CAN
    ),
    "invite": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=COORDINATOR,
        writers=COORDINATOR,
        body=lambda world: {
            "people": "Ada Marsh <ada@walk.example>",
            "role": "editor",
            "organisation": world.organisation.pk,
        },
        refused=COORDINATOR_CAN,
    ),
    "sent_invitation": Address(
        find=of_invitation,
        lost=lost_in_partnership,
        readers=COORDINATOR,
        refused=COORDINATOR_CAN,
    ),
    "send_invitation_again": Address(
        find=of_invitation,
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=COORDINATOR,
        refused=COORDINATOR_CAN,
    ),
    "revoke_invitation": Address(
        find=of_invitation,
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=COORDINATOR,
        refused=COORDINATOR_CAN,
    ),
    # Whoever holds the link is in: it belongs to no partnership's people, and needs no sign-in.
    "invitation": Address(
        find=lambda world: (world.token,),
        public=True,
        guest=True,
        writers=EVERYONE,
        body=lambda world: {"name": "Ada Marsh", "job_title": "Chair"},
    ),
    "manifesto": Address(find=of_partnership, lost=lost_partnership),
    "manifesto_version": Address(
        find=lambda world: (*of_partnership(world), 1), lost=lost_in_partnership
    ),
    "change_manifesto": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=COORDINATOR,
        writers=COORDINATOR,
        body=lambda world: {"pledge": "Seen by the walk", "seen_number": "1"},
        refused=COORDINATOR_CAN,
    ),
    "start_assessment": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=LEADERS,
        writers=LEADERS,
        body=lambda world: {**DAY, "framework": world.framework.pk},
        refused=LEADERS_CAN,
    ),
    "framework": Address(find=lambda world: (world.framework.slug,)),
    "assessment": Address(find=of_draft, lost=lost_assessment),
    "assessment_details": Address(
        find=of_draft,
        lost=lost_assessment,
        readers=LEADERS,
        writers=LEADERS,
        body=lambda world: {**DAY, "note": "Seen by the walk"},
        refused=LEADERS_CAN,
    ),
    "profile": Address(find=of_draft, lost=lost_assessment),
    "domain": Address(
        find=lambda world: (world.draft.pk, 1),
        lost=lambda world: (NEVER, 1),
        writers=WRITERS,
        body=domain_body,
    ),
    "settle": Address(
        find=lambda world: (world.draft.pk, 1, world.unsettled.pk),
        lost=lambda world: (NEVER, 1, world.unsettled.pk),
        readers=NOBODY,
        writers=WRITERS,
        body=lambda world: {
            "choice": "waiting",
            "standing": fingerprint(world.draft.entries.get(domain__number=1).gaps),
        },
    ),
    "remove_reference": Address(
        find=lambda world: (world.draft.pk, 1, world.reference.key),
        lost=lambda world: (NEVER, 1, NO_KEY),
        readers=WRITERS,
        writers=WRITERS,
    ),
    "remove_action": Address(
        find=lambda world: (world.draft.pk, 1, world.action.key),
        lost=lambda world: (NEVER, 1, NO_KEY),
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {"from": "sheet"},
    ),
    "entry_history": Address(find=lambda world: (world.draft.pk, 1), lost=lambda world: (NEVER, 1)),
    "restore_in_entry": Address(
        find=lambda world: (world.draft.pk, 1),
        lost=lambda world: (NEVER, 1),
        readers=NOBODY,
        writers=WRITERS,
        body=lambda world: {
            "event": first_event(
                Entry.pgh_event_model, assessment=world.draft, evidence="Evidence of domain 1."
            ),
            "field": "evidence",
        },
    ),
    "action_history": Address(
        find=lambda world: (world.draft.pk, world.action.key),
        lost=lambda world: (NEVER, NO_KEY),
    ),
    "restore_in_action": Address(
        find=lambda world: (world.draft.pk, world.action.key),
        lost=lambda world: (NEVER, NO_KEY),
        readers=NOBODY,
        writers=WRITERS,
        body=lambda world: {
            "event": first_event(PriorityAction.pgh_event_model, key=world.action.key),
            "field": "what",
        },
    ),
    "assessment_history": Address(find=of_draft, lost=lost_assessment),
    "responsible": Address(
        find=lambda world: (world.draft.pk, 1),
        lost=lambda world: (NEVER, 1),
        readers=LEADERS,
        writers=LEADERS,
        body=lambda world: {"person": world.membership("lead of a").pk},
        refused=LEADERS_CAN,
    ),
    "sheet": Address(find=of_draft, lost=lost_assessment),
    "sheet_pdf": Address(find=of_draft, lost=lost_assessment, file=True),
    "agree": Address(
        find=lambda world: (world.reopened.pk,),
        lost=lost_assessment,
        writers=LEADERS,
        body=lambda world: {
            "name": "Ada Marsh",
            "role": "Chair",
            "on-day": "1",
            "on-month": "8",
            "on-year": "2018",
        },
        refused=LEADERS_CAN,
    ),
    "reopen": Address(
        find=lambda world: (world.agreed.pk,),
        lost=lost_assessment,
        readers=COORDINATOR,
        writers=COORDINATOR,
        body=lambda world: {"reason": "Seen by the walk"},
        refused="A coordinator can.",
    ),
}


def names_in_urlconf(patterns=None):
    """The name of every URL pattern, of included files too, but for those walked elsewhere."""
    names = []
    for pattern in patterns or get_resolver().url_patterns:
        if getattr(pattern, "namespace", None) == "admin":
            continue  # walked by tests/partnerships/test_admin.py
        if isinstance(pattern, URLResolver):
            names += names_in_urlconf(pattern.url_patterns)
        elif pattern.name not in ADMINISTRATORS | ONES_OWN | OF_WRITERS:
            names.append(pattern.name or str(pattern.pattern))
    return names


def path_of(name, world):
    """The path of an address in area a."""
    return reverse(name, args=ADDRESSES[name].find(world))


def lost_path_of(name, world):
    """The path of the same kind of thing that never existed."""
    return reverse(name, args=ADDRESSES[name].lost(world))
