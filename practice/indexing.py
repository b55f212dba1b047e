"""What the search looks at is made here, from what is in force."""


def refresh(*things):
    """Make the entries of these things anew: standards, resources, evidence statements,
    definitions, preferred words, practice models. What is withdrawn or retired loses its own.

    Every verb that changes what the search finds says so here, in its own transaction.
    """


def forget(kind, *numbers):
    """Take out the entries of things of one kind (EntryKind) that are removed."""


def refresh_everything():
    """Make all entries anew."""
