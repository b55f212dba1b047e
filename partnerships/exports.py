"""What can be taken out as a file."""

from django.utils import timezone

from rpcportal.kit.spreadsheets import Sheet, workbook


def people_workbook(partnership):
    """The people of a partnership as a spreadsheet: what staff need to reach each other."""
    members = partnership.memberships.with_names().by_name()
    rows = [
        (
            str(member.user),
            member.user.email,
            member.job_title,
            ", ".join(each.name for each in member.organisations.all()),
            member.get_role_display(),
            timezone.localdate(member.joined_at),
        )
        for member in members
    ]
    columns = ("Name", "E-mail address", "Job title", "Organisation", "Role", "Joined")
    return workbook([Sheet("People", columns, rows)])
