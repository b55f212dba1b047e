"""Documents of the library as files: PDF, Word and CSV."""

from base64 import b64encode

from django.template.loader import render_to_string

from practice.limits_in_words import responsible, time_limit, where_it_holds
from practice.models import LimitUnit, StandardMeasure, StandardVersion
from practice.poster import poster_of
from rpcportal.kit.pdf import render_pdf
from rpcportal.kit.spreadsheets import csv_lines

AT_ONCE = 500  # rows that are in memory together
MEASURE_COLUMNS = (
    "Pillar", "Standard", "Measure", "In what time", "Number", "Unit", "Counted from",
    "How often", "Where", "Who", "Exception", "To see on file", "Source", "Version",
    "In force from",
)  # fmt: skip


def handbook_pdf(outline):
    """A document of the library as a tagged PDF with contents, page numbers and bookmarks."""
    return render_pdf("practice/pdf/handbook.html", {"outline": outline})


def poster_svg(poster):
    """The poster as an SVG file."""
    return render_to_string("practice/_poster.svg", {"poster": poster})


def poster_pdf(model, partnership):
    """The poster as a PDF of one page."""
    poster = poster_of(model, model.parts.all())
    picture = b64encode(poster_svg(poster).encode()).decode()
    context = {"poster": poster, "picture": picture, "partnership": partnership}
    return render_pdf("practice/pdf/poster.html", context)


def measures_csv(model, today):
    """All measures in force of a model, as comma-separated values, line by line."""
    return csv_lines(MEASURE_COLUMNS, _measure_rows(model, today))


def _measure_rows(model, today):
    in_force = StandardVersion.objects.in_force(today).filter(standard__pillar__model=model)
    measures = (
        StandardMeasure.objects.filter(version__in=in_force)
        .select_related("version__standard__pillar")
        .order_by(
            "version__standard__pillar__position",
            "version__standard__position",
            "version__standard_id",
            "position",
            "pk",
        )
    )
    for each in measures.iterator(chunk_size=AT_ONCE):
        version = each.version
        yield (
            version.standard.pillar.name,
            version.statement,
            each.text,
            time_limit(each),
            each.limit_number,
            LimitUnit(each.limit_unit).label if each.limit_unit else "",
            each.trigger,
            each.frequency,
            where_it_holds(each),
            responsible(each),
            each.exception,
            each.on_file,
            each.source,
            version.number,
            version.effective_on,
        )
