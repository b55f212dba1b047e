"""Who may do what: the roles of a partnership and the permissions of each, on one screen.

The page “Roles” shows this very table. Above all partnerships stands the portal
administrator, who makes them and names their coordinators, and who reads nothing of a
partnership's work without a role in it.
"""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is in one partnership. The label is what people read."""

    COORDINATOR = "coordinator", "Coordinator"
    FACILITATOR = "facilitator", "Facilitator"
    LEAD = "lead", "Partner lead"
    EDITOR = "editor", "Partner editor"
    READER = "reader", "Reader"


DESCRIPTIONS = {
    Role.COORDINATOR: "Runs the partnership: its people, its settings and its sheets.",
    Role.FACILITATOR: "Runs workshops: starts assessments and records what was agreed.",
    Role.LEAD: "Speaks for an organisation. It can have several.",
    Role.EDITOR: "Writes for an organisation.",
    Role.READER: "Reads everything and changes nothing.",
}


class Permission(TextChoices):
    """One thing that a role may do. The label completes “Your role does not let you …”."""

    VIEW = "view", "read everything that belongs to the partnership"
    SCORE = "score", "score domains, write evidence, gaps and priority actions"
    RESTORE = "restore", "bring back an earlier text"
    START = "start", "start an assessment and change its date"
    AGREE = "agree", "record that a sheet was agreed"
    ASSIGN = "assign", "say who is responsible for a domain"
    REOPEN = "reopen", "reopen an agreed sheet as a new version"
    WRITE_OWN = "write_own", "write the action plan of your own organisation"
    WRITE_ALL = "write_all", "write the action plans of every organisation"
    SIGN_OWN = "sign_own", "sign the pledge of your own organisation"
    SIGN_ALL = "sign_all", "record the pledges of every organisation"
    MANIFESTO = "manifesto", "write the manifesto and the words that partners sign"
    WORKSHOP = "workshop", "plan and run workshops"
    LAUNCH = "launch", "run pledge launches and questions to a room"
    LOG = "log", "log readings, training, champions, peer reviews and events"
    FIGURES = "figures", "decide what is measured, the targets, and which role needs which course"
    REPORT = "report", "make board reports"
    EVIDENCE = "evidence", "write evidence statements"
    LIBRARY = "library", "write the practice library: models, standards, resources and words"
    APPROVE = "approve", "record that a practice standard was approved"
    AUDIT = "audit", "audit practice against the measures"
    PUBLISH = "publish", "decide what the public sees of the partnership"
    HAND_OVER_OWN = "hand_over_own", "hand over the work of somebody in your own organisation"
    HAND_OVER = "hand_over", "hand over the work of anybody who leaves"
    SEE_ACTIVITY = "see_activity", "see and download who did what"
    MANAGE_PEOPLE = "manage_people", "invite people, change their roles and end their membership"
    SETTINGS = "settings", "change the partnership’s settings and its organisations"


EVERYONE = frozenset({Permission.VIEW})
WRITERS = EVERYONE | {Permission.SCORE, Permission.RESTORE}
EDITORS = WRITERS | {Permission.WRITE_OWN, Permission.LOG}
LEADS = EDITORS | {Permission.SIGN_OWN, Permission.AUDIT, Permission.HAND_OVER_OWN}
FACILITATORS = EDITORS | {
    Permission.WRITE_ALL,
    Permission.SIGN_OWN,
    Permission.SIGN_ALL,
    Permission.WORKSHOP,
    Permission.LAUNCH,
    Permission.FIGURES,
    Permission.REPORT,
    Permission.EVIDENCE,
    Permission.LIBRARY,
    Permission.APPROVE,
    Permission.AUDIT,
    Permission.START,
    Permission.AGREE,
    Permission.ASSIGN,
    Permission.SEE_ACTIVITY,
}

GRANTS = {
    Role.COORDINATOR: frozenset(Permission),
    Role.FACILITATOR: FACILITATORS,
    Role.LEAD: LEADS,
    Role.EDITOR: EDITORS,
    Role.READER: EVERYONE,
}


def roles_that_may(permission):
    """The labels of the roles that hold ``permission``, in the table's order."""
    return [role.label.lower() for role in Role if permission in GRANTS[role]]


def refusal(permission):
    """The sentence for someone who lacks ``permission``: what it is, and who can do it."""
    *others, last = roles_that_may(permission)
    who = f"{', '.join(others)} or {last}" if others else last
    return f"Your role in this partnership does not let you {permission.label}. A {who} can."
