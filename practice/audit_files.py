"""An audit as files to take away: its results, and what was found in each file. No names."""

from practice.audit_results import KINDS, LABELS
from rpcportal.kit.spreadsheets import Sheet, csv_lines, workbook

RESULTS = ("Standard", "Measure", *(LABELS[kind] for kind in KINDS), "Applies to", "Met, percent")
FINDINGS = ("File", "Reference", "Standard", "Measure", "Result", "Note")


def result_rows(report):
    """A line for each measure of an AuditReport."""
    for standard in report.standards:
        for each in standard.measures:
            tally = each.tally
            yield (
                standard.version.statement,
                each.measure.text,
                *tally.numbers,
                tally.applies,
                tally.percent,
            )


def finding_rows(report):
    """A line for each file and measure, also where nothing was looked at."""
    asked = report.audit.measures.all()
    for file in report.audit.files.all():
        found = {each.audit_measure_id: each for each in file.findings.all()}
        for each in asked:
            finding = found.get(each.pk)
            yield (
                file.position,
                file.reference,
                each.measure.version.statement,
                each.measure.text,
                LABELS[finding.outcome if finding else KINDS[-1]],
                finding.note if finding else "",
            )


FILES = {"Results": (RESULTS, result_rows), "Findings": (FINDINGS, finding_rows)}


def as_workbook(report):
    """Results and findings as a spreadsheet for Excel with two sheets."""
    return workbook(
        [Sheet(what, columns, rows_of(report)) for what, (columns, rows_of) in FILES.items()]
    )


def as_csv(what, report):
    """One of FILES as comma-separated values, line by line."""
    columns, rows_of = FILES[what]
    return csv_lines(columns, rows_of(report))
