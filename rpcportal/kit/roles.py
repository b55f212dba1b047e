"""Who may do what: the roles of a partnership and the permissions of each, on one screen."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is in one partnership. The label is what people read."""

    COORDINATOR = "coordinator", "Coordinator"
    FACILITATOR = "facilitator", "Facilitator"
    PARTNER = "partner", "Partner"
    READER = "reader", "Reader"


class Permission(TextChoices):
    """One thing that a role may do. The label completes “Your role does not let you …”."""

    VIEW = "view", "read everything that belongs to the partnership"
    SCORE = "score", "score domains, write evidence, gaps and priority actions"
    START = "start", "start an assessment and change its date"
    AGREE = "agree", "record that a sheet was agreed"
    REOPEN = "reopen", "reopen an agreed sheet as a new version"


GRANTS = {
    Role.COORDINATOR: frozenset(Permission),
    Role.FACILITATOR: frozenset(
        {Permission.VIEW, Permission.SCORE, Permission.START, Permission.AGREE}
    ),
    Role.PARTNER: frozenset({Permission.VIEW, Permission.SCORE}),
    Role.READER: frozenset({Permission.VIEW}),
}


def roles_that_may(permission):
    """The labels of the roles that hold ``permission``, in the table's order."""
    return [role.label.lower() for role in Role if permission in GRANTS[role]]


def refusal(permission):
    """The sentence for someone who lacks ``permission``: what it is, and who can do it."""
    *others, last = roles_that_may(permission)
    who = f"{', '.join(others)} or {last}" if others else last
    return f"Your role in this partnership does not let you {permission.label}. A {who} can."
