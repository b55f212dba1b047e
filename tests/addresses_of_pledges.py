"""The addresses of pledges and actions (tests/addresses.py has the others)."""

from django.core.files.uploadedfile import SimpleUploadedFile

from pledges.calendar import key_of
from pledges.links import token_for
from pledges.models import Action, Pledge
from tests.address import (
    A_KEY,
    COORDINATOR,
    EVERYONE,
    LEADERS,
    LEADERS_CAN,
    NEVER,
    NOBODY,
    SIGNERS,
    SIGNERS_CAN,
    WRITERS,
    Address,
    first_event,
    lost_in_partnership,
    lost_partnership,
    of_organisation,
    of_partnership,
    of_plan_action,
    of_priority_action,
    of_unsigned,
    signature,
)

ADDRESSES_OF_PLEDGES = {
    "pledges": Address(find=of_partnership, lost=lost_partnership),
    "first_actions": Address(find=of_partnership, lost=lost_partnership),
    "pledge": Address(find=of_organisation, lost=lost_in_partnership),
    "invite_to_pledge": Address(
        find=of_unsigned,
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=LEADERS,
        refused=LEADERS_CAN,
    ),
    "draft_pledge": Address(
        find=of_unsigned,
        lost=lost_in_partnership,
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {"words": "Seen by the walk"},
    ),
    "sign_pledge": Address(
        find=of_organisation,
        lost=lost_in_partnership,
        readers=SIGNERS,
        writers=SIGNERS,
        body=signature,
        refused=SIGNERS_CAN,
    ),
    "change_pledge": Address(
        find=of_organisation,
        lost=lost_in_partnership,
        readers=SIGNERS,
        writers=SIGNERS,
        body=lambda world: {"champion": "Seen by the walk"},
        refused=SIGNERS_CAN,
    ),
    "withdraw_pledge": Address(
        find=of_organisation,
        lost=lost_in_partnership,
        readers=SIGNERS,
        writers=SIGNERS,
        body=lambda world: {"because": "Seen by the walk"},
        refused=SIGNERS_CAN,
    ),
    "pledge_history": Address(find=of_organisation, lost=lost_in_partnership),
    "restore_in_pledge": Address(
        find=lambda world: (world.a.partnership.slug, world.drafted.organisation_id),
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=WRITERS,
        body=lambda world: {
            "event": first_event(Pledge.pgh_event_model, pgh_obj=world.drafted.pk),
            "field": "words",
        },
    ),
    "certificate": Address(find=of_organisation, lost=lost_in_partnership),
    "certificate_pdf": Address(find=of_organisation, lost=lost_in_partnership, file=True),
    "priority_actions": Address(find=of_partnership, lost=lost_partnership),
    "take_on": Address(
        find=of_priority_action,
        lost=lost_in_partnership,
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {
            "organisation": world.organisation.pk,
            "what": "Seen by the walk",
            "request_key": A_KEY,
        },
    ),
    "no_action": Address(
        find=of_priority_action,
        lost=lost_in_partnership,
        readers=LEADERS,
        writers=LEADERS,
        refused="A coordinator or facilitator can.",
        body=lambda world: {"because": "Seen by the walk"},
    ),
    "update_by_link": Address(
        find=lambda world: (token_for(world.a.partner, world.plan_action, "walk"),),
        public=True,
        writers=EVERYONE,
        body=lambda world: {"text": "Seen by the walk", "status": "in_progress", "rating": ""},
    ),
    "new_calendar": Address(readers=NOBODY, writers=EVERYONE),
    "calendar": Address(find=lambda world: (key_of(world.a.partner),), public=True, file=True),
    "your_reminders": Address(writers=EVERYONE, body=lambda world: {"rhythm": "monthly"}),
    "board": Address(find=of_partnership, lost=lost_partnership),
    "timeline": Address(find=of_partnership, lost=lost_partnership),
    "register": Address(find=of_partnership, lost=lost_partnership),
    "import_actions": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {"file": SimpleUploadedFile("plan.csv", b"Action,No.\nWalk,1\n")},
    ),
    "import_preview": Address(
        find=lambda world: (world.a.partnership.slug, world.plan_import.pk),
        lost=lost_in_partnership,
        readers=COORDINATOR,
        writers=COORDINATOR,
        refused="nobody else can import it.",
    ),
    "add_action": Address(
        find=of_partnership,
        lost=lost_partnership,
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {
            "organisation": world.organisation.pk,
            "what": "Seen by the walk",
            "request_key": A_KEY,
        },
    ),
    "action": Address(find=of_plan_action, lost=lost_in_partnership),
    "change_action": Address(
        find=of_plan_action,
        lost=lost_in_partnership,
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {"organisation": world.organisation.pk, "what": "Seen by the walk"},
    ),
    "tell": Address(
        find=of_plan_action,
        lost=lost_in_partnership,
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {
            "text": "Seen by the walk",
            "status": "in_progress",
            "rating": "",
            "request_key": A_KEY,
        },
    ),
    "add_milestone": Address(
        find=of_plan_action,
        lost=lost_in_partnership,
        readers=WRITERS,
        writers=WRITERS,
        body=lambda world: {"what": "Seen by the walk"},
    ),
    "tick_milestone": Address(
        find=lambda world: (*of_plan_action(world), world.milestone.pk),
        lost=lambda world: (*of_plan_action(world), NEVER),
        readers=NOBODY,
        writers=WRITERS,
        body=lambda world: {"done": "yes"},
    ),
    "plan_action_history": Address(find=of_plan_action, lost=lost_in_partnership),
    "restore_in_action_plan": Address(
        find=of_plan_action,
        lost=lost_in_partnership,
        readers=NOBODY,
        writers=WRITERS,
        body=lambda world: {
            "event": first_event(Action.pgh_event_model, pgh_obj=world.plan_action.pk),
            "field": "what",
        },
    ),
    **{
        f"register_{kind}": Address(
            find=of_partnership, lost=lost_partnership, file=True, noted=True
        )
        for kind in ("xlsx", "csv")
    },
}
