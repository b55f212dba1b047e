"""Receipts: commitments as files for Excel and as comma-separated values."""

from partnerships.models import Affiliation
from practice.models import Commitment
from rpcportal.kit.spreadsheets import Sheet, csv_lines, workbook

AT_ONCE = 500  # rows that are in memory together
COLUMNS = (
    "Who", "Comes from", "Committed for", "Standard", "Version", "In force from", "Committed on",
)  # fmt: skip
THEMSELVES = "Themselves"


def own_commitments(partnership, user):
    """What one committed to, for oneself and for an organisation, the newest first."""
    return Commitment.objects.of(partnership).made_by(user).with_names()


def all_commitments(partnership):
    """What everybody committed to, the newest first."""
    return Commitment.objects.of(partnership).with_names()


def as_workbook(commitments, partnership):
    """Commitments as a spreadsheet for Excel."""
    return workbook([Sheet("Commitments", COLUMNS, _rows(commitments, partnership))], is_long=True)


def as_csv(commitments, partnership):
    """Commitments as comma-separated values, line by line."""
    return csv_lines(COLUMNS, _rows(commitments, partnership))


def _rows(commitments, partnership):
    organisations = _organisations(partnership)
    for each in commitments.iterator(chunk_size=AT_ONCE):
        yield (
            str(each.user),
            ", ".join(organisations.get(each.user_id, [])),
            each.organisation.name if each.organisation_id else THEMSELVES,
            each.version.statement,
            each.version.number,
            each.version.effective_on,
            each.made_at,
        )


def _organisations(partnership):
    """Person -> the names of the organisations that they come from today."""
    links = Affiliation.objects.filter(membership__partnership=partnership)
    found = {}
    for person, name in links.order_by("organisation__name").values_list(
        "membership__user", "organisation__name"
    ):
        found.setdefault(person, []).append(name)
    return found
