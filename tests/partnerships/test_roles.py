"""The table of roles: who may do what, and the sentence for who may not."""

import pytest

from rpcportal.kit.roles import DESCRIPTIONS, GRANTS, Permission, Role, refusal, roles_that_may

MAY = {
    #                  coordinator facilitator lead editor reader
    Permission.VIEW: (True, True, True, True, True),
    Permission.SCORE: (True, True, True, True, False),
    Permission.RESTORE: (True, True, True, True, False),
    Permission.START: (True, True, False, False, False),
    Permission.AGREE: (True, True, False, False, False),
    Permission.ASSIGN: (True, True, False, False, False),
    Permission.REOPEN: (True, False, False, False, False),
    Permission.WRITE_OWN: (True, True, True, True, False),
    Permission.WRITE_ALL: (True, True, False, False, False),
    Permission.SIGN_OWN: (True, True, True, False, False),
    Permission.SIGN_ALL: (True, True, False, False, False),
    Permission.MANIFESTO: (True, False, False, False, False),
    Permission.WORKSHOP: (True, True, False, False, False),
    Permission.LAUNCH: (True, True, False, False, False),
    Permission.LOG: (True, True, True, True, False),
    Permission.FIGURES: (True, True, False, False, False),
    Permission.REPORT: (True, True, False, False, False),
    Permission.EVIDENCE: (True, True, False, False, False),
    Permission.LIBRARY: (True, True, False, False, False),
    Permission.APPROVE: (True, True, False, False, False),
    Permission.AUDIT: (True, True, True, False, False),
    Permission.PUBLISH: (True, False, False, False, False),
    Permission.HAND_OVER_OWN: (True, False, True, False, False),
    Permission.HAND_OVER: (True, False, False, False, False),
    Permission.SEE_ACTIVITY: (True, True, False, False, False),
    Permission.MANAGE_PEOPLE: (True, False, False, False, False),
    Permission.SETTINGS: (True, False, False, False, False),
}


@pytest.mark.parametrize("permission", list(Permission), ids=str)
def test_each_role_may_do_what_the_table_says(permission):
    assert tuple(permission in GRANTS[role] for role in Role) == MAY[permission]


def test_every_role_is_described():
    assert list(DESCRIPTIONS) == list(Role)


def test_every_role_and_every_permission_is_in_the_table():
    assert list(GRANTS) == list(Role)
    assert list(MAY) == list(Permission)


def test_roles_are_named_most_powerful_first():
    assert roles_that_may(Permission.SCORE) == [
        "coordinator", "facilitator", "partner lead", "partner editor"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("permission", "what", "who"),
    [
        (
            Permission.VIEW,
            "read everything that belongs to the partnership",
            "coordinator, facilitator, partner lead, partner editor or reader",
        ),
        (
            Permission.SCORE,
            "score domains, write evidence, gaps and priority actions",
            "coordinator, facilitator, partner lead or partner editor",
        ),
        (
            Permission.START,
            "start an assessment and change its date",
            "coordinator or facilitator",
        ),
        (Permission.AGREE, "record that a sheet was agreed", "coordinator or facilitator"),
        (Permission.REOPEN, "reopen an agreed sheet as a new version", "coordinator"),
        (
            Permission.HAND_OVER_OWN,
            "hand over the work of somebody in your own organisation",
            "coordinator or partner lead",
        ),
    ],
)
def test_a_refusal_says_what_and_who_can(permission, what, who):
    sentence = f"Your role in this partnership does not let you {what}. A {who} can."
    assert refusal(permission) == sentence
