"""What the portal's pages and PDFs cost, as ratios: ``script/bench``.

Machines differ and are noisy, so no figure in seconds says anything for long. Each page is
therefore measured in turns with a *floor page* (A B A B …) in the same process, and the median
of the rounds' ratios is held against a bar. Time is CPU time of this process, around a
whole request through the middleware of production: DEBUG off, cached templates, hashed
static files, HTTPS, a real session and a signed-in user, and an answer that is not
compressed, so that bytes are those of the HTML. PostgreSQL's own CPU time is not in
it; the number of queries is printed instead.

The floor page of a page (templates/bench/floor.html) is what a careful developer writes by
hand: one template, one query for its rows, and as many rows as give the same number of bytes
of HTML. A row has about 1 kB: GOV.UK's class names, eight escaped variables (two of them
dates) and one url tag. Same middleware, session and user, a CSRF token and static files.

A PDF is measured against WeasyPrint alone, given the same HTML and the same stylesheet.

A workshop is measured otherwise: many phones, in seconds, against the real server (workshop.py).

Why so: docs/decisions/0005-what-speed-is-measured-against.md, and 0017-polling.md.
"""
