"""Runs every measurement and prints it; the package's docstring says what is measured."""

import argparse
import signal
import sys

import django
import weasyprint
from django.conf import settings
from django.core.cache import caches

PAGE_BAR = 1.5
PDF_BAR = 1.15
PAGE_ROUNDS = 60
FEW, MANY = 3, 300
HELP = """\
Measures what the portal's pages and PDFs cost, as ratios of CPU time in one run, and prints
each with its bar. “register” measures the register of actions instead: what it takes at a
million actions, against a thousand; “library” the search of the practice library at 50,000
things; “workshop” a room of 200 and of 1,000 phones against the real server. The exit code is
0 whatever the figures are, unless --strict is given.
"""


def main():
    options = read_options()
    django.setup()
    from rpcportal.kit.embedded import EmbeddedServer

    # Told to end, it leaves in good order, and the database with it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    # A vote is told to a phone when it stands on the disk, and that takes its time.
    loose = {} if options.what == "workshop" else {"fsync": "off"}
    server = EmbeddedServer(settings.DATA_DIR, **loose).attach()
    try:
        failures = RUNS[options.what]()
    finally:
        server.detach()
    print(f"\n{f'{failures} above their bar.' if failures else 'Everything is within its bar.'}")
    return 1 if failures and options.strict else 0


def read_options():
    parser = argparse.ArgumentParser(
        prog="script/bench", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "what",
        nargs="?",
        choices=list(RUNS),
        default="pages",
        help="pages and PDFs (the default), the register at a million actions, the search of "
        "the practice library at 50,000 things, or a workshop of 200 and of 1,000 phones",
    )
    parser.add_argument("--strict", action="store_true", help="fail when a bar is missed")
    return parser.parse_args()


def run():
    """Print every measurement; the number of bars that were missed."""
    from tests.bench.pages import Demo

    set_up()
    demo = Demo.find()
    pages = demo.pages()
    failures = measure_pages(pages.values())
    failures += measure_pdfs(demo.papers(pages))
    return failures + count_queries(demo, pages.values())


def run_register():
    """Print what the register costs at a million actions; the number of bars that were missed."""
    from rpcportal import run
    from tests.bench import million, register

    run.migrate()
    run.load_data(demo=False)
    run.collect_static_files()
    print("Making a thousand and a million actions: some minutes.", flush=True)
    return register.measure(million.make_registers())


def run_library():
    """Print what searching 50,000 things costs; the number of searches that took too long."""
    from rpcportal import run
    from tests.bench import library

    run.migrate()
    print("Making 50,000 things, and as many of others: a minute or two.", flush=True)
    return library.measure(library.make())


def run_workshop():
    """Print what a room full of phones costs; the number of bars that were missed."""
    from rpcportal import run
    from tests.bench import workshop

    run.migrate()
    run.load_data(demo=False)
    run.collect_static_files()
    print("Two workshops: some minutes.", flush=True)
    return workshop.measure()


def set_up():
    from rpcportal import demo, run
    from tests.bench import floor

    run.migrate()
    run.load_data(demo=False)
    demo.load()
    run.collect_static_files()
    floor.make_table()


RUNS = {"pages": run, "register": run_register, "library": run_library, "workshop": run_workshop}


# --- Pages ---------------------------------------------------------------------------------


def measure_pages(pages):
    from tests.bench import floor
    from tests.bench.measuring import in_turns

    print(
        f"\nPages: CPU of a request against its floor page (same bytes of HTML, middleware,\n"
        f"session and user; one query; rows of 1 kB with 8 variables and a url tag), median\n"
        f"of {PAGE_ROUNDS} rounds in turns. Bar: {PAGE_BAR}\n"
    )
    print(f"{'page':16}{'HTML':>9}{'page':>10}{'floor':>10}{'ratio':>8}  half of the rounds")
    failures = 0
    for page in pages:
        size = len(page.get())
        floor.make_rows(page.slug, size, lambda page=page: len(page.floor.get()))
        measured = in_turns(page.get, page.floor.get, rounds=PAGE_ROUNDS)
        failures += measured.ratio > PAGE_BAR
        print(
            f"{page.name:16}{size / 1000:>6.1f} kB{milliseconds(measured.thing)}"
            f"{milliseconds(measured.against)}{measured.ratio:>8.2f}  {measured.spread:11}"
            f"  {verdict(measured.ratio, PAGE_BAR)}"
        )
    return failures


def milliseconds(seconds):
    return f"{1000 * seconds:>7.2f} ms"


def verdict(ratio, bar):
    return "within the bar" if ratio <= bar else f"ABOVE {bar}"


# --- PDFs ----------------------------------------------------------------------------------


def measure_pdfs(papers):
    """Print what each PDF costs; the number of bars that were missed."""
    print(f"\nPDFs: CPU of a request for one, medians in turns. Bar: {PDF_BAR}\n")
    return sum(measure_pdf(paper) for paper in papers)


def measure_pdf(paper):
    from tests.bench.measuring import in_turns

    def make_pdf():
        caches["documents"].clear()
        paper.get()

    alone = weasyprint_alone(paper.html())
    first = in_turns(make_pdf, alone, rounds=paper.rounds, warm_up=1, tidy=True)
    paper.get()
    again = in_turns(paper.get, paper.page.get, rounds=PAGE_ROUNDS)
    print(
        f"{paper.name}: made anew, against WeasyPrint alone on the same HTML and stylesheet: "
        f"{first.ratio:.2f} ({first.spread})  {verdict(first.ratio, PDF_BAR)}"
        f"\n  {milliseconds(first.thing)} against {milliseconds(first.against)}"
        f"\nagain, unchanged, against its page: {again.ratio:.2f} ({again.spread})"
        f"\n  {milliseconds(again.thing)} against {milliseconds(again.against)}"
        f"\nagain, unchanged, against made anew: {again.thing / first.thing:.4f}\n"
    )
    return first.ratio > PDF_BAR


def weasyprint_alone(html):
    """WeasyPrint on a document's HTML with the stylesheet in hand, and nothing of ours."""
    from rpcportal.kit import pdf

    style = weasyprint.CSS(filename=pdf.STYLESHEET)

    def write():
        weasyprint.HTML(string=html).write_pdf(
            stylesheets=[style], pdf_variant="pdf/ua-1", pdf_tags=True
        )

    return write


# --- Queries -------------------------------------------------------------------------------


def count_queries(demo, pages):
    print(
        f"\nQueries of a page, session and user included: as it is, and with {FEW} and {MANY}\n"
        f"references and actions in the domain. Bar: the same for {FEW} and {MANY}\n"
    )
    print(f"{'page':16}{'as it is':>9}{FEW:>7}{MANY:>7}")
    counts = {page.name: [page.visitor.queries(page.path)] for page in pages}
    for rows in (FEW, MANY):
        demo.have_rows(rows)
        for page in pages:
            counts[page.name].append(page.visitor.queries(page.path))
    failures = 0
    for name, (now, few, many) in counts.items():
        failures += few != many
        grows = "the same" if few == many else "GROWS"
        print(f"{name:16}{now:>9}{few:>7}{many:>7}  {grows}")
    return failures


if __name__ == "__main__":
    sys.exit(main())
